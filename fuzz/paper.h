// SPDX-License-Identifier: Apache-2.0
// What a reader made of a paper, as text, so that two readings can be compared.
#ifndef BP_FUZZ_PAPER_H
#define BP_FUZZ_PAPER_H

#include "said.h"

enum { PAPER_LEN_MAX = 1 << 14, GIST_LEN_MAX = 1 << 20 };

// Items are what a paper has one of in a line or row.
struct gist {
    struct buf items;   // their values
    struct buf words;   // lines, and what was said about them: printable
    struct buf again;   // a paper with the same items, written another way
    size_t item_count;  //
    size_t fault_count; // lines and rows that were refused
    size_t last_line;   // the highest one that was named
    size_t line_sum;    // of items and faults
    bool is_cut;        // the reader has stopped before the end
};

static inline void gist_line(struct gist *gist, size_t line)
{
    FUZZ_ASSERT(line != 0);
    gist->last_line = line > gist->last_line ? line : gist->last_line;
    buf_put_unsigned(&gist->words, line);
    buf_put_byte(&gist->words, '\n');
}

static inline void gist_item(struct gist *gist, size_t line)
{
    gist->item_count++;
    gist_line(gist, line);
    gist->line_sum += line;
    buf_put_byte(&gist->items, '\n');
}

static inline void gist_value(struct gist *gist, struct view value)
{
    buf_put_unsigned(&gist->items, value.len);
    buf_put_byte(&gist->items, ' ');
    buf_put(&gist->items, value);
}

static inline void gist_fault(struct gist *gist, size_t line, const char *why)
{
    FUZZ_ASSERT(why != NULL && why[0] != '\0');
    gist->fault_count++;
    gist_line(gist, line);
    gist->line_sum += line;
    buf_put_text(&gist->words, why);
}

// gist_quote appends `value` in quotes to the other paper, its own quotes doubled.
static inline void gist_quote(struct gist *gist, struct view value)
{
    buf_put_byte(&gist->again, '"');
    for (size_t i = 0; i < value.len; i++) {
        buf_put_text(&gist->again, value.data[i] == '"' ? "\"" : "");
        buf_put_byte(&gist->again, value.data[i]);
    }
    buf_put_byte(&gist->again, '"');
}

// A paper is how its reader is called, and what is known of its grammar besides.
struct paper {
    void (*read)(struct gist *gist, struct view text);
    // count says by a walk of its own how many items there are, those that are refused included,
    // and adds up the lines where they begin.
    size_t (*count)(size_t *line_sum, struct view text);
    bool has_quotes; // a line feed in quotes ends no line, and only whole papers can be counted
    bool has_mark;   // a byte order mark in front is passed over
};

static inline size_t paper_line_count(struct view text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == '\n';
    return count;
}

// paper_walk counts the lines that have something in them behind `blanks`, but for comments. A NUL
// makes something of every line, if `counts_nul`.
static inline size_t paper_walk(size_t *line_sum, struct view text, struct view blanks,
                                bool counts_nul)
{
    size_t count = 0;
    for (size_t number = 1; text.len != 0; number++) {
        struct view line = view_first(text, view_index(text, '\n'));
        text = view_from(text, line.len < text.len ? line.len + 1 : line.len);
        line.len -= line.len != 0 && line.data[line.len - 1] == '\r';
        size_t at = 0;
        while (at < line.len && view_index(blanks, line.data[at]) < blanks.len)
            at++;
        bool has_nul = view_index(line, '\0') < line.len;
        bool is_full = at < line.len && line.data[at] != '#';
        bool is_item = is_full || (counts_nul && has_nul);
        count += is_item;
        *line_sum += is_item ? number : 0;
    }
    return count;
}

// paper_walk_rows counts rows of comma-separated values that are not blank.
static inline size_t paper_walk_rows(size_t *line_sum, struct view text)
{
    size_t count = 0, number = 1, begin = 1;
    bool is_quoted = false, is_full = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool is_twice = c == '"' && i + 1 < text.len && text.data[i + 1] == '"' && is_quoted;
        bool is_end = c == '\n' && !is_quoted;
        bool is_break = c == '\r' && !is_quoted;
        is_quoted = c == '"' && !is_twice ? !is_quoted : is_quoted;
        i += is_twice;
        bool is_blank = c == ' ' || c == '\t' || is_break || (c == ',' && !is_quoted);
        is_full = is_full || is_twice || !(is_blank || is_end || c == '"');
        count += is_end && is_full;
        *line_sum += is_end && is_full ? begin : 0;
        number += c == '\n';
        begin = is_end ? number : begin;
        is_full = is_full && !is_end;
    }
    *line_sum += is_full ? begin : 0;
    return count + is_full;
}

#endif
