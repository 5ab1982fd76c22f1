// SPDX-License-Identifier: Apache-2.0
// Secrets are shown nowhere, wherever they stand.
#include "props/report/secret.h"

#include "props/unit/unit.h"

static const struct fixture fixture = {.credentials = VIEW_INIT("ada:pass:word"),
                                       .fields = VIEW_INIT("X-Key: geheim\r\nX-N: 1\r\n"),
                                       .hides_secrets = true};

static char space[4096];

static const struct {
    const char *bytes;
    size_t len_max;
    const char *want;
} rows[] = {
    {"", 100, ""},
    {"nothing", 100, "nothing"},
    {"{\"got\":\"ada:pass:word\"}", 100, "{\"got\":\"***\"}"},
    {"YWRhOnBhc3M6d29yZA==", 100, "***"},
    {"a pass:word, geheim and geheim", 100, "a ***, *** and ***"},
    {"pass:wor geheiM ada 1", 100, "pass:wor geheiM ada 1"},
    {"xxgeheimyyyy", 4, "xx*** ... (12 bytes)"},
    {"xxgeheimyyyy", 9, "xx***y ... (12 bytes)"},
    {"xxgeheimyyyy", 12, "xx***yyyy"},
    {"geheimgeheimgeheim", 4, "*** ... (18 bytes)"},
    {"geheimgeheimgeheim", 7, "****** ... (18 bytes)"},
    {"xxxxgeheim", 4, "xxxx ... (10 bytes)"},
    {"xxxgeheim", 4, "xxx***"},
    {"\033geheim\n", 100, "\\x1b***\\n"},
};

static const struct {
    const char *line;
    const char *want;
} line_rows[] = {
    {"Authorization: Basic AAAA\r\n", "Authorization: ***"},
    {"AUTHORIZATION:x", "AUTHORIZATION: ***"},
    {"X-Key: geheim\r\n", "X-Key: ***"},
    {"X-Key: other", "X-Key: other"},
    {"Accept: geheim", "Accept: ***"},
    {"GET / HTTP/1.1", "GET / HTTP/1.1"},
};

int main(void)
{
    struct fixture open = fixture;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(space);
        secret_put(&out, &fixture, view_of_text(rows[i].bytes), rows[i].len_max);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].want)));
        if (!view_equal(buf_view(&out), view_of_text(rows[i].want)))
            printf("%.*s\n", (int)out.len, out.data);
    }
    for (size_t i = 0; i < sizeof line_rows / sizeof line_rows[0]; i++) {
        struct buf out = BUF(space);
        secret_put_line(&out, &fixture, view_of_text(line_rows[i].line), 100);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(line_rows[i].want)));
    }
    struct buf out = BUF(space);
    open.hides_secrets = false;
    secret_put(&out, &open, VIEW("ada:pass:word"), 100);
    CHECK(view_equal(buf_view(&out), VIEW("ada:pass:word")));
    return unit_end();
}
