// SPDX-License-Identifier: Apache-2.0
// Views: cutting, comparing and finding octets.
#include "base/view.h"
#include "props/unit/unit.h"

static void check_cutting(void)
{
    static const char text[] = "hello";
    struct view v = view_of_text(text);
    struct view none = view_of(NULL, 0);
    CHECK(v.data == text && v.len == 5);
    CHECK(view_between(text + 1, text + 3).data == text + 1);
    CHECK(view_between(text + 1, text + 3).len == 2);
    CHECK(view_from(v, 0).data == text && view_from(v, 0).len == 5);
    CHECK(view_from(v, 5).data == text + 5 && view_from(v, 5).len == 0);
    CHECK(view_from(none, 0).data == NULL && view_from(none, 0).len == 0);
    CHECK(view_first(v, 2).data == text && view_first(v, 2).len == 2);
    CHECK(VIEW("a\0b").len == 3);
}

static void check_comparing(void)
{
    static const struct {
        struct view a;
        struct view b;
        bool is_equal;
        bool is_equal_nocase;
        bool starts; // a begins with b
    } rows[] = {
        {{NULL, 0}, {NULL, 0}, true, true, true},
        {{NULL, 0}, VIEW_INIT("a"), false, false, false},
        {VIEW_INIT("a"), {NULL, 0}, false, false, true},
        {VIEW_INIT("ab"), VIEW_INIT("ab"), true, true, true},
        {VIEW_INIT("ab"), VIEW_INIT("a"), false, false, true},
        {VIEW_INIT("ab"), VIEW_INIT("b"), false, false, false},
        {VIEW_INIT("aZ"), VIEW_INIT("Az"), false, true, false},
        {VIEW_INIT("a\0b"), VIEW_INIT("a\0c"), false, false, false},
        {VIEW_INIT("a\0b"), VIEW_INIT("a\0B"), false, true, false},
        {VIEW_INIT("["), VIEW_INIT("{"), false, false, false},
        {VIEW_INIT("@"), VIEW_INIT("`"), false, false, false},
        {VIEW_INIT("\xc3\x9c"), VIEW_INIT("\xc3\xbc"), false, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, view_equal(rows[i].a, rows[i].b) == rows[i].is_equal);
        CHECK_ROW(i, view_equal_nocase(rows[i].a, rows[i].b) == rows[i].is_equal_nocase);
        CHECK_ROW(i, view_starts(rows[i].a, rows[i].b) == rows[i].starts);
    }
}

static void check_finding(void)
{
    static const struct {
        struct view hay;
        struct view needle;
        size_t at;
        size_t at_nocase;
    } rows[] = {
        {{NULL, 0}, {NULL, 0}, 0, 0},
        {{NULL, 0}, VIEW_INIT("a"), 0, 0},
        {VIEW_INIT("abc"), {NULL, 0}, 0, 0},
        {VIEW_INIT("abc"), VIEW_INIT("abc"), 0, 0},
        {VIEW_INIT("abc"), VIEW_INIT("abcd"), 3, 3},
        {VIEW_INIT("aabaac"), VIEW_INIT("aac"), 3, 3},
        {VIEW_INIT("aaab"), VIEW_INIT("ab"), 2, 2},
        {VIEW_INIT("xxLimit"), VIEW_INIT("limit"), 7, 2},
        {VIEW_INIT("aaaa"), VIEW_INIT("b"), 4, 4},
        {VIEW_INIT("ab\0cd"), VIEW_INIT("\0c"), 2, 2},
        {VIEW_INIT("abab"), VIEW_INIT("abb"), 4, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, view_find(rows[i].hay, rows[i].needle) == rows[i].at);
        CHECK_ROW(i, view_find_nocase(rows[i].hay, rows[i].needle) == rows[i].at_nocase);
    }
    static const char bare[2] = {'a', 'b'}; // nothing stands behind it: a sanitizer watches
    CHECK(view_find(view_of(bare, 2), VIEW("x")) == 2);
    CHECK(view_find_nocase(view_of(bare, 2), VIEW("x")) == 2);
    CHECK(view_index(VIEW("ab\0c"), '\0') == 2);
    CHECK(view_index(VIEW("abc"), 'x') == 3);
    CHECK(view_index(view_of(NULL, 0), 'x') == 0);
}

static void check_octets(void)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    unsigned letters = 0;
    unsigned numerals = 0;
    unsigned hex = 0;
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        letters += byte_is_letter(c);
        numerals += byte_is_digit(c);
        hex += byte_hex(c) >= 0;
        CHECK_ROW((size_t)i, (byte_lower(c) == c) == (c < 'A' || c > 'Z'));
        CHECK_ROW((size_t)i, (byte_upper(c) == c) == (c < 'a' || c > 'z'));
    }
    CHECK(letters == 52 && numerals == 10 && hex == 22);
    for (int i = 0; i < 32; i++)
        CHECK_ROW((size_t)i, byte_hex(digits[i]) == i % 16);
    CHECK(byte_lower('Q') == 'q' && byte_upper('q') == 'Q');
}

static void check_trimming(void)
{
    static const struct {
        struct view text;
        struct view set;
        struct view want;
    } rows[] = {
        {{NULL, 0}, VIEW_INIT(" "), {NULL, 0}},
        {VIEW_INIT(" \t"), VIEW_INIT(" \t"), {NULL, 0}},
        {VIEW_INIT(" a \tb\t "), VIEW_INIT(" \t"), VIEW_INIT("a \tb")},
        {VIEW_INIT(" a\n"), VIEW_INIT(" "), VIEW_INIT("a\n")},
        {VIEW_INIT("\0a\0"), VIEW_INIT("\0"), VIEW_INIT("a")},
        {VIEW_INIT(" a "), {NULL, 0}, VIEW_INIT(" a ")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, view_equal(view_trim(rows[i].text, rows[i].set), rows[i].want));
    CHECK(view_equal(view_without_mark(VIEW("\xEF\xBB\xBF\xEF\xBB\xBF")), VIEW("\xEF\xBB\xBF")));
    CHECK(view_equal(view_without_mark(VIEW("a\xEF\xBB\xBF")), VIEW("a\xEF\xBB\xBF")));
    CHECK(view_without_mark(VIEW("\xEF\xBB")).len == 2);
    CHECK(view_without_mark(view_of(NULL, 0)).len == 0);
}

int main(void)
{
    check_cutting();
    check_comparing();
    check_finding();
    check_octets();
    check_trimming();
    return unit_end();
}
