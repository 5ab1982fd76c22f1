// SPDX-License-Identifier: Apache-2.0
#include "props/report/markdown.h"

void markdown_put(struct buf *out, struct view v)
{
    static const char harmless[] = " .,:;/-=%?'\"";
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < v.len; i++) {
        char c = v.data[i];
        bool is_plain = byte_is_letter(c) || byte_is_digit(c) ||
                        memchr(harmless, c, sizeof harmless - 1) != NULL;
        if (is_plain) {
            buf_put_byte(out, c);
        } else if (c > ' ' && c <= '~') {
            buf_put_byte(out, '\\');
            buf_put_byte(out, c);
        } else {
            buf_put_text(out, "\\\\x");
            buf_put_byte(out, hex[(unsigned char)c >> 4]);
            buf_put_byte(out, hex[(unsigned char)c & 15]);
        }
    }
}
