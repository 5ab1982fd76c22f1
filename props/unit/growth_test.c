// SPDX-License-Identifier: Apache-2.0
#include "props/engine/growth.h"

#include "props/unit/unit.h"

// A run of `run_s` seconds with a sample each second and 100 runs in it; the last new edge came at
// `edge_s`, the last new feature at `feature_s`.
static const struct {
    uint64_t run_s, edge_s, feature_s;
    enum growth_verdict verdict;
    uint64_t odds;
    uint64_t new_s;
} rows[] = {
    {0, 0, 0, GROWTH_EARLY, 0, 0},
    {29, 1, 1, GROWTH_EARLY, 933, 1},
    {30, 1, 1, GROWTH_PLATEAU, 966, 1},
    {30, 20, 1, GROWTH_PLATEAU, 333, 20},
    {30, 21, 1, GROWTH_GROWING, 300, 21},
    {30, 20, 30, GROWTH_PLATEAU, 333, 30}, // features creep
    {3600, 2400, 3000, GROWTH_PLATEAU, 40000, 3000},
    {3600, 2401, 2401, GROWTH_GROWING, 39966, 2401},
};

static void check_verdicts(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct growth growth = {0};
        for (uint64_t s = 0; s <= rows[i].run_s; s++) {
            struct growth_point point = {5000 + s * 1000, s * 100, 800, 3000};
            point.edges += s < rows[i].edge_s ? s : rows[i].edge_s;
            point.features += s < rows[i].feature_s ? s : rows[i].feature_s;
            growth_add(&growth, &point);
        }
        CHECK_ROW(i, growth_verdict(&growth) == rows[i].verdict);
        CHECK_ROW(i, growth_odds(&growth) == rows[i].odds);
        CHECK_ROW(i, growth.new_ms == 5000 + rows[i].new_s * 1000);
        CHECK_ROW(i, growth.edge_ms == 5000 + rows[i].edge_s * 1000);
    }
    struct growth none = {0};
    CHECK(growth_verdict(&none) == GROWTH_EARLY);
}

// Nothing goes back when an engine begins anew.
static void check_restart(void)
{
    struct growth growth = {0};
    const struct growth_point before = {1000, 500, 90, 300};
    const struct growth_point after = {2000, 510, 20, 30};
    growth_add(&growth, &before);
    growth_add(&growth, &after);
    CHECK(growth.last.edges == 90);
    CHECK(growth.last.features == 300);
    CHECK(growth.new_ms == 1000);
    CHECK(growth.last.ms == 2000);
}

// A long run keeps few points, in their order, over all of its time.
static void check_room(void)
{
    struct growth growth = {0};
    enum { SAMPLES = 100000 };
    bool has_room = true;
    for (uint64_t i = 0; i <= SAMPLES; i++) {
        const struct growth_point point = {i * 100, i, i / 100, i / 10};
        growth_add(&growth, &point);
        has_room = has_room && growth.count <= GROWTH_POINT_COUNT_MAX;
    }
    CHECK(has_room);
    bool is_ordered = true;
    uint64_t widest_ms = 0;
    for (size_t i = 1; i < growth.count; i++) {
        uint64_t gap_ms = growth.points[i].ms - growth.points[i - 1].ms;
        is_ordered = is_ordered && growth.points[i].ms > growth.points[i - 1].ms;
        widest_ms = gap_ms > widest_ms ? gap_ms : widest_ms;
    }
    CHECK(is_ordered);
    CHECK(growth.count > GROWTH_POINT_COUNT_MAX / 4);
    CHECK(widest_ms < SAMPLES * 100 / 40);
    CHECK(growth.points[0].ms == 0);
    CHECK(growth.points[growth.count - 1].ms == SAMPLES * 100);
}

int main(void)
{
    check_verdicts();
    check_restart();
    check_room();
    return unit_end();
}
