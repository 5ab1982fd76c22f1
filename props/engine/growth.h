// SPDX-License-Identifier: Apache-2.0
// How what a target reaches has grown, and whether it still does.
//
// The rule: a target is on a plateau when the last third of its run, of at least 10 s, has brought
// no new edge. (Features go on creeping where no edge is left, so they do not count.) With n runs
// since the last new edge, fewer than 3 runs in n bring one, at 95 % confidence.
#ifndef BP_PROPS_ENGINE_GROWTH_H
#define BP_PROPS_ENGINE_GROWTH_H

#include "base/view.h"

enum { GROWTH_POINT_COUNT_MAX = 256, GROWTH_JUDGED_MS = 30000 };

struct growth_point {
    uint64_t ms; // since the engine was started
    uint64_t runs;
    uint64_t edges;
    uint64_t features;
};

struct growth {
    struct growth_point last;
    uint64_t new_ms;    // of the last new edge or feature
    uint64_t edge_ms;   // of the last new edge
    uint64_t edge_runs; // up to it
    uint64_t gap_ms;    // kept points are so far apart, since there is room for so many only
    size_t count;
    struct growth_point points[GROWTH_POINT_COUNT_MAX]; // the last one is `last`
};

enum growth_verdict { GROWTH_EARLY, GROWTH_GROWING, GROWTH_PLATEAU };

// growth_add adds a point to one that is all zero, or to what is there already. Times and figures
// never go back: an engine that begins anew is met with what was reached before. Cost: constant,
// now and then linear in the points.
void growth_add(struct growth *growth, const struct growth_point *point);

enum growth_verdict growth_verdict(const struct growth *growth);

// growth_verdict_name is "too short", "growing" or "plateau".
const char *growth_verdict_name(enum growth_verdict verdict);

// growth_odds is the n of "fewer than one run in n brings a new edge"; 0: nothing can be said.
uint64_t growth_odds(const struct growth *growth);

#endif
