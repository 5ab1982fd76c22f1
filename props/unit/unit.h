// SPDX-License-Identifier: Apache-2.0
// Unit tests: one program per module, tables first.
//
//     int main(void)
//     {
//         for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
//             CHECK_ROW(i, parse(rows[i].text) == rows[i].want);
//         return unit_end();
//     }
#ifndef BP_PROPS_UNIT_UNIT_H
#define BP_PROPS_UNIT_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

static unsigned unit_check_count;
static unsigned unit_failure_count;

static inline void unit_check(bool ok, const char *file, int line, const char *text, size_t row)
{
    unit_check_count++;
    if (ok)
        return;
    unit_failure_count++;
    if (row == (size_t)-1)
        fprintf(stderr, "%s:%d: not true: %s\n", file, line, text);
    else
        fprintf(stderr, "%s:%d: row %zu: not true: %s\n", file, line, row, text);
}

// CHECK counts a check and says where it failed; the test goes on.
#define CHECK(condition) unit_check((condition), __FILE__, __LINE__, #condition, (size_t)-1)

// CHECK_ROW also names the row of a table.
#define CHECK_ROW(row, condition) unit_check((condition), __FILE__, __LINE__, #condition, (row))

// unit_end is the exit status: 0 when at least one check was made and none failed.
static inline int unit_end(void)
{
    printf("%u checks, %u failed\n", unit_check_count, unit_failure_count);
    return unit_check_count == 0 || unit_failure_count != 0;
}

#endif
