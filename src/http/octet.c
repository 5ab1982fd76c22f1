// SPDX-License-Identifier: Apache-2.0
#include "http/octet.h"

// One row per sixteen octets; the sums of BP_OCTET_TOKEN (1), BP_OCTET_TEXT (2), BP_OCTET_HOST (4).
const unsigned char bp_octet_class[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, // 00
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 10
    2, 7, 2, 3, 7, 3, 7, 7, 6, 6, 7, 7, 2, 7, 7, 2, // 20
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 6, 2, 6, 2, 2, // 30
    2, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, // 40
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 2, 2, 3, 7, // 50
    3, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, // 60
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 3, 2, 7, 0, // 70
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // 80
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // 90
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // A0
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // B0
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // C0
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // D0
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // E0
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // F0
};

static uint64_t load_folded(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word | UINT64_C(0x2020202020202020);
}

static uint32_t load_folded_half(const char *at)
{
    uint32_t half;
    memcpy(&half, at, sizeof half);
    return half | UINT32_C(0x20202020);
}

// The last load may hold octets that the one before it has held.
bool bp_octet_is_word(const char *text, const char *lower, size_t len)
{
    uint64_t differs = 0;
    if (len >= 8) {
        for (size_t i = 0; i < len - 8; i += 8)
            differs |= load_folded(text + i) ^ load_folded(lower + i);
        differs |= load_folded(text + len - 8) ^ load_folded(lower + len - 8);
    } else {
        differs |= load_folded_half(text) ^ load_folded_half(lower);
        differs |= load_folded_half(text + len - 4) ^ load_folded_half(lower + len - 4);
    }
    return differs == 0;
}
