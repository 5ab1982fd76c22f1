// SPDX-License-Identifier: Apache-2.0
// A view: bytes that somebody else owns.
//
// Every parser of this library reads views and every answer that points into its input is a view,
// so the owner of the bytes decides their lifetime. A view may hold NUL and any other octet. It is
// two words and travels by value.
#ifndef BP_BASE_VIEW_H
#define BP_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BP_MUST_USE __attribute__((warn_unused_result))

struct view {
    const char *data; // may be NULL when len is 0
    size_t len;       // bytes
};

// VIEW makes a view of a string literal, without its closing NUL. VIEW_INIT is the same for the
// initialiser of a static object.
#define VIEW_INIT(literal)              \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
#define VIEW(literal) ((struct view)VIEW_INIT(literal))

// view_of makes a view of `len` bytes at `data`.
static inline struct view view_of(const char *data, size_t len) { return (struct view){data, len}; }

// view_of_text makes a view of a NUL-terminated text of our own; never use it on input.
static inline struct view view_of_text(const char *text)
{
    return (struct view){text, strlen(text)};
}

// view_between is the bytes from `begin` up to, not including, `end`; both point into one object.
static inline struct view view_between(const char *begin, const char *end)
{
    return (struct view){begin, (size_t)(end - begin)};
}

// view_from is `v` without its first `skip` bytes; `skip` is at most v.len.
static inline struct view view_from(struct view v, size_t skip)
{
    return (struct view){v.len == 0 ? v.data : v.data + skip, v.len - skip};
}

// view_first is the first `len` bytes of `v`; `len` is at most v.len.
static inline struct view view_first(struct view v, size_t len)
{
    return (struct view){v.data, len};
}

// view_equal compares octet by octet; the last one first, in which words that begin alike differ.
static inline bool view_equal(struct view a, struct view b)
{
    if (a.len != b.len)
        return false;
    size_t last = a.len - 1;
    return a.len == 0 || (a.data[last] == b.data[last] && memcmp(a.data, b.data, last) == 0);
}

// view_starts says whether `v` begins with `prefix`.
static inline bool view_starts(struct view v, struct view prefix)
{
    return v.len >= prefix.len && (prefix.len == 0 || memcmp(v.data, prefix.data, prefix.len) == 0);
}

// view_index is the offset of the first `byte` in `v`, or v.len when there is none.
static inline size_t view_index(struct view v, char byte)
{
    const char *at = v.len == 0 ? NULL : memchr(v.data, byte, v.len);
    return at == NULL ? v.len : (size_t)(at - v.data);
}

// byte_lower folds A-Z to a-z and leaves every other octet alone, in every locale.
static inline char byte_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

// byte_upper folds a-z to A-Z and leaves every other octet alone, in every locale.
static inline char byte_upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c; }

// byte_is_digit says whether `c` is one of 0-9.
static inline bool byte_is_digit(char c) { return c >= '0' && c <= '9'; }

// byte_is_letter says whether `c` is one of A-Z, a-z.
static inline bool byte_is_letter(char c)
{
    char lower = byte_lower(c);
    return lower >= 'a' && lower <= 'z';
}

// byte_hex is the value 0..15 of the hexadecimal digit `c`, or -1.
static inline int byte_hex(char c)
{
    if (byte_is_digit(c))
        return c - '0';
    char lower = byte_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// view_equal_nocase compares with A-Z and a-z folded; other octets must be the same.
static inline bool view_equal_nocase(struct view a, struct view b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (byte_lower(a.data[i]) != byte_lower(b.data[i]))
            return false;
    return true;
}

// view_trim is `v` without the octets of `set` at its beginning and its end.
struct view view_trim(struct view v, struct view set);

// view_without_mark is a text without the byte order mark of UTF-8 at its beginning.
struct view view_without_mark(struct view text);

// view_find is the offset of the first `needle` in `v`, or v.len when there is none. An empty
// needle is found at 0. Cost: v.len times needle.len at worst; for short needles of our own.
size_t view_find(struct view v, struct view needle);

// view_find_nocase is view_find with A-Z and a-z folded.
size_t view_find_nocase(struct view v, struct view needle);

#endif
