// SPDX-License-Identifier: Apache-2.0
// The words of a command, or the settings of an environment: NULL-terminated, as exec wants them.
#ifndef BP_PROPS_ENGINE_WORDS_H
#define BP_PROPS_ENGINE_WORDS_H

#include "base/buf.h"

enum { WORD_COUNT_MAX = 1024, WORDS_TEXT_LEN_MAX = 32768 };

struct words {
    size_t count;
    bool overflow; // a word was left out
    struct buf text;
    char *list[WORD_COUNT_MAX + 1];
    char space[WORDS_TEXT_LEN_MAX];
};

// words_start empties it. It may not be moved from then on.
void words_start(struct words *words);

// words_put appends a word that is made of three parts.
void words_put(struct words *words, const char *a, const char *b, struct view c);

// words_put_number appends `a` and a decimal number as one word.
void words_put_number(struct words *words, const char *a, uint64_t n);

// words_borrow appends a word that the caller keeps.
void words_borrow(struct words *words, char *word);

#endif
