// SPDX-License-Identifier: Apache-2.0
#include "tool/text.h"

static size_t current_column(const struct buf *out)
{
    size_t at = out->len;
    while (at > 0 && out->data[at - 1] != '\n')
        at--;
    return out->len - at;
}

void text_pad(struct buf *out, size_t column)
{
    size_t at = current_column(out);
    if (at >= column && at != 0)
        buf_put_byte(out, ' ');
    for (; at < column; at++)
        buf_put_byte(out, ' ');
}

void text_put_count(struct buf *out, uint64_t n)
{
    char digits[20];
    struct buf b = BUF(digits);
    buf_put_unsigned(&b, n);
    for (size_t i = 0; i < b.len; i++) {
        if (i != 0 && (b.len - i) % 3 == 0)
            buf_put_byte(out, ',');
        buf_put_byte(out, digits[i]);
    }
}

void text_put_hex(struct buf *out, uint64_t n, unsigned digits)
{
    static const char hex[] = "0123456789abcdef";
    for (unsigned i = digits; i != 0; i--)
        buf_put_byte(out, hex[n >> 4 * (i - 1) & 15]);
}

void text_put_digest(struct buf *out, struct view bytes)
{
    uint64_t digest = 0xcbf29ce484222325u;
    for (size_t i = 0; i < bytes.len; i++)
        digest = (digest ^ (unsigned char)bytes.data[i]) * 0x100000001b3u;
    text_put_hex(out, digest, 2 * sizeof digest);
}

void text_put_seconds(struct buf *out, uint64_t ms)
{
    buf_put_unsigned(out, ms / 1000);
    buf_put_byte(out, '.');
    buf_put_unsigned(out, ms % 1000 / 100);
    buf_put_text(out, " s");
}

void text_put_words(struct buf *out, size_t indent, const char *text)
{
    struct view rest = view_of_text(text);
    while (rest.len != 0) {
        struct view word = view_first(rest, view_index(rest, ' '));
        rest = view_from(rest, word.len < rest.len ? word.len + 1 : word.len);
        size_t column = current_column(out);
        bool begins_line = column <= indent;
        if (!begins_line && column + 1 + word.len > TEXT_WIDTH) {
            buf_put_byte(out, '\n');
            begins_line = true;
        }
        if (begins_line && current_column(out) < indent)
            text_pad(out, indent);
        else if (!begins_line && out->data[out->len - 1] != ' ')
            buf_put_byte(out, ' ');
        buf_put(out, word);
    }
}

void text_put_label(struct buf *out, const char *label)
{
    text_pad(out, TEXT_LABEL_COLUMN);
    buf_put_text(out, label);
    text_pad(out, TEXT_ROW_COLUMN);
}

void text_put_row(struct buf *out, const char *label, const char *text)
{
    text_put_label(out, label);
    text_put_words(out, TEXT_ROW_COLUMN, text);
    buf_put_byte(out, '\n');
}

void text_put_bytes(struct buf *out, struct view bytes, size_t len_max)
{
    buf_put_escaped(out, view_first(bytes, bytes.len < len_max ? bytes.len : len_max));
    if (bytes.len <= len_max)
        return;
    buf_put_text(out, " ... (");
    text_put_count(out, bytes.len);
    buf_put_text(out, " bytes)");
}
