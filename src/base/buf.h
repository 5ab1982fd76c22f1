// SPDX-License-Identifier: Apache-2.0
// A buf: bounded space that the caller owns and functions write into.
//
// Writing past the end sets `overflow`, keeps what fitted whole, and drops everything after it, so
// a writer puts a whole message and the caller looks once at the end. Nothing here allocates.
#ifndef BP_BASE_BUF_H
#define BP_BASE_BUF_H

#include "base/view.h"

struct buf {
    char *data;
    size_t len;    // bytes written
    size_t cap;    // bytes of space
    bool overflow; // something did not fit; sticky until buf_clear
};

// BUF makes an empty buf over a char array.
#define BUF(array) ((struct buf){(array), 0, sizeof(array), false})

// buf_of makes an empty buf over `cap` bytes at `data`.
static inline struct buf buf_of(char *data, size_t cap)
{
    return (struct buf){data, 0, cap, false};
}

// buf_clear empties `b` and forgets an overflow.
static inline void buf_clear(struct buf *b)
{
    b->len = 0;
    b->overflow = false;
}

// buf_view is what was written so far.
static inline struct view buf_view(const struct buf *b) { return view_of(b->data, b->len); }

// buf_claim reserves `len` bytes at the end and returns where they start, or NULL (and overflow)
// when they do not fit. The caller fills them at once.
static inline char *buf_claim(struct buf *b, size_t len)
{
    if (b->overflow || len > b->cap - b->len) {
        b->overflow = true;
        return NULL;
    }
    char *at = b->data + b->len;
    b->len += len;
    return at;
}

// buf_put appends the bytes of `v`, all or none.
static inline void buf_put(struct buf *b, struct view v)
{
    char *at = buf_claim(b, v.len);
    if (at != NULL && v.len != 0)
        memcpy(at, v.data, v.len);
}

// buf_put_byte appends one octet.
static inline void buf_put_byte(struct buf *b, char byte)
{
    char *at = buf_claim(b, 1);
    if (at != NULL)
        *at = byte;
}

// buf_put_text appends a NUL-terminated text of our own.
static inline void buf_put_text(struct buf *b, const char *text) { buf_put(b, view_of_text(text)); }

// buf_put_unsigned appends `n` in decimal, without leading zeros.
void buf_put_unsigned(struct buf *b, uint64_t n);

// buf_put_signed appends `n` in decimal, with '-' when it is negative.
void buf_put_signed(struct buf *b, int64_t n);

// buf_put_padded appends `n` in decimal with leading zeros to `width` digits (1..20); a longer
// number is written whole.
void buf_put_padded(struct buf *b, uint64_t n, unsigned width);

// buf_put_escaped appends `v` so that it is safe on a terminal and on one line: printable ASCII as
// it is, backslash as \\, CR, LF and TAB as \r \n \t, every other octet as \xHH. At most 4 bytes
// of output per byte of input.
void buf_put_escaped(struct buf *b, struct view v);

#endif
