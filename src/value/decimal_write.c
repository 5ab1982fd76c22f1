// SPDX-License-Identifier: Apache-2.0
#include "value/decimal.h"

#include <assert.h>

#include "value/bignum.h"

enum {
    FRACTION_BITS = 52,
    EXPONENT_BIAS = 1075, // of the lowest bit of a fraction
    SCALED_DIGITS = 18,   // digits of a scaled number, or one more
    PLAIN_MIN = -6,       // powers of ten of the first digit that are written without an exponent
    PLAIN_MAX = 20,
    TEXT_LEN_MAX = 32,
};

#define HIDDEN_BIT (UINT64_C(1) << FRACTION_BITS)

// A number between its neighbours' halves: every real number from low to high reads back as it,
// the ends themselves only when `has_ends`. All are to be multiplied by 2^exponent.
struct interval {
    uint64_t low;
    uint64_t middle;
    uint64_t high;
    int exponent;
    bool has_ends;
};

// A real number that is not negative: whole, and something less than one unless `is_exact`.
struct scaled {
    uint64_t whole;
    bool is_exact;
};

// digits * 10^exponent.
struct decimal {
    uint64_t digits;
    int exponent;
};

static const uint64_t powers10[20] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

static struct interval interval_of(uint64_t bits)
{
    uint64_t fraction = bits & (HIDDEN_BIT - 1);
    int field = (int)(bits >> FRACTION_BITS);
    uint64_t mantissa = field == 0 ? fraction : fraction | HIDDEN_BIT;
    // Below a power of two the next number is only half as far away.
    bool is_near_below = fraction == 0 && field > 1;
    return (struct interval){.low = 4 * mantissa - (is_near_below ? 1 : 2),
                             .middle = 4 * mantissa,
                             .high = 4 * mantissa + 2,
                             .exponent = (field == 0 ? 1 : field) - EXPONENT_BIAS - 2,
                             .has_ends = (mantissa & 1) == 0};
}

// number * 2^shift * power, or number * 2^shift / power when `divides`, where power is a power of
// five; a divisor has a multiple of 32 binary digits.
static struct scaled scale(uint64_t number, int shift, const struct bp_bignum *power, bool divides)
{
    struct bp_bignum n;
    struct scaled result;
    if (divides) {
        bp_bignum_set(&n, number);
        bp_bignum_shift(&n, (unsigned)shift);
        result.whole = bp_bignum_divide(&n, power);
        result.is_exact = n.count == 0;
        return result;
    }
    bp_bignum_product(&n, power, number);
    if (shift > 0)
        bp_bignum_shift(&n, (unsigned)shift);
    result.whole = bp_bignum_above(&result.is_exact, &n, shift > 0 ? 0 : (unsigned)-shift);
    return result;
}

// The power of ten of the first digit, or one less.
static int magnitude_of(const struct interval *number)
{
    int top = number->exponent - 1;
    for (uint64_t m = number->middle; m != 0; m >>= 1)
        top++;
    // 78913 / 2^18 is close enough to log10(2) for every exponent of a double.
    return top < 0 ? -((-top * 78913 + 262143) / 262144) : top * 78913 / 262144;
}

// Of the shortest decimals in the interval the one nearest to the middle. The ends are scaled to
// numbers of 18 or 19 digits, where at most 17 are needed, and then the longest power of ten with
// a multiple between them is looked for.
static struct decimal shortest(const struct scaled *low, const struct scaled *middle,
                               const struct scaled *high, bool has_ends)
{
    struct decimal found = {0, 0};
    for (int exponent = 1; exponent < 20; exponent++) {
        uint64_t step = powers10[exponent];
        uint64_t below = middle->whole - middle->whole % step;
        uint64_t above = below + step;
        bool is_low_end = below == low->whole && low->is_exact;
        bool is_high_end = above == high->whole && high->is_exact;
        bool has_below = below > low->whole || (is_low_end && has_ends);
        bool has_above = is_high_end ? has_ends : above <= high->whole;
        if (!has_below && !has_above)
            break;
        uint64_t down = middle->whole - below;
        bool is_tie = down == step / 2 && middle->is_exact;
        bool is_odd = below / step % 2 != 0;
        bool wants_above = is_tie ? is_odd : down >= step / 2;
        bool takes_above = has_below ? has_above && wants_above : true;
        found.digits = (takes_above ? above : below) / step;
        found.exponent = exponent;
    }
    return found;
}

static struct decimal decimal_of(uint64_t bits)
{
    struct interval number = interval_of(bits);
    int power = SCALED_DIGITS - 1 - magnitude_of(&number);
    struct bp_bignum five;
    bp_bignum_set(&five, 1);
    bp_bignum_multiply_power5(&five, (unsigned)(power < 0 ? -power : power));
    int shift = number.exponent + power;
    if (power < 0) {
        unsigned align = (32 - bp_bignum_bits(&five) % 32) % 32;
        bp_bignum_shift(&five, align);
        shift += (int)align;
    }
    struct scaled low = scale(number.low, shift, &five, power < 0);
    struct scaled middle = scale(number.middle, shift, &five, power < 0);
    struct scaled high = scale(number.high, shift, &five, power < 0);
    struct decimal result = shortest(&low, &middle, &high, number.has_ends);
    result.exponent -= power;
    return result;
}

// Writes the digits of `n` so that they end at `end`, and returns where they begin.
static char *put_digits(char *end, uint64_t n)
{
    do {
        *--end = (char)('0' + n % 10);
        n /= 10;
    } while (n != 0);
    return end;
}

static void put_zeros(struct buf *out, int count)
{
    while (count-- > 0)
        buf_put_byte(out, '0');
}

static void put_decimal(struct buf *out, struct decimal d)
{
    char space[20];
    char *end = space + sizeof space;
    char *begin = put_digits(end, d.digits);
    int count = (int)(end - begin);
    int magnitude = count - 1 + d.exponent;
    if (magnitude < PLAIN_MIN || magnitude > PLAIN_MAX) {
        buf_put_byte(out, *begin);
        if (count > 1) {
            buf_put_byte(out, '.');
            buf_put(out, view_between(begin + 1, end));
        }
        buf_put_byte(out, 'e');
        buf_put_signed(out, magnitude);
    } else if (magnitude < 0) {
        buf_put(out, VIEW("0."));
        put_zeros(out, -magnitude - 1);
        buf_put(out, view_between(begin, end));
    } else if (d.exponent < 0) {
        buf_put(out, view_between(begin, begin + magnitude + 1));
        buf_put_byte(out, '.');
        buf_put(out, view_between(begin + magnitude + 1, end));
    } else {
        buf_put(out, view_between(begin, end));
        put_zeros(out, d.exponent);
    }
}

static char *put_thousandths(char *end, unsigned n)
{
    if (n == 0)
        return end;
    char digits[3] = {(char)('0' + n / 100), (char)('0' + n / 10 % 10), (char)('0' + n % 10)};
    size_t count = digits[2] != '0' ? 3 : digits[1] != '0' ? 2 : 1;
    end -= count + 1;
    *end = '.';
    memcpy(end + 1, digits, count);
    return end;
}

// Numbers with at most three decimals and fifteen digits: no other decimal of fifteen digits reads
// back as the same double, so this one is the shortest.
static bool put_short(struct buf *out, double number)
{
    if (number >= 1e12)
        return false;
    uint64_t thousandths = (uint64_t)(int64_t)(number * 1000 + 0.5);
    if ((double)(int64_t)thousandths / 1000 != number)
        return false;
    char space[TEXT_LEN_MAX];
    char *end = space + sizeof space;
    char *begin = put_thousandths(end, (unsigned)(thousandths % 1000));
    begin = put_digits(begin, thousandths / 1000);
    buf_put(out, view_between(begin, end));
    return true;
}

void bp_decimal_write(struct buf *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    assert((bits >> FRACTION_BITS & 0x7ff) != 0x7ff);
    if (bits >> 63 != 0) {
        buf_put_byte(out, '-');
        number = -number;
        bits &= ~(UINT64_C(1) << 63);
    }
    if (!put_short(out, number))
        put_decimal(out, decimal_of(bits));
}
