// SPDX-License-Identifier: Apache-2.0
// Octets of HTTP/1 messages: their classes, and looking at eight of them at once.
#ifndef BP_HTTP_OCTET_H
#define BP_HTTP_OCTET_H

#include "base/view.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    BP_OCTET_TOKEN = 1, // tchar (RFC 9110 section 5.6.2)
    BP_OCTET_TEXT = 2,  // HTAB, SP, VCHAR and obs-text: what a field value may hold
    BP_OCTET_HOST = 4,  // reg-name (RFC 3986 section 3.2.2) without '%' and ','
};

extern const unsigned char bp_octet_class[256];

// bp_octet_is says whether `c` belongs to one of `classes`.
static inline bool bp_octet_is(char c, unsigned classes)
{
    return (bp_octet_class[(unsigned char)c] & classes) != 0;
}

// Sixteen octets at once; a comparison sets all bits of the octets for which it holds. gcc and
// clang lower this to what the machine has.
enum { BP_OCTETS_LEN = 16 };
typedef unsigned char bp_octets __attribute__((vector_size(BP_OCTETS_LEN)));

// bp_octets_load reads sixteen octets at `at`.
static inline bp_octets bp_octets_load(const char *at)
{
    bp_octets octets;
    memcpy(&octets, at, sizeof octets);
    return octets;
}

// bp_octets_skip is how many octets stand in front of the first one that is set in `set`, the
// outcome of a comparison: 16 when there is none.
static inline size_t bp_octets_skip(bp_octets set)
{
#ifdef __SSE2__
    unsigned bits = (unsigned)_mm_movemask_epi8((__m128i)set);
    return bits == 0 ? BP_OCTETS_LEN : (unsigned)__builtin_ctz(bits);
#else
    size_t skip = 0;
    while (skip < BP_OCTETS_LEN && set[skip] == 0)
        skip++;
    return skip;
#endif
}

// bp_octet_is_control says whether `c` is 0x00-0x1F or 0x7F; HTAB is one, obs-text is not.
static inline bool bp_octet_is_control(char c)
{
    unsigned char octet = (unsigned char)c;
    return octet < 0x20 || octet == 0x7f;
}

// bp_octet_find_control is the first control from `at` up to `end`, or `end` when there is none.
// Cost: less than an instruction per octet.
static inline const char *bp_octet_find_control(const char *at, const char *end)
{
    const char *rest = at + (size_t)(end - at) / BP_OCTETS_LEN * BP_OCTETS_LEN;
    for (; at != rest; at += BP_OCTETS_LEN) {
        bp_octets octets = bp_octets_load(at);
        size_t skip = bp_octets_skip((bp_octets)((octets < 0x20) | (octets == 0x7f)));
        if (skip != BP_OCTETS_LEN)
            return at + skip;
    }
    while (at < end && !bp_octet_is_control(*at))
        at++;
    return at;
}

// bp_octet_token_end is the first octet from `at` on that belongs to no token; there must be one
// before `end`. Fast for names of up to fifteen letters and hyphens.
static inline const char *bp_octet_token_end(const char *at, const char *end)
{
    if (end - at >= BP_OCTETS_LEN) {
        bp_octets octets = bp_octets_load(at);
        bp_octets is_letter = (bp_octets)((octets | 0x20) - 'a' < 26);
        at += bp_octets_skip(~(is_letter | (bp_octets)(octets == '-')));
        if (*at == ':')
            return at;
    }
    while (bp_octet_is(*at, BP_OCTET_TOKEN))
        at++;
    return at;
}

// bp_octet_is_word says whether the `len` octets at `text` are the word `lower`, letter case apart.
// `lower` consists of a-z and '-', and `len` is at least 4. The fold is exact but for CR, which is
// taken for '-'.
bool bp_octet_is_word(const char *text, const char *lower, size_t len);

#endif
