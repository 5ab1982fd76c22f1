// SPDX-License-Identifier: Apache-2.0
#include "props/launch/lint.h"

#include <assert.h>

#include "tool/text.h"

enum { GRADE_COLUMN = 2, ID_COLUMN = 10, WORDS_COLUMN = 21, GIVEN_LEN_MAX = 48, NAME_LEN_MAX = 40 };

void lint_open(struct lint *out, struct buf *text) { *out = (struct lint){.out = text}; }

// "line 3, ICCID Range - End: "
static void put_place(struct buf *out, const struct lint_item *item)
{
    if (item->line != 0) {
        buf_put_text(out, "line ");
        buf_put_unsigned(out, item->line);
    }
    if (item->column.len != 0) {
        buf_put_text(out, item->line != 0 ? ", " : "");
        text_put_bytes(out, item->column, NAME_LEN_MAX);
    }
    if (out->len != 0)
        buf_put_text(out, ": ");
}

static void put_line(struct buf *out, const struct lint_item *item)
{
    static const char *const grades[] = {
        [LINT_OK] = "ok", [LINT_WARNING] = "warn", [LINT_FAILED] = "FAILED"};
    char space[LINT_WORDS_LEN_MAX + 6 * GIVEN_LEN_MAX + 6 * NAME_LEN_MAX];
    struct buf line = buf_of(space, sizeof space - 1);
    put_place(&line, item);
    buf_put_text(&line, item->words);
    if (item->given.data != NULL) {
        buf_put_text(&line, ": \"");
        text_put_bytes(&line, item->given, GIVEN_LEN_MAX);
        buf_put_byte(&line, '"');
    }
    space[line.len] = '\0';
    text_pad(out, GRADE_COLUMN);
    buf_put_text(out, grades[item->grade]);
    text_pad(out, ID_COLUMN);
    buf_put_text(out, item->id);
    text_pad(out, WORDS_COLUMN);
    text_put_words(out, WORDS_COLUMN, space);
    buf_put_byte(out, '\n');
}

const struct lint_tally *lint_tally(const struct lint *lint, struct view id)
{
    for (size_t i = 0; i < lint->tally_count; i++)
        if (view_equal(view_of_text(lint->tallies[i].id), id))
            return &lint->tallies[i];
    return NULL;
}

static void count(struct lint *lint, const struct lint_item *item)
{
    size_t i = 0;
    while (i < lint->tally_count && strcmp(lint->tallies[i].id, item->id) != 0)
        i++;
    assert(i < LINT_ID_COUNT_MAX);
    if (i == lint->tally_count)
        lint->tallies[lint->tally_count++].id = item->id;
    lint->tallies[i].counts[item->grade]++;
    lint->counts[item->grade]++;
}

void lint_put(struct lint *lint, const struct lint_item *item)
{
    count(lint, item);
    if (lint->line_count++ < LINT_LINE_COUNT_MAX)
        put_line(lint->out, item);
}

bool lint_close(struct lint *lint)
{
    const size_t *counts = lint->counts;
    bool is_passed = counts[LINT_FAILED] == 0 && counts[LINT_OK] + counts[LINT_WARNING] != 0;
    if (lint->line_count > LINT_LINE_COUNT_MAX) {
        buf_put_text(lint->out, "  and ");
        text_put_count(lint->out, lint->line_count - LINT_LINE_COUNT_MAX);
        buf_put_text(lint->out, " more that are not printed\n");
    }
    buf_put_text(lint->out, is_passed ? "PASS  " : "FAIL  ");
    text_put_count(lint->out, counts[LINT_OK]);
    buf_put_text(lint->out, " ok, ");
    text_put_count(lint->out, counts[LINT_WARNING]);
    buf_put_text(lint->out, counts[LINT_WARNING] == 1 ? " warning, " : " warnings, ");
    text_put_count(lint->out, counts[LINT_FAILED]);
    buf_put_text(lint->out, " failed\n");
    return is_passed;
}
