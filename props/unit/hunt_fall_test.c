// SPDX-License-Identifier: Apache-2.0
// A hunt of an endpoint that falls over, refuses, or is there only now and then: who is blamed, and
// what is judged.
#include "props/unit/frail.h"
#include "props/unit/unit.h"

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
    CHECK(hunt.state == HUNT_IS_DOWN && hunt.is_gone && hunt.is_away);
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
        CHECK_ROW(count, frail.fall_count == 2 + HUNT_LATE_COUNT && result.finding_count == 0);
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

// It falls after so many requests, whatever they are: nobody is blamed, however often.
static void check_worn(void)
{
    for (unsigned count = 40; count < 200; count += 40) {
        start((struct frail){.worn_count = count, .heal_count = 5});
        run(honest, CASE_COUNT);
        CHECK_ROW(count, hunt.state == HUNT_IS_DOWN && !hunt.is_gone);
    }
}

enum { SEED_COUNT = 60 };

// What fails for no reason, now and then, is blamed on nobody, whatever is sent.
static void check_fickle(void)
{
    static const unsigned counts[] = {2, 3, 5, 10, 20, 50, 100};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        start((struct frail){.blink_count = counts[i]});
        run(honest, CASE_COUNT);
        CHECK_ROW(i, hunt.state != HUNT_HAS_BLAMED && result.finding_count == 0);
        start((struct frail){.blink_count = counts[i], .is_bad_gateway = true});
        run(honest, CASE_COUNT);
        CHECK_ROW(i, hunt.state != HUNT_HAS_BLAMED);
    }
    for (unsigned seed = 1; seed <= SEED_COUNT; seed++) {
        start((struct frail){.dice = seed, .is_bad_gateway = true});
        run(honest, CASE_COUNT);
        CHECK_ROW(seed, hunt.state != HUNT_HAS_BLAMED);
    }
}

// What a request is answered once nobody is served any more says nothing about the clauses.
static void check_refused(void)
{
    static const struct {
        const char *refusal;
        unsigned status;
        bool is_there;
    } rows[] = {
        {"401 Unauthorized\r\n", 401, false},
        {"403 Forbidden\r\n", 403, false},
        {"404 Not Found\r\n", 404, false},
        {"302 Found\r\nLocation: /maintenance\r\n", 302, false},
        {"503 Service Unavailable\r\n", 503, false},
        {"503 Service Unavailable\r\nRetry-After: 5\r\n", 503, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start((struct frail){.limit_count = 100, .refusal = rows[i].refusal});
        run(honest, CASE_COUNT);
        CHECK_ROW(i, hunt.state == (rows[i].is_there ? HUNT_IS_OVER : HUNT_IS_DOWN));
        CHECK_ROW(i, hunt.is_gone == !rows[i].is_there && result.finding_count == 0);
        CHECK_ROW(i, hunt.known_status == rows[i].status);
        CHECK_ROW(i, hunt.bad_status == (rows[i].is_there ? 0 : rows[i].status));
    }
}

// An endpoint that asks for less haste is there; where it has served nothing but the question
// whether it is, nothing is known of it.
static void check_limited(void)
{
    start((struct frail){.limit_count = 100});
    run(honest, CASE_COUNT);
    CHECK(hunt.state == HUNT_IS_OVER && hunt.away_count == 0);
    start((struct frail){.limit_count = 1});
    run(honest, CASE_COUNT);
    CHECK(hunt.state == HUNT_IS_OVER && outcome() == OUTCOME_INCONCLUSIVE);
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
    hunt_init(&hunt, &options, &result, &world, trial_space);
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

// Hunts an endpoint that falls and stays down, with options of the caller's.
static void run_doomed(struct world *world, const struct hunt_options *options)
{
    *world = honest[LOCAL_OPEN];
    start((struct frail){.poison = "limit=2147483648", .inner = world->subject});
    world->subject.reset(world->subject.context);
    world->subject = (struct subject){.exchange = frail_exchange, .context = &frail};
    case_count_max = CASE_COUNT;
    hunt_init(&hunt, options, &result, world, trial_space);
    CHECK(hunt_prepare(&hunt));
    hunt_run(&hunt);
}

// A signal ends the waiting, too; and where nothing is served there is no hunt.
static void check_stops(void)
{
    struct world world;
    struct hunt_options options = {.only = only, .goes_on = goes_on, .is_stopped = is_stopped};
    run_doomed(&world, &options);
    CHECK(hunt.state == HUNT_STOPPED && frail.pause_count == 0);
    CHECK(!hunt_prepare(&hunt));
    options.goes_on = nobody_goes_on;
    frail.is_down = false;
    frail.inner.reset(frail.inner.context);
    hunt_init(&hunt, &options, &result, &world, trial_space);
    CHECK(hunt_prepare(&hunt) && !hunt_play(&hunt, VIEW("")));
    CHECK(hunt.state == HUNT_IS_OVER && result.case_count == 0);
}

static bool is_stopped_later(void *context)
{
    (void)context;
    return frail.pause_count >= 4;
}

// What ends the waiting for an endpoint that is down does not make it one that is up.
static void check_cut_short(void)
{
    struct world world;
    const struct hunt_options options = {
        .only = only, .goes_on = goes_on, .pause = wait_a_while, .is_stopped = is_stopped_later};
    run_doomed(&world, &options);
    CHECK(hunt.state == HUNT_IS_DOWN && hunt.is_cut_short && !hunt.is_gone && hunt.is_away);
    CHECK(hunt.suspect_count != 0 && frail.pause_count == 4);
}

int main(void)
{
    if (!frail_open())
        return 2;
    check_blame();
    check_no_blame();
    check_moments();
    check_last();
    check_worn();
    check_fickle();
    check_refused();
    check_limited();
    check_patience();
    check_stops();
    check_cut_short();
    close_worlds();
    return unit_end();
}
