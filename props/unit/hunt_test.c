// SPDX-License-Identifier: Apache-2.0
// A hunt against the reference endpoint in this process: honest, lying, slow, and falling over.
#include "props/hunt/hunt.h"

#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { CASE_COUNT = 800, QUICK_US = 300, SLOW_US = 60000 };

// An endpoint that is brought down, or made slow, by requests with a certain word in them.
struct frail {
    struct subject inner;
    const char *poison;     // NULL: none
    const char *second;     // with this one, too, in a later request; NULL: one is enough
    unsigned heal_count;    // pauses until it serves again; 0: never
    unsigned quick_count;   // requests that fail until it serves again; 0: it needs pauses
    unsigned failed_count;  // since it fell
    unsigned failure_count; // altogether
    unsigned blink_count;   // every so many requests one fails for no reason
    bool is_silent;         // it is reached all the same, but says nothing
    bool is_weak;           // the poison came, the second one is yet to come
    bool is_down;
    unsigned pause_count;
    unsigned fall_count;
    int64_t answer_us;
    unsigned worn_count;  // requests until it falls; 0: never
    unsigned limit_count; // requests before it says 429 to all further ones; 0: never
    unsigned taken_count; // of either
    const char *held;     // requests with this word do not leave
    bool has_held;
    const char *slow; // requests with this word take long
    unsigned hiccup;  // every so many requests take long for no reason
    unsigned request_count;
};

static struct frail frail;
static struct hunt hunt;
static struct check_result result;
static bool only[CLAUSE_COUNT_MAX];
static uint64_t case_count_max;
static uint64_t kept_count;

static bool has(struct view bytes, const char *word)
{
    return word != NULL && view_find(bytes, view_of_text(word)) < bytes.len;
}

static bool frail_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct frail *at = context;
    bool is_poison = has(sending->request, at->poison);
    bool is_blink = at->blink_count != 0 && ++at->request_count % at->blink_count == 0;
    at->has_held = has(sending->request, at->held);
    if (at->has_held)
        return false;
    if (at->is_down || is_blink) {
        at->failure_count++;
        at->is_down = at->is_down && ++at->failed_count != at->quick_count;
        return at->is_silent;
    }
    bool is_hiccup = at->hiccup != 0 && ++at->request_count % at->hiccup == 0;
    at->answer_us = has(sending->request, at->slow) || is_hiccup ? SLOW_US : QUICK_US;
    bool came = at->inner.exchange(at->inner.context, response, sending);
    at->taken_count++;
    if (at->limit_count != 0 && at->taken_count > at->limit_count) {
        buf_clear(response);
        buf_put_text(response, "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n");
    }
    bool falls = at->second == NULL ? is_poison : at->is_weak && has(sending->request, at->second);
    at->is_weak = at->is_weak || is_poison;
    falls = falls || (at->worn_count != 0 && at->taken_count % at->worn_count == 0);
    if (falls) {
        at->is_down = true;
        at->is_weak = false;
        at->pause_count = 0;
        at->failed_count = 0;
        at->fall_count++;
    }
    return came;
}

static void tell_facts(void *context, struct hunt_facts *out)
{
    (void)context;
    *out = (struct hunt_facts){.answer_us = frail.answer_us,
                               .is_held_back = frail.has_held,
                               .failure_count = frail.failure_count};
}

static void wait_a_while(void *context, unsigned ms)
{
    (void)context;
    (void)ms;
    frail.pause_count++;
    if (frail.heal_count != 0 && frail.pause_count >= frail.heal_count)
        frail.is_down = false;
}

static bool goes_on(void *context, const struct hunt *at)
{
    (void)context;
    return at->result->case_count < case_count_max;
}

static void count_kept(void *context, struct view input, bool is_founder)
{
    (void)context;
    (void)is_founder;
    kept_count += input.len <= POOL_INPUT_LEN_MAX;
}

// Hunts one world of `worlds`, which cannot be reset, with what `frail` says.
static void run(const struct world *worlds, uint64_t case_count)
{
    static struct world world;
    const struct hunt_options options = {.seed = 0x5eed,
                                         .only = only,
                                         .shrink_calls = 60,
                                         .goes_on = goes_on,
                                         .facts = tell_facts,
                                         .pause = wait_a_while,
                                         .keep = count_kept};
    world = worlds[LOCAL_OPEN];
    frail.inner = world.subject;
    frail.inner.reset(frail.inner.context);
    world.subject = (struct subject){.exchange = frail_exchange, .context = &frail};
    case_count_max = case_count;
    kept_count = 0;
    hunt_init(&hunt, &options, &result, &world, 1, trial_space);
    CHECK(hunt_prepare(&hunt));
    hunt_run(&hunt);
}

static void start(struct frail settings) { frail = settings; }

static enum outcome outcome(void)
{
    size_t counts[STANDING_COUNT];
    return check_outcome(counts, &result, only);
}

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
        if (program == PROGRAM_PAIR)
            intent_choose_pair(&intent, &choices, &honest[0].fixture);
        else
            intent_choose(&intent, &choices, &honest[0].fixture);
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

static bool culprit_has(const char *word)
{
    struct trial *trial = trial_init(trial_space);
    struct choices choices;
    struct panel panel;
    panel_init(&panel, NULL, hear_nothing, NULL);
    choices_from_bytes(&choices, hunt_suspect(&hunt, hunt.culprit));
    frail = (struct frail){.inner = frail.inner, .poison = word};
    frail.inner.reset(frail.inner.context);
    struct world world = honest[LOCAL_OPEN];
    world.subject = (struct subject){.exchange = frail_exchange, .context = &frail};
    panel_play(&panel, trial, &choices, &world, 1);
    return frail.fall_count != 0;
}

// It falls behind a good answer, and is up again after a while: the input is found.
static void check_blame(void)
{
    static const char *const poisons[] = {"limit=2147483648", "location=ZZ", "FOO /"};
    for (size_t i = 0; i < sizeof poisons / sizeof poisons[0]; i++) {
        start((struct frail){.poison = poisons[i], .heal_count = 6});
        run(honest, CASE_COUNT);
        CHECK_ROW(i, hunt.state == HUNT_HAS_BLAMED && !hunt.is_gone);
        CHECK_ROW(i, frail.fall_count == 3);
        CHECK_ROW(i, culprit_has(poisons[i]));
        CHECK_ROW(i, result.finding_count == 0); // silence of a fallen endpoint is no finding
    }
}

// It never comes back: nobody is blamed. The same where one request alone is not enough.
static void check_no_blame(void)
{
    start((struct frail){.poison = "limit=2147483648"});
    run(honest, CASE_COUNT);
    CHECK(hunt.state == HUNT_IS_DOWN && hunt.is_gone);
    CHECK(hunt.suspect_count != 0 && hunt.suspect_count <= HUNT_CHECK_INTERVAL);
    CHECK(frail.fall_count == 1 && frail.pause_count < 30);
    start((struct frail){.poison = "POST /", .second = "limit=2147483648", .heal_count = 5});
    run(honest, CASE_COUNT);
    CHECK(hunt.state == HUNT_IS_DOWN && !hunt.is_gone && frail.fall_count == 1);
}

// It falls, and the next requests that fail are all that is seen of it: the input is found, too.
// What fails for no reason is blamed on nobody, and is no finding.
static void check_moments(void)
{
    for (unsigned count = 1; count < HUNT_CHECK_COUNT; count++) {
        start((struct frail){.poison = "location=ZZ", .quick_count = count});
        run(honest, CASE_COUNT);
        CHECK_ROW(count, hunt.state == HUNT_HAS_BLAMED && !hunt.is_gone);
        CHECK_ROW(count, frail.fall_count == 1 + HUNT_LATE_COUNT && result.finding_count == 0);
        CHECK_ROW(count, culprit_has("location=ZZ"));
    }
    start((struct frail){.blink_count = 150, .is_silent = true});
    run(honest, CASE_COUNT);
    CHECK(hunt.state == HUNT_IS_OVER && hunt.away_count > HUNT_AWAY_COUNT_MAX);
    CHECK(result.case_count == CASE_COUNT && result.finding_count == 0);
}

// Behind the last case the endpoint is looked after, too.
static void check_last(void)
{
    enum { ROLE_CASE_COUNT = ROLE_P + 1 };
    char iccid[32] = "";
    memcpy(iccid, honest[0].fixture.iccid[ROLE_P].data, honest[0].fixture.iccid[ROLE_P].len);
    start((struct frail){.poison = iccid, .heal_count = 6});
    run(honest, ROLE_CASE_COUNT);
    CHECK(result.case_count == ROLE_CASE_COUNT && hunt.state == HUNT_HAS_BLAMED);
    start((struct frail){.poison = iccid, .quick_count = 2});
    run(honest, ROLE_CASE_COUNT);
    CHECK(hunt.state == HUNT_HAS_BLAMED && hunt.away_count == 1);
}

// What was held back says nothing about the endpoint, and is not kept.
static void check_held(void)
{
    start((struct frail){.held = "limit="});
    run(honest, CASE_COUNT);
    CHECK(hunt.held_count != 0 && hunt.away_count == 0 && result.finding_count == 0);
    CHECK(pool_has("location=") && !pool_has("limit="));
    for (size_t i = 0; i < hunt.sightings.count; i++)
        CHECK_ROW(i, hunt.sightings.rows[i].signature.fate != FATE_FAILED);
}

// It falls after so many requests, whatever they are: nobody is blamed, however often.
static void check_worn(void)
{
    for (unsigned count = 40; count < 200; count += 40) {
        start((struct frail){.worn_count = count, .heal_count = 5});
        run(honest, CASE_COUNT);
        CHECK_ROW(count, hunt.state == HUNT_IS_DOWN && !hunt.is_gone);
    }
}

// An endpoint that asks for less haste is there.
static void check_limited(void)
{
    start((struct frail){.limit_count = 100});
    run(honest, CASE_COUNT);
    CHECK(hunt.state == HUNT_IS_OVER && hunt.away_count == 0);
}

// The clock bounds the waiting, too.
static int64_t count_ten_seconds(void *context)
{
    (void)context;
    return (int64_t)frail.pause_count * 10000;
}

static void check_patience(void)
{
    static struct world world;
    const struct hunt_options options = {
        .only = only, .goes_on = goes_on, .pause = wait_a_while, .now_ms = count_ten_seconds};
    start((struct frail){.poison = "limit=2147483648", .inner = honest[LOCAL_OPEN].subject});
    frail.inner.reset(frail.inner.context);
    world = honest[LOCAL_OPEN];
    world.subject = (struct subject){.exchange = frail_exchange, .context = &frail};
    hunt_init(&hunt, &options, &result, &world, 1, trial_space);
    CHECK(hunt_prepare(&hunt));
    hunt_run(&hunt);
    CHECK(hunt.state == HUNT_IS_DOWN && hunt.is_gone && hunt.recovery_count == 3);
}

static bool nobody_goes_on(void *context, const struct hunt *at)
{
    (void)context;
    (void)at;
    return false;
}

static bool is_stopped(void *context)
{
    (void)context;
    return true;
}

// A signal ends the waiting, too; and where nothing is served there is no hunt.
static void check_stops(void)
{
    struct world world = honest[LOCAL_OPEN];
    struct hunt_options options = {.only = only, .goes_on = goes_on, .is_stopped = is_stopped};
    start((struct frail){.poison = "limit=2147483648", .inner = world.subject});
    world.subject.reset(world.subject.context);
    world.subject = (struct subject){.exchange = frail_exchange, .context = &frail};
    case_count_max = CASE_COUNT;
    hunt_init(&hunt, &options, &result, &world, 1, trial_space);
    CHECK(hunt_prepare(&hunt));
    hunt_run(&hunt);
    CHECK(hunt.state == HUNT_STOPPED && frail.pause_count == 0);
    CHECK(!hunt_prepare(&hunt));
    options.goes_on = nobody_goes_on;
    frail.is_down = false;
    frail.inner.reset(frail.inner.context);
    hunt_init(&hunt, &options, &result, &world, 1, trial_space);
    CHECK(hunt_prepare(&hunt) && !hunt_play(&hunt, VIEW("")));
    CHECK(hunt.state == HUNT_IS_OVER && result.case_count == 0);
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
    if (!open_worlds())
        return 2;
    for (size_t i = 0; i < clause_count(); i++)
        only[i] = true;
    check_honest();
    check_liars();
    check_blame();
    check_no_blame();
    check_moments();
    check_last();
    check_held();
    check_worn();
    check_limited();
    check_patience();
    check_stops();
    check_tempo();
    close_worlds();
    return unit_end();
}
