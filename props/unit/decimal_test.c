// SPDX-License-Identifier: Apache-2.0
// Doubles as text, against the C library as the oracle: strtod for reading; for writing, no text
// with fewer digits may read back, and among the shortest the nearest one is wanted.
#include "value/decimal.h"

#include <math.h>
#include <stdlib.h>

#include "props/unit/unit.h"

#if defined(__has_feature)
#define HAS_FEATURE(x) __has_feature(x)
#else
#define HAS_FEATURE(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
enum { SCALE = 6 };
#else
enum { SCALE = 4 };
#endif
enum { RANDOM_COUNT = 650000 / SCALE, SHORT_COUNT = 600000 / SCALE, TIE_COUNT = 150000 / SCALE };
enum { INTEGER_COUNT = 300000 / SCALE, TEXT_MAX = 1200 };

static uint64_t random_state = 20240229;

static uint64_t random_next(void)
{
    uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static bool is_same(double a, double b) { return bits_of(a) == bits_of(b); }

// Reads `text` with both and compares, infinity included.
static bool reads_like_strtod(const char *text)
{
    double want = strtod(text, NULL);
    double got;
    bool ok = bp_decimal_read(&got, view_of_text(text));
    bool good = isinf(want) ? !ok : ok && is_same(got, want);
    if (!good)
        fprintf(stderr, "reading %s: want %a\n", text, want);
    return good;
}

// The count of significant digits of a text of ours, and its digits as one number.
static unsigned digit_count_of(const char *text)
{
    unsigned count = 0;
    unsigned zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text == '0' && count != 0)
            zeros++;
        if (*text > '0' && *text <= '9') {
            count += zeros + 1;
            zeros = 0;
        }
    }
    return count == 0 ? 1 : count;
}

static bool is_power_of_two(double number) { return (bits_of(number) << 12) == 0; }

static bool has_shorter(double number, unsigned count)
{
    char text[40];
    if (count == 1)
        return false;
    snprintf(text, sizeof text, "%.*e", (int)count - 2, number);
    return is_same(strtod(text, NULL), number);
}

// Of all texts with `count` digits the C library gives the nearest; it differs from the shortest
// text that reads back only at a power of two. Up to 15 digits there is one such text.
static bool is_nearest(const char *text, double number, unsigned count)
{
    char nearest[40];
    if (count <= 15)
        return true;
    snprintf(nearest, sizeof nearest, "%.*e", (int)count - 1, number);
    if (!is_same(strtod(nearest, NULL), number))
        return is_power_of_two(number);
    char ours[48];
    snprintf(ours, sizeof ours, "%.*Le", (int)count - 1, strtold(text, NULL));
    return strcmp(ours, nearest) == 0;
}

static bool writes_well(double number)
{
    char space[64];
    struct buf out = BUF(space);
    bp_decimal_write(&out, number);
    if (out.overflow || out.len == sizeof space)
        return false;
    space[out.len] = '\0';
    double back;
    bool good = is_same(strtod(space, NULL), number);
    good = good && bp_decimal_read(&back, buf_view(&out)) && is_same(back, number);
    unsigned count = digit_count_of(space);
    good = good && !has_shorter(number, count) && is_nearest(space, number, count);
    if (!good)
        fprintf(stderr, "writing %a (%.17g): got %s\n", number, number, space);
    return good;
}

static const struct {
    double number;
    const char *text;
} written[] = {
    {0.0, "0"},
    {-0.0, "-0"},
    {1, "1"},
    {-1, "-1"},
    {123, "123"},
    {1367.25, "1367.25"},
    {0.5, "0.5"},
    {0.1, "0.1"},
    {0.25, "0.25"},
    {0.125, "0.125"},
    {0.001, "0.001"},
    {0.0005, "0.0005"},
    {0.30000000000000004, "0.30000000000000004"},
    {1.0 / 3, "0.3333333333333333"},
    {1.0 / 1001, "0.000999000999000999"},
    {1e-6, "0.000001"},
    {1.5e-6, "0.0000015"},
    {9.99e-7, "9.99e-7"},
    {1e-7, "1e-7"},
    {1e20, "100000000000000000000"},
    {123456789012345680000.0, "123456789012345680000"},
    {1e21, "1e21"},
    {1.5e21, "1.5e21"},
    {1e300, "1e300"},
    {1e-192, "1e-192"},
    {3e-308, "3e-308"},
    {999999999999.999, "999999999999.999"},
    {1e12, "1000000000000"},
    {1000000000000.001, "1000000000000.001"},
    {9007199254740992.0, "9007199254740992"},
    {9007199254740993.0, "9007199254740992"},
    {9007199254740994.0, "9007199254740994"},
    {4294967296.0, "4294967296"},
    {5e-324, "5e-324"},
    {2.2250738585072014e-308, "2.2250738585072014e-308"},
    {2.225073858507201e-308, "2.225073858507201e-308"},
    {1.7976931348623157e308, "1.7976931348623157e308"},
    {9.5367431640625e-07, "9.5367431640625e-7"},
    {2.98023223876953125e-8, "2.9802322387695312e-8"},
    {9007199254740991.0, "9007199254740991"},
    {5e22, "5e22"},
    {1e23, "1e23"},
    {9.5e-1, "0.95"},
    {100.5, "100.5"},
    {65.625, "65.625"},
};

static const struct {
    const char *text;
    bool ok;
    double number;
} read_rows[] = {
    {"0", true, 0.0},
    {"-0", true, -0.0},
    {"-0.0e-9", true, -0.0},
    {"0.000", true, 0.0},
    {"0e99999999999999999999", true, 0.0},
    {"1e-99999999999999999999", true, 0.0},
    {"1E5", true, 1e5},
    {"1e+5", true, 1e5},
    {"12.50", true, 12.5},
    {"9007199254740993", true, 9007199254740992.0},
    {"9007199254740993.0000000000000000000000001", true, 9007199254740994.0},
    {"18446744073709551615", true, 18446744073709551615.0},
    {"2.4703282292062327e-324", true, 0.0},
    {"2.4703282292062328e-324", true, 5e-324},
    {"1.7976931348623158e308", true, 1.7976931348623157e308},
    {"1.7976931348623159e308", false, 0},
    {"179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977"
     "5872071"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "00000000000000000000000",
     false, 0},
    {"1e400", false, 0},
    {"-1e400", false, 0},
    {"1e309", false, 0},
    {"1e99999999999999999999", false, 0},
    {"", false, 0},
    {"-", false, 0},
    {"+1", false, 0},
    {"01", false, 0},
    {"-01", false, 0},
    {"00", false, 0},
    {".5", false, 0},
    {"-.5", false, 0},
    {"1.", false, 0},
    {"1.e5", false, 0},
    {"1e", false, 0},
    {"1e+", false, 0},
    {"1e5.5", false, 0},
    {"1,5", false, 0},
    {" 1", false, 0},
    {"1 ", false, 0},
    {"0x10", false, 0},
    {"1_000", false, 0},
    {"NaN", false, 0},
    {"Infinity", false, 0},
    {"--1", false, 0},
    {"1-", false, 0},
    {"1e5e5", false, 0},
    {"1..5", false, 0},
};

// Every beginning of `text` in a block of just its size, so that a sanitizer sees a read behind it.
static void read_beginnings(const char *text)
{
    for (size_t len = 0; len <= strlen(text); len++) {
        char *block = malloc(len + (len == 0));
        double number;
        memcpy(block, text, len);
        bool ok = bp_decimal_read(&number, view_of(block, len));
        CHECK_ROW(len, !ok || byte_is_digit(block[len - 1]));
        free(block);
    }
}

static void check_tables(void)
{
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        char space[64];
        struct buf out = BUF(space);
        bp_decimal_write(&out, written[i].number);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(written[i].text)));
        CHECK_ROW(i, writes_well(written[i].number));
    }
    for (size_t i = 0; i < sizeof read_rows / sizeof read_rows[0]; i++) {
        double number = 77;
        bool ok = bp_decimal_read(&number, view_of_text(read_rows[i].text));
        CHECK_ROW(i, ok == read_rows[i].ok);
        CHECK_ROW(i, !ok || is_same(number, read_rows[i].number));
        read_beginnings(read_rows[i].text);
    }
    CHECK(!bp_decimal_read(&(double){0}, view_of(NULL, 0)));
    CHECK(!bp_decimal_read(&(double){0}, view_of("1\0", 2)));
}

// Literals as long as allowed: the widest numerator, the widest divisor, and one octet too many.
static void check_long_literals(void)
{
    char text[TEXT_MAX];
    static const char *const shapes[] = {"e0",    "e-200", "e-400", "e-700",
                                         "e-800", "e-840", "e-900"};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        for (char digit = '1'; digit <= '9'; digit += 2) {
            size_t tail = strlen(shapes[i]);
            memset(text, digit, 512 - tail);
            memcpy(text + 512 - tail, shapes[i], tail + 1);
            CHECK_ROW(i, reads_like_strtod(text));
            memmove(text + 2, text + 1, 511);
            text[1] = '.';
            text[512] = '\0';
            memcpy(text + 512 - tail, shapes[i], tail + 1);
            CHECK_ROW(i, reads_like_strtod(text));
        }
    for (unsigned zeros = 300; zeros <= 340; zeros++) {
        snprintf(text, sizeof text, "0.%0*d", (int)zeros, 24703282);
        CHECK_ROW(zeros, reads_like_strtod(text));
    }
    memset(text, '0', sizeof text);
    text[1] = '.';
    double number;
    CHECK(bp_decimal_read(&number, view_of(text, 512)));
    CHECK(!bp_decimal_read(&number, view_of(text, 513)));
}

// The exact decimal expansion of the point halfway to the next double, and its two neighbours.
static bool reads_halfway(double number)
{
    char text[TEXT_MAX];
    uint64_t bits = bits_of(number);
    long double half = ((long double)number + (long double)double_of(bits + 1)) / 2;
    int len = snprintf(text, sizeof text, "%.505Lg", half);
    if (len > 512)
        return true;
    bool good = reads_like_strtod(text);
    char *e = strchr(text, 'e');
    char *last = e == NULL ? text + len - 1 : e - 1;
    if (*last >= '1' && *last <= '9') {
        (*last)--;
        good = good && reads_like_strtod(text);
        (*last)++;
    }
    if (*last >= '0' && *last <= '8') {
        (*last)++;
        good = good && reads_like_strtod(text);
    }
    return good;
}

static void check_random(void)
{
    char text[64];
    for (unsigned i = 0; i < RANDOM_COUNT; i++) {
        double number = double_of(random_next() & ~(UINT64_C(1) << 63));
        if (!isfinite(number))
            continue;
        CHECK_ROW(i, writes_well(number));
        snprintf(text, sizeof text, "%.*e", (int)(random_next() % 22), number);
        CHECK_ROW(i, reads_like_strtod(text));
    }
    for (unsigned i = 0; i < SHORT_COUNT; i++) {
        uint64_t r = random_next();
        uint64_t digits = (r >> 12) >> (r % 50);
        snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits,
                 (int)(r >> 40 & 63) - 40);
        CHECK_ROW(i, reads_like_strtod(text));
        CHECK_ROW(i, writes_well(strtod(text, NULL)));
    }
    for (unsigned i = 0; i < INTEGER_COUNT; i++) {
        uint64_t r = random_next();
        CHECK_ROW(i, writes_well((double)(r >> r % 64)));
        CHECK_ROW(i, writes_well((double)(r >> 40) / 1000));
    }
    for (unsigned i = 0; i < TIE_COUNT; i++) {
        uint64_t r = random_next();
        uint64_t exponent = 1023 - 60 + (r >> 56) % 140;
        CHECK_ROW(i, reads_halfway(double_of(exponent << 52 | r >> 12)));
    }
}

static void check_neighbours_of(double number, size_t row)
{
    uint64_t bits = bits_of(number);
    for (uint64_t i = bits < 3 ? 0 : bits - 3; i <= bits + 3; i++) {
        if (!isfinite(double_of(i)))
            continue;
        CHECK_ROW(row, writes_well(double_of(i)));
        CHECK_ROW(row, writes_well(-double_of(i)));
        CHECK_ROW(row, reads_halfway(double_of(i)));
    }
}

static void check_edges(void)
{
    for (int e = -1074; e < 1024; e++)
        check_neighbours_of(ldexp(1, e), (size_t)(e + 1074));
    for (int e = -323; e <= 308; e++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", e);
        check_neighbours_of(strtod(text, NULL), (size_t)(e + 323));
    }
    for (unsigned i = 0; i < RANDOM_COUNT / 8; i++)
        CHECK_ROW(i, writes_well(double_of(random_next() >> (12 + i % 52))));
}

int main(void)
{
    check_tables();
    check_long_literals();
    check_edges();
    check_random();
    return unit_end();
}
