// SPDX-License-Identifier: Apache-2.0
#include "props/launch/iccid_list.h"

#include "props/unit/printed.h"
#include "props/unit/unit.h"

static struct iccid_list list;
static struct ranges ranges;
static char printed[1 << 18];
static struct buf out;
static struct lint lint;

static void start(void)
{
    out = BUF(printed);
    lint_open(&lint, &out);
    iccid_list_start(&list);
}

static bool says(const char *piece)
{
    return view_find(buf_view(&out), view_of_text(piece)) < out.len;
}

// `count` numbers that follow each other, one a line.
static struct view numbers(unsigned count)
{
    static char text[20 * 20000];
    struct buf lines = BUF(text);
    for (unsigned i = 0; i < count; i++) {
        buf_put_text(&lines, "89882470001");
        buf_put_padded(&lines, i, 8);
        buf_put_byte(&lines, '\n');
    }
    CHECK(!lines.overflow);
    return buf_view(&lines);
}

static void check_counts(void)
{
    static const struct {
        unsigned count;
        size_t warning_count;
        size_t failed_count;
    } rows[] = {{999, 0, 1}, {1000, 0, 0}, {1001, 1, 0}, {16384, 1, 0}, {16385, 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start();
        iccid_list_read(&list, VIEW("load.txt"), numbers(rows[i].count));
        iccid_list_lint(&lint, &list, &ranges);
        CHECK_ROW(i, lint.counts[LINT_WARNING] == rows[i].warning_count);
        CHECK_ROW(i, lint.counts[LINT_FAILED] == rows[i].failed_count);
        CHECK_ROW(i, printed_is_tidy(&out, TEXT_WIDTH));
    }
}

static const struct {
    struct view text;
    enum iccid_kind kind;
    size_t failed_count;
    const char *piece;
} entries[] = {
    {VIEW_INIT("8988247000100003319"), ICCID_GIVEN, 0, "1 with a right Luhn digit, 0 without"},
    {VIEW_INIT("8988247000100003555"), ICCID_GIVEN, 0, "0 with a right Luhn digit, 1 without"},
    {VIEW_INIT("8988247000100003319F"), ICCID_GIVEN, 1, "is not 19 or 20 digits"},
    {VIEW_INIT("898824700010000331"), ICCID_GIVEN, 1, "is not 19 or 20 digits"},
    {VIEW_INIT("8888247000100003319"), ICCID_GIVEN, 2, "does not begin with 89"},
    {VIEW_INIT("8988247000200003319"), ICCID_GIVEN, 1, "lies in no ICCID range"},
    {VIEW_INIT("8988247000200003319"), ICCID_ROLE, 1, "lies in no ICCID range"},
    {VIEW_INIT("8988247000200003319"), ICCID_ABSENT, 0, "1 unknown"},
    {VIEW_INIT("1111111111111111111"), ICCID_ABSENT, 0, "1 unknown"},
    {VIEW_INIT("8988247000100003319"), ICCID_ABSENT, 1, "in the range of line 7"},
    {VIEW_INIT("8988247000100003319"), ICCID_LOAD, 1, "1 distinct"},
};

static void check_entries(void)
{
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        start();
        iccid_list_add(&list, entries[i].kind, VIEW("X"), 0, entries[i].text);
        iccid_list_lint(&lint, &list, &ranges);
        CHECK_ROW(i, lint.counts[LINT_FAILED] == entries[i].failed_count);
        CHECK_ROW(i, says(entries[i].piece));
    }
}

static void check_lines(void)
{
    start();
    iccid_list_read(&list, VIEW("load.txt"),
                    VIEW("# head\r\n8988247000100003319\r\n\r\n8988247000100003319 \n"
                         "8988247000100003319\n89882470001000033190"));
    CHECK(list.count == 4);
    CHECK(list.entries[0].line == 2 && list.entries[0].is_number);
    CHECK(list.entries[1].line == 4 && !list.entries[1].is_number);
    CHECK(list.entries[3].line == 6 && list.entries[3].is_number);
    iccid_list_lint(&lint, &list, NULL);
    CHECK(says("line 5, load.txt: stands there a second time, first in line"));
    CHECK(says("2 distinct ICCIDs"));
    CHECK(says("warn    COSA-3     2 of 19 digits, 1 of 20; one issuer"));
    CHECK(!says("COSA-5"));
    CHECK(lint.counts[LINT_FAILED] == 3);
    start();
    iccid_list_add(&list, ICCID_GIVEN, VIEW(""), 0, VIEW("8988247000100003319"));
    iccid_list_add(&list, ICCID_ROLE, VIEW("A"), 0, VIEW("8988247000100003319"));
    iccid_list_lint(&lint, &list, &ranges);
    CHECK(lint.counts[LINT_FAILED] == 0);
    CHECK(says("2 known to the operator lie in a range") && !says("unknown lie"));
    iccid_list_add(&list, ICCID_ABSENT, VIEW("absent"), 0, VIEW("11111111111111111111"));
    iccid_list_lint(&lint, &list, &ranges);
    CHECK(says("1 unknown lie in none") && !says("1 of 20"));
    iccid_list_add(&list, ICCID_GIVEN, VIEW(""), 0, VIEW("8988247000100003319"));
    iccid_list_lint(&lint, &list, &ranges);
    CHECK(says("stands there a second time"));
    // A byte order mark is none of the number.
    start();
    iccid_list_read(&list, VIEW("load.txt"),
                    VIEW("\xEF\xBB\xBF"
                         "8988247000100003319\n"));
    CHECK(list.count == 1 && list.entries[0].is_number);
    // Where no SIM was looked at, nothing is good.
    start();
    iccid_list_add(&list, ICCID_GIVEN, VIEW(""), 0, VIEW("8988247000200003319"));
    iccid_list_lint(&lint, &list, &ranges);
    CHECK(lint_tally(&lint, VIEW("COSA-5"))->counts[LINT_OK] == 0);
}

// However many items there are, few are printed and all are counted.
static void check_many(void)
{
    start();
    for (unsigned i = 0; i < 1000; i++)
        iccid_list_add(&list, ICCID_LOAD, VIEW("f"), i + 1, VIEW("\x1b\0\xff and more and more"));
    iccid_list_lint(&lint, &list, &ranges);
    CHECK(!lint_close(&lint));
    CHECK(lint.counts[LINT_FAILED] == 1001);
    CHECK(says("more that are not printed\nFAIL  "));
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    start();
    CHECK(!lint_close(&lint));
}

int main(void)
{
    struct range *range = &ranges.items[ranges.count++];
    CHECK(range_read(range, VIEW("8988247000100000000"), VIEW("8988247000100099999")) == 0);
    range->line = 7;
    range = &ranges.items[ranges.count++];
    CHECK((range_read(range, VIEW("8888247000000000000"), VIEW("8888247000000000099"))) != 0);
    check_counts();
    check_entries();
    check_lines();
    check_many();
    return unit_end();
}
