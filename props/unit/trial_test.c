// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "props/rule/trial.h"
#include "props/unit/unit.h"

// A subject that answers with the request it got, or fails.
struct echo {
    bool fails;
    unsigned count;
};

static bool echo_exchange(void *context, struct buf *response, struct view request)
{
    struct echo *echo = context;
    echo->count++;
    buf_put(response, VIEW("HTTP/1.1 200 OK\r\n\r\n"));
    buf_put(response, request);
    return !echo->fails;
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

int main(void)
{
    struct echo echo = {false, 0};
    struct sight sight = {0, NULL};
    struct world world = {.name = "echo", .subject = {echo_exchange, NULL, &echo}};
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
    free(space);
    return unit_end();
}
