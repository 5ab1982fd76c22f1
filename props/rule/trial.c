// SPDX-License-Identifier: Apache-2.0
#include "props/rule/trial.h"

#include <assert.h>

static size_t align(size_t n) { return (n + 15) & ~(size_t)15; }

static size_t slot_size(void) { return align(opener_size()) + 2 * (size_t)EXCHANGE_LEN_MAX; }

size_t trial_size(void) { return align(sizeof(struct trial)) + TRIAL_SLOT_COUNT * slot_size(); }

struct trial *trial_init(void *space)
{
    struct trial *trial = space;
    char *at = (char *)space + align(sizeof *trial);
    for (unsigned i = 0; i < TRIAL_SLOT_COUNT; i++) {
        struct trial_slot *slot = &trial->slots[i];
        opener_init(&slot->opener, at);
        at += align(opener_size());
        slot->request = buf_of(at, EXCHANGE_LEN_MAX);
        slot->response = buf_of(at + EXCHANGE_LEN_MAX, EXCHANGE_LEN_MAX);
        at += 2 * (size_t)EXCHANGE_LEN_MAX;
    }
    trial->serial = 0;
    trial->seen = NULL;
    trial->context = NULL;
    trial_start(trial, NULL, NULL);
    return trial;
}

void trial_start(struct trial *trial, struct choices *choices, const struct world *world)
{
    trial->choices = choices;
    trial->world = world;
    trial->send_count = 0;
    trial->last_slot = 0;
    trial->saw_200 = false;
}

static const struct exchange *send(struct trial *trial, unsigned number,
                                   const struct intent *intent)
{
    const struct world *world = trial->world;
    struct trial_slot *slot = &trial->slots[number];
    trial->send_count++;
    trial->last_slot = number;
    buf_clear(&slot->response);
    bool came =
        world->subject.exchange(world->subject.context, &slot->response, buf_view(&slot->request));
    exchange_open(&slot->exchange, &slot->opener, &world->fixture, &world->profile, intent,
                  buf_view(&slot->request), came ? buf_view(&slot->response) : view_of(NULL, 0));
    if (!came)
        slot->exchange.fate = FATE_FAILED;
    if (slot->exchange.status == 200)
        trial->saw_200 = true;
    if (trial->seen != NULL)
        trial->seen(trial->context, &slot->exchange);
    return &slot->exchange;
}

const struct exchange *trial_ask(struct trial *trial, unsigned slot, const struct intent *intent)
{
    assert(slot < TRIAL_SLOT_COUNT);
    assert(trial->send_count < TRIAL_SEND_COUNT_MAX);
    struct trial_slot *s = &trial->slots[slot];
    s->intent = *intent;
    buf_clear(&s->request);
    intent_write(&s->request, &s->intent, &trial->world->fixture, trial->serial++);
    return send(trial, slot, &s->intent);
}

struct buf *trial_request(struct trial *trial, unsigned slot)
{
    assert(slot < TRIAL_SLOT_COUNT);
    buf_clear(&trial->slots[slot].request);
    return &trial->slots[slot].request;
}

const struct exchange *trial_send(struct trial *trial, unsigned slot, const struct intent *intent)
{
    assert(slot < TRIAL_SLOT_COUNT);
    assert(trial->send_count < TRIAL_SEND_COUNT_MAX);
    struct trial_slot *s = &trial->slots[slot];
    if (intent != NULL)
        s->intent = *intent;
    return send(trial, slot, intent == NULL ? NULL : &s->intent);
}
