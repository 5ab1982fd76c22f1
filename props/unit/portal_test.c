// SPDX-License-Identifier: Apache-2.0
#include "props/launch/portal.h"

#include "props/unit/printed.h"
#include "props/unit/unit.h"

#define HEAD "id,category,result,date,evidence\n"

static char text[1 << 14];
static char space[1 << 14];
static char printed[1 << 16];
static struct buf out;
static struct lint lint;

// Lints the cases `from` up to `end`, whose categories take turns, behind `first`.
static void run(const char *first, unsigned from, unsigned end)
{
    static const char *const categories[] = {"eSIM", "Warm-SIM", "top-up", "cancel", "own"};
    struct buf lines = BUF(text);
    buf_put_text(&lines, first);
    for (unsigned i = from; i < end; i++) {
        buf_put_text(&lines, "c");
        buf_put_unsigned(&lines, i);
        buf_put_byte(&lines, ',');
        buf_put_text(&lines, categories[i % 5]);
        buf_put_text(&lines, ",passed,2026-03-02,film\n");
    }
    out = BUF(printed);
    lint_open(&lint, &out);
    portal_lint(&lint, buf_view(&lines), space);
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
}

static bool says(const char *piece)
{
    return view_find(buf_view(&out), view_of_text(piece)) < out.len;
}

static void check_whole(void)
{
    run(HEAD, 0, 50);
    CHECK(lint_close(&lint) && lint.counts[LINT_OK] == 5);
    CHECK(says("PORTAL-1  all           50        50         0\n"));
    run(HEAD, 0, 49);
    CHECK(!lint_close(&lint) && lint.counts[LINT_FAILED] == 1);
    CHECK(says("PORTAL-1  all           49        49         1\n"));
    run(HEAD "x,own,passed,2026-03-02,\n", 0, 49);
    CHECK(!lint_close(&lint) && lint.counts[LINT_FAILED] == 2);
    CHECK(says("PORTAL-1  all           50        49         1\n"));
}

static const struct {
    const char *first; // in front of 50 good cases
    size_t failed_count;
    const char *piece;
} rows[] = {
    {HEAD "x,own,passed,2026-03-02,film\n", 0, "51        51"},
    {HEAD "c7,own,passed,2026-03-02,film\n", 1, "line 10, id: stands there a second time"},
    {HEAD ",own,passed,2026-03-02,film\n", 1, "line 2, id: is missing"},
    {HEAD "x,,passed,2026-03-02,film\n", 1, "category: is missing"},
    {HEAD "x,own,failed,2026-03-02,film\n", 1, "result: the case did not pass"},
    {HEAD "x,own,maybe,2026-03-02,film\n", 1, "result: has to be passed or failed"},
    {HEAD "x,own,,2026-03-02,film\n", 1, "result: is missing"},
    {HEAD "x,own,passed,,film\n", 1, "date: is missing"},
    {HEAD "x,own,passed,02.03.2026,film\n", 1, "date: is no day"},
    {HEAD "x,own,passed,2026-03-02, \n", 1, "evidence: is missing"},
    {HEAD "x,own,passed,2026-03-02\n", 1, "FAILED  CSV        line 2, evidence: the row ends"},
    {"category,result,date,evidence\nx\n", 1, "FAILED  PORTAL-1   id: there is no such column"},
    {"id,ID,category,result,date,evidence\n", 51, "id: there are two columns"},
};

static void check_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run(rows[i].first, 0, 50);
        CHECK_ROW(i, says(rows[i].piece));
        bool is_right = lint.counts[LINT_FAILED] == rows[i].failed_count ||
                        (rows[i].failed_count > 50 && lint.counts[LINT_FAILED] > 50);
        CHECK_ROW(i, is_right);
    }
}

// Each category has to be there with a case that passed.
static void check_categories(void)
{
    static const char *const ids[] = {"PORTAL-2", "PORTAL-3", "PORTAL-4", "PORTAL-5"};
    for (unsigned i = 0; i < 4; i++) {
        char want[64];
        struct buf piece = buf_of(want, sizeof want - 1);
        buf_put_text(&piece, "FAILED  ");
        buf_put_text(&piece, ids[i]);
        want[piece.len] = '\0';
        run(HEAD, i + 1, i + 5);
        CHECK_ROW(i, says(want));
        CHECK_ROW(i, lint.counts[LINT_OK] == 3);
    }
    run(HEAD "x,eSIM,failed,2026-03-02,film\n", 1, 5);
    CHECK(says("FAILED  PORTAL-2"));
    CHECK(says("PORTAL-2  eSIM           1         0         1\n"));
}

static void check_dates(void)
{
    static const struct {
        struct view date;
        bool is_date;
    } dates[] = {
        {VIEW_INIT("2026-03-02"), true},  {VIEW_INIT("2024-02-29"), true},
        {VIEW_INIT("2000-02-29"), true},  {VIEW_INIT("2026-02-29"), false},
        {VIEW_INIT("1900-02-29"), false}, {VIEW_INIT("2026-04-31"), false},
        {VIEW_INIT("2026-12-31"), true},  {VIEW_INIT("2026-13-01"), false},
        {VIEW_INIT("2026-00-01"), false}, {VIEW_INIT("2026-01-00"), false},
        {VIEW_INIT("2026-1-01"), false},  {VIEW_INIT("2026/01/01"), false},
        {VIEW_INIT("2026-01-0x"), false}, {VIEW_INIT(""), false},
    };
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        CHECK_ROW(i, portal_is_date(dates[i].date) == dates[i].is_date);
}

int main(void)
{
    check_whole();
    check_rows();
    check_categories();
    check_dates();
    return unit_end();
}
