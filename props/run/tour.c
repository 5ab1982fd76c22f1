// SPDX-License-Identifier: Apache-2.0
#include "props/run/tour.h"

#include <assert.h>

// The stage that is on, or TOUR_STAGE_COUNT behind the last.
static enum tour_stage stage_at(const struct tour *tour)
{
    static const enum tour_stage orders[][TOUR_STAGE_COUNT] = {
        [TOUR_APART] = {TOUR_RANDOM, TOUR_PROGRAMS, TOUR_PAIRS, TOUR_ACTS, TOUR_STAGE_COUNT},
        [TOUR_MIXED] = {TOUR_PAIRS, TOUR_ROUNDS, TOUR_PAIRS, TOUR_ACTS, TOUR_STAGE_COUNT}};
    return orders[tour->options.order][tour->stage_at];
}

// Pairs that are in front of the rounds are those of the first world only.
static void start_stage(struct tour *tour)
{
    bool is_split = tour->options.order == TOUR_MIXED;
    tour->stage = stage_at(tour);
    tour->world = is_split && tour->stage == TOUR_PAIRS && tour->stage_at != 0;
    tour->world_end = is_split && tour->stage_at == 0 ? 1 : tour->options.world_count;
    tour->clause = 0;
    tour->hooks = 0;
    tour->run_count = 0;
    tour->round_count = 0;
    tour->round_ran = false;
    tour->turn = NULL;
}

void tour_init(struct tour *tour, const struct tour_options *options)
{
    assert(options->world_count >= 1 && options->world_count <= WORLD_COUNT_MAX);
    tour->options = *options;
    tour->case_count = 0;
    tour->stage_at = 0;
    tour->random_count = 0;
    memset(tour->is_capped, 0, sizeof tour->is_capped);
    tour->pairs_are_capped = false;
    memset(tour->turns, 0, sizeof tour->turns);
    choices_from_seed(&tour->dice, ~options->seed);
    start_stage(tour);
}

static void start_runs(struct tour *tour, unsigned program)
{
    char prefix[2] = {(char)tour->world, (char)program};
    choices_from_odometer(&tour->choices, view_of(prefix, sizeof prefix));
    tour->run_count = 1;
}

// The next run of what is enumerated, if it has been started, is not at its end, and has not been
// capped.
static bool next_run(struct tour *tour, uint64_t cap, bool *is_capped)
{
    if (tour->run_count == 0 || !choices_next_run(&tour->choices))
        return false;
    if (cap != 0 && tour->run_count >= cap) {
        *is_capped = true;
        return false;
    }
    tour->run_count++;
    return true;
}

static bool has_program(const struct tour *tour, size_t clause)
{
    const struct tour_options *options = &tour->options;
    bool is_wanted = options->only == NULL || options->only[clause];
    return options->exhaustive && is_wanted && clause_at(clause)->run != NULL;
}

// Programs whose hooks can be undone, or that have none.
static bool has_free_program(const struct tour *tour, size_t clause)
{
    bool is_free = clause_at(clause)->hooks == 0 || !tour->options.acts_for_good;
    return is_free && has_program(tour, clause);
}

// Of two bounds, 0 is none.
static uint64_t least_cap(uint64_t a, uint64_t b) { return a == 0 || (b != 0 && b < a) ? b : a; }

// How many runs of the clause's program are enumerated; 0: all.
static uint64_t run_cap(const struct tour *tour)
{
    const struct clause *clause = clause_at(tour->clause);
    uint64_t cap = least_cap(tour->options.run_cap, clause->run_max);
    return clause->hooks == 0 ? cap : least_cap(cap, tour->options.act_cap);
}

static bool next_program(struct tour *tour)
{
    size_t count = clause_count();
    if (tour->run_count != 0 && next_run(tour, run_cap(tour), &tour->is_capped[tour->clause]))
        return true;
    tour->clause += tour->run_count != 0;
    for (; tour->world < tour->options.world_count; tour->world++) {
        for (; tour->clause < count; tour->clause++) {
            if (has_free_program(tour, tour->clause)) {
                start_runs(tour, clause_at(tour->clause)->program);
                return true;
            }
        }
        tour->clause = 0;
    }
    return false;
}

// From the last clause on: programs of the first ones use a SIM up, and others need what is left.
static bool next_act(struct tour *tour)
{
    if (!tour->options.acts_for_good)
        return false;
    for (; tour->world < tour->options.world_count; tour->world++) {
        for (; tour->hooks < 1u << BP_HOOK_COUNT; tour->hooks++) {
            while (tour->clause != 0) {
                tour->clause--;
                bool is_next = tour->hooks != 0 && clause_at(tour->clause)->hooks == tour->hooks;
                if (is_next && has_program(tour, tour->clause)) {
                    start_runs(tour, clause_at(tour->clause)->program);
                    return true;
                }
            }
            tour->clause = clause_count();
        }
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
        choices_from_seed(&tour->choices, tour->choices.state);
    tour->is_random = true;
    return true;
}

static bool next_pair(struct tour *tour)
{
    if (next_run(tour, tour->options.pair_cap, &tour->pairs_are_capped))
        return true;
    tour->world += tour->run_count != 0;
    if (!tour->options.exhaustive || tour->world == tour->world_end)
        return false;
    start_runs(tour, PROGRAM_PAIR);
    return true;
}

// Any run of the program, by dice.
static void throw_run(struct tour *tour, unsigned program)
{
    choices_next_seed(&tour->dice);
    tour->answers[0] = (char)tour->world;
    tour->answers[1] = (char)program;
    for (size_t i = 2; i < TOUR_ANSWER_COUNT; i++)
        tour->answers[i] = (char)choose(&tour->dice, 256);
    choices_from_bytes(&tour->choices, view_of(tour->answers, TOUR_ANSWER_COUNT));
}

// The first runs in order of a program that can do without hooks use none: its other runs are dear.
static bool may_throw(const struct tour *tour, uint64_t run_count)
{
    uint64_t cap = clause_at(tour->clause)->also_hooks == 0 ? 0 : tour->options.act_cap;
    return cap == 0 || run_count < cap * TOUR_ACT_TIMES;
}

// The next run of one program in one world; false when there is none left.
static bool take_turn(struct tour *tour, struct tour_turn *turn)
{
    unsigned program = clause_at(tour->clause)->program;
    uint64_t cap = run_cap(tour);
    if (turn->is_over)
        return false;
    bool is_thrown = turn->run_count >= TOUR_ORDERED_COUNT && turn->run_count % 2 == 1 &&
                     may_throw(tour, turn->run_count);
    if (turn->is_long || is_thrown) {
        throw_run(tour, program);
    } else {
        if (turn->run_count == 0)
            start_runs(tour, program);
        else
            choices_resume(&tour->choices, &turn->place);
        turn->is_over = turn->run_count != 0 && !choices_next_run(&tour->choices);
        tour->turn = turn;
    }
    if (!turn->is_over && cap != 0 && turn->run_count >= cap) {
        turn->is_over = true;
        tour->is_capped[tour->clause] = true;
    }
    if (turn->is_over)
        tour->turn = NULL;
    turn->run_count++;
    return !turn->is_over;
}

static bool next_turn(struct tour *tour)
{
    size_t count = clause_count();
    for (; tour->world < tour->options.world_count; tour->world++) {
        while (tour->clause < count) {
            size_t clause = tour->clause;
            bool is_taken = has_free_program(tour, clause) &&
                            take_turn(tour, &tour->turns[tour->world][clause]);
            tour->clause++;
            if (is_taken)
                return true;
        }
        tour->clause = 0;
    }
    return false;
}

static bool next_in_round(struct tour *tour)
{
    if (tour->turn != NULL)
        tour->turn->is_long = !choices_keep(&tour->turn->place, &tour->choices);
    tour->turn = NULL;
    for (;;) {
        if (next_turn(tour)) {
            tour->round_ran = true;
            return true;
        }
        if (tour->round_count++ < TOUR_ROUND_CASE_COUNT && next_random(tour))
            return true;
        bool has_more = tour->random_count < tour->options.random_count;
        if (!tour->round_ran && !has_more)
            return false;
        tour->world = 0;
        tour->clause = 0;
        tour->round_count = 0;
        tour->round_ran = false;
    }
}

bool tour_next(struct tour *tour)
{
    static bool (*const stages[TOUR_STAGE_COUNT])(struct tour * tour) = {
        [TOUR_RANDOM] = next_random,   [TOUR_PROGRAMS] = next_program, [TOUR_PAIRS] = next_pair,
        [TOUR_ROUNDS] = next_in_round, [TOUR_ACTS] = next_act,
    };
    tour->is_random = false;
    while (tour->stage < TOUR_STAGE_COUNT) {
        if (stages[tour->stage](tour)) {
            tour->case_count++;
            return true;
        }
        tour->stage_at++;
        start_stage(tour);
    }
    return false;
}
