// SPDX-License-Identifier: Apache-2.0
#include "props/run/check.h"

#include "props/run/panel.h"
#include "props/run/tour.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

static struct check_options all_clauses(uint64_t case_count)
{
    struct check_options options = {.seed = 0x5eed, .case_count = case_count};
    for (size_t i = 0; i < clause_count(); i++)
        options.only[i] = true;
    return options;
}

static bool same_counts(const struct check_result *a, const struct check_result *b)
{
    return memcmp(a->graded, b->graded, sizeof a->graded) == 0 &&
           a->request_count == b->request_count && a->finding_count == b->finding_count;
}

static void check_honest(struct check_result *result, struct check_result *other)
{
    struct check_options options = all_clauses(3000);
    check_run(result, &options, honest, LOCAL_KIND_COUNT, trial_space);
    CHECK(result->case_count == 3000);
    CHECK(result->request_count >= 3000);
    CHECK(result->saw_200);
    CHECK(result->finding_count == 0);
    check_run(other, &options, honest, LOCAL_KIND_COUNT, trial_space);
    CHECK(same_counts(result, other));
    options.seed++;
    check_run(other, &options, honest, LOCAL_KIND_COUNT, trial_space);
    CHECK(!same_counts(result, other));
}

static void check_liar(struct check_result *result)
{
    const struct liar *liar = wrap_worlds("limit-wraps");
    size_t clause = clause_find(view_of_text(liar->clause));
    struct check_options options = all_clauses(3000);
    check_run(result, &options, lying, LOCAL_KIND_COUNT, trial_space);
    CHECK(check_standing(result, clause) == STANDING_FAILED);
    size_t counts[STANDING_COUNT];
    CHECK(check_outcome(counts, result, options.only) == OUTCOME_FAIL);
    CHECK(counts[STANDING_FAILED] != 0);
    uint64_t noted = 0;
    for (size_t i = 0; i < result->finding_count; i++)
        noted += result->findings[i].count;
    uint64_t failed = 0;
    for (size_t i = 0; i < clause_count(); i++)
        failed += result->graded[i][GRADE_FAIL];
    CHECK(failed == noted);
    options.only[clause] = false;
    check_run(result, &options, lying, LOCAL_KIND_COUNT, trial_space);
    CHECK(check_standing(result, clause) == STANDING_UNTESTED);
}

// What was seen once stays seen.
static void check_saw_200(struct check_result *result)
{
    struct check_options options = all_clauses(0);
    bool saw_200 = false;
    for (options.case_count = 1; options.case_count < 60; options.case_count++) {
        check_run(result, &options, honest, LOCAL_KIND_COUNT, trial_space);
        CHECK_ROW(options.case_count, result->saw_200 || !saw_200);
        saw_200 = result->saw_200;
    }
    CHECK(saw_200);
}

static void keep_request(void *context, const struct exchange *x)
{
    struct buf *kept = context;
    buf_put(kept, x->request);
}

// A case that is played again sends the same bytes.
static void check_same_bytes(void)
{
    static char spaces[2][65536];
    struct buf kept[2] = {BUF(spaces[0]), BUF(spaces[1])};
    struct trial *trial = trial_init(trial_space);
    for (size_t i = 0; i < 2; i++) {
        struct panel panel;
        panel_init(&panel, NULL, hear_nothing, &kept[i]);
        panel.seen = keep_request;
        struct choices choices;
        for (uint8_t program = 0; program < 100; program++) {
            char bytes[] = {1, (char)program, 1, 2, 3, 4, 5};
            choices_from_bytes(&choices, view_of(bytes, sizeof bytes));
            panel_play(&panel, trial, &choices, honest, LOCAL_KIND_COUNT);
        }
    }
    CHECK(kept[0].len > 10000);
    CHECK(!kept[0].overflow);
    CHECK(view_equal(buf_view(&kept[0]), buf_view(&kept[1])));
}

static void check_only(struct check_result *result)
{
    struct check_options options = {.case_count = 500};
    size_t clause = clause_find(VIEW("GB-LIMIT-4"));
    options.only[clause] = true;
    check_run(result, &options, honest, LOCAL_KIND_COUNT, trial_space);
    for (size_t i = 0; i < clause_count(); i++) {
        uint64_t judged = 0;
        for (size_t grade = 0; grade < GRADE_COUNT; grade++)
            judged += result->graded[i][grade];
        CHECK_ROW(i, (judged != 0) == (i == clause));
    }
}

static bool stop_after_thousand(void *context, uint64_t case_count, size_t finding_count)
{
    (void)context;
    (void)finding_count;
    return case_count < 1000;
}

static void check_stop(struct check_result *result)
{
    struct check_options options = all_clauses(3000);
    options.goes_on = stop_after_thousand;
    check_run(result, &options, honest, LOCAL_KIND_COUNT, trial_space);
    CHECK(result->was_stopped);
    CHECK(result->case_count >= 1000 && result->case_count < 3000);
    size_t counts[STANDING_COUNT];
    CHECK(check_outcome(counts, result, options.only) == OUTCOME_PARTIAL);
}

struct ending {
    enum check_state state;
    unsigned left; // cases until then
};

static enum check_state end_after(void *context)
{
    struct ending *ending = context;
    if (ending->left == 0)
        return ending->state;
    ending->left--;
    return CHECK_GOES_ON;
}

// A run whose time is up counts as far as it went; one whose endpoint is gone cannot pass.
static void check_endings(struct check_result *result)
{
    static const struct {
        enum check_state state;
        const char *gap;
        enum outcome outcome;
    } rows[] = {{CHECK_TIME_IS_UP, NULL, OUTCOME_PASS},
                {CHECK_IS_LOST, NULL, OUTCOME_PARTIAL},
                {CHECK_IS_REFUSED, NULL, OUTCOME_PARTIAL},
                {CHECK_GOES_ON, NULL, OUTCOME_PASS},
                {CHECK_TIME_IS_UP, "a gap", OUTCOME_PARTIAL}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ending ending = {rows[i].state, 500};
        struct check_options options = all_clauses(1000);
        options.state = end_after;
        options.context = &ending;
        check_run(result, &options, honest, LOCAL_KIND_COUNT, trial_space);
        result->gap = rows[i].gap;
        size_t counts[STANDING_COUNT];
        CHECK_ROW(i, result->state == rows[i].state && !result->was_stopped);
        CHECK_ROW(i, result->case_count == (rows[i].state == CHECK_GOES_ON ? 1000 : 500));
        CHECK_ROW(i, check_outcome(counts, result, options.only) == rows[i].outcome);
        result->graded[0][GRADE_FAIL] = 1;
        CHECK_ROW(i, check_outcome(counts, result, options.only) == OUTCOME_FAIL);
    }
}

// A mixed tour: single spellings first, then rounds in which a program makes its first runs in
// order and then alternates between the next one and any of them.
static void check_mixed(void)
{
    struct panel panel;
    panel_clear(&panel);
    struct trial *trial = trial_init(trial_space);
    static struct tour tour;
    bool only[CLAUSE_COUNT_MAX] = {false};
    size_t clause = clause_find(VIEW("GB-LIMIT-10"));
    unsigned program = clause_at(clause)->program;
    only[clause] = true;
    struct tour_options options = {.world_count = 2,
                                   .exhaustive = true,
                                   .only = only,
                                   .run_cap = 6,
                                   .pair_cap = 7,
                                   .order = TOUR_MIXED,
                                   .random_count = TOUR_ROUND_CASE_COUNT + 3,
                                   .seed = 1};
    size_t counts[2] = {0};
    size_t random_count = 0;
    size_t pair_count = 0;
    tour_init(&tour, &options);
    while (tour_next(&tour)) {
        panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
        bool is_random = tour.choices.source == CHOICES_RANDOM;
        bool is_first = tour.case_count <= 7;
        bool is_last = tour.case_count > 7 + 12 + TOUR_ROUND_CASE_COUNT + 3;
        CHECK((tour.stage == TOUR_PAIRS) == (is_first || is_last));
        CHECK(tour.stage != TOUR_PAIRS || tour.choices.tape[0] == is_last);
        pair_count += tour.stage == TOUR_PAIRS;
        random_count += is_random;
        if (tour.stage != TOUR_ROUNDS || is_random)
            continue;
        size_t run = counts[tour.choices.tape[0]]++;
        CHECK_ROW(run, tour.choices.tape[1] == program);
        CHECK_ROW(run, (tour.choices.source == CHOICES_ODOMETER) == (run < TOUR_ORDERED_COUNT));
        CHECK_ROW(run, run > 2 || tour.choices.tape[tour.choices.len - 1] == run);
    }
    CHECK(random_count == TOUR_ROUND_CASE_COUNT + 3 && pair_count == 14);
    CHECK(tour.pairs_are_capped);
    CHECK(counts[0] == 6 && counts[1] == 6 && tour.is_capped[clause]);
    options.exhaustive = false;
    tour_init(&tour, &options);
    while (tour_next(&tour))
        panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
    CHECK(tour.case_count == TOUR_ROUND_CASE_COUNT + 3);
}

// Where nothing can be undone: programs that leave less behind come first, and within one hook
// those of later clauses.
static void check_acts_for_good(void)
{
    static struct tour tour;
    static const char *const wanted[] = {"GB-RATE-3", "GB-RATE-2", "GB-STATE-3", "GB-TYPE-2",
                                         "GB-BODY-10"};
    bool only[CLAUSE_COUNT_MAX] = {false};
    size_t count = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        only[clause_find(view_of_text(wanted[i]))] = true;
    struct tour_options options = {
        .world_count = 1, .exhaustive = true, .only = only, .acts_for_good = true};
    struct panel panel;
    panel_clear(&panel);
    struct trial *trial = trial_init(trial_space);
    tour_init(&tour, &options);
    while (tour_next(&tour)) {
        panel_play(&panel, trial, &tour.choices, honest, 1);
        if (tour.stage != TOUR_ACTS)
            continue;
        CHECK_ROW(count, count < sizeof wanted / sizeof wanted[0] &&
                             tour.clause == clause_find(view_of_text(wanted[count])));
        count++;
    }
    CHECK(count == sizeof wanted / sizeof wanted[0]);
}

static bool refuse_all(void *context, struct buf *response, const struct sending *sending)
{
    (void)context;
    (void)sending;
    buf_put_text(response, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    return true;
}

static void check_vacuous(struct check_result *result)
{
    struct world broken = honest[0];
    broken.subject = (struct subject){.exchange = refuse_all};
    struct check_options options = all_clauses(300);
    check_run(result, &options, &broken, 1, trial_space);
    CHECK(!result->saw_200);
    size_t counts[STANDING_COUNT];
    CHECK(check_outcome(counts, result, options.only) == OUTCOME_INCONCLUSIVE);
}

// A tour visits each world, programs and pairs, and says where it was cut short.
static void check_tour(void)
{
    struct panel panel;
    panel_clear(&panel);
    struct trial *trial = trial_init(trial_space);
    static struct tour tour;
    bool only[CLAUSE_COUNT_MAX] = {false};
    size_t clause = clause_find(VIEW("GB-LIMIT-10"));
    CHECK(clause_at(clause)->run != NULL);
    only[clause] = true;
    struct tour_options options = {.world_count = 2,
                                   .exhaustive = true,
                                   .only = only,
                                   .run_cap = 100,
                                   .random_count = 10,
                                   .seed = 1};
    tour_init(&tour, &options);
    size_t stages[TOUR_STAGE_COUNT][WORLD_COUNT_MAX][PROGRAM_COUNT] = {{{0}}};
    while (tour_next(&tour)) {
        panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
        stages[tour.stage][tour.choices.tape[0]][tour.choices.tape[1]]++;
    }
    size_t pair_count = stages[TOUR_PAIRS][0][PROGRAM_PAIR];
    CHECK(pair_count > 10000);
    CHECK(tour.case_count == 2 * (100 + pair_count) + 10);
    CHECK(tour.random_count == 10);
    for (size_t i = 0; i < CLAUSE_COUNT_MAX; i++)
        CHECK_ROW(i, tour.is_capped[i] == (i == clause));
    for (size_t i = 0; i < 2; i++) {
        CHECK_ROW(i, stages[TOUR_PROGRAMS][i][clause_at(clause)->program] == 100);
        CHECK_ROW(i, stages[TOUR_PAIRS][i][PROGRAM_PAIR] == pair_count);
    }
    CHECK(!tour_next(&tour));
    options.exhaustive = false;
    tour_init(&tour, &options);
    while (tour_next(&tour))
        panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
    CHECK(tour.case_count == 10);
}

int main(void)
{
    CHECK(open_worlds());
    struct check_result *result = calloc(1, sizeof *result);
    struct check_result *other = calloc(1, sizeof *other);
    check_tour();
    check_honest(result, other);
    check_liar(result);
    check_saw_200(result);
    check_same_bytes();
    check_only(result);
    check_stop(result);
    check_endings(result);
    check_mixed();
    check_acts_for_good();
    check_vacuous(result);
    free(other);
    free(result);
    close_worlds();
    return unit_end();
}
