// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"

static unsigned count_digits(uint64_t n)
{
    unsigned count = 1;
    for (; n >= 100; n /= 100)
        count += 2;
    return count + (n >= 10);
}

// Digits are written from the last to the first; places in front of the number become zeros.
static void put_digits(struct buf *b, uint64_t n, unsigned width)
{
    char *at = buf_claim(b, width);
    if (at == NULL)
        return;
    for (; n >= 10; n /= 10)
        at[--width] = (char)('0' + n % 10);
    at[--width] = (char)('0' + n);
    while (width != 0)
        at[--width] = '0';
}

void buf_put_unsigned(struct buf *b, uint64_t n) { put_digits(b, n, count_digits(n)); }

void buf_put_signed(struct buf *b, int64_t n)
{
    if (n < 0)
        buf_put_byte(b, '-');
    buf_put_unsigned(b, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void buf_put_padded(struct buf *b, uint64_t n, unsigned width)
{
    unsigned count = count_digits(n);
    put_digits(b, n, count < width ? width : count);
}

static void escaped_byte_put(struct buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    if (c == '\r')
        buf_put(b, VIEW("\\r"));
    else if (c == '\n')
        buf_put(b, VIEW("\\n"));
    else if (c == '\t')
        buf_put(b, VIEW("\\t"));
    else if (c == '\\')
        buf_put(b, VIEW("\\\\"));
    else if (c >= 0x20 && c < 0x7f)
        buf_put_byte(b, (char)c);
    else
        buf_put(b, view_of((char[]){'\\', 'x', hex[c >> 4], hex[c & 15]}, 4));
}

void buf_put_escaped(struct buf *b, struct view v)
{
    for (size_t i = 0; i < v.len; i++)
        escaped_byte_put(b, (unsigned char)v.data[i]);
}
