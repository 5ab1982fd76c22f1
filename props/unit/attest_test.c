// SPDX-License-Identifier: Apache-2.0
#include "props/launch/attest.h"

#include "props/unit/unit.h"

static const char *const keys[] = {"cosa.submitted", "pre.windows"};

#define READ(out, text) attest_read(out, text, keys, 2, VIEW("2026-03-02"))

static const struct {
    struct view text;
    size_t count;    // of rows that were read
    size_t line;     // where it is wrong
    const char *why; // NULL: it is right
} rows[] = {
    {VIEW_INIT(""), 0, 0, NULL},
    {VIEW_INIT("# nothing\n\n   \n\t# more\n"), 0, 0, NULL},
    {VIEW_INIT("cosa.submitted = 2026-03-02 Ada Ng\n"), 1, 0, NULL},
    {VIEW_INIT("cosa.submitted=2026-03-01\tAda\r\npre.windows = 2024-02-29 B, 22H2"), 2, 0, NULL},
    {VIEW_INIT("cosa.submitted = 2026-03-02 a = b"), 1, 0, NULL},
    {VIEW_INIT("\xEF\xBB\xBF"
               "cosa.submitted = 2026-03-02 Ada\n"),
     1, 0, NULL},
    {VIEW_INIT("cosa.submitted 2026-03-02 Ada\n"), 0, 1, "KEY = DAY NAME"},
    {VIEW_INIT("\ncosa.sent = 2026-03-02 Ada\n"), 0, 2, "none of the keys"},
    {VIEW_INIT("COSA.submitted = 2026-03-02 Ada\n"), 0, 1, "none of the keys"},
    {VIEW_INIT(" = 2026-03-02 Ada\n"), 0, 1, "none of the keys"},
    {VIEW_INIT("pre.windows = 2026-03-01 A\npre.windows = 2026-03-02 A"), 1, 2, "second time"},
    {VIEW_INIT("pre.windows = 2026-03-03 Ada\n"), 0, 1, "future"},
    {VIEW_INIT("pre.windows = 2026-02-29 Ada\n"), 0, 1, "begin with a day"},
    {VIEW_INIT("pre.windows = Ada\n"), 0, 1, "begin with a day"},
    {VIEW_INIT("pre.windows =\n"), 0, 1, "begin with a day"},
    {VIEW_INIT("pre.windows = 2026-03-02\n"), 0, 1, "who attests"},
    {VIEW_INIT("pre.windows = 2026-03-02   \n"), 0, 1, "who attests"},
    {VIEW_INIT("pre.windows = 2026-03-02Ada\n"), 0, 1, "who attests"},
};

static void check_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct attest attest;
        bool is_read = READ(&attest, rows[i].text);
        CHECK_ROW(i, is_read == (rows[i].why == NULL));
        CHECK_ROW(i, attest.count == rows[i].count);
        if (rows[i].why == NULL || is_read)
            continue;
        CHECK_ROW(i, attest.line == rows[i].line && strstr(attest.why, rows[i].why) != NULL);
        CHECK_ROW(i, attest.given.len <= rows[i].text.len);
    }
}

static void check_values(void)
{
    static char longest[256] = "pre.windows = 2026-03-02 ";
    struct attest attest;
    CHECK(READ(&attest, VIEW("cosa.submitted =  2026-03-01  Ada Ng, ticket 4711 \r\n")));
    const struct attest_row *row = attest_find(&attest, VIEW("cosa.submitted"));
    CHECK(row != NULL && view_equal(row->day, VIEW("2026-03-01")));
    CHECK(row != NULL && view_equal(row->words, VIEW("Ada Ng, ticket 4711")));
    CHECK(attest_find(&attest, VIEW("pre.windows")) == NULL);
    memset(longest + 25, 'x', 201);
    CHECK(READ(&attest, view_of(longest, 25 + 200)));
    CHECK(!READ(&attest, view_of(longest, 25 + 201)));
}

int main(void)
{
    check_rows();
    check_values();
    return unit_end();
}
