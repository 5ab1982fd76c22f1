// SPDX-License-Identifier: Apache-2.0
#include "props/engine/growth.h"

enum { ODDS_DIVISOR = 3 }; // the rule of three

static uint64_t larger(uint64_t a, uint64_t b) { return a > b ? a : b; }

// Every second point goes, and points are kept further apart from now on.
static void thin(struct growth *growth)
{
    for (size_t i = 0; 2 * i < growth->count; i++)
        growth->points[i] = growth->points[2 * i];
    growth->count = (growth->count + 1) / 2;
    uint64_t span_ms = growth->last.ms - growth->points[0].ms;
    growth->gap_ms = span_ms / (GROWTH_POINT_COUNT_MAX / 2);
}

static void keep(struct growth *growth)
{
    struct growth_point *points = growth->points;
    size_t count = growth->count;
    bool is_close = count > 1 && points[count - 1].ms - points[count - 2].ms < growth->gap_ms;
    if (is_close)
        growth->count--;
    else if (count == GROWTH_POINT_COUNT_MAX)
        thin(growth);
    points[growth->count++] = growth->last;
}

void growth_add(struct growth *growth, const struct growth_point *point)
{
    struct growth_point last = growth->last;
    bool is_first = growth->count == 0;
    growth->last = (struct growth_point){larger(last.ms, point->ms), larger(last.runs, point->runs),
                                         larger(last.edges, point->edges),
                                         larger(last.features, point->features)};
    bool has_edge = growth->last.edges > last.edges || is_first;
    if (has_edge) {
        growth->edge_ms = growth->last.ms;
        growth->edge_runs = growth->last.runs;
    }
    if (has_edge || growth->last.features > last.features)
        growth->new_ms = growth->last.ms;
    keep(growth);
}

enum growth_verdict growth_verdict(const struct growth *growth)
{
    if (growth->count == 0)
        return GROWTH_EARLY;
    uint64_t begin_ms = growth->points[0].ms;
    uint64_t run_ms = growth->last.ms - begin_ms;
    uint64_t silent_ms = growth->last.ms - growth->edge_ms;
    if (run_ms < GROWTH_JUDGED_MS)
        return GROWTH_EARLY;
    return silent_ms >= run_ms / 3 ? GROWTH_PLATEAU : GROWTH_GROWING;
}

const char *growth_verdict_name(enum growth_verdict verdict)
{
    static const char *const names[] = {"too short", "growing", "plateau"};
    return names[verdict];
}

uint64_t growth_odds(const struct growth *growth)
{
    return (growth->last.runs - growth->edge_runs) / ODDS_DIVISOR;
}
