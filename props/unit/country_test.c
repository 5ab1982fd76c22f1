// SPDX-License-Identifier: Apache-2.0
#include "value/country.h"

#include "props/unit/unit.h"

static const struct {
    struct view text;
    bool ok;
    struct view code;
} rows[] = {
    {VIEW_INIT("US"), true, VIEW_INIT("US")}, {VIEW_INIT("us"), true, VIEW_INIT("US")},
    {VIEW_INIT("uS"), true, VIEW_INIT("US")}, {VIEW_INIT("GB"), true, VIEW_INIT("GB")},
    {VIEW_INIT("fr"), true, VIEW_INIT("FR")}, {VIEW_INIT("AD"), true, VIEW_INIT("AD")},
    {VIEW_INIT("ZW"), true, VIEW_INIT("ZW")}, {VIEW_INIT("SS"), true, VIEW_INIT("SS")},
    {VIEW_INIT("UK"), false, VIEW_INIT("")},  {VIEW_INIT("EU"), false, VIEW_INIT("")},
    {VIEW_INIT("XK"), false, VIEW_INIT("")},  {VIEW_INIT("AN"), false, VIEW_INIT("")},
    {VIEW_INIT("AA"), false, VIEW_INIT("")},  {VIEW_INIT("QQ"), false, VIEW_INIT("")},
    {VIEW_INIT("XX"), false, VIEW_INIT("")},  {VIEW_INIT("ZZ"), false, VIEW_INIT("")},
    {VIEW_INIT(""), false, VIEW_INIT("")},    {VIEW_INIT("U"), false, VIEW_INIT("")},
    {VIEW_INIT("USA"), false, VIEW_INIT("")}, {VIEW_INIT("U1"), false, VIEW_INIT("")},
    {VIEW_INIT("1S"), false, VIEW_INIT("")},  {VIEW_INIT("84"), false, VIEW_INIT("")},
    {VIEW_INIT("U\0"), false, VIEW_INIT("")}, {VIEW_INIT("\0S"), false, VIEW_INIT("")},
    {VIEW_INIT("U "), false, VIEW_INIT("")},  {VIEW_INIT("\xc3\x9c"), false, VIEW_INIT("")},
    {VIEW_INIT("U["), false, VIEW_INIT("")},  {VIEW_INIT("@S"), false, VIEW_INIT("")},
};

static bool is_listed(char a, char b)
{
    for (unsigned i = 0; i < BP_COUNTRY_COUNT; i++)
        if (bp_country_at(i).data[0] == a && bp_country_at(i).data[1] == b)
            return true;
    return false;
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char code[2];
        bool ok = bp_country_read(code, rows[i].text);
        CHECK_ROW(i, ok == rows[i].ok);
        CHECK_ROW(i, !ok || view_equal(view_of(code, 2), rows[i].code));
    }
    for (unsigned i = 0; i < BP_COUNTRY_COUNT; i++) {
        struct view code = bp_country_at(i);
        CHECK_ROW(i, code.len == 2 && bp_country_is_assigned(code.data));
        CHECK_ROW(i, i == 0 || memcmp(bp_country_at(i - 1).data, code.data, 2) < 0);
    }
    // The bitmap holds what the list holds and nothing else, for any two octets.
    for (unsigned i = 0; i < 65536; i++) {
        const char code[2] = {(char)(i >> 8), (char)(i & 255)};
        CHECK_ROW(i, bp_country_is_assigned(code) == is_listed(code[0], code[1]));
    }
    return unit_end();
}
