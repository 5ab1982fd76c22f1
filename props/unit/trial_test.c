// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "props/run/check.h"
#include "props/unit/unit.h"

// A subject that answers with the request it got, or fails.
struct echo {
    bool fails;
    unsigned count;
};

static bool echo_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct echo *echo = context;
    echo->count++;
    buf_put(response, VIEW("HTTP/1.1 200 OK\r\n\r\n"));
    buf_put(response, sending->request);
    return !echo->fails;
}

static bool echo_together(void *context, struct buf *const responses[],
                          const struct sending *sendings, size_t count)
{
    struct echo *echo = context;
    for (size_t i = 0; i < count; i++) {
        CHECK_ROW(i, sendings[i].is_plain && sendings[i].answer_count == 1);
        (void)!echo_exchange(echo, responses[i], &sendings[i]);
    }
    return !echo->fails;
}

static bool echo_beside(void *context, struct buf *response, struct buf *cut,
                        const struct sending *sending, struct view begun)
{
    const struct sending slow = {.request = begun};
    (void)!echo_exchange(context, cut, &slow);
    return echo_exchange(context, response, sending);
}

struct sight {
    unsigned count;
    const struct exchange *last;
};

static void note_sight(void *context, const struct exchange *x)
{
    struct sight *sight = context;
    sight->count++;
    sight->last = x;
}

static void ignore_verdict(void *context, size_t clause, struct verdict verdict,
                           const struct exchange *x)
{
    (void)context;
    (void)clause;
    (void)verdict;
    (void)x;
}

static void check_ask(struct trial *trial, struct echo *echo, struct sight *sight)
{
    struct intent intent;
    intent_plain(&intent);
    const struct exchange *first = trial_ask(trial, 0, &intent);
    const struct exchange *second = trial_ask(trial, 3, &intent);
    CHECK(first->fate == FATE_ANSWERED && first->status == 200 && first->intent != NULL);
    CHECK(first->intent != &intent && first->intent != second->intent);
    CHECK(view_equal(first->body, first->request));
    CHECK(view_starts(first->request, VIEW("GET /v1/sims/8988247000100003319/balances HTTP/1.1")));
    // Both hold their bytes, and the transaction ids are fresh.
    CHECK(first->request.len != 0 && !view_equal(first->request, second->request));
    CHECK(trial->serial == 2 && trial->send_count == 2 && trial->last_slot == 3 && trial->saw_200);
    CHECK(echo->count == 2 && sight->count == 2 && sight->last == second);
}

static void check_send(struct trial *trial, struct echo *echo)
{
    buf_put(trial_request(trial, 1), VIEW("anything"));
    const struct exchange *x = trial_send(trial, 1, NULL);
    CHECK(x->intent == NULL && view_equal(x->body, VIEW("anything")));
    CHECK(view_equal(x->request, VIEW("anything")));
    buf_put(trial_request(trial, 1), VIEW("else"));
    echo->fails = true;
    struct intent intent;
    intent_plain(&intent);
    x = trial_send(trial, 1, &intent);
    CHECK(x->fate == FATE_FAILED && x->status == 0 && x->intent != NULL);
    CHECK(view_equal(x->request, VIEW("else")) && trial->serial == 2);
    echo->fails = false;
}

// Each answer is opened in its slot and seen; without the means or the world there is none.
static void check_together(struct trial *trial, const struct world *calm)
{
    struct echo echo = {false, 0};
    struct sight sight = {0, NULL};
    struct intent intents[TOGETHER_COUNT_MAX];
    struct world world = *calm;
    world.subject = (struct subject){.exchange = echo_exchange, .context = &echo};
    trial_start(trial, NULL, &world);
    trial->seen = note_sight;
    trial->context = &sight;
    for (size_t i = 0; i < TOGETHER_COUNT_MAX; i++)
        intent_plain(&intents[i]);
    CHECK(!trial_ask_together(trial, intents, TOGETHER_COUNT_MAX));
    CHECK(echo.count == 0 && sight.count == 0 && trial->send_count == 0);
    world.subject.together = echo_together;
    uint64_t serial = trial->serial;
    CHECK(trial_ask_together(trial, intents, TOGETHER_COUNT_MAX));
    CHECK(trial->serial == serial + TOGETHER_COUNT_MAX && trial->saw_200);
    CHECK(trial->send_count == TOGETHER_COUNT_MAX && sight.count == TOGETHER_COUNT_MAX);
    for (size_t i = 0; i < TOGETHER_COUNT_MAX; i++) {
        const struct exchange *x = &trial->slots[i].exchange;
        CHECK_ROW(i, x->status == 200 && view_equal(x->body, x->request));
        CHECK_ROW(i, x->intent == &trial->slots[i].intent);
        CHECK_ROW(i, i == 0 || !view_equal(x->request, trial->slots[i - 1].exchange.request));
    }
    echo.fails = true;
    CHECK(!trial_ask_together(trial, intents, 2));
    CHECK(trial->slots[1].exchange.fate == FATE_FAILED && sight.count == TOGETHER_COUNT_MAX + 2);
}

// The cut request's answer is there, and nobody else sees it.
static void check_beside(struct trial *trial, const struct world *calm)
{
    struct echo echo = {false, 0};
    struct sight sight = {0, NULL};
    struct intent intent;
    struct world world = *calm;
    world.subject = (struct subject){.exchange = echo_exchange, .context = &echo};
    trial_start(trial, NULL, &world);
    trial->seen = note_sight;
    trial->context = &sight;
    intent_plain(&intent);
    buf_put(trial_request(trial, 1), VIEW("GET /"));
    CHECK(trial_ask_beside(trial, 0, &intent, 1) == NULL && echo.count == 0);
    world.subject.beside = echo_beside;
    const struct exchange *x = trial_ask_beside(trial, 0, &intent, 1);
    CHECK(x == &trial->slots[0].exchange && view_equal(x->body, x->request));
    CHECK(view_equal(trial->slots[1].exchange.body, VIEW("GET /")));
    CHECK(trial->slots[1].exchange.intent == NULL && trial->last_slot == 0);
    CHECK(sight.count == 1 && sight.last == x && trial->send_count == 1);
    echo.fails = true;
    CHECK(trial_ask_beside(trial, 0, &intent, 1) == NULL);
    CHECK(trial->slots[0].exchange.fate == FATE_FAILED && sight.count == 2);
}

// A subject that asks for time.
struct busy {
    unsigned busy_count; // answers 429
    unsigned wait_count;
    int64_t waited_s;
    bool is_stopped;
    char ids[8][64]; // the ends of the requests
    unsigned count;
};

static bool busy_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct busy *busy = context;
    struct view request = sending->request;
    size_t len = request.len < 64 ? request.len : 64;
    memcpy(busy->ids[busy->count], request.data + request.len - len, len);
    if (busy->count++ < busy->busy_count)
        buf_put(response, VIEW("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\n\r\n"));
    else
        buf_put(response, VIEW("HTTP/1.1 200 OK\r\n\r\n"));
    return true;
}

static bool busy_wait(void *context, int64_t seconds)
{
    struct busy *busy = context;
    busy->wait_count++;
    busy->waited_s += seconds;
    return !busy->is_stopped;
}

static const struct {
    unsigned busy_count;
    bool can_wait;
    bool is_stopped;
    bool is_raw;
    unsigned status;
    unsigned count;
    unsigned wait_count;
} busy_rows[] = {
    {0, true, false, false, 200, 1, 0},  {1, true, false, false, 200, 2, 1},
    {3, true, false, false, 200, 4, 3},  {4, true, false, false, 429, 4, 3},
    {1, false, false, false, 429, 1, 0}, {1, true, true, false, 429, 1, 1},
    {1, true, false, true, 200, 2, 1},   {4, true, false, true, 429, 4, 3},
};

// Each answer is seen; what is written again has a fresh id, what was given as bytes stays.
static bool busy_undo(void *context)
{
    (void)context;
    return true;
}

static void check_busy(struct trial *trial, const struct world *calm)
{
    for (size_t i = 0; i < sizeof busy_rows / sizeof busy_rows[0]; i++) {
        struct busy busy = {.busy_count = busy_rows[i].busy_count,
                            .is_stopped = busy_rows[i].is_stopped};
        struct world world = *calm;
        struct sight sight = {0, NULL};
        struct intent intent;
        world.subject = (struct subject){.exchange = busy_exchange, .context = &busy};
        if (busy_rows[i].can_wait)
            world.subject.wait = busy_wait;
        trial_start(trial, NULL, &world);
        trial->seen = note_sight;
        trial->context = &sight;
        intent_plain(&intent);
        const struct exchange *x = NULL;
        if (busy_rows[i].is_raw) {
            intent_write(trial_request(trial, 0), &intent, &world.fixture, 0);
            x = trial_send(trial, 0, &intent);
        } else {
            x = trial_ask(trial, 0, &intent);
        }
        CHECK_ROW(i, x->status == busy_rows[i].status && trial->send_count == 1);
        CHECK_ROW(i, busy.count == busy_rows[i].count && sight.count == busy.count);
        CHECK_ROW(i, busy.wait_count == busy_rows[i].wait_count);
        CHECK_ROW(i, busy.waited_s == 7 * (int64_t)busy.wait_count);
        bool is_same = busy.count < 2 || memcmp(busy.ids[0], busy.ids[1], 64) == 0;
        CHECK_ROW(i, busy.count < 2 || is_same == busy_rows[i].is_raw);
    }
}

// What is asked once is not asked again, and what was done is seen at the exchanges behind it.
static bool act_always(void *context, const struct bp_act *act)
{
    (void)context;
    return act->hook != BP_HOOK_CLOCK;
}

static void check_acts(struct trial *trial, const struct world *calm)
{
    struct busy busy = {.busy_count = 2};
    struct world world = *calm;
    struct intent intent;
    world.subject =
        (struct subject){.exchange = busy_exchange, .wait = busy_wait, .context = &busy};
    world.fixture.iccid[ROLE_A] = VIEW("8988247000100003319");
    world.fixture.iccid[ROLE_N] = VIEW("8988247000100105734");
    world.hooks =
        (struct bp_hooks){.there = BP_HOOK_BIT(BP_HOOK_CONSUME) | BP_HOOK_BIT(BP_HOOK_FAULT) |
                                   BP_HOOK_BIT(BP_HOOK_CLOCK),
                          .act = act_always};
    trial_start(trial, NULL, &world);
    trial->seen = NULL;
    intent_plain(&intent);
    const struct exchange *x = trial_ask_once(trial, 0, &intent);
    CHECK(x->status == 429 && busy.count == 1 && busy.wait_count == 0);
    CHECK(trial_wait(trial, 7) && busy.wait_count == 1);
    CHECK(!x->is_broken && !x->is_changed && !trial_can_undo(trial));
    CHECK(!trial_act(trial, &(struct bp_act){.hook = BP_HOOK_ORDER}) && trial->act_count == 0);
    CHECK(trial_act(trial, &(struct bp_act){.hook = BP_HOOK_FAULT, .is_on = true}));
    CHECK(trial_ask_once(trial, 0, &intent)->is_broken);
    CHECK(trial_act(trial, &(struct bp_act){.hook = BP_HOOK_FAULT}));
    x = trial_ask_once(trial, 0, &intent);
    CHECK(!x->is_broken && !x->is_changed);
    CHECK(trial_act(
        trial, &(struct bp_act){.hook = BP_HOOK_CONSUME, .iccid = world.fixture.iccid[ROLE_A]}));
    CHECK(trial_ask_once(trial, 0, &intent)->is_changed);
    intent_set(&intent, AXIS_ROLE, ROLE_N);
    CHECK(!trial_ask_once(trial, 0, &intent)->is_changed);
    CHECK(!trial_act(trial, &(struct bp_act){.hook = BP_HOOK_CLOCK}) && trial->act_count == 4);
    CHECK(!trial_ask_once(trial, 0, &intent)->is_changed);
    world.hooks.undo = busy_undo;
    CHECK(trial_can_undo(trial));
    trial_start(trial, NULL, &world);
    CHECK(trial->changed_roles == 0 && trial->act_count == 0);
    world.subject.wait = NULL;
    CHECK(!trial_wait(trial, 1));
}

// Where nothing is reset, ids begin where the subject says and never go back.
static void check_serials(struct trial *trial, struct world *world)
{
    struct choices choices;
    world->subject.first_serial = 1000;
    trial->serial = 0;
    choices_from_bytes(&choices, view_of(NULL, 0));
    trial_play(trial, &choices, world, 1, NULL, ignore_verdict, NULL);
    CHECK(trial->serial == 1001);
    choices_from_bytes(&choices, view_of(NULL, 0));
    trial_play(trial, &choices, world, 1, NULL, ignore_verdict, NULL);
    CHECK(trial->serial == 1002);
    world->subject.first_serial = 0;
}

// A subject whose answer does not fit, or does not end.
static bool cut_exchange(void *context, struct buf *response, const struct sending *sending)
{
    (void)sending;
    buf_put(response, *(const struct view *)context);
    response->overflow = true;
    return true;
}

static void check_cut(struct trial *trial, const struct world *calm)
{
    static const struct {
        struct view answer;
        enum fate fate;
    } rows[] = {
        {VIEW_INIT("HTTP/1.1 200 OK\r\n\r\n{}"), FATE_MALFORMED},
        {VIEW_INIT("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}"), FATE_MALFORMED},
        {VIEW_INIT("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}zzz"), FATE_ANSWERED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct world world = *calm;
        struct view answer = rows[i].answer;
        struct intent intent;
        intent_plain(&intent);
        world.subject = (struct subject){.exchange = cut_exchange, .context = &answer};
        trial_start(trial, NULL, &world);
        const struct exchange *x = trial_ask(trial, 0, &intent);
        CHECK_ROW(i, x->fate == rows[i].fate);
        CHECK_ROW(i, (x->status == 200) == (x->fate == FATE_ANSWERED));
        CHECK_ROW(i, trial->saw_200 == (x->fate == FATE_ANSWERED));
        CHECK_ROW(i, x->fate == FATE_ANSWERED || x->fault.reason == BP_REASON_HTTP_CUT);
    }
}

int main(void)
{
    struct echo echo = {false, 0};
    struct sight sight = {0, NULL};
    struct world world = {.name = "echo", .subject = {.exchange = echo_exchange, .context = &echo}};
    world.fixture = (struct fixture){.base = VIEW("/v1"), .host = VIEW("h")};
    world.fixture.iccid[ROLE_A] = VIEW("8988247000100003319");
    CHECK(profile_find(&world.profile, VIEW("seed")));
    char *space = malloc(trial_size());
    struct trial *trial = trial_init(space);
    trial_start(trial, NULL, &world);
    trial->seen = note_sight;
    trial->context = &sight;
    CHECK(trial_has(trial, ROLE_A) && !trial_has(trial, ROLE_U));
    check_ask(trial, &echo, &sight);
    check_send(trial, &echo);
    CHECK(trial->send_count == 4 && sight.count == 4);
    trial_start(trial, NULL, &world);
    CHECK(trial->send_count == 0 && !trial->saw_200 && trial->serial == 2);
    check_busy(trial, &world);
    check_acts(trial, &world);
    check_serials(trial, &world);
    check_cut(trial, &world);
    check_together(trial, &world);
    check_beside(trial, &world);
    free(space);
    return unit_end();
}
