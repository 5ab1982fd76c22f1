// SPDX-License-Identifier: Apache-2.0
// A tour: which cases a run visits, one after the other.
//
// Random cases; when asked for, every run of every clause's program in each world, and every pair
// of spellings of every pair of axes in each world. They come in the order of the options, and a
// tour with the same options visits the same cases. Programs that use hooks are a stage of their
// own, those first that leave least behind (enum hook).
//
//     tour_init(&tour, &options);
//     while (tour_next(&tour))
//         panel_play(&panel, trial, &tour.choices, worlds, world_count);
#ifndef BP_PROPS_RUN_TOUR_H
#define BP_PROPS_RUN_TOUR_H

#include "props/rule/trial.h"

// Single spellings, the first pairs, find most for the requests they cost.
enum tour_order {
    TOUR_RANDOM_FIRST,  // then programs, then those with hooks, then pairs
    TOUR_RANDOM_LAST,   // behind programs and pairs, before programs with hooks
    TOUR_PROGRAMS_LAST, // all of them behind random cases and pairs
    TOUR_ORDER_COUNT
};

struct tour_options {
    size_t world_count;
    bool exhaustive;   // visit programs and pairs
    const bool *only;  // clauses whose programs are visited; NULL: all
    uint64_t run_cap;  // runs of one clause's program in one world; 0: all
    uint64_t act_cap;  // the same of one that uses hooks
    uint64_t pair_cap; // pairs in one world, single spellings first; 0: all
    enum tour_order order;
    uint64_t random_count; // random cases
    uint64_t seed;
};

enum tour_stage { TOUR_RANDOM, TOUR_PROGRAMS, TOUR_ACTS, TOUR_PAIRS, TOUR_STAGE_COUNT };

struct tour {
    struct tour_options options;
    struct choices choices; // the case to run; the run records its answers there
    uint64_t case_count;    // cases visited, the current one included
    size_t stage_at;        // how many stages have been visited
    enum tour_stage stage;
    size_t world;                     // of an enumerated stage
    size_t clause;                    // TOUR_PROGRAMS, TOUR_ACTS: whose program is run
    unsigned hooks;                   // TOUR_ACTS: the HOOK_BITs of that clause
    uint64_t run_count;               // runs of what is enumerated; 0: not started yet
    uint64_t random_count;            // random cases visited
    bool is_capped[CLAUSE_COUNT_MAX]; // that clause's program has more runs than run_cap
    bool pairs_are_capped;            // there are more pairs than pair_cap
};

void tour_init(struct tour *tour, const struct tour_options *options);

// tour_next goes to the next case; false when all have been visited. Every case it offers has to be
// run before the next call. Cost: the length of the last run.
bool tour_next(struct tour *tour);

#endif
