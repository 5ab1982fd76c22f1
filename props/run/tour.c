// SPDX-License-Identifier: Apache-2.0
#include "props/run/tour.h"

#include <assert.h>

// The stage that is on, or TOUR_STAGE_COUNT behind the last.
static enum tour_stage stage_at(const struct tour *tour)
{
    static const enum tour_stage orders[TOUR_ORDER_COUNT][TOUR_STAGE_COUNT + 1] = {
        [TOUR_RANDOM_FIRST] = {TOUR_RANDOM, TOUR_PROGRAMS, TOUR_ACTS, TOUR_PAIRS, TOUR_STAGE_COUNT},
        [TOUR_RANDOM_LAST] = {TOUR_PROGRAMS, TOUR_PAIRS, TOUR_RANDOM, TOUR_ACTS, TOUR_STAGE_COUNT},
        [TOUR_PROGRAMS_LAST] = {TOUR_RANDOM, TOUR_PAIRS, TOUR_PROGRAMS, TOUR_ACTS,
                                TOUR_STAGE_COUNT}};
    return orders[tour->options.order][tour->stage_at];
}

void tour_init(struct tour *tour, const struct tour_options *options)
{
    assert(options->world_count >= 1);
    tour->options = *options;
    tour->case_count = 0;
    tour->stage_at = 0;
    tour->world = 0;
    tour->clause = 0;
    tour->hooks = 0;
    tour->run_count = 0;
    tour->random_count = 0;
    memset(tour->is_capped, 0, sizeof tour->is_capped);
    tour->pairs_are_capped = false;
    tour->stage = stage_at(tour);
}

static void start_runs(struct tour *tour, unsigned program)
{
    char prefix[2] = {(char)tour->world, (char)program};
    choices_from_odometer(&tour->choices, view_of(prefix, sizeof prefix));
    tour->run_count = 1;
}

// The next run of what is enumerated, if it has been started, is not at its end, and has not been
// capped.
static bool next_run(struct tour *tour)
{
    if (tour->run_count == 0 || !choices_next_run(&tour->choices))
        return false;
    const struct tour_options *options = &tour->options;
    uint64_t cap = tour->stage == TOUR_PAIRS  ? options->pair_cap
                   : tour->stage == TOUR_ACTS ? options->act_cap
                                              : options->run_cap;
    if (cap != 0 && tour->run_count >= cap) {
        if (tour->stage == TOUR_PAIRS)
            tour->pairs_are_capped = true;
        else
            tour->is_capped[tour->clause] = true;
        return false;
    }
    tour->run_count++;
    return true;
}

static bool has_program(const struct tour *tour, size_t clause, unsigned hooks)
{
    bool is_wanted = tour->options.only == NULL || tour->options.only[clause];
    return is_wanted && clause_at(clause)->run != NULL && clause_at(clause)->hooks == hooks;
}

// The next program of the clauses that need just these hooks.
static bool next_program_with(struct tour *tour, unsigned hooks)
{
    if (next_run(tour))
        return true;
    tour->clause += tour->run_count != 0;
    size_t count = clause_count();
    for (; tour->clause < count; tour->clause++) {
        if (has_program(tour, tour->clause, hooks)) {
            start_runs(tour, clause_at(tour->clause)->program);
            return true;
        }
    }
    tour->clause = 0;
    tour->run_count = 0;
    return false;
}

static bool next_program(struct tour *tour)
{
    for (; tour->world < tour->options.world_count; tour->world++)
        if (next_program_with(tour, 0))
            return true;
    return false;
}

static bool next_act(struct tour *tour)
{
    for (; tour->world < tour->options.world_count; tour->world++) {
        tour->hooks += tour->hooks == 0;
        for (; tour->hooks < 1u << HOOK_COUNT; tour->hooks++)
            if (next_program_with(tour, tour->hooks))
                return true;
        tour->hooks = 0;
    }
    return false;
}

static bool next_random(struct tour *tour)
{
    if (tour->random_count >= tour->options.random_count)
        return false;
    if (tour->random_count++ == 0)
        choices_from_seed(&tour->choices, tour->options.seed);
    else
        choices_next_seed(&tour->choices);
    return true;
}

static bool next_pair(struct tour *tour)
{
    if (next_run(tour))
        return true;
    tour->world += tour->run_count != 0;
    if (tour->world == tour->options.world_count)
        return false;
    start_runs(tour, PROGRAM_PAIR);
    return true;
}

bool tour_next(struct tour *tour)
{
    static const struct {
        bool (*next)(struct tour *tour);
        bool is_enumerated;
    } stages[TOUR_STAGE_COUNT] = {[TOUR_RANDOM] = {next_random, false},
                                  [TOUR_PROGRAMS] = {next_program, true},
                                  [TOUR_ACTS] = {next_act, true},
                                  [TOUR_PAIRS] = {next_pair, true}};
    while (tour->stage < TOUR_STAGE_COUNT) {
        bool is_wanted = tour->options.exhaustive || !stages[tour->stage].is_enumerated;
        if (is_wanted && stages[tour->stage].next(tour)) {
            tour->case_count++;
            return true;
        }
        tour->stage_at++;
        tour->stage = stage_at(tour);
        tour->world = 0;
        tour->clause = 0;
        tour->hooks = 0;
        tour->run_count = 0;
    }
    return false;
}
