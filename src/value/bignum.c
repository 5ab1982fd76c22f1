// SPDX-License-Identifier: Apache-2.0
#include "value/bignum.h"

#include <assert.h>
#include <string.h>

enum { LIMB_BITS = 32, POWER5_EXPONENT_MAX = 13 }; // 5^13 is the last that fits a limb

static void append_limb(struct bp_bignum *n, uint32_t limb)
{
    assert(n->count < BP_BIGNUM_LIMB_COUNT_MAX);
    n->limbs[n->count++] = limb;
}

static void drop_zeros(struct bp_bignum *n)
{
    while (n->count != 0 && n->limbs[n->count - 1] == 0)
        n->count--;
}

void bp_bignum_set(struct bp_bignum *n, uint64_t value)
{
    n->limbs[0] = (uint32_t)value;
    n->limbs[1] = (uint32_t)(value >> LIMB_BITS);
    n->count = 2;
    drop_zeros(n);
}

void bp_bignum_multiply(struct bp_bignum *n, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (unsigned i = 0; i < n->count; i++) {
        carry += (uint64_t)n->limbs[i] * factor;
        n->limbs[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    if (carry != 0)
        append_limb(n, (uint32_t)carry);
}

void bp_bignum_multiply_power5(struct bp_bignum *n, unsigned exponent)
{
    static const uint32_t powers[POWER5_EXPONENT_MAX + 1] = {
        1,     5,      25,      125,     625,      3125,      15625,
        78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125};
    for (; exponent > POWER5_EXPONENT_MAX; exponent -= POWER5_EXPONENT_MAX)
        bp_bignum_multiply(n, powers[POWER5_EXPONENT_MAX], 0);
    bp_bignum_multiply(n, powers[exponent], 0);
}

void bp_bignum_product(struct bp_bignum *out, const struct bp_bignum *n, uint64_t factor)
{
    uint32_t low = (uint32_t)factor;
    uint32_t high = (uint32_t)(factor >> LIMB_BITS);
    uint64_t low_carry = 0;
    uint64_t high_carry = 0;
    uint32_t before = 0;
    assert(n->count + 2 <= BP_BIGNUM_LIMB_COUNT_MAX);
    for (unsigned i = 0; i < n->count + 2; i++) {
        uint32_t limb = i < n->count ? n->limbs[i] : 0;
        low_carry += (uint64_t)limb * low;
        high_carry += (uint64_t)before * high + (uint32_t)low_carry;
        out->limbs[i] = (uint32_t)high_carry;
        low_carry >>= LIMB_BITS;
        high_carry >>= LIMB_BITS;
        before = limb;
    }
    out->count = n->count + 2;
    drop_zeros(out);
}

void bp_bignum_shift(struct bp_bignum *n, unsigned bits)
{
    unsigned skip = bits / LIMB_BITS;
    assert(n->count != 0);
    bp_bignum_multiply(n, UINT32_C(1) << bits % LIMB_BITS, 0);
    assert(n->count + skip <= BP_BIGNUM_LIMB_COUNT_MAX);
    memmove(n->limbs + skip, n->limbs, n->count * sizeof n->limbs[0]);
    memset(n->limbs, 0, skip * sizeof n->limbs[0]);
    n->count += skip;
}

unsigned bp_bignum_bits(const struct bp_bignum *n)
{
    unsigned bits = n->count * LIMB_BITS;
    assert(n->count != 0);
    for (uint32_t top = n->limbs[n->count - 1]; (top & UINT32_C(0x80000000)) == 0; top <<= 1)
        bits--;
    return bits;
}

static uint64_t limb_at(const struct bp_bignum *n, unsigned i)
{
    return i < n->count ? n->limbs[i] : 0;
}

uint64_t bp_bignum_above(bool *is_exact, const struct bp_bignum *n, unsigned bits)
{
    unsigned skip = bits / LIMB_BITS;
    unsigned rest = bits % LIMB_BITS;
    uint32_t lost = (uint32_t)limb_at(n, skip) & ((UINT32_C(1) << rest) - 1);
    for (unsigned i = 0; i < skip && lost == 0; i++)
        lost |= (uint32_t)limb_at(n, i);
    *is_exact = lost == 0;
    uint64_t low = limb_at(n, skip) | limb_at(n, skip + 1) << LIMB_BITS;
    return rest == 0 ? low : low >> rest | limb_at(n, skip + 2) << (2 * LIMB_BITS - rest);
}

// Takes divisor * q away from the limbs of `n`, whose count is one more; true when that was too
// much.
static bool subtract_multiple(uint32_t *n, const struct bp_bignum *divisor, uint32_t q)
{
    uint64_t carry = 0;
    uint32_t borrow = 0;
    for (unsigned i = 0; i < divisor->count; i++) {
        carry += (uint64_t)divisor->limbs[i] * q;
        uint64_t difference = (uint64_t)n[i] - (uint32_t)carry - borrow;
        n[i] = (uint32_t)difference;
        borrow = (uint32_t)(difference >> LIMB_BITS) & 1;
        carry >>= LIMB_BITS;
    }
    uint64_t difference = (uint64_t)n[divisor->count] - carry - borrow;
    n[divisor->count] = (uint32_t)difference;
    return difference >> LIMB_BITS != 0;
}

// Adds the divisor back; true when the sum is not negative any more.
static bool add_back(uint32_t *n, const struct bp_bignum *divisor)
{
    uint64_t carry = 0;
    for (unsigned i = 0; i < divisor->count; i++) {
        carry += (uint64_t)n[i] + divisor->limbs[i];
        n[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    carry += n[divisor->count];
    n[divisor->count] = (uint32_t)carry;
    return carry >> LIMB_BITS != 0;
}

// One limb of the quotient, by long division: the guess from the highest limbs is at most two too
// large because the highest bit of the divisor is set.
static uint32_t divide_step(uint32_t *n, const struct bp_bignum *divisor)
{
    uint64_t top = (uint64_t)n[divisor->count] << LIMB_BITS | n[divisor->count - 1];
    uint64_t guess = top / divisor->limbs[divisor->count - 1];
    uint32_t q = guess > UINT32_MAX ? UINT32_MAX : (uint32_t)guess;
    if (subtract_multiple(n, divisor, q)) {
        do
            q--;
        while (!add_back(n, divisor));
    }
    return q;
}

uint64_t bp_bignum_divide(struct bp_bignum *n, const struct bp_bignum *divisor)
{
    uint64_t quotient = 0;
    assert(bp_bignum_bits(divisor) == divisor->count * LIMB_BITS);
    assert(n->count >= divisor->count);
    unsigned steps = n->count - divisor->count + 1;
    append_limb(n, 0);
    while (steps-- > 0)
        quotient = quotient << LIMB_BITS | divide_step(n->limbs + steps, divisor);
    drop_zeros(n);
    return quotient;
}
