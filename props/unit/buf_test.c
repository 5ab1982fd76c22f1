// SPDX-License-Identifier: Apache-2.0
// Bufs: writing whole pieces, numbers and escapes into bounded space.
#include "base/buf.h"
#include "props/unit/unit.h"

static void check_overflow(void)
{
    char space[5] = "-----";
    struct buf b = buf_of(space, 4);
    CHECK(b.len == 0 && b.cap == 4 && !b.overflow);
    buf_put(&b, VIEW("abc"));
    CHECK(!b.overflow);
    buf_put(&b, view_of(NULL, 0));
    buf_put(&b, VIEW("de")); // does not fit: nothing of it, and nothing behind it
    CHECK(b.overflow && view_equal(buf_view(&b), VIEW("abc")));
    buf_put_byte(&b, 'd');
    CHECK(buf_claim(&b, 0) == NULL);
    CHECK(b.overflow && b.len == 3 && space[3] == '-');
    buf_clear(&b);
    CHECK(!b.overflow && b.len == 0);
    buf_put_text(&b, "wxyz");
    CHECK(!b.overflow && view_equal(buf_view(&b), VIEW("wxyz")) && space[4] == '-');
    buf_put_byte(&b, '!');
    CHECK(b.overflow && space[4] == '-');
    b = BUF(space);
    CHECK(b.cap == 5);
    CHECK(buf_claim(&b, 5) == space && b.len == 5 && !b.overflow);
    CHECK(buf_claim(&b, SIZE_MAX) == NULL && b.overflow);
}

static void check_numbers(void)
{
    static const struct {
        uint64_t number;
        unsigned width;
        struct view text;
        struct view padded;
    } rows[] = {
        {0, 1, VIEW_INIT("0"), VIEW_INIT("0")},
        {7, 2, VIEW_INIT("7"), VIEW_INIT("07")},
        {1994, 2, VIEW_INIT("1994"), VIEW_INIT("1994")},
        {99, 3, VIEW_INIT("99"), VIEW_INIT("099")},
        {10, 5, VIEW_INIT("10"), VIEW_INIT("00010")},
        {UINT64_MAX, 20, VIEW_INIT("18446744073709551615"), VIEW_INIT("18446744073709551615")},
        {1, 20, VIEW_INIT("1"), VIEW_INIT("00000000000000000001")},
    };
    char space[32];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf b = BUF(space);
        buf_put_unsigned(&b, rows[i].number);
        CHECK_ROW(i, view_equal(buf_view(&b), rows[i].text));
        buf_clear(&b);
        buf_put_padded(&b, rows[i].number, rows[i].width);
        CHECK_ROW(i, view_equal(buf_view(&b), rows[i].padded));
    }
    struct buf b = BUF(space);
    buf_put_signed(&b, INT64_MIN);
    CHECK(view_equal(buf_view(&b), VIEW("-9223372036854775808")));
    buf_clear(&b);
    buf_put_signed(&b, -1);
    buf_put_signed(&b, 0);
    buf_put_signed(&b, INT64_MAX);
    CHECK(view_equal(buf_view(&b), VIEW("-109223372036854775807")));
}

static void check_escapes(void)
{
    static const struct {
        struct view octets;
        struct view text;
    } rows[] = {
        {VIEW_INIT(""), VIEW_INIT("")},
        {VIEW_INIT("plain ~!"), VIEW_INIT("plain ~!")},
        {VIEW_INIT("\r\n\t\\"), VIEW_INIT("\\r\\n\\t\\\\")},
        {VIEW_INIT("\0\x1b[m\x7f\x80\xff"), VIEW_INIT("\\x00\\x1b[m\\x7f\\x80\\xff")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[64];
        struct buf b = BUF(space);
        buf_put_escaped(&b, rows[i].octets);
        CHECK_ROW(i, view_equal(buf_view(&b), rows[i].text));
    }
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        char space[4];
        struct buf b = BUF(space);
        buf_put_escaped(&b, view_of(&c, 1));
        CHECK_ROW((size_t)i, !b.overflow && b.len >= 1);
        for (size_t k = 0; k < b.len; k++)
            CHECK_ROW((size_t)i, space[k] >= 0x20 && space[k] < 0x7f);
    }
}

int main(void)
{
    check_overflow();
    check_numbers();
    check_escapes();
    return unit_end();
}
