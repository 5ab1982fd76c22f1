// SPDX-License-Identifier: Apache-2.0
#include "props/run/check.h"

#include "props/run/panel.h"
#include "props/run/tour.h"

enum {
    ASK_INTERVAL = 256, // cases between two questions whether to go on
    ACT_CAP_SLOW = 8    // runs of a program that uses hooks, where they are commands
};

struct check {
    struct check_result *out;
    struct tour *tour;
};

void check_note(struct check_result *result, size_t clause, struct verdict verdict)
{
    result->graded[clause][verdict.grade]++;
    if (verdict.grade == GRADE_TOLERATED && result->tolerated_why[clause] == NULL) {
        result->tolerated_why[clause] = verdict.why;
        result->tolerated_key[clause] = verdict.key;
    }
    // What was seen says more than what was not.
    bool tells = verdict.grade == GRADE_INFO ||
                 (verdict.grade == GRADE_SKIP && result->graded[clause][GRADE_INFO] == 0);
    if (tells && result->graded[clause][verdict.grade] == 1)
        result->untested_why[clause] = verdict.why;
}

void check_fail(struct check_result *result, size_t clause, const char *why, struct view tape)
{
    result->graded[clause][GRADE_FAIL]++;
    bool is_kept = finding_note(result->findings, &result->finding_count, clause, why, tape);
    result->found_too_much = result->found_too_much || !is_kept;
}

// Not inlined, so that tally saves no registers for what is rare.
__attribute__((noinline)) static void tally_failure(const struct check *check, size_t clause,
                                                    const char *why)
{
    check_fail(check->out, clause, why, choices_tape(&check->tour->choices));
}

static void tally(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    (void)x;
    const struct check *check = context;
    if (verdict.grade == GRADE_FAIL)
        tally_failure(check, clause, verdict.why);
    else
        check_note(check->out, clause, verdict);
}

// The findings' bytes are left as they are: there is a megabyte of them.
void check_clear(struct check_result *out)
{
    memset(out->graded, 0, sizeof out->graded);
    memset(out->is_capped, 0, sizeof out->is_capped);
    memset(out->tolerated_why, 0, sizeof out->tolerated_why);
    memset(out->tolerated_key, 0, sizeof out->tolerated_key);
    memset(out->untested_why, 0, sizeof out->untested_why);
    readings_start(&out->readings);
    precedence_start(&out->precedence);
    out->case_count = 0;
    out->request_count = 0;
    out->saw_200 = false;
    out->was_stopped = false;
    out->state = CHECK_GOES_ON;
    out->gap = NULL;
    out->found_too_much = false;
    out->finding_count = 0;
}

static bool is_stopped(struct check_result *out, const struct check_options *options)
{
    if (options->goes_on != NULL)
        out->was_stopped = !options->goes_on(options->context, out->case_count, out->finding_count);
    return out->was_stopped;
}

// What ended the run stays.
static bool is_over(struct check_result *out, const struct check_options *options)
{
    if (options->state != NULL)
        out->state = options->state(options->context);
    return out->state != CHECK_GOES_ON;
}

// Worlds that cannot be reset are slow: whether to go on is asked before each of their cases.
static uint64_t ask_interval(const struct world *worlds, size_t world_count)
{
    for (size_t i = 0; i < world_count; i++)
        if (worlds[i].subject.reset == NULL)
            return 1;
    return ASK_INTERVAL;
}

static bool worlds_can_undo(const struct world *worlds, size_t world_count)
{
    for (size_t i = 0; i < world_count; i++)
        if (!world_can_undo(&worlds[i]))
            return false;
    return true;
}

static void shrink_findings(struct check_result *out, const struct check_options *options,
                            struct trial *trial, const struct world *worlds, size_t world_count)
{
    unsigned calls = options->shrink_calls == 0 ? SHRINK_CALLS_MAX : options->shrink_calls;
    for (size_t i = 0; i < out->finding_count; i++) {
        finding_shrink(&out->findings[i], trial, worlds, world_count, calls);
        if (is_stopped(out, options) || is_over(out, options))
            return;
    }
}

static void hear_order(void *context, const struct exchange *x)
{
    precedence_hear(&((struct check *)context)->out->precedence, x);
}

// Plays the pairs of defects, as cases of the clause on them.
static void find_order(struct check *check, struct panel *panel, struct trial *trial,
                       const struct check_options *options, const struct world *worlds,
                       size_t world_count)
{
    struct check_result *out = check->out;
    struct choices *choices = &check->tour->choices;
    char tape[PRECEDENCE_TAPE_LEN];
    panel->seen = hear_order;
    while (precedence_next(&out->precedence, tape, worlds, world_count)) {
        if (is_stopped(out, options) || is_over(out, options))
            break;
        choices_from_bytes(choices, view_of(tape, sizeof tape));
        panel_play(panel, trial, choices, worlds, world_count);
        precedence_end(&out->precedence);
        out->case_count++;
        out->request_count += trial->request_count;
    }
    panel->seen = NULL;
}

void check_run(struct check_result *out, const struct check_options *options,
               const struct world *worlds, size_t world_count, void *space)
{
    check_clear(out);
    out->run_cap = options->run_cap == 0 ? CHECK_RUN_CAP : options->run_cap;
    uint64_t interval = ask_interval(worlds, world_count);
    out->act_cap = interval == 1 ? ACT_CAP_SLOW : 0;
    struct trial *trial = trial_init(space);
    struct tour tour;
    struct check check = {out, &tour};
    struct panel panel;
    panel_init(&panel, options->only, tally, &check);
    panel.passes = out->graded;
    panel.readings = &out->readings;
    bool judges_single = panel.judge_count != 0; // else only programs are worth their requests
    tour_init(&tour, &(struct tour_options){.world_count = world_count,
                                            .exhaustive = options->exhaustive,
                                            .only = options->only,
                                            .run_cap = out->run_cap,
                                            .act_cap = out->act_cap,
                                            .pair_cap = judges_single ? options->pair_cap : 1,
                                            .acts_for_good = !worlds_can_undo(worlds, world_count),
                                            .order = options->is_mixed ? TOUR_MIXED : TOUR_APART,
                                            .random_count = judges_single ? options->case_count : 0,
                                            .seed = options->seed});
    if (options->exhaustive && options->only[clause_find(VIEW("GB-QRY-8"))])
        find_order(&check, &panel, trial, options, worlds, world_count);
    while (out->state == CHECK_GOES_ON && !out->was_stopped && tour_next(&tour)) {
        if (out->case_count % interval == 0 && is_stopped(out, options))
            break;
        if (is_over(out, options))
            break;
        panel.acts_for_good = tour.stage == TOUR_ACTS;
        panel.leaves_acts = out->act_cap != 0 && tour.is_random;
        panel_play(&panel, trial, &tour.choices, worlds, world_count);
        out->case_count++;
        out->request_count += trial->request_count;
        out->saw_200 = out->saw_200 || trial->saw_200;
    }
    if (!out->was_stopped && out->state == CHECK_GOES_ON && !is_stopped(out, options))
        is_over(out, options);
    memcpy(out->is_capped, tour.is_capped, sizeof out->is_capped);
    out->pair_cap = judges_single && tour.pairs_are_capped ? options->pair_cap : 0;
    if (options->shrinks && !out->was_stopped && out->state == CHECK_GOES_ON)
        shrink_findings(out, options, trial, worlds, world_count);
}

enum standing check_standing(const struct check_result *result, size_t clause)
{
    const uint64_t *graded = result->graded[clause];
    if (graded[GRADE_FAIL] != 0)
        return STANDING_FAILED;
    if (graded[GRADE_TOLERATED] != 0)
        return STANDING_TOLERATED;
    return graded[GRADE_PASS] != 0 ? STANDING_PASSED : STANDING_UNTESTED;
}

bool check_is_left_out(const struct check_result *result, size_t clause)
{
    uint64_t said = 0;
    for (size_t grade = 0; grade < GRADE_COUNT; grade++)
        said += result->graded[clause][grade];
    return clause_at(clause)->over_tls && said == 0;
}

enum outcome check_outcome(size_t counts[STANDING_COUNT], const struct check_result *result,
                           const bool *only)
{
    memset(counts, 0, STANDING_COUNT * sizeof counts[0]);
    for (size_t i = 0; i < clause_count(); i++)
        counts[check_standing(result, i)] += only[i];
    if (result->was_stopped)
        return OUTCOME_PARTIAL;
    size_t judged = counts[STANDING_PASSED] + counts[STANDING_TOLERATED] + counts[STANDING_FAILED];
    if (!result->saw_200 || judged == 0)
        return OUTCOME_INCONCLUSIVE;
    if (counts[STANDING_FAILED] != 0)
        return OUTCOME_FAIL;
    bool is_whole = !check_has_lost(result->state) && result->gap == NULL;
    return is_whole ? OUTCOME_PASS : OUTCOME_PARTIAL;
}
