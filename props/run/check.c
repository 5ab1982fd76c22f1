// SPDX-License-Identifier: Apache-2.0
#include "props/run/check.h"

#include "props/run/panel.h"
#include "props/run/tour.h"

enum { ASK_INTERVAL = 256 }; // cases between two questions whether to go on

struct check {
    struct check_result *out;
    const struct tour *tour;
};

static void tally(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    (void)x;
    struct check *check = context;
    struct check_result *out = check->out;
    out->graded[clause][verdict.grade]++;
    if (verdict.grade == GRADE_TOLERATED && out->tolerated_why[clause] == NULL) {
        out->tolerated_why[clause] = verdict.why;
        out->tolerated_key[clause] = verdict.key;
    }
    if (verdict.grade == GRADE_FAIL) {
        bool is_kept = finding_note(out->findings, &out->finding_count, clause, verdict.why,
                                    choices_tape(&check->tour->choices));
        out->found_too_much = out->found_too_much || !is_kept;
    }
}

// The findings' bytes are left as they are: there is a megabyte of them.
static void clear_result(struct check_result *out)
{
    memset(out->graded, 0, sizeof out->graded);
    memset(out->is_capped, 0, sizeof out->is_capped);
    memset(out->tolerated_why, 0, sizeof out->tolerated_why);
    memset(out->tolerated_key, 0, sizeof out->tolerated_key);
    out->case_count = 0;
    out->request_count = 0;
    out->saw_200 = false;
    out->was_stopped = false;
    out->found_too_much = false;
    out->finding_count = 0;
}

static bool is_stopped(struct check_result *out, const struct check_options *options)
{
    if (options->goes_on != NULL)
        out->was_stopped = !options->goes_on(options->context, out->case_count, out->finding_count);
    return out->was_stopped;
}

static void shrink_findings(struct check_result *out, const struct check_options *options,
                            struct trial *trial, const struct world *worlds, size_t world_count)
{
    for (size_t i = 0; i < out->finding_count; i++) {
        finding_shrink(&out->findings[i], trial, worlds, world_count, SHRINK_CALLS_MAX);
        if (is_stopped(out, options))
            return;
    }
}

void check_run(struct check_result *out, const struct check_options *options,
               const struct world *worlds, size_t world_count, void *space)
{
    clear_result(out);
    struct trial *trial = trial_init(space);
    struct tour tour;
    tour_init(&tour, &(struct tour_options){.world_count = world_count,
                                            .exhaustive = options->exhaustive,
                                            .only = options->only,
                                            .run_cap = CHECK_RUN_CAP,
                                            .random_count = options->case_count,
                                            .seed = options->seed});
    struct check check = {out, &tour};
    struct panel panel;
    panel_init(&panel, options->only, tally, &check);
    while (tour_next(&tour)) {
        if (out->case_count % ASK_INTERVAL == 0 && is_stopped(out, options))
            break;
        panel_play(&panel, trial, &tour.choices, worlds, world_count);
        out->case_count++;
        out->request_count += trial->send_count;
        out->saw_200 = out->saw_200 || trial->saw_200;
    }
    memcpy(out->is_capped, tour.is_capped, sizeof out->is_capped);
    if (options->shrinks && !out->was_stopped)
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
    return counts[STANDING_FAILED] != 0 ? OUTCOME_FAIL : OUTCOME_PASS;
}
