// SPDX-License-Identifier: Apache-2.0
#include "json/utf8.h"

#include "props/unit/unit.h"

#include <stdlib.h>

static const struct {
    struct view octets;
    unsigned len;
} rows[] = {
    {VIEW_INIT(""), 0},
    {VIEW_INIT("\0"), 1},
    {VIEW_INIT("a"), 1},
    {VIEW_INIT("\x7f"), 1},
    {VIEW_INIT("\x80"), 0},
    {VIEW_INIT("\xbf\x80"), 0},
    {VIEW_INIT("\xc0\x80"), 0},
    {VIEW_INIT("\xc1\xbf"), 0},
    {VIEW_INIT("\x80\x90\x80\x80"), 0},
    {VIEW_INIT("\xc1\x80\x80\x80"), 0},
    {VIEW_INIT("\xc2\x7f"), 0},
    {VIEW_INIT("\xc2\x80"), 2},
    {VIEW_INIT("\xdf\xbf"), 2},
    {VIEW_INIT("\xc2"), 0},
    {VIEW_INIT("\xc2 "), 0},
    {VIEW_INIT("\xc2\xc0"), 0},
    {VIEW_INIT("\xe0\x9f\xbf"), 0},
    {VIEW_INIT("\xe0\xa0\x80"), 3},
    {VIEW_INIT("\xe0\xc0\x80"), 0},
    {VIEW_INIT("\xe1\x7f\x80"), 0},
    {VIEW_INIT("\xe1\xc0\x80"), 0},
    {VIEW_INIT("\xe2\x82"), 0},
    {VIEW_INIT("\xe2\x82\xac!"), 3},
    {VIEW_INIT("\xe2\x28\xa1"), 0},
    {VIEW_INIT("\xe2\x82\x28"), 0},
    {VIEW_INIT("\xed\x7f\x80"), 0},
    {VIEW_INIT("\xed\x9f\xbf"), 3},
    {VIEW_INIT("\xed\xa0\x80"), 0},
    {VIEW_INIT("\xed\xbf\xbf"), 0},
    {VIEW_INIT("\xee\x7f\x80"), 0},
    {VIEW_INIT("\xee\x80\x80"), 3},
    {VIEW_INIT("\xee\xc0\x80"), 0},
    {VIEW_INIT("\xef\xbf\xbf"), 3},
    {VIEW_INIT("\xf0\x8f\xbf\xbf"), 0},
    {VIEW_INIT("\xf0\x90\x80\x80"), 4},
    {VIEW_INIT("\xf0\xc0\x80\x80"), 0},
    {VIEW_INIT("\xf0\x9f\x98"), 0},
    {VIEW_INIT("\xf1\x7f\x80\x80"), 0},
    {VIEW_INIT("\xf1\xc0\x80\x80"), 0},
    {VIEW_INIT("\xf3\xbf\xbf\xbf"), 4},
    {VIEW_INIT("\xf4\x7f\x80\x80"), 0},
    {VIEW_INIT("\xf4\x8f\xbf\xbf"), 4},
    {VIEW_INIT("\xf4\x90\x80\x80"), 0},
    {VIEW_INIT("\xf5\x80\x80\x80"), 0},
    {VIEW_INIT("\xff"), 0},
};

// Writes `code` in the shortest form and in every longer one.
static size_t encode(char *out, unsigned long code, size_t len)
{
    static const unsigned first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = len; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(first[len] | code);
    return len;
}

static void check_every_code_point(void)
{
    char octets[4];
    for (unsigned long code = 0; code < 0x1fffff; code += code < 0x11000 ? 1 : 7) {
        bool is_scalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
        size_t shortest = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        for (size_t len = shortest; len <= 4; len++) {
            struct view v = view_of(octets, encode(octets, code, len));
            bool ok = is_scalar && len == shortest;
            CHECK_ROW(code, bp_utf8_len(v) == (ok ? len : 0));
            CHECK_ROW(code, bp_utf8_is_valid(v) == ok);
        }
    }
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        // In a block of just its size, so that a sanitizer sees a read behind it.
        struct view octets = rows[i].octets;
        char *block = malloc(octets.len + (octets.len == 0));
        memcpy(block, octets.data, octets.len);
        CHECK_ROW(i, bp_utf8_len(view_of(block, octets.len)) == rows[i].len);
        free(block);
    }
    CHECK(bp_utf8_is_valid(VIEW("")));
    CHECK(bp_utf8_is_valid(view_of(NULL, 0)));
    CHECK(bp_utf8_is_valid(VIEW("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z")));
    CHECK(!bp_utf8_is_valid(VIEW("a\xc3\xa9\xe2\x82")));
    CHECK(!bp_utf8_is_valid(VIEW("caf\xe9")));
    check_every_code_point();
    return unit_end();
}
