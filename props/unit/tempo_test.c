// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/tempo.h"

#include "props/unit/unit.h"

// After a hundred times of 20 ms to 21 ms.
static const struct {
    int64_t us;
    unsigned class;
} rows[] = {
    {-1, 0},
    {0, 0},
    {1000, 0},
    {20000, 0},
    {40000, 0},
    {79000, 0},
    {84000, 2},
    {150000, 2},
    {170000, 3},
    {400000, 4},
    {900000, 5},
    {9000000, 8},
    {INT64_MAX, TEMPO_CLASS_MAX},
};

static void check_classes(void)
{
    static struct tempo tempo;
    for (int64_t i = 0; i < 100; i++)
        tempo_note(&tempo, 20000 + i * 10);
    CHECK(tempo_median_us(&tempo) > 16000 && tempo_median_us(&tempo) <= 21000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, tempo_class(&tempo, rows[i].us) == rows[i].class);
}

// Nothing is unusual before there is a usual.
static void check_begin(void)
{
    static struct tempo tempo;
    for (unsigned i = 0; i < TEMPO_COUNT_MIN; i++) {
        CHECK_ROW(i, tempo_median_us(&tempo) == 0 && tempo_class(&tempo, 5000000) == 0);
        tempo_note(&tempo, -1);
        tempo_note(&tempo, 0);
    }
    CHECK(tempo_median_us(&tempo) == 1);
}

// Where answers take less than a millisecond, a hesitation of some is nothing.
static void check_quiet(void)
{
    static struct tempo tempo;
    for (unsigned i = 0; i < 1000; i++)
        tempo_note(&tempo, 100);
    CHECK(tempo_class(&tempo, TEMPO_QUIET_US - 1) == 0);
    CHECK(tempo_class(&tempo, TEMPO_QUIET_US) >= 6);
}

// The median is that of most times, whatever the rest.
static void check_median(void)
{
    static struct tempo tempo;
    for (unsigned i = 0; i < 100; i++)
        tempo_note(&tempo, i < 40 ? 3000000 : 50);
    CHECK(tempo_median_us(&tempo) >= 40 && tempo_median_us(&tempo) <= 50);
    tempo_note(&tempo, INT64_MAX);
    CHECK(tempo_median_us(&tempo) <= 50);
}

int main(void)
{
    check_classes();
    check_begin();
    check_quiet();
    check_median();
    return unit_end();
}
