// SPDX-License-Identifier: Apache-2.0
#include "props/engine/words.h"

void words_start(struct words *words)
{
    words->count = 0;
    words->overflow = false;
    words->text = buf_of(words->space, sizeof words->space);
    words->list[0] = NULL;
}

void words_borrow(struct words *words, char *word)
{
    if (words->count == WORD_COUNT_MAX || words->text.overflow) {
        words->overflow = true;
        return;
    }
    words->list[words->count++] = word;
    words->list[words->count] = NULL;
}

static void end_word(struct words *words, size_t begin)
{
    buf_put_byte(&words->text, '\0');
    words_borrow(words, words->space + begin);
}

void words_put(struct words *words, const char *a, const char *b, struct view c)
{
    size_t begin = words->text.len;
    buf_put_text(&words->text, a);
    buf_put_text(&words->text, b);
    buf_put(&words->text, c);
    end_word(words, begin);
}

void words_put_number(struct words *words, const char *a, uint64_t n)
{
    size_t begin = words->text.len;
    buf_put_text(&words->text, a);
    buf_put_unsigned(&words->text, n);
    end_word(words, begin);
}
