// SPDX-License-Identifier: Apache-2.0
#include "value/iccid.h"

#include "props/unit/unit.h"

static const struct {
    struct view text;
    bool ok;
    bool has_luhn;
} rows[] = {
    {VIEW_INIT("8988247000100003319"), true, true},
    {VIEW_INIT("8988247000100003312"), true, false},
    {VIEW_INIT("8988247000100003318"), true, false},
    {VIEW_INIT("89882470001000033191"), true, false},
    {VIEW_INIT("89882470001000033195"), true, true},
    {VIEW_INIT("0000000000000000000"), true, true},
    {VIEW_INIT("0000000000000000001"), true, false},
    {VIEW_INIT("00000000000000000000"), true, true},
    {VIEW_INIT("00000000000000000018"), true, true},
    {VIEW_INIT("99999999999999999999"), true, true},
    {VIEW_INIT("27434991073809554935"), true, false},
    {VIEW_INIT(""), false, false},
    {VIEW_INIT("898824700010000331"), false, false},
    {VIEW_INIT("898824700010000331900"), false, false},
    {VIEW_INIT("89882470001000033190000"), false, false},
    {VIEW_INIT("8988247000100003319F"), false, false},
    {VIEW_INIT("8988247000100003319f"), false, false},
    {VIEW_INIT("8988247000100003319 "), false, false},
    {VIEW_INIT(" 988247000100003319"), false, false},
    {VIEW_INIT("8988247000100003319\0"), false, false},
    {VIEW_INIT("+988247000100003319"), false, false},
    {VIEW_INIT("898824700010000331."), false, false},
};

// Every octet at every place: only digits are taken.
static void check_every_octet(void)
{
    for (size_t len = BP_ICCID_LEN_MIN; len <= BP_ICCID_LEN_MAX; len++)
        for (size_t at = 0; at < len; at++)
            for (unsigned octet = 0; octet < 256; octet++) {
                char text[BP_ICCID_LEN_MAX + 1] = "89882470001000033190";
                struct bp_iccid iccid;
                text[at] = (char)octet;
                bool is_digit = octet >= '0' && octet <= '9';
                CHECK_ROW(at * 256 + octet, bp_iccid_read(&iccid, view_of(text, len)) == is_digit);
            }
}

static void check_comparison(void)
{
    struct bp_iccid a, same, longer, zero_before;
    CHECK(bp_iccid_read(&a, VIEW("8988247000100003319")));
    memset(&same, 0xff, sizeof same);
    CHECK(bp_iccid_read(&same, VIEW("8988247000100003319")));
    CHECK(bp_iccid_read(&longer, VIEW("89882470001000033190")));
    CHECK(bp_iccid_read(&zero_before, VIEW("08988247000100003319")));
    CHECK(bp_iccid_equal(&a, &same));
    CHECK(bp_iccid_hash(&a) == bp_iccid_hash(&same));
    CHECK(!bp_iccid_equal(&a, &longer));
    CHECK(!bp_iccid_equal(&a, &zero_before));
    CHECK(!bp_iccid_equal(&longer, &zero_before));
    for (size_t i = 0; i < longer.len; i++) {
        struct bp_iccid other = longer;
        other.digits[i] = other.digits[i] == '9' ? '0' : (char)(other.digits[i] + 1);
        CHECK_ROW(i, !bp_iccid_equal(&longer, &other));
        CHECK_ROW(i, bp_iccid_hash(&longer) != bp_iccid_hash(&other));
    }
}

// Numbers that follow each other fill a table of 4,096 slots about as evenly as chance would.
static void check_spread(void)
{
    static unsigned char counts[4096];
    unsigned most = 0;
    for (unsigned i = 0; i < 4096; i++) {
        char text[] = "8988247000100000000";
        unsigned n = i;
        for (size_t at = sizeof text - 1; at-- > 12; n /= 10)
            text[at] = (char)('0' + n % 10);
        struct bp_iccid iccid;
        CHECK_ROW(i, bp_iccid_read(&iccid, view_of(text, sizeof text - 1)));
        unsigned count = ++counts[bp_iccid_hash(&iccid) % 4096];
        most = count > most ? count : most;
    }
    CHECK(most <= 9);
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_iccid iccid;
        bool ok = bp_iccid_read(&iccid, rows[i].text);
        CHECK_ROW(i, ok == rows[i].ok);
        CHECK_ROW(i, !ok || view_equal(bp_iccid_view(&iccid), rows[i].text));
        CHECK_ROW(i, !ok || bp_iccid_has_luhn(&iccid) == rows[i].has_luhn);
        CHECK_ROW(i, !ok || iccid.len == 20 || iccid.digits[19] == 0);
    }
    CHECK(!bp_iccid_read(&(struct bp_iccid){{0}, 0}, view_of(NULL, 0)));
    check_every_octet();
    check_comparison();
    check_spread();
    return unit_end();
}
