// SPDX-License-Identifier: Apache-2.0
// The library under a locale whose decimal sign is a comma (GB-BODY-16).
//
// CTest sets LOCPATH to a de_DE.UTF-8 made in the build folder. Without that locale the test is
// skipped (77), never passed.
#include <locale.h>
#include <string.h>

#include "unit.h"
#include "value/decimal.h"
#include "json/json_write.h"

int main(void)
{
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        printf("the locale de_DE.UTF-8 is not there\n");
        return 77;
    }
    char text[64];
    snprintf(text, sizeof text, "%.1f", 1.5);
    CHECK(strcmp(text, "1,5") == 0); // the locale really is in force

    static const struct {
        const char *text;
        double number;
    } rows[] = {{"1.5", 1.5}, {"1367.25", 1367.25}, {"0.1", 0.1}, {"1e-7", 1e-7}, {"123", 123}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[64];
        struct buf out = BUF(space);
        double number = 0;
        bp_json_put_number(&out, rows[i].number);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].text)));
        CHECK_ROW(i, bp_decimal_read(&number, view_of_text(rows[i].text)));
        CHECK_ROW(i, number >= rows[i].number && number <= rows[i].number);
    }
    double number;
    CHECK(!bp_decimal_read(&number, VIEW("1,5")));
    return unit_end();
}
