// SPDX-License-Identifier: Apache-2.0
#include "value/iccid.h"

#include <assert.h>

static uint64_t load_word(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

// Zero when all eight octets are digits: 0x30..0x39 stays below 0x80 when 0x46 is added and does
// not borrow when 0x30 is taken away. The lowest octet that is no digit is always marked; what it
// does to those above no longer matters.
static uint64_t digit_marks(const char *at)
{
    uint64_t word = load_word(at);
    uint64_t above = word + UINT64_C(0x4646464646464646);
    uint64_t below = word - UINT64_C(0x3030303030303030);
    return (above | below) & UINT64_C(0x8080808080808080);
}

bool bp_iccid_read(struct bp_iccid *out, struct view text)
{
    _Static_assert(BP_ICCID_LEN_MIN == 19 && BP_ICCID_LEN_MAX == 20, "three words cover it");
    if (text.len < BP_ICCID_LEN_MIN || text.len > BP_ICCID_LEN_MAX)
        return false;
    const char *tail = text.data + text.len - 8;
    if ((digit_marks(text.data) | digit_marks(text.data + 8) | digit_marks(tail)) != 0)
        return false;
    out->digits[BP_ICCID_LEN_MAX - 1] = 0;
    memcpy(out->digits, text.data, text.len);
    out->len = (uint8_t)text.len;
    return true;
}

bool bp_iccid_equal(const struct bp_iccid *a, const struct bp_iccid *b)
{
    return a->len == b->len && memcmp(a->digits, b->digits, BP_ICCID_LEN_MAX) == 0;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

uint32_t bp_iccid_hash(const struct bp_iccid *iccid)
{
    uint64_t hash = mix(iccid->len, load_word(iccid->digits));
    hash = mix(hash, load_word(iccid->digits + 8));
    hash = mix(hash, load_word(iccid->digits + 12));
    return (uint32_t)mix(hash, 0);
}

// Digits count once and twice in turn, the last one once.
bool bp_iccid_has_luhn(const struct bp_iccid *iccid)
{
    static const unsigned char twice[10] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    unsigned sum = 0;
    size_t left = iccid->len;
    for (; left >= 2; left -= 2)
        sum += (unsigned)(iccid->digits[left - 1] - '0') + twice[iccid->digits[left - 2] - '0'];
    if (left == 1)
        sum += (unsigned)(iccid->digits[0] - '0');
    return sum % 10 == 0;
}
