// SPDX-License-Identifier: Apache-2.0
// Whole numbers of up to 2,304 bits, for the exact cases of decimal.c only.
//
// The widest numbers are those of a literal of BP_JSON_NUMBER_LEN_MAX digits that is not rounded to
// zero or infinity: a divisor of 5^836 has 1,942 bits, and 64 more are needed for a quotient.
#ifndef BP_VALUE_BIGNUM_H
#define BP_VALUE_BIGNUM_H

#include <stdbool.h>
#include <stdint.h>

enum { BP_BIGNUM_LIMB_COUNT_MAX = 72 };

// A bp_bignum holds `count` limbs of 32 bits, the lowest first and the highest not zero.
struct bp_bignum {
    unsigned count;
    uint32_t limbs[BP_BIGNUM_LIMB_COUNT_MAX];
};

// bp_bignum_set makes `n` equal to `value`.
void bp_bignum_set(struct bp_bignum *n, uint64_t value);

// bp_bignum_multiply makes `n` equal to n * factor + addend.
void bp_bignum_multiply(struct bp_bignum *n, uint32_t factor, uint32_t addend);

// bp_bignum_multiply_power5 makes `n` equal to n * 5^exponent.
void bp_bignum_multiply_power5(struct bp_bignum *n, unsigned exponent);

// bp_bignum_product makes `out` equal to n * factor; `out` is not `n`.
void bp_bignum_product(struct bp_bignum *out, const struct bp_bignum *n, uint64_t factor);

// bp_bignum_shift makes `n`, which is not zero, equal to n * 2^bits.
void bp_bignum_shift(struct bp_bignum *n, unsigned bits);

// bp_bignum_bits is the count of binary digits of `n`, which is not zero.
unsigned bp_bignum_bits(const struct bp_bignum *n);

// bp_bignum_above is n / 2^bits rounded down, which must fit; `*is_exact` says whether nothing was
// lost.
uint64_t bp_bignum_above(bool *is_exact, const struct bp_bignum *n, unsigned bits);

// bp_bignum_divide is n / divisor rounded down, which must fit; `n` becomes the remainder. The
// divisor has a multiple of 32 binary digits, and `n` not fewer limbs than it.
uint64_t bp_bignum_divide(struct bp_bignum *n, const struct bp_bignum *divisor);

#endif
