// SPDX-License-Identifier: Apache-2.0
#include "props/liar/amount.h"

#include "props/unit/unit.h"

static const struct {
    const char *text;
    uint64_t bytes;
    const char *again; // NULL: the same
} amounts[] = {
    {"0", 0, NULL},
    {"12", 12000000, NULL},
    {"1367.25", 1367250000, NULL},
    {"0.000001", 1, NULL},
    {"12.0", 12000000, "12"},
    {"250.1250009", 250125000, "250.125"},
    {"1000000.5", 1000000500000, NULL},
};

static const struct {
    const char *text;
    uint64_t seconds;
    const char *again;
} times[] = {
    {"\"PT0S\"", 0, "\"PT0S\""},
    {"\"P23DT23H\"", 2070000, "\"PT2070000S\""},
    {"\"P7DT4H30M15S\"", 621015, "\"PT621015S\""},
    {"\"PT1H30M\"", 5400, "\"PT5400S\""},
    {"\"P1Y2M\"", 36720000, "\"PT36720000S\""},
    {"\"P2W\"", 1209600, "\"PT1209600S\""},
    {"\"PT1.5S\"", 1, "\"PT1S\""},
    {"\"\"", 0, "\"PT0S\""},
    {"", 0, "\"PT0S\""},
};

int main(void)
{
    char space[64];
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        struct buf out = BUF(space);
        uint64_t bytes = amount_bytes(view_of_text(amounts[i].text));
        const char *again = amounts[i].again == NULL ? amounts[i].text : amounts[i].again;
        CHECK_ROW(i, bytes == amounts[i].bytes);
        CHECK_ROW(i, view_equal(amount_put(&out, bytes), view_of_text(again)));
    }
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct buf out = BUF(space);
        uint64_t seconds = amount_s(view_of_text(times[i].text));
        CHECK_ROW(i, seconds == times[i].seconds);
        CHECK_ROW(i, view_equal(amount_put_s(&out, seconds), view_of_text(times[i].again)));
    }
    struct buf little = buf_of(space, 3);
    CHECK(amount_put(&little, 1367250000).len == 0);
    return unit_end();
}
