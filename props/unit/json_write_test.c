// SPDX-License-Identifier: Apache-2.0
#include "json/json_write.h"

#include "props/unit/unit.h"
#include "json/json_read.h"
#include "json/utf8.h"

#include <locale.h>
#include <stdlib.h>

static const struct {
    struct view text;
    struct view json;
} rows[] = {
    {VIEW_INIT(""), VIEW_INIT("\"\"")},
    {VIEW_INIT("MODIRECTPAYG"), VIEW_INIT("\"MODIRECTPAYG\"")},
    {VIEW_INIT("a/b"), VIEW_INIT("\"a/b\"")},
    {VIEW_INIT("\""), VIEW_INIT("\"\\\"\"")},
    {VIEW_INIT("\\"), VIEW_INIT("\"\\\\\"")},
    {VIEW_INIT("\b\t\n\f\r"), VIEW_INIT("\"\\b\\t\\n\\f\\r\"")},
    {VIEW_INIT("\0\x01\x0b\x1f"), VIEW_INIT("\"\\u0000\\u0001\\u000b\\u001f\"")},
    {VIEW_INIT("\x7f"), VIEW_INIT("\"\\u007f\"")},
    {VIEW_INIT("</script>"), VIEW_INIT("\"\\u003c/script>\"")},
    {VIEW_INIT("\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa"),
     VIEW_INIT("\"\xe2\x80\xa7\\u2028\\u2029\xe2\x80\xaa\"")},
    {VIEW_INIT("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
     VIEW_INIT("\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"")},
    {VIEW_INIT("\xff"), VIEW_INIT("\"\xef\xbf\xbd\"")},
    {VIEW_INIT("a\xe2\x82z"), VIEW_INIT("\"a\xef\xbf\xbd\xef\xbf\xbdz\"")},
    {VIEW_INIT("\xc0\x80"), VIEW_INIT("\"\xef\xbf\xbd\xef\xbf\xbd\"")},
    {VIEW_INIT("\xed\xa0\x80"), VIEW_INIT("\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"")},
    {VIEW_INIT("\xc3"), VIEW_INIT("\"\xef\xbf\xbd\"")},
    {VIEW_INIT("1234567\"12345678\\123456789<"),
     VIEW_INIT("\"1234567\\\"12345678\\\\123456789\\u003c\"")},
};

static struct bp_json_reader *open_reader(void)
{
    return bp_json_open(aligned_alloc(16, bp_json_space(4096, 16)), 4096, 16);
}

// One octet at every place of a run: what is written is read back.
static void check_every_octet(struct bp_json_reader *reader)
{
    for (unsigned octet = 0; octet < 256; octet++)
        for (size_t at = 0; at < 20; at++) {
            char text[20];
            char space[256];
            struct buf out = BUF(space);
            const struct bp_json_node *nodes;
            size_t count;
            struct bp_fault fault;
            memset(text, 'x', sizeof text);
            text[at] = (char)octet;
            bp_json_put_string(&out, view_of(text, sizeof text));
            bool ok = bp_json_read(reader, &fault, &nodes, &count, buf_view(&out));
            CHECK_ROW(octet, ok && count == 1);
            bool is_same = ok && view_equal(nodes[0].text, view_of(text, sizeof text));
            CHECK_ROW(octet, is_same == (octet < 0x80));
            CHECK_ROW(octet, bp_utf8_is_valid(buf_view(&out)));
            CHECK_ROW(octet, view_index(buf_view(&out), '<') == out.len);
            CHECK_ROW(octet, view_index(buf_view(&out), '\x7f') == out.len);
        }
}

// At every capacity that is too small the buf says so, and nothing is written behind it.
static void check_overflow(void)
{
    struct view text = VIEW("a\"b\\c\n<\xff\xe2\x80\xa8");
    char space[64];
    struct buf all = BUF(space);
    bp_json_put_string(&all, text);
    CHECK(!all.overflow);
    for (size_t cap = 0; cap <= all.len; cap++) {
        char small[64];
        memset(small, '#', sizeof small);
        struct buf out = buf_of(small, cap);
        bp_json_put_string(&out, text);
        CHECK_ROW(cap, out.overflow == (cap < all.len));
        CHECK_ROW(cap, out.len <= cap && memcmp(small, space, out.len) == 0);
        CHECK_ROW(cap, small[cap] == '#');
    }
}

static void check_numbers(void)
{
    static const struct {
        double number;
        struct view json;
    } numbers[] = {
        {0, VIEW_INIT("0")},
        {123, VIEW_INIT("123")},
        {1367.25, VIEW_INIT("1367.25")},
        {0.1, VIEW_INIT("0.1")},
        {-0.5, VIEW_INIT("-0.5")},
        {1e21, VIEW_INIT("1e21")},
        {1e-7, VIEW_INIT("1e-7")},
        {1234567.891, VIEW_INIT("1234567.891")},
        {5e-324, VIEW_INIT("5e-324")},
    };
    // The locale, where it is installed, must not matter.
    setlocale(LC_ALL, "de_DE.UTF-8");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char space[64];
        struct buf out = BUF(space);
        bp_json_put_number(&out, numbers[i].number);
        CHECK_ROW(i, view_equal(buf_view(&out), numbers[i].json));
    }
    setlocale(LC_ALL, "C");
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[256];
        struct buf out = BUF(space);
        bp_json_put_string(&out, rows[i].text);
        CHECK_ROW(i, !out.overflow && view_equal(buf_view(&out), rows[i].json));
    }
    struct bp_json_reader *reader = open_reader();
    check_every_octet(reader);
    check_overflow();
    check_numbers();
    free(reader);
    return unit_end();
}
