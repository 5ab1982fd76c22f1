// SPDX-License-Identifier: Apache-2.0
#include "props/engine/limits.h"

#include "props/unit/unit.h"

static const struct {
    const char *text;
    size_t count;
    const char *max_len;
} rows[] = {
    {"[libfuzzer]\nmax_len = 512\ntimeout = 5\nrss_limit_mb = 512\n", 3, "512"},
    {"[libfuzzer]\r\nmax_len=64\r\n", 1, "64"},
    {"[libfuzzer]\nmax_len = 64", 1, "64"},
    {"max_len = 1\n[asan]\nmax_len = 2\n[libfuzzer]\nmax_len = 3\n[msan]\nmax_len = 4\n", 1, "3"},
    {"[libfuzzer]\n# max_len = 9\n\n = 7\nmax_len =\nmax_len\n", 0, ""},
    {"[libfuzzer]\nmax_len = 1\nmax_len = 2\n", 2, "1"},
    {"", 0, ""},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct limits limits;
        limits_read(&limits, view_of_text(rows[i].text));
        CHECK_ROW(i, limits.count == rows[i].count);
        struct view max_len = limits_find(&limits, VIEW("max_len"));
        CHECK_ROW(i, view_equal(max_len, view_of_text(rows[i].max_len)));
    }
    struct limits many;
    char text[512];
    size_t len = 0;
    len += (size_t)snprintf(text, sizeof text, "[libfuzzer]\n");
    for (int i = 0; i < LIMIT_COUNT_MAX + 5; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "row%d = %d\n", i, i);
    limits_read(&many, view_of(text, len));
    CHECK(many.count == LIMIT_COUNT_MAX);
    return unit_end();
}
