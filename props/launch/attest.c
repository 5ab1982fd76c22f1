// SPDX-License-Identifier: Apache-2.0
#include "props/launch/attest.h"

#include "props/launch/portal.h"

enum { DAY_LEN = 10 };

static const struct view blanks = VIEW_INIT(" \t\r");

static bool refuse(struct attest *attest, const char *why, struct view given)
{
    attest->why = why;
    attest->given = given;
    return false;
}

static bool is_one_of(struct view key, const char *const *keys, size_t key_count)
{
    for (size_t i = 0; i < key_count; i++)
        if (view_equal(key, view_of_text(keys[i])))
            return true;
    return false;
}

// Days of equal form compare as their octets do.
static bool is_later(struct view day, struct view today)
{
    return memcmp(day.data, today.data, DAY_LEN) > 0;
}

static bool read_line(struct attest *out, struct view line, const char *const *keys,
                      size_t key_count, struct view today)
{
    size_t at = view_index(line, '=');
    if (at == line.len)
        return refuse(out, "is not written KEY = DAY NAME", line);
    struct attest_row row = {.key = view_trim(view_first(line, at), blanks)};
    struct view value = view_trim(view_from(line, at + 1), blanks);
    if (!is_one_of(row.key, keys, key_count))
        return refuse(out, "is none of the keys", row.key);
    if (attest_find(out, row.key) != NULL)
        return refuse(out, "stands there a second time", row.key);
    row.day = view_first(value, value.len < DAY_LEN ? value.len : DAY_LEN);
    row.words = view_trim(view_from(value, row.day.len), blanks);
    if (!portal_is_date(row.day))
        return refuse(out, "does not begin with a day written as 2026-03-02", value);
    if (is_later(row.day, today))
        return refuse(out, "lies in the future", row.day);
    if (row.words.len == 0 || row.words.data == row.day.data + DAY_LEN)
        return refuse(out, "does not say who attests it", value);
    if (row.words.len > ATTEST_WORDS_LEN_MAX)
        return refuse(out, "has more than 200 octets", row.key);
    if (out->count == ATTEST_COUNT_MAX)
        return refuse(out, "there are too many lines", row.key);
    out->rows[out->count++] = row;
    return true;
}

bool attest_read(struct attest *out, struct view text, const char *const *keys, size_t key_count,
                 struct view today)
{
    *out = (struct attest){.count = 0};
    text = view_without_mark(text);
    while (text.len != 0) {
        struct view line = view_first(text, view_index(text, '\n'));
        text = view_from(text, line.len < text.len ? line.len + 1 : line.len);
        line = view_trim(line, blanks);
        out->line++;
        if (line.len == 0 || line.data[0] == '#')
            continue;
        if (!read_line(out, line, keys, key_count, today))
            return false;
    }
    return true;
}

const struct attest_row *attest_find(const struct attest *attest, struct view key)
{
    for (size_t i = 0; i < attest->count; i++)
        if (view_equal(attest->rows[i].key, key))
            return &attest->rows[i];
    return NULL;
}
