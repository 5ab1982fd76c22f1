// SPDX-License-Identifier: Apache-2.0
#include "props/report/keys.h"

#include "props/rule/clause.h"
#include "tool/text.h"

enum { KEY_COLUMN = 5, WORDS_COLUMN = 23 };

static const char *const use_words[] = {
    [USED_BY_CHECK] = "balprobe check",
    [USED_OVER_TLS] = "balprobe check, over TLS",
    [USED_BY_LAUNCH] = "balprobe launch",
    [USED_BY_LOAD] = "the load test",
    [USED_FOR_NOTE] = "nowhere: it is only written down",
};

// The first alternative is the default.
static void put_alternatives(struct buf *out, size_t indent, enum profile_key key)
{
    char space[64];
    unsigned count = profile_alternative_count(key);
    for (unsigned i = 0; i < count; i++) {
        struct buf word = buf_of(space, sizeof space - 1);
        buf_put(&word, profile_alternative(key, i));
        buf_put_text(&word, i == 0 ? " (default)" : "");
        space[word.len] = '\0';
        text_put_words(out, indent, space);
    }
}

static void put_bundles(struct buf *out, enum profile_key key)
{
    text_put_label(out, "bundles");
    for (size_t i = 0; i < BUNDLE_COUNT; i++) {
        char space[64];
        struct buf word = buf_of(space, sizeof space - 1);
        buf_put_text(&word, bundle_at(i)->name);
        buf_put_byte(&word, '=');
        buf_put(&word, profile_reading(bundle_at(i), key));
        space[word.len] = '\0';
        text_put_words(out, TEXT_ROW_COLUMN, space);
    }
    buf_put_byte(out, '\n');
}

static void put_clauses(struct buf *out, enum profile_key key)
{
    size_t count = clause_count();
    size_t begin = out->len;
    text_put_label(out, "clauses");
    size_t empty = out->len;
    for (size_t i = 0; i < count; i++)
        if ((clause_at(i)->keys & KEY_BIT(key)) != 0)
            text_put_words(out, TEXT_ROW_COLUMN, clause_at(i)->id);
    if (out->len == empty)
        out->len = begin;
    else
        buf_put_byte(out, '\n');
}

void keys_put(struct buf *out, enum profile_key key)
{
    buf_put_text(out, profile_key_name(key));
    buf_put_text(out, "\n\n");
    for (size_t i = 0; i < profile_row_count; i++) {
        const struct profile_row *row = &profile_rows[i];
        if (row->key != key)
            continue;
        text_put_words(out, TEXT_LABEL_COLUMN, row->question);
        buf_put_text(out, "\n\n");
        text_put_row(out, "default", row->answer);
        text_put_row(out, "asked by", use_words[row->use]);
    }
    text_put_label(out, "readings");
    put_alternatives(out, TEXT_ROW_COLUMN, key);
    buf_put_byte(out, '\n');
    put_bundles(out, key);
    put_clauses(out, key);
    text_put_label(out, "choose");
    buf_put_text(out, "balprobe check --set ");
    buf_put_text(out, profile_key_name(key));
    buf_put_byte(out, '=');
    buf_put(out, profile_alternative(key, profile_alternative_count(key) - 1));
    buf_put_text(out, " ...\n");
}

void keys_put_all(struct buf *out)
{
    for (size_t i = 0; i < profile_row_count; i++) {
        const struct profile_row *row = &profile_rows[i];
        bool is_same = i != 0 && profile_rows[i - 1].number == row->number;
        if (!is_same && row->number != 0)
            buf_put_unsigned(out, row->number);
        text_pad(out, KEY_COLUMN);
        buf_put_text(out, row->key == KEY_NONE ? "-" : profile_key_name(row->key));
        text_pad(out, WORDS_COLUMN);
        text_put_words(out, WORDS_COLUMN, row->question);
        buf_put_byte(out, '\n');
        text_pad(out, WORDS_COLUMN);
        if (row->key != KEY_NONE)
            put_alternatives(out, WORDS_COLUMN, row->key);
        else
            text_put_words(out, WORDS_COLUMN, row->answer);
        buf_put_byte(out, '\n');
    }
}
