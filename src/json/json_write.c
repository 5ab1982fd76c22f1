// SPDX-License-Identifier: Apache-2.0
#include "json/json_write.h"

#include "value/decimal.h"
#include "json/plain.h"
#include "json/utf8.h"

static void put_unicode_escape(struct buf *out, unsigned code)
{
    static const char hex[] = "0123456789abcdef";
    char text[6] = {
        '\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};
    buf_put(out, view_of(text, sizeof text));
}

static void put_escaped_octet(struct buf *out, unsigned char c)
{
    static const char letters[128] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                      ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    if (letters[c] == '\0') {
        put_unicode_escape(out, c);
        return;
    }
    buf_put_byte(out, '\\');
    buf_put_byte(out, letters[c]);
}

// Puts the sequence at the start of `text`, which is not ASCII, and returns its length.
static size_t put_sequence(struct buf *out, struct view text)
{
    unsigned len = bp_utf8_len(text);
    struct view sequence = view_first(text, len);
    if (len == 0) {
        buf_put(out, VIEW("\xef\xbf\xbd"));
        return 1;
    }
    if (view_equal(sequence, VIEW("\xe2\x80\xa8")))
        put_unicode_escape(out, 0x2028);
    else if (view_equal(sequence, VIEW("\xe2\x80\xa9")))
        put_unicode_escape(out, 0x2029);
    else
        buf_put(out, sequence);
    return len;
}

void bp_json_put_string(struct buf *out, struct view text)
{
    buf_put_byte(out, '"');
    while (text.len != 0) {
        size_t len = plain_len(text.data, text.len, PLAIN_TO_WRITE);
        buf_put(out, view_first(text, len));
        text = view_from(text, len);
        if (text.len == 0)
            break;
        unsigned char c = (unsigned char)text.data[0];
        if (c < 0x80)
            put_escaped_octet(out, c);
        text = view_from(text, c < 0x80 ? 1 : put_sequence(out, text));
    }
    buf_put_byte(out, '"');
}

void bp_json_put_number(struct buf *out, double number) { bp_decimal_write(out, number); }
