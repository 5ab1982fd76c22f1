// SPDX-License-Identifier: Apache-2.0
#include "props/rule/rfc3339.h"
#include "props/unit/unit.h"

static const struct {
    const char *text;
    bool is_duration;
} rows[] = {
    {"P1D", true},     {"PT5M", true},     {"P3W", true},     {"P1Y2M3DT4H5M6S", true},
    {"PT1H", true},    {"PT1H5M", true},   {"PT0S", true},    {"P1M2D", true},
    {"p1dt2h", true},  {"P23DT23H", true}, {"P1MT1S", true},  {"PT1H5S", false},
    {"P1Y5D", false},  {"PT1.5S", false},  {"P", false},      {"PT", false},
    {"P1DT", false},   {"P1W2D", false},   {"-P1D", false},   {"P1H", false},
    {"PT1D", false},   {"", false},        {"P1", false},     {"1D", false},
    {"PT5M4H", false}, {"P1DP1D", false},  {"PT1S1S", false}, {"P1,5D", false},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, is_rfc3339_duration(view_of_text(rows[i].text)) == rows[i].is_duration);
    return unit_end();
}
