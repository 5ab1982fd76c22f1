// SPDX-License-Identifier: Apache-2.0
#include "tool/shell.h"

static bool is_harmless(char c)
{
    return byte_is_letter(c) || byte_is_digit(c) ||
           view_index(VIEW("_./:@%+=,-"), c) < sizeof "_./:@%+=,-" - 1;
}

void shell_put_word(struct buf *out, struct view word)
{
    bool needs_quotes = word.len == 0;
    for (size_t i = 0; i < word.len && !needs_quotes; i++)
        needs_quotes = !is_harmless(word.data[i]);
    if (!needs_quotes) {
        buf_put(out, word);
        return;
    }
    buf_put_byte(out, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.data[i] == '\'')
            buf_put_text(out, "'\\'");
        buf_put_byte(out, word.data[i]);
    }
    buf_put_byte(out, '\'');
}

void shell_put_reference(struct buf *out, struct view word)
{
    buf_put_byte(out, '"');
    buf_put(out, word);
    buf_put_byte(out, '"');
}

bool shell_is_reference(struct view word)
{
    if (word.len < 4 || !view_starts(word, VIEW("${")) || word.data[word.len - 1] != '}')
        return false;
    for (size_t i = 2; i < word.len - 1; i++) {
        char c = word.data[i];
        if (c != '_' && !byte_is_letter(c) && !byte_is_digit(c))
            return false;
    }
    return true;
}

void shell_put_format(struct buf *out, struct view bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char octet = (unsigned char)bytes.data[i];
        if (octet == '\r') {
            buf_put_text(out, "\\r");
        } else if (octet == '\n') {
            buf_put_text(out, "\\n");
        } else if (octet == '%') {
            buf_put_text(out, "%%");
        } else if (octet == '\\') {
            buf_put_text(out, "\\\\");
        } else if (octet < 0x20 || octet > 0x7e || octet == '\'') {
            buf_put_byte(out, '\\');
            buf_put_byte(out, (char)('0' + (octet >> 6)));
            buf_put_byte(out, (char)('0' + (octet >> 3 & 7)));
            buf_put_byte(out, (char)('0' + (octet & 7)));
        } else {
            buf_put_byte(out, (char)octet);
        }
    }
}

bool shell_is_printable(struct view word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] < 0x20 || word.data[i] > 0x7e)
            return false;
    return true;
}
