// SPDX-License-Identifier: Apache-2.0
#include "props/run/finding.h"

#include "props/run/check.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

static void check_notes(void)
{
    static const struct {
        size_t clause;
        const char *why;
        struct view tape;
        size_t count;     // findings afterwards
        struct view kept; // by the finding that was noted
    } rows[] = {
        {0, "a", VIEW_INIT("333"), 1, VIEW_INIT("333")},
        {0, "a", VIEW_INIT("4444"), 1, VIEW_INIT("333")},
        {0, "a", VIEW_INIT("332"), 1, VIEW_INIT("332")},
        {0, "a", VIEW_INIT("333"), 1, VIEW_INIT("332")},
        {0, "b", VIEW_INIT("9999"), 2, VIEW_INIT("9999")},
        {1, "a", VIEW_INIT(""), 3, VIEW_INIT("")},
        {0, "a", VIEW_INIT("zz"), 3, VIEW_INIT("zz")},
    };
    struct finding *findings = calloc(FINDING_COUNT_MAX, sizeof *findings);
    size_t count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, finding_note(findings, &count, rows[i].clause, rows[i].why, rows[i].tape));
        CHECK_ROW(i, count == rows[i].count);
        bool is_kept = false;
        for (size_t j = 0; j < count; j++)
            if (findings[j].clause == rows[i].clause && strcmp(findings[j].why, rows[i].why) == 0)
                is_kept = view_equal(finding_case(&findings[j]), rows[i].kept);
        CHECK_ROW(i, is_kept);
    }
    CHECK(findings[0].count == 5);
    char first[64];
    char second[64];
    struct buf a = BUF(first);
    struct buf b = BUF(second);
    finding_name(&a, &findings[0]);
    finding_name(&b, &findings[1]);
    CHECK(view_starts(buf_view(&a), view_of_text(clause_at(0)->id)));
    CHECK(!view_equal(buf_view(&a), buf_view(&b)));
    CHECK(view_equal(view_from(buf_view(&a), a.len - 5), VIEW(".case")));
    for (size_t i = count; i < FINDING_COUNT_MAX; i++)
        CHECK(finding_note(findings, &count, i, "c", VIEW("")));
    CHECK(!finding_note(findings, &count, 5, "d", VIEW("")));
    CHECK(finding_note(findings, &count, 5, "c", VIEW("")));
    free(findings);
}

static void count_show(void *context, const struct exchange *x, const struct trial *trial)
{
    CHECK(x->status != 0);
    CHECK(trial->send_count >= 1);
    (*(size_t *)context)++;
}

// A case with hooks in a world that nothing brings back is for good; one without hooks is not.
static bool act_nowhere(void *context, const struct bp_act *act)
{
    CHECK(act->hook < BP_HOOK_COUNT);
    (*(size_t *)context)++;
    return true;
}

static bool undo_nothing(void *context)
{
    (void)context;
    return true;
}

static void check_for_good(void)
{
    struct world world = honest[LOCAL_OPEN];
    size_t act_count = 0;
    size_t shown_count = 0;
    struct trial *trial = trial_init(trial_space);
    struct finding *finding = calloc(1, sizeof *finding);
    finding->clause = clause_find(VIEW("GB-STATE-3"));
    finding->why = "consumption does not lower the data reported by as much";
    finding->case_len = 2;
    finding->case_bytes[1] = clause_at(finding->clause)->program;
    world.hooks = (struct bp_hooks){
        .there = BP_HOOK_BIT(BP_HOOK_CONSUME), .act = act_nowhere, .context = &act_count};
    CHECK(!finding_is_for_good(finding, &world, 1));
    CHECK(finding_show(finding, trial, &world, 1, count_show, &shown_count));
    CHECK(shown_count == 1 && act_count == 2);
    world.subject.reset = NULL;
    CHECK(finding_is_for_good(finding, &world, 1));
    CHECK(finding_shrink(finding, trial, &world, 1, 10) == 0);
    CHECK(!finding_show(finding, trial, &world, 1, count_show, &shown_count));
    CHECK(act_count == 2);
    world.hooks.undo = undo_nothing;
    CHECK(!finding_is_for_good(finding, &world, 1));
    world.hooks.undo = NULL;
    finding->case_bytes[1] = clause_at(clause_find(VIEW("GB-METH-4")))->program;
    CHECK(!finding_is_for_good(finding, &world, 1));
    finding->case_bytes[1] = PROGRAM_PAIR;
    CHECK(!finding_is_for_good(finding, &world, 1));
    free(finding);
}

// Shrunk cases are no longer than before, and still fail the liar and nobody else.
static void check_shrunk(struct check_result *result, const char *name, size_t shortest)
{
    const struct liar *liar = wrap_worlds(name);
    size_t own_clause = clause_find(view_of_text(liar->clause));
    struct check_options options = {.seed = 7, .case_count = 20000};
    for (size_t i = 0; i < clause_count(); i++)
        options.only[i] = true;
    check_run(result, &options, lying, LOCAL_KIND_COUNT, trial_space);
    CHECK(result->finding_count != 0);
    struct trial *trial = trial_init(trial_space);
    for (unsigned calls = 0; calls < 3; calls++) {
        struct finding copy = result->findings[0];
        CHECK_ROW(calls, finding_shrink(&copy, trial, lying, LOCAL_KIND_COUNT, calls) == calls);
    }
    for (size_t i = 0; i < result->finding_count; i++) {
        struct finding *finding = &result->findings[i];
        size_t before = finding->case_len;
        unsigned used = finding_shrink(finding, trial, lying, LOCAL_KIND_COUNT, SHRINK_CALLS_MAX);
        CHECK_ROW(i, used <= SHRINK_CALLS_MAX);
        CHECK_ROW(i, finding->case_len <= before);
        if (finding->clause == own_clause)
            CHECK_ROW(i, finding->case_len <= shortest);
        size_t shown = 0;
        CHECK_ROW(i, finding_show(finding, trial, lying, LOCAL_KIND_COUNT, count_show, &shown));
        CHECK_ROW(i, shown == 1);
        shown = 0;
        struct finding other = *finding;
        other.why = "another reason";
        CHECK_ROW(i, !finding_show(&other, trial, lying, LOCAL_KIND_COUNT, count_show, &shown));
        CHECK_ROW(i, !finding_show(finding, trial, honest, LOCAL_KIND_COUNT, count_show, &shown));
        CHECK_ROW(i, shown == 0);
    }
}

// A case that fails in each of its requests is shown once.
static void check_shown_once(struct check_result *result)
{
    const struct liar *liar = wrap_worlds("path-array");
    struct check_options options = {.seed = 7, .case_count = 100};
    options.only[clause_find(view_of_text(liar->clause))] = true;
    check_run(result, &options, lying, LOCAL_KIND_COUNT, trial_space);
    CHECK(result->finding_count != 0);
    struct finding *finding = &result->findings[0];
    struct trial *trial = trial_init(trial_space);
    size_t several_count = 0;
    for (size_t i = 0; i < clause_count(); i++) {
        finding->case_len = 2;
        finding->case_bytes[0] = 0;
        finding->case_bytes[1] = clause_at(i)->program;
        size_t shown = 0;
        bool has_failed = finding_show(finding, trial, lying, LOCAL_KIND_COUNT, count_show, &shown);
        CHECK_ROW(i, shown == has_failed);
        several_count += has_failed && trial->request_count > 1;
    }
    CHECK(several_count != 0);
}

int main(void)
{
    check_notes();
    CHECK(open_worlds());
    struct check_result *result = calloc(1, sizeof *result);
    check_shrunk(result, "limit-wraps", 16);
    check_shrunk(result, "limit-last", 16);
    check_shown_once(result);
    check_for_good();
    free(result);
    close_worlds();
    return unit_end();
}
