// SPDX-License-Identifier: Apache-2.0
// Division and shifting of large numbers, each against what undoes it.
#include <string.h>

#include "value/bignum.h"

#include "props/unit/unit.h"

// value * 2^shift, whose highest binary digit is the highest of a limb.
static const struct {
    uint64_t value;
    unsigned shift;
} divisors[] = {
    {UINT64_C(0x80000000), 0},          {UINT64_C(0xffffffff), 0},
    {UINT64_C(0x8000000000000000), 0},  {UINT64_C(0x8000000000000001), 0},
    {UINT64_C(0xffffffffffffffff), 0},  {UINT64_C(0x80000000ffffffff), 0},
    {UINT64_C(0x8000000000000001), 32}, {UINT64_C(0xfffffffffffffffe), 512},
    {UINT64_C(0x8000000000000000), 64}, {UINT64_C(0x4000000000000001), 1025},
};

static const uint64_t numbers[] = {
    1,
    2,
    3,
    10,
    UINT64_C(0x7fffffff),
    UINT64_C(0x80000000),
    UINT64_C(0xffffffff),
    UINT64_C(0x100000000),
    UINT64_C(0x100000001),
    UINT64_C(0x7fffffffffffffff),
    UINT64_C(0x8000000000000000),
    UINT64_C(0xfffffffeffffffff),
    UINT64_C(0xffffffffffffffff),
};

enum { NUMBER_COUNT = sizeof numbers / sizeof numbers[0] };

static bool is_small(const struct bp_bignum *n, uint32_t value)
{
    return value == 0 ? n->count == 0 : n->count == 1 && n->limbs[0] == value;
}

// divisor * q + r, divided again.
static void check_division(void)
{
    for (size_t i = 0; i < sizeof divisors / sizeof divisors[0]; i++) {
        struct bp_bignum divisor;
        bp_bignum_set(&divisor, divisors[i].value);
        bp_bignum_shift(&divisor, divisors[i].shift);
        CHECK_ROW(i, bp_bignum_bits(&divisor) == divisor.count * 32);
        for (size_t q = 0; q < NUMBER_COUNT; q++)
            for (uint32_t r = 0; r < 3; r++) {
                struct bp_bignum n;
                bp_bignum_product(&n, &divisor, numbers[q]);
                bp_bignum_multiply(&n, 1, r);
                CHECK_ROW(i, bp_bignum_divide(&n, &divisor) == numbers[q]);
                CHECK_ROW(i, is_small(&n, r));
            }
    }
}

// The widest product there is: all limbs, nothing behind them, and no limb of zeros at the top.
static void check_product(void)
{
    enum { SHIFT = (BP_BIGNUM_LIMB_COUNT_MAX - 2) * 32 - 1 };
    struct bp_bignum n;
    bp_bignum_set(&n, 1);
    bp_bignum_shift(&n, SHIFT);
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        struct {
            struct bp_bignum n;
            uint32_t behind;
        } out;
        struct bp_bignum factor;
        bool is_exact = false;
        bp_bignum_set(&factor, numbers[i]);
        memset(&out, 0xff, sizeof out);
        bp_bignum_product(&out.n, &n, numbers[i]);
        CHECK_ROW(i, out.behind == UINT32_MAX);
        CHECK_ROW(i, out.n.count == (SHIFT + bp_bignum_bits(&factor) + 31) / 32);
        CHECK_ROW(i, bp_bignum_above(&is_exact, &out.n, SHIFT) == numbers[i] && is_exact);
    }
}

// number * 2^shift, and back; one more at the lowest digit is lost, and so is the digit just below.
static void check_shifting(void)
{
    for (size_t i = 0; i < NUMBER_COUNT; i++)
        for (unsigned shift = 0; shift < 200; shift++) {
            struct bp_bignum n;
            bool is_exact = false;
            bp_bignum_set(&n, numbers[i]);
            unsigned bits = bp_bignum_bits(&n);
            CHECK_ROW(i, bits == 64 ? numbers[i] >> 63 == 1 : numbers[i] >> bits == 0);
            CHECK_ROW(i, numbers[i] >> (bits - 1) == 1);
            bp_bignum_shift(&n, shift);
            CHECK_ROW(i, bp_bignum_bits(&n) == bits + shift);
            CHECK_ROW(i, bp_bignum_above(&is_exact, &n, shift) == numbers[i] && is_exact);
            bp_bignum_multiply(&n, 1, 1);
            bool is_lost = shift != 0;
            uint64_t sum = is_lost ? numbers[i] : numbers[i] + 1;
            if (sum != 0 || is_lost)
                CHECK_ROW(i, bp_bignum_above(&is_exact, &n, shift) == sum && is_exact == !is_lost);
            bp_bignum_set(&n, numbers[i]);
            bp_bignum_multiply(&n, 2, 1);
            bp_bignum_shift(&n, shift);
            CHECK_ROW(i, bp_bignum_above(&is_exact, &n, shift + 1) == numbers[i] && !is_exact);
        }
}

// 5^n by single steps; modulo 2^32 it is what the machine has.
static void check_powers(void)
{
    uint32_t low = 1;
    for (unsigned exponent = 0; exponent < 836; exponent++) {
        struct bp_bignum once;
        struct bp_bignum more;
        bp_bignum_set(&once, 1);
        bp_bignum_multiply_power5(&once, exponent);
        CHECK_ROW(exponent, once.limbs[0] == low);
        low *= 5;
        bp_bignum_multiply(&once, 5, 0);
        bp_bignum_set(&more, 1);
        bp_bignum_multiply_power5(&more, exponent + 1);
        bool is_same = once.count == more.count;
        for (unsigned i = 0; i < once.count && is_same; i++)
            is_same = once.limbs[i] == more.limbs[i];
        CHECK_ROW(exponent, is_same);
    }
}

int main(void)
{
    check_division();
    check_product();
    check_shifting();
    check_powers();
    return unit_end();
}
