// SPDX-License-Identifier: Apache-2.0
// Rewriting text: the small tools that liars share.
//
// They are slow, simple, and independent of the library's parsers. New text is written into a
// scratch buf and lives until that is cleared. When the scratch is full the result is empty and the
// overflow stays there to be seen: the caller then drops the whole change.
#ifndef BP_PROPS_LIAR_REWRITE_H
#define BP_PROPS_LIAR_REWRITE_H

#include "base/buf.h"

// text_join is `a`, `b` and `c` in a row.
struct view text_join(struct buf *space, struct view a, struct view b, struct view c);

// text_replace is `text` with every `from` (not empty) replaced by `to`.
struct view text_replace(struct buf *space, struct view text, struct view from, struct view to);

// text_decode is `text` with each %xx replaced by its octet; other percent signs stay.
struct view text_decode(struct buf *space, struct view text);

// text_lower is `text` with A-Z folded to a-z.
struct view text_lower(struct buf *space, struct view text);

// text_unsigned is `n` in decimal.
struct view text_unsigned(struct buf *space, uint64_t n);

// text_trim is `text` without blanks and tabs around it.
struct view text_trim(struct view text);

// text_has says whether `needle` stands somewhere in `text`.
bool text_has(struct view text, const char *needle);

// text_ends says whether `text` ends with `tail`.
bool text_ends(struct view text, const char *tail);

// text_is says whether `text` is exactly `other`.
bool text_is(struct view text, const char *other);

// text_is_digits says whether `text` is one decimal digit or more.
bool text_is_digits(struct view text);

// A text_integer is what strtoll makes of a text: an optional sign, digits, and the rest.
struct text_integer {
    bool is_negative;
    uint64_t wrapped;   // magnitude modulo 2^64
    uint64_t saturated; // magnitude, at most 2^63
    size_t digit_count; // 0: there was no number
    struct view rest;   // behind the digits
};
struct text_integer text_to_integer(struct view text);

enum { LINES_MAX = 96 };

// Lines are the header fields of a message, each without its line end.
struct lines {
    unsigned count;
    struct view items[LINES_MAX];
};

// lines_read takes the fields at the start of `bytes` up to the empty line; `*used` includes that.
// It returns false when there is no empty line or when there are more than LINES_MAX.
bool lines_read(struct lines *out, size_t *used, struct view bytes);

// lines_find is the index of the first line called `name` (letter case and blanks before the colon
// do not matter), or lines->count.
unsigned lines_find(const struct lines *lines, const char *name);

// lines_name and lines_value are the two sides of line `index`, trimmed; empty views when `index`
// is lines->count.
struct view lines_name(const struct lines *lines, unsigned index);
struct view lines_value(const struct lines *lines, unsigned index);

// lines_get is the value of the first line called `name`, or an empty view.
struct view lines_get(const struct lines *lines, const char *name);

// lines_has says whether there is a line called `name`.
bool lines_has(const struct lines *lines, const char *name);

// lines_add appends a line; lines_set replaces the first one of that name or appends; lines_drop
// takes away all of that name. A line too many is left out.
void lines_add(struct lines *lines, struct buf *space, const char *name, struct view value);
void lines_set(struct lines *lines, struct buf *space, const char *name, struct view value);
void lines_drop(struct lines *lines, const char *name);

// lines_write appends the lines and the empty line.
void lines_write(struct buf *out, const struct lines *lines);

#endif
