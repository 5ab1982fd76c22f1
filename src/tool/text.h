// SPDX-License-Identifier: Apache-2.0
// Plain text of 80 columns: wrapping, columns, numbers, and foreign bytes made safe.
#ifndef BP_TOOL_TEXT_H
#define BP_TOOL_TEXT_H

#include "base/buf.h"

enum { TEXT_WIDTH = 80, TEXT_LABEL_COLUMN = 3, TEXT_ROW_COLUMN = 13 };

// text_pad appends blanks up to `column` of the current line, and at least one when the line is
// that long already and not empty.
void text_pad(struct buf *out, size_t column);

// text_put_count appends 1234567 as 1,234,567.
void text_put_count(struct buf *out, uint64_t n);

// text_put_hex appends the last `digits` hexadecimal digits of `n`, with leading zeros.
void text_put_hex(struct buf *out, uint64_t n, unsigned digits);

// text_put_digest appends 16 hexadecimal digits that tell byte strings apart (FNV-1a) and protect
// nothing: names of files.
void text_put_digest(struct buf *out, struct view bytes);

// text_put_seconds appends 12345 as "12.3 s": cut, not rounded.
void text_put_seconds(struct buf *out, uint64_t ms);

// text_put_words appends the words of `text`, one blank between two, and breaks the line before a
// word that would pass TEXT_WIDTH; broken lines begin at column `indent`.
void text_put_words(struct buf *out, size_t indent, const char *text);

// text_put_row appends a labelled line, or several: "   expected  400 with ...".
void text_put_row(struct buf *out, const char *label, const char *text);

// text_put_label appends the label alone, up to where the text begins.
void text_put_label(struct buf *out, const char *label);

// text_put_bytes appends foreign bytes escaped, at most `len_max` of them, and says when there
// were more. The line is not broken.
void text_put_bytes(struct buf *out, struct view bytes, size_t len_max);

#endif
