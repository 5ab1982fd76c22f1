// SPDX-License-Identifier: Apache-2.0
// A hunt against the reference endpoint in this process: honest, lying, slow, and held back.
#include "props/unit/frail.h"
#include "props/unit/unit.h"

static bool pool_has(const char *word)
{
    struct choices choices;
    char space[8192];
    for (size_t i = 0; i < hunt.pool.count; i++) {
        struct buf request = BUF(space);
        struct intent intent;
        choices_from_bytes(&choices, pool_bytes(&hunt.pool.inputs[i]));
        (void)choose(&choices, WORLD_COUNT_MAX);
        unsigned program = choose(&choices, PROGRAM_COUNT);
        if (program >= PROGRAM_FIRST)
            continue;
        trial_choose(&intent, &choices, program, &honest[0].fixture);
        intent_write(&request, &intent, &honest[0].fixture, 1);
        if (has(buf_view(&request), word))
            return true;
    }
    return false;
}

static void check_honest(void)
{
    start((struct frail){.poison = NULL});
    run(honest, 50);
    size_t early_count = hunt.sightings.count;
    CHECK(early_count >= 3 && hunt.pool.count >= early_count);
    run(honest, CASE_COUNT);
    CHECK(result.case_count == CASE_COUNT && result.request_count >= CASE_COUNT);
    CHECK(result.finding_count == 0 && outcome() == OUTCOME_PASS);
    CHECK(hunt.state == HUNT_IS_OVER && result.saw_200);
    CHECK(hunt.sightings.count > early_count + 10);
    CHECK(hunt.pool.count == kept_count && hunt.novelty_count >= kept_count);
    // The same again is the same.
    static struct sightings before;
    before = hunt.sightings;
    run(honest, CASE_COUNT);
    CHECK(before.count == hunt.sightings.count && before.pair_count == hunt.sightings.pair_count);
    CHECK(memcmp(before.pairs, hunt.sightings.pairs, sizeof before.pairs) == 0);
    for (size_t i = 0; i < before.count; i++)
        CHECK_ROW(i, before.rows[i].key == hunt.sightings.rows[i].key &&
                         before.rows[i].count == hunt.sightings.rows[i].count);
}

static void check_liars(void)
{
    static const char *const names[] = {"limit-wraps", "zero-time-bare", "header-curly-breaks",
                                        "body-list-object", "fields-no-locations"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct liar *liar = wrap_worlds(names[i]);
        size_t clause = clause_find(view_of_text(liar->clause));
        start((struct frail){.poison = NULL});
        run(lying, CASE_COUNT);
        CHECK_ROW(i, check_standing(&result, clause) == STANDING_FAILED);
        CHECK_ROW(i, outcome() == OUTCOME_FAIL && result.finding_count != 0);
    }
}

// What was held back says nothing about the endpoint, and is not kept.
static void check_held(void)
{
    start((struct frail){.held = "limit="});
    run(honest, CASE_COUNT);
    CHECK(frail.held_count != 0 && hunt.away_count == 0 && result.finding_count == 0);
    CHECK(pool_has("location=") && !pool_has("limit="));
    for (size_t i = 0; i < hunt.sightings.count; i++)
        CHECK_ROW(i, hunt.sightings.rows[i].signature.fate != FATE_FAILED);
}

static size_t count_late(void)
{
    size_t count = 0;
    for (size_t i = 0; i < hunt.sightings.count; i++)
        count += hunt.sightings.rows[i].signature.tempo != 0;
    return count;
}

// What takes long each time is new; what takes long now and then is not.
static void check_tempo(void)
{
    start((struct frail){.slow = "location=GB"});
    run(honest, CASE_COUNT);
    CHECK(count_late() != 0 && pool_has("location=GB"));
    start((struct frail){.hiccup = 97});
    run(honest, CASE_COUNT);
    CHECK(count_late() == 0);
}

int main(void)
{
    if (!frail_open())
        return 2;
    check_honest();
    check_liars();
    check_held();
    check_tempo();
    close_worlds();
    return unit_end();
}
