// SPDX-License-Identifier: Apache-2.0
#include "props/launch/csv.h"

#include "props/unit/unit.h"

static char space[CSV_CELL_LEN_MAX + 4096];

// Rows as they are told: cells with | between them, rows with / behind them, and a fault as
// "!line.column words".
static void tell(struct buf *out, struct view text)
{
    struct csv csv;
    bool is_open = csv_open(&csv, text, space);
    enum csv_step step = is_open ? csv_next(&csv) : CSV_FAULT;
    for (unsigned i = 0; i < 20 && step != CSV_END; i++) {
        if (step == CSV_FAULT) {
            buf_put_byte(out, '!');
            buf_put_unsigned(out, csv.fault_line);
            buf_put_byte(out, '.');
            buf_put(out, csv.column);
            buf_put_byte(out, ' ');
            buf_put_text(out, csv.words);
            buf_put_byte(out, '/');
        } else {
            for (size_t j = 0; j < csv.cell_count; j++) {
                buf_put_text(out, j == 0 ? "" : "|");
                buf_put(out, csv_cell(&csv, j));
            }
            buf_put_byte(out, '/');
        }
        step = csv_next(&csv);
    }
}

static const struct {
    struct view text;
    struct view want;
} rows[] = {
    {VIEW_INIT("a,b\n1,2\n"), VIEW_INIT("1|2/")},
    {VIEW_INIT("a,b\r\n1,2\r\n3,4"), VIEW_INIT("1|2/3|4/")},
    {VIEW_INIT("\xEF\xBB\xBF\"a\",b\n1,2\n"), VIEW_INIT("1|2/")},
    {VIEW_INIT("a,b\n 1 ,\t2\n"), VIEW_INIT("1|2/")},
    {VIEW_INIT("a,b\n1,\n,2\n"), VIEW_INIT("1|/|2/")},
    {VIEW_INIT("a,b\n1,"), VIEW_INIT("1|/")},
    {VIEW_INIT("a,b\n\n,\n1,2\n\n"), VIEW_INIT("1|2/")},
    {VIEW_INIT("a,b\n\"1,\"\"x\"\"\",\"2\n3\"\n4,5"), VIEW_INIT("1,\"x\"|2\n3/4|5/")},
    {VIEW_INIT("a,b\n\"\",\"\"\"\"\n"), VIEW_INIT("|\"/")},
    {VIEW_INIT("a\n\0\xff\n"), VIEW_INIT("\0\xff/")},
    {VIEW_INIT("a\n"), VIEW_INIT("")},
    {VIEW_INIT(""), VIEW_INIT("!1. there is no header row/")},
    {VIEW_INIT("\n1,2\n"), VIEW_INIT("!1. there is no header row/")},
    {VIEW_INIT("a;b\n1;2\n"), VIEW_INIT("!1. there are semicolons where commas should be/")},
    {VIEW_INIT("a,b\n1\n2,3\n"), VIEW_INIT("!2.b the row ends before this column/2|3/")},
    {VIEW_INIT("a,b\n1,2,3\n4,5\n"),
     VIEW_INIT("!2. the row has more cells than there are columns/4|5/")},
    {VIEW_INIT("a,b\n1,2\"\n4,5\n"),
     VIEW_INIT("!2.b a quote stands within a cell that is not quoted/")},
    {VIEW_INIT("a,b\n\"1\"2,3\n4,5\n"),
     VIEW_INIT("!2.a something stands behind the closing quote/")},
    {VIEW_INIT("a,b\n\"1\n\n\"\"2,3"), VIEW_INIT("!2.a a quote is opened and not closed/")},
    {VIEW_INIT("a,b\n\"1\n2\",3\n4,5\"\n"),
     VIEW_INIT("1\n2|3/!4.b a quote stands within a cell that is not quoted/")},
    {VIEW_INIT("a,b\n1\r2,3\n"), VIEW_INIT("!2.a a carriage return without a line feed/")},
    {VIEW_INIT("a,b\r\n1,2\r\n3\r\n"), VIEW_INIT("1|2/!3.b the row ends before this column/")},
    {VIEW_INIT("a,\"b"), VIEW_INIT("!1. a quote is opened and not closed/")},
};

static void check_rows(void)
{
    char said[1024];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(said);
        tell(&out, rows[i].text);
        CHECK_ROW(i, view_equal(buf_view(&out), rows[i].want));
    }
}

// `unit` n times between head and tail; the words of the first fault, "" when there is none.
static const char *fault_of(const char *head, const char *unit, size_t n, const char *tail)
{
    static char text[1 << 16];
    struct csv csv;
    struct buf out = BUF(text);
    buf_put_text(&out, head);
    for (size_t i = 0; i < n; i++)
        buf_put_text(&out, unit);
    buf_put_text(&out, tail);
    if (!csv_open(&csv, buf_view(&out), space))
        return csv.words;
    for (;;) {
        enum csv_step step = csv_next(&csv);
        if (step != CSV_ROW)
            return step == CSV_END ? "" : csv.words;
    }
}

static void check_bounds(void)
{
    CHECK(fault_of("a", ",b", CSV_COLUMN_COUNT_MAX - 1, "\n")[0] == '\0');
    CHECK(fault_of("a", ",b", CSV_COLUMN_COUNT_MAX, "\n")[0] != '\0');
    CHECK(fault_of("a\n", "x", CSV_CELL_LEN_MAX, "\n")[0] == '\0');
    CHECK(fault_of("a\n", "x", CSV_CELL_LEN_MAX + 1, "\n")[0] != '\0');
    CHECK(fault_of("a\n\"", "x", CSV_CELL_LEN_MAX + 1, "\"\n")[0] != '\0');
    CHECK(fault_of("a\n", "x\n", CSV_ROW_COUNT_MAX, "")[0] == '\0');
    CHECK(fault_of("a\n", "x\n", CSV_ROW_COUNT_MAX + 1, "")[0] != '\0');
}

static void check_columns(void)
{
    struct csv csv;
    bool is_twice = true;
    struct view text = VIEW("Id,ICCID Range \xE2\x80\x93 Start,id ,other\n");
    CHECK(csv_open(&csv, text, space));
    CHECK(csv_column(&csv, VIEW("ICCID Range - Start"), &is_twice) == 1 && !is_twice);
    CHECK(csv_column(&csv, VIEW("id"), &is_twice) == 0 && is_twice);
    CHECK(csv_column(&csv, VIEW("ICCID Range"), &is_twice) == CSV_COLUMN_COUNT_MAX);
    CHECK(csv_column(&csv, VIEW("others"), &is_twice) == CSV_COLUMN_COUNT_MAX && !is_twice);
    CHECK(csv_same_name(VIEW("warm SIM"), VIEW("Warm-sim")));
    CHECK(!csv_same_name(VIEW("warm SIM"), VIEW("warm SIM 2")));
    CHECK(csv_cell(&csv, CSV_COLUMN_COUNT_MAX).len == 0);
}

int main(void)
{
    check_rows();
    check_bounds();
    check_columns();
    return unit_end();
}
