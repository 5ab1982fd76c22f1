// SPDX-License-Identifier: Apache-2.0
#include "json/utf8.h"

// Unicode table 3-7: which second octet may follow which first one, and how long the sequence is.
static const struct {
    unsigned char first_min, first_max, second_min, second_max, len;
} sequences[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static unsigned char octet_at(struct view v, size_t i)
{
    return i < v.len ? (unsigned char)v.data[i] : 0;
}

static bool is_continuation(unsigned char c) { return (c & 0xc0) == 0x80; }

unsigned bp_utf8_len(struct view v)
{
    unsigned char first = octet_at(v, 0);
    unsigned char second = octet_at(v, 1);
    if (first < 0x80)
        return v.len != 0;
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        if (first < sequences[i].first_min || first > sequences[i].first_max)
            continue;
        if (second < sequences[i].second_min || second > sequences[i].second_max)
            return 0;
        for (unsigned k = 2; k < sequences[i].len; k++)
            if (!is_continuation(octet_at(v, k)))
                return 0;
        return sequences[i].len;
    }
    return 0;
}

bool bp_utf8_is_valid(struct view v)
{
    while (v.len != 0) {
        unsigned len = bp_utf8_len(v);
        if (len == 0)
            return false;
        v = view_from(v, len);
    }
    return true;
}
