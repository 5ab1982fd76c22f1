// SPDX-License-Identifier: Apache-2.0
// What a tour visits where acts are dear: hooks are commands that take their time.
#include "props/run/tour.h"

#include "props/run/panel.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

// Where acts are dear, programs that use hooks are run a few times only, and not at random.
static void check_acts(void)
{
    struct panel panel;
    bool only[CLAUSE_COUNT_MAX] = {false};
    size_t clause = clause_find(VIEW("GB-STATE-3"));
    struct trial *trial = trial_init(trial_space);
    struct tour tour;
    struct tour_options options = {.world_count = 1, .exhaustive = true, .only = only};
    only[clause] = true;
    options.act_cap = 2;
    options.pair_cap = 1;
    panel_init(&panel, only, hear_nothing, NULL);
    tour_init(&tour, &options);
    size_t count = 0;
    while (tour_next(&tour)) {
        panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
        CHECK(!tour.is_random);
        count += trial->act_count != 0;
    }
    CHECK(count == 2 && tour.is_capped[clause]);
    const char tape[] = {0, (char)clause_at(clause)->program};
    for (unsigned round = 0; round < 2; round++) {
        struct choices choices;
        panel.leaves_acts = round == 1;
        choices_from_bytes(&choices, view_of(tape, sizeof tape));
        panel_play(&panel, trial, &choices, honest, LOCAL_KIND_COUNT);
        CHECK_ROW(round, (trial->act_count != 0) == (round == 0));
    }
}

// A program that can do without hooks is run to its end, with acts only in some of the runs that
// are made by dice.
static void check_dear_acts(void)
{
    struct panel panel;
    bool only[CLAUSE_COUNT_MAX] = {false};
    size_t clause = clause_find(VIEW("GB-STATE-5"));
    struct trial *trial = trial_init(trial_space);
    struct tour_options options = {.world_count = 1, .exhaustive = true, .only = only};
    uint64_t runs[2] = {0, 0};
    size_t acted[2] = {0, 0};
    only[clause] = true;
    options.order = TOUR_MIXED;
    options.pair_cap = 1;
    panel_init(&panel, only, hear_nothing, NULL);
    for (unsigned round = 0; round < 2; round++) {
        struct tour tour;
        options.act_cap = round;
        tour_init(&tour, &options);
        while (tour_next(&tour)) {
            panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
            acted[round] += trial->act_count != 0;
        }
        runs[round] = tour.case_count;
    }
    CHECK(runs[0] == runs[1]);
    enum { ORDERED_ACT_COUNT = 4 }; // two SIMs, garden and microbalance
    CHECK(acted[0] > 40 && acted[1] > ORDERED_ACT_COUNT);
    CHECK(acted[1] <= ORDERED_ACT_COUNT + TOUR_ACT_TIMES / 2);
    const char tape[] = {0, (char)clause_at(clause)->program};
    for (unsigned round = 0; round < 2; round++) {
        struct choices choices;
        panel.leaves_acts = round == 1;
        choices_from_bytes(&choices, view_of(tape, sizeof tape));
        panel_play(&panel, trial, &choices, honest, LOCAL_KIND_COUNT);
        CHECK_ROW(round, (trial->request_count > 1) == (round == 0));
    }
}

int main(void)
{
    CHECK(open_worlds());
    check_acts();
    check_dear_acts();
    close_worlds();
    return unit_end();
}
