// SPDX-License-Identifier: Apache-2.0
// Runs of octets that mean themselves inside a JSON string: printable ASCII without quote and
// backslash.
#ifndef BP_JSON_PLAIN_H
#define BP_JSON_PLAIN_H

#include "base/view.h"

enum plain_kind {
    PLAIN_TO_READ,  // as RFC 8259 says; DEL is plain
    PLAIN_TO_WRITE, // '<' and DEL end a run too
};

// plain_has marks the octets of `word` that equal `octet` with their highest bit. Below the first
// such octet no bit is set; above it other octets may be marked too.
static inline uint64_t plain_has(uint64_t word, unsigned char octet)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t difference = word ^ ones * octet;
    return (difference - ones) & ~difference;
}

// plain_marks has the highest bit set in the first octet of `word` that ends a run, and in none
// below; 0 when the whole word is plain.
static inline uint64_t plain_marks(uint64_t word, enum plain_kind kind)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t marks = plain_has(word, '"') | plain_has(word, '\\');
    marks |= word - ones * 0x20;
    if (kind == PLAIN_TO_WRITE)
        marks |= plain_has(word, '<') | plain_has(word, 0x7f);
    return (marks | word) & ones * 0x80;
}

// plain_len is the length of the run at the start of `len` bytes at `at`. Eight at a time, where
// the first octet of memory is the lowest of a word.
static inline size_t plain_len(const char *at, size_t len, enum plain_kind kind)
{
    size_t i = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; len - i >= 8; i += 8) {
        uint64_t word;
        memcpy(&word, at + i, sizeof word);
        uint64_t marks = plain_marks(word, kind);
        if (marks != 0)
            return i + (size_t)__builtin_ctzll(marks) / 8;
    }
    if (i != 0 && i < len) {
        // The last word again, without the octets that are known to be plain.
        uint64_t word;
        memcpy(&word, at + len - 8, sizeof word);
        uint64_t marks = plain_marks(word, kind) >> 8 * (8 - (len - i));
        return marks == 0 ? len : i + (size_t)__builtin_ctzll(marks) / 8;
    }
#endif
    for (; i < len; i++) {
        unsigned char c = (unsigned char)at[i];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
            break;
        if (kind == PLAIN_TO_WRITE && (c == '<' || c == 0x7f))
            break;
    }
    return i;
}

// plain_is_tame says whether all of `v`, white space and quotes included, is printable ASCII
// without a backslash; a few texts that are so are not recognised.
static inline bool plain_is_tame(struct view v)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t marks = 0;
    size_t i = 0;
    for (; v.len - i >= 8; i += 8) {
        uint64_t word;
        memcpy(&word, v.data + i, sizeof word);
        marks |= plain_has(word, '\\') | (word - ones * 0x20) | word;
    }
    for (; i < v.len; i++) {
        unsigned char c = (unsigned char)v.data[i];
        marks |= c < 0x20 || c == '\\' ? ones * 0x80 : c;
    }
    return (marks & ones * 0x80) == 0;
}

#endif
