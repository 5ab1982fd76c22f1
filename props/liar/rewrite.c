// SPDX-License-Identifier: Apache-2.0
#include "props/liar/rewrite.h"

// What has been put into `space` since `start`.
static struct view put_since(const struct buf *space, size_t start)
{
    if (space->overflow)
        return view_of(NULL, 0);
    return view_of(space->data + start, space->len - start);
}

struct view text_join(struct buf *space, struct view a, struct view b, struct view c)
{
    size_t start = space->len;
    buf_put(space, a);
    buf_put(space, b);
    buf_put(space, c);
    return put_since(space, start);
}

struct view text_replace(struct buf *space, struct view text, struct view from, struct view to)
{
    size_t at = view_find(text, from);
    if (at == text.len)
        return text;
    size_t start = space->len;
    while (at < text.len) {
        buf_put(space, view_first(text, at));
        buf_put(space, to);
        text = view_from(text, at + from.len);
        at = view_find(text, from);
    }
    buf_put(space, text);
    return put_since(space, start);
}

static int escaped_octet(struct view text, size_t at)
{
    if (text.data[at] != '%' || text.len - at < 3)
        return -1;
    int high = byte_hex(text.data[at + 1]);
    int low = byte_hex(text.data[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

struct view text_decode(struct buf *space, struct view text)
{
    if (view_index(text, '%') == text.len)
        return text;
    size_t start = space->len;
    for (size_t i = 0; i < text.len; i++) {
        int octet = escaped_octet(text, i);
        buf_put_byte(space, octet < 0 ? text.data[i] : (char)(unsigned char)octet);
        i += octet < 0 ? 0 : 2;
    }
    return put_since(space, start);
}

struct view text_lower(struct buf *space, struct view text)
{
    size_t start = space->len;
    for (size_t i = 0; i < text.len; i++)
        buf_put_byte(space, byte_lower(text.data[i]));
    return put_since(space, start);
}

struct view text_unsigned(struct buf *space, uint64_t n)
{
    size_t start = space->len;
    buf_put_unsigned(space, n);
    return put_since(space, start);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

struct view text_trim(struct view text) { return view_trim(text, VIEW(" \t")); }

bool text_has(struct view text, const char *needle)
{
    struct view v = view_of_text(needle);
    return v.len == 0 || view_find(text, v) != text.len;
}

bool text_ends(struct view text, const char *tail)
{
    struct view v = view_of_text(tail);
    return text.len >= v.len && view_equal(view_from(text, text.len - v.len), v);
}

bool text_is(struct view text, const char *other) { return view_equal(text, view_of_text(other)); }

bool text_is_digits(struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!byte_is_digit(text.data[i]))
            return false;
    return text.len != 0;
}

struct text_integer text_to_integer(struct view text)
{
    const uint64_t top = (uint64_t)1 << 63;
    struct text_integer out = {false, 0, 0, 0, text};
    while (out.rest.len != 0 && is_blank(out.rest.data[0]))
        out.rest = view_from(out.rest, 1);
    if (out.rest.len != 0 && (out.rest.data[0] == '-' || out.rest.data[0] == '+')) {
        out.is_negative = out.rest.data[0] == '-';
        out.rest = view_from(out.rest, 1);
    }
    while (out.rest.len != 0 && byte_is_digit(out.rest.data[0])) {
        uint64_t digit = (uint64_t)(out.rest.data[0] - '0');
        out.wrapped = out.wrapped * 10 + digit;
        out.saturated = out.saturated > (top - digit) / 10 ? top : out.saturated * 10 + digit;
        out.digit_count++;
        out.rest = view_from(out.rest, 1);
    }
    return out;
}

// The offset of the next CR LF in `bytes`, or bytes.len.
static size_t line_len(struct view bytes) { return view_find(bytes, VIEW("\r\n")); }

bool lines_read(struct lines *out, size_t *used, struct view bytes)
{
    struct view rest = bytes;
    out->count = 0;
    for (;;) {
        size_t len = line_len(rest);
        if (len == rest.len)
            return false;
        struct view line = view_first(rest, len);
        rest = view_from(rest, len + 2);
        if (len == 0)
            break;
        if (out->count == LINES_MAX)
            return false;
        out->items[out->count++] = line;
    }
    *used = bytes.len - rest.len;
    return true;
}

struct view lines_name(const struct lines *lines, unsigned index)
{
    if (index >= lines->count)
        return view_of(NULL, 0);
    struct view line = lines->items[index];
    return text_trim(view_first(line, view_index(line, ':')));
}

struct view lines_value(const struct lines *lines, unsigned index)
{
    if (index >= lines->count)
        return view_of(NULL, 0);
    struct view line = lines->items[index];
    size_t colon = view_index(line, ':');
    return colon == line.len ? view_of(NULL, 0) : text_trim(view_from(line, colon + 1));
}

unsigned lines_find(const struct lines *lines, const char *name)
{
    struct view wanted = view_of_text(name);
    unsigned i = 0;
    while (i < lines->count && !view_equal_nocase(lines_name(lines, i), wanted))
        i++;
    return i;
}

struct view lines_get(const struct lines *lines, const char *name)
{
    return lines_value(lines, lines_find(lines, name));
}

bool lines_has(const struct lines *lines, const char *name)
{
    return lines_find(lines, name) != lines->count;
}

void lines_add(struct lines *lines, struct buf *space, const char *name, struct view value)
{
    if (lines->count < LINES_MAX)
        lines->items[lines->count++] = text_join(space, view_of_text(name), VIEW(": "), value);
}

void lines_set(struct lines *lines, struct buf *space, const char *name, struct view value)
{
    unsigned at = lines_find(lines, name);
    if (at == lines->count)
        lines_add(lines, space, name, value);
    else
        lines->items[at] = text_join(space, view_of_text(name), VIEW(": "), value);
}

void lines_drop(struct lines *lines, const char *name)
{
    struct view wanted = view_of_text(name);
    unsigned kept = 0;
    for (unsigned i = 0; i < lines->count; i++)
        if (!view_equal_nocase(lines_name(lines, i), wanted))
            lines->items[kept++] = lines->items[i];
    lines->count = kept;
}

void lines_write(struct buf *out, const struct lines *lines)
{
    for (unsigned i = 0; i < lines->count; i++) {
        buf_put(out, lines->items[i]);
        buf_put(out, VIEW("\r\n"));
    }
    buf_put(out, VIEW("\r\n"));
}
