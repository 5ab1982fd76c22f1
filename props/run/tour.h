// SPDX-License-Identifier: Apache-2.0
// A tour: which cases a run visits, one after the other.
//
// Random cases; when asked for, every run of every clause's program in each world, and every pair
// of spellings of every pair of axes in each world. A tour with the same options visits the same
// cases.
//
//     tour_init(&tour, &options);
//     while (tour_next(&tour))
//         panel_play(&panel, trial, &tour.choices, worlds, world_count);
#ifndef BP_PROPS_RUN_TOUR_H
#define BP_PROPS_RUN_TOUR_H

#include "props/rule/trial.h"

enum tour_order {
    // Random cases, each program to its end, those with hooks behind the others, pairs.
    TOUR_APART,
    // Where requests are dear: pairs of the first world, for single spellings find most, then
    // rounds of one run of each program and TOUR_ROUND_CASE_COUNT random cases, then pairs of the
    // other worlds. A program goes through its runs in order and, later, makes any of them every
    // second time.
    TOUR_MIXED
};

enum {
    TOUR_ROUND_CASE_COUNT = 60,
    TOUR_ORDERED_COUNT = 5, // runs in order before any of them is made, too
    TOUR_ACT_TIMES = 16,    // of act_cap, for a program that can do without hooks
    TOUR_ANSWER_COUNT = 64  // random answers of one run
};

struct tour_options {
    size_t world_count;
    bool exhaustive;    // visit programs and pairs
    const bool *only;   // clauses whose programs are visited; NULL: all
    uint64_t run_cap;   // runs of one clause's program in one world; 0: all
    uint64_t act_cap;   // the same of one that needs hooks, if that is less; 0: as run_cap. Of one
                        // that can do without them TOUR_ACT_TIMES as many are any of its runs
    uint64_t pair_cap;  // pairs in one world, single spellings first; 0: all
    bool acts_for_good; // nobody undoes what hooks do: their programs are run once each, last of
                        // all, those first that leave least behind (enum bp_hook), and of these
                        // the clauses in reverse: the first ones use up what others need
    enum tour_order order;
    uint64_t random_count; // random cases
    uint64_t seed;
};

enum tour_stage {
    TOUR_RANDOM,
    TOUR_PROGRAMS,
    TOUR_PAIRS,
    TOUR_ROUNDS,
    TOUR_ACTS, // acts_for_good
    TOUR_STAGE_COUNT
};

// Where the program of one clause is in one world.
struct tour_turn {
    uint64_t run_count;
    bool is_over; // all its runs were made
    bool is_long; // too long to go through in order
    struct choices_place place;
};

struct tour {
    struct tour_options options;
    struct choices choices; // the case to run; the run records its answers there
    uint64_t case_count;    // cases visited, the current one included
    bool is_random;         // the current one is a random case
    size_t stage_at;        // how many stages have been visited
    enum tour_stage stage;
    size_t world;                     // of what is enumerated
    size_t world_end;                 // TOUR_PAIRS: behind the last one
    size_t clause;                    // whose program is run, or would be next in the round
    unsigned hooks;                   // TOUR_ACTS: the BP_HOOK_BITs of that clause
    uint64_t run_count;               // runs of what is enumerated; 0: not started yet
    uint64_t random_count;            // random cases visited
    unsigned round_count;             // of those in this round
    bool round_ran;                   // a program was run in this round
    struct tour_turn *turn;           // of the run that was just offered, when it was in order
    bool is_capped[CLAUSE_COUNT_MAX]; // that clause's program has more runs than run_cap
    bool pairs_are_capped;            // there are more pairs than pair_cap
    struct choices dice;
    char answers[TOUR_ANSWER_COUNT];
    struct tour_turn turns[WORLD_COUNT_MAX][CLAUSE_COUNT_MAX];
};

void tour_init(struct tour *tour, const struct tour_options *options);

// tour_next goes to the next case; false when all have been visited. Every case it offers has to be
// run before the next call. Cost: the length of the last run.
bool tour_next(struct tour *tour);

#endif
