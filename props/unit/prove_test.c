// SPDX-License-Identifier: Apache-2.0
// The whole matrix is `balprobe prove`; here is how it is made and judged.
#include "props/run/prove.h"

#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { PLAYED_COUNT = 4, RANDOM_COUNT = 500 };

// A result in which everything is as it should be.
static void fill_good(struct prove_result *result)
{
    memset(result, 0, sizeof *result);
    result->liar_count = liar_count();
    result->variant_count = variant_count();
    result->honest.saw_200 = true;
    for (size_t i = 0; i < result->variant_count; i++) {
        result->variants[i].liar = variant_at(i);
        result->variants[i].saw_200 = true;
    }
    for (size_t i = 0; i < result->liar_count; i++) {
        result->liars[i].liar = liar_at(i);
        size_t clause = clause_find(view_of_text(liar_at(i)->clause));
        CHECK_ROW(i, clause < clause_count());
        result->liars[i].first[clause] = 1;
    }
}

static void check_passes(struct prove_result *result)
{
    fill_good(result);
    CHECK(prove_passes(result));
    for (size_t i = 0; i < result->liar_count; i++)
        CHECK_ROW(i, prove_is_caught(&result->liars[i]));
    for (size_t i = 0; i < clause_count(); i++)
        CHECK_ROW(i, (prove_kill_count(result, i) != 0) == !clause_at(i)->over_tls);
    result->was_stopped = true;
    CHECK(!prove_passes(result));
    fill_good(result);
    result->honest.first[3] = 9;
    CHECK(prove_failure_count(&result->honest) == 1);
    CHECK(!prove_passes(result));
    fill_good(result);
    result->variants[result->variant_count - 1].first[0] = 1;
    CHECK(!prove_passes(result));
}

// A liar that only another clause catches is alive; a clause that catches nothing is idle.
static void check_alive(struct prove_result *result)
{
    fill_good(result);
    struct prove_row *row = &result->liars[0];
    size_t own = clause_find(view_of_text(row->liar->clause));
    size_t other = own == 0 ? 1 : 0;
    size_t kill_count = prove_kill_count(result, other);
    row->first[own] = 0;
    row->first[other] = 5;
    CHECK(!prove_is_caught(row));
    CHECK(prove_kill_count(result, other) == kill_count + 1);
    CHECK(!prove_passes(result));
    fill_good(result);
    for (size_t i = 0; i < result->liar_count; i++)
        result->liars[i].first[2] = 0;
    CHECK(prove_kill_count(result, 2) == 0);
    CHECK(!prove_passes(result));
}

static bool stop_after_some(void *context, uint64_t case_count, size_t row_count)
{
    (void)context;
    (void)case_count;
    return row_count < PLAYED_COUNT;
}

static void check_run_of_some(struct prove_result *result)
{
    void *space = malloc(prove_size(LOCAL_KIND_COUNT));
    struct prove_options options = {
        .liars = {.random_count = RANDOM_COUNT}, .seed = 1, .goes_on = stop_after_some};
    prove_run(result, &options, honest, LOCAL_KIND_COUNT, space);
    CHECK(result->was_stopped);
    CHECK(result->liar_count == liar_count());
    CHECK(result->variant_count == variant_count());
    for (size_t i = 0; i < PLAYED_COUNT; i++) {
        const struct prove_row *row = &result->liars[i];
        size_t own = clause_find(view_of_text(row->liar->clause));
        CHECK_ROW(i, prove_is_caught(row));
        CHECK_ROW(i, row->first[own] <= row->case_count);
        CHECK_ROW(i, row->why[own] != NULL);
        CHECK_ROW(i, row->case_count > RANDOM_COUNT);
    }
    CHECK(result->liars[PLAYED_COUNT].case_count == 0);
    CHECK(prove_failure_count(&result->honest) == 0);
    CHECK(!prove_passes(result));
    free(space);
}

int main(void)
{
    CHECK(open_worlds());
    struct prove_result *result = malloc(sizeof *result);
    check_passes(result);
    check_alive(result);
    check_run_of_some(result);
    free(result);
    close_worlds();
    return unit_end();
}
