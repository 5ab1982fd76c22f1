// SPDX-License-Identifier: Apache-2.0
// Numbers as text for people.
#include "tool/text.h"

#include "props/unit/unit.h"

static char space[256];

static bool says(const struct buf *out, const char *want)
{
    return view_equal(buf_view(out), view_of_text(want));
}

static void check_counts(void)
{
    static const struct {
        uint64_t n;
        const char *want;
    } rows[] = {{0, "0"},
                {999, "999"},
                {1000, "1,000"},
                {1234567, "1,234,567"},
                {UINT64_MAX, "18,446,744,073,709,551,615"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(space);
        text_put_count(&out, rows[i].n);
        CHECK_ROW(i, says(&out, rows[i].want));
    }
}

static void check_hex(void)
{
    static const struct {
        uint64_t n;
        unsigned digits;
        const char *want;
    } rows[] = {{0, 1, "0"},
                {0x5eed, 4, "5eed"},
                {0x5eed, 6, "005eed"},
                {0x15eed, 4, "5eed"},
                {UINT64_MAX - 5, 16, "fffffffffffffffa"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(space);
        text_put_hex(&out, rows[i].n, rows[i].digits);
        CHECK_ROW(i, says(&out, rows[i].want));
    }
}

// The published test vectors of FNV-1a.
static void check_digest(void)
{
    static const struct {
        const char *bytes;
        const char *want;
    } rows[] = {
        {"", "cbf29ce484222325"}, {"a", "af63dc4c8601ec8c"}, {"foobar", "85944171f73967e8"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(space);
        text_put_digest(&out, view_of_text(rows[i].bytes));
        CHECK_ROW(i, says(&out, rows[i].want));
    }
}

static void check_seconds(void)
{
    struct buf out = BUF(space);
    text_put_seconds(&out, 12399);
    CHECK(says(&out, "12.3 s"));
}

int main(void)
{
    check_counts();
    check_hex();
    check_digest();
    check_seconds();
    return unit_end();
}
