// SPDX-License-Identifier: Apache-2.0
// ICCID: the number of a SIM, 19 or 20 decimal digits (E.118 and the SIM file's filler nibble).
//
//     8988247000100003319
//
// It is a text, never a number: compared whole, no folding of leading zeros, no prefix match
// (GB-PATH-7). The Luhn digit is information only: some printed examples fail it (GB-PATH-9).
#ifndef BP_VALUE_ICCID_H
#define BP_VALUE_ICCID_H

#include "base/bounds.h"
#include "base/view.h"

struct bp_iccid {
    char digits[BP_ICCID_LEN_MAX]; // unused octets are zero
    uint8_t len;                   // 19 or 20
};

// bp_iccid_read takes exactly 19 or 20 ASCII digits; false for anything else.
BP_MUST_USE bool bp_iccid_read(struct bp_iccid *out, struct view text);

// bp_iccid_view is the digits of `iccid`, borrowed from it.
static inline struct view bp_iccid_view(const struct bp_iccid *iccid)
{
    return view_of(iccid->digits, iccid->len);
}

// bp_iccid_equal compares whole numbers.
bool bp_iccid_equal(const struct bp_iccid *a, const struct bp_iccid *b);

// bp_iccid_hash mixes all digits; equal numbers have equal hashes.
uint32_t bp_iccid_hash(const struct bp_iccid *iccid);

// bp_iccid_has_luhn says whether the last digit is the Luhn digit of those before it.
bool bp_iccid_has_luhn(const struct bp_iccid *iccid);

#endif
