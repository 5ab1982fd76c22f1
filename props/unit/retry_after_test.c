// SPDX-License-Identifier: Apache-2.0
#include "props/rule/retry_after.h"

#include "props/unit/unit.h"

#define DATE "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

static const struct {
    const char *fields;
    int64_t seconds;
} rows[] = {
    {"", 1},
    {"Retry-After: 0\r\n", 0},
    {"Retry-After: 7\r\n", 7},
    {"retry-after: 60\r\n", 60},
    {"Retry-After: 61\r\n", 60},
    {"Retry-After: 9223372036854775807\r\n", 60},
    {"Retry-After: 99999999999999999999\r\n", 1},
    {"Retry-After: -1\r\n", 1},
    {"Retry-After: 1.5\r\n", 1},
    {"Retry-After: soon\r\n", 1},
    {"Retry-After:\r\n", 1},
    {DATE "Retry-After: Sun, 06 Nov 1994 08:49:40 GMT\r\n", 3},
    {"Retry-After: Sun, 06 Nov 1994 08:50:00 GMT\r\n" DATE, 23},
    {DATE "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0},
    {DATE "Retry-After: Sun, 06 Nov 1994 08:49:30 GMT\r\n", 0},
    {DATE "Retry-After: Mon, 07 Nov 1994 08:49:37 GMT\r\n", 60},
    {DATE "Retry-After: Mon, 06 Nov 1994 08:49:40 GMT\r\n", 1}, // a Sunday
    {"Date: now\r\nRetry-After: Sun, 06 Nov 1994 08:49:40 GMT\r\n", 1},
    {"Retry-After: Sun, 06 Nov 1994 08:49:40 GMT\r\n", 1},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[512];
        int len = snprintf(text, sizeof text, "HTTP/1.1 429 Slow\r\n%s\r\n", rows[i].fields);
        struct bp_head_reader reader;
        struct bp_head head;
        struct bp_fault fault;
        size_t used = 0;
        bp_head_start(&reader, &head, BP_RESPONSE);
        CHECK_ROW(i, bp_head_read(&head, &used, &fault, &reader, view_of(text, (size_t)len)) ==
                         BP_READ_DONE);
        CHECK_ROW(i, retry_after_s(&head) == rows[i].seconds);
    }
    return unit_end();
}
