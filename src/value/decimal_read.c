// SPDX-License-Identifier: Apache-2.0
#include "value/decimal.h"

#include <assert.h>
#include <float.h>

#include "base/bounds.h"
#include "value/bignum.h"

enum {
    FRACTION_BITS = 52,
    EXPONENT_BIAS = 1075, // of the lowest bit of a fraction
    POWER10_EXACT_MAX = 22,
    // Powers of ten of the first digit: beyond these a value is infinite or zero for sure.
    MAGNITUDE_MAX = 309,
    MAGNITUDE_MIN = -324,
    EXPONENT_SATURATED = 100000,
};

#define HIDDEN_BIT (UINT64_C(1) << FRACTION_BITS)
#define INFINITY_BITS (UINT64_C(0x7ff) << FRACTION_BITS)

_Static_assert(DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024, "a double is IEEE 754 binary64");

// A literal in pieces: its digits without sign, point and leading zeros are text[first..end) with
// perhaps a point among them.
struct literal {
    bool is_negative;
    const char *first; // first digit that is not zero
    const char *end;   // behind the last digit
    int digit_count;   // from `first`
    int exponent;      // power of ten of the last digit
    uint64_t leading;  // value of the first 19 digits
};

static double double_of(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

// Each of these reads one piece of the grammar and returns where it ends, or NULL.

static const char *read_digits(struct literal *l, const char *at, const char *end)
{
    const char *begin = at;
    int count = l->digit_count;
    uint64_t leading = l->leading;
    for (; at < end && byte_is_digit(*at); at++) {
        if (count == 0 && *at == '0')
            continue;
        if (count++ == 0)
            l->first = at;
        if (count <= 19)
            leading = leading * 10 + (uint64_t)(*at - '0');
    }
    l->digit_count = count;
    l->leading = leading;
    return at == begin ? NULL : at;
}

static const char *read_fraction(struct literal *l, const char *at, const char *end)
{
    if (at == end || *at != '.')
        return at;
    const char *behind = read_digits(l, at + 1, end);
    if (behind != NULL)
        l->exponent -= (int)(behind - at - 1);
    return behind;
}

static const char *read_exponent(struct literal *l, const char *at, const char *end)
{
    if (at == end || byte_lower(*at) != 'e')
        return at;
    at++;
    bool is_negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    int exponent = 0;
    const char *begin = at;
    for (; at < end && byte_is_digit(*at); at++)
        exponent = exponent < EXPONENT_SATURATED ? exponent * 10 + (*at - '0') : exponent;
    l->exponent += is_negative ? -exponent : exponent;
    return at == begin ? NULL : at;
}

// `text` is not empty.
static bool read_literal(struct literal *l, struct view text)
{
    const char *at = text.data;
    const char *end = at + text.len;
    l->is_negative = *at == '-';
    at += l->is_negative;
    if (at < end && *at == '0')
        at++;
    else
        at = read_digits(l, at, end);
    at = at == NULL ? NULL : read_fraction(l, at, end);
    l->end = at;
    at = at == NULL ? NULL : read_exponent(l, at, end);
    return at == end;
}

// The double nearest to (top + less than one) * 2^exponent, ties to even; `is_exact` says that
// nothing is added to top. The bits of infinity when it is too large.
static uint64_t round_bits(uint64_t top, bool is_exact, int exponent)
{
    for (; top >> 63 == 0; top <<= 1)
        exponent--;
    int field = exponent + 63 + EXPONENT_BIAS - FRACTION_BITS;
    if (field >= 0x7ff)
        return INFINITY_BITS;
    int drop = field > 0 ? 11 : 12 - field;
    if (drop > 64)
        return 0;
    uint64_t kept = drop == 64 ? 0 : top >> drop;
    uint64_t half = UINT64_C(1) << (drop - 1);
    uint64_t rest = top & (half | (half - 1));
    bool is_odd = (kept & 1) != 0;
    if (rest > half || (rest == half && (!is_exact || is_odd)))
        kept++;
    // The hidden bit of `kept` counts the exponent up by one.
    return kept + (field > 0 ? (uint64_t)(field - 1) << FRACTION_BITS : 0);
}

static void collect_digits(struct bp_bignum *out, const struct literal *l)
{
    bp_bignum_set(out, 0);
    uint32_t chunk = 0;
    uint32_t scale = 1;
    for (const char *at = l->first; at < l->end; at++) {
        if (*at == '.')
            continue;
        chunk = chunk * 10 + (uint32_t)(*at - '0');
        scale *= 10;
        if (scale == 1000000000) {
            bp_bignum_multiply(out, scale, chunk);
            chunk = 0;
            scale = 1;
        }
    }
    bp_bignum_multiply(out, scale, chunk);
}

// digits * 10^exponent with a negative exponent: a division that leaves 63 or 64 bits.
static uint64_t quotient_bits(struct bp_bignum *digits, int exponent)
{
    struct bp_bignum divisor;
    bp_bignum_set(&divisor, 1);
    bp_bignum_multiply_power5(&divisor, (unsigned)-exponent);
    unsigned align = (32 - bp_bignum_bits(&divisor) % 32) % 32;
    int lack = 63 + (int)bp_bignum_bits(&divisor) + (int)align - (int)bp_bignum_bits(digits);
    unsigned widen = lack < 0 ? (unsigned)(31 - lack) / 32 * 32 : 0;
    unsigned shift = (unsigned)(lack + (int)widen);
    bp_bignum_shift(&divisor, align + widen);
    bp_bignum_shift(digits, shift);
    uint64_t top = bp_bignum_divide(digits, &divisor);
    return round_bits(top, digits->count == 0, exponent - (int)shift + (int)(align + widen));
}

// Not inlined: the fast way has no big numbers in its frame, which sanitizers would mark each time.
__attribute__((noinline)) static uint64_t exact_bits(const struct literal *l)
{
    if (l->digit_count + l->exponent > MAGNITUDE_MAX)
        return INFINITY_BITS;
    if (l->digit_count + l->exponent <= MAGNITUDE_MIN)
        return 0;
    struct bp_bignum digits;
    collect_digits(&digits, l);
    if (l->exponent < 0)
        return quotient_bits(&digits, l->exponent);
    bp_bignum_multiply_power5(&digits, (unsigned)l->exponent);
    unsigned bits = bp_bignum_bits(&digits);
    unsigned drop = bits > 64 ? bits - 64 : 0;
    bool is_exact;
    uint64_t top = bp_bignum_above(&is_exact, &digits, drop);
    return round_bits(top, is_exact, l->exponent + (int)drop);
}

// Both operands are exact, so the one rounding of the machine is the right one; not where the
// machine computes with more bits than a double has.
static bool read_fast(double *out, const struct literal *l)
{
    static const double powers[POWER10_EXACT_MAX + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (FLT_EVAL_METHOD != 0 || l->leading > 2 * HIDDEN_BIT)
        return false;
    if (l->exponent < -POWER10_EXACT_MAX || l->exponent > POWER10_EXACT_MAX)
        return false;
    double leading = (double)(int64_t)l->leading;
    *out = l->exponent < 0 ? leading / powers[-l->exponent] : leading * powers[l->exponent];
    return true;
}

bool bp_decimal_read(double *out, struct view text)
{
    struct literal l = {0};
    if (text.len > BP_JSON_NUMBER_LEN_MAX || text.len == 0 || !read_literal(&l, text))
        return false;
    if (l.digit_count == 0)
        *out = 0;
    else if (!read_fast(out, &l))
        *out = double_of(exact_bits(&l));
    if (bits_of(*out) == INFINITY_BITS)
        return false;
    *out = l.is_negative ? -*out : *out;
    return true;
}
