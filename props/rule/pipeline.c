// SPDX-License-Identifier: Apache-2.0
#include "props/rule/pipeline.h"

#include "props/rule/program.h"
#include "props/rule/together.h"

enum { PIPELINE_COUNT_MAX = 10 };

struct pipeline {
    bool is_spread; // each request on a connection of its own
    unsigned count;
    struct intent intents[PIPELINE_COUNT_MAX];
};

// shape makes the requests of a row unlike: what an endpoint keeps of one for the next then shows.
// The first of three has a location, the second the full template, the third neither template nor
// id nor credentials. Only the first has a limit.
static void shape(struct intent *intent, unsigned index)
{
    switch (index % 3) {
    case 0:
        intent_set_sense(intent, AXIS_FIELDS, SENSE_FIELDS_BASIC);
        intent_set_sense(intent, AXIS_LOCATION, SENSE_LOCATION_GOOD);
        intent_set_sense(intent, AXIS_LIMIT, SENSE_LIMIT_GOOD);
        break;
    case 1:
        intent_set_sense(intent, AXIS_FIELDS, SENSE_FIELDS_FULL);
        break;
    default:
        intent_set_sense(intent, AXIS_TXN, SENSE_ABSENT);
        intent_set_sense(intent, AXIS_AUTH, SENSE_ABSENT);
    }
}

// fill chooses requests that follow each other through the known SIMs and the shapes.
static bool fill(struct pipeline *pipeline, struct trial *trial)
{
    enum { SPREAD = 1, BEHIND_BAD = 4, BEHIND_UNKNOWN, WAY_COUNT };
    static const unsigned counts[WAY_COUNT] = {2, TOGETHER_COUNT_MAX, 3, PIPELINE_COUNT_MAX, 2, 2};
    enum role known[ROLE_COUNT];
    unsigned known_count = 0;
    for (enum role role = 0; role < ROLE_U; role++)
        if (trial_has(trial, role))
            known[known_count++] = role;
    if (known_count == 0)
        return false;
    unsigned first = choose(trial->choices, known_count);
    unsigned way = choose(trial->choices, WAY_COUNT);
    pipeline->count = counts[way];
    pipeline->is_spread = way == SPREAD;
    for (unsigned i = 0; i < pipeline->count; i++) {
        struct intent *intent = &pipeline->intents[i];
        plain_for(intent, known[(first + i) % known_count]);
        shape(intent, i);
        if (way == BEHIND_BAD && i == 0)
            intent_set_sense(intent, AXIS_LIMIT, SENSE_LIMIT_NEGATIVE);
        if (way == BEHIND_UNKNOWN && i == 0 && trial_has(trial, ROLE_U))
            intent_set(intent, AXIS_ROLE, ROLE_U);
        intent_close(intent, &trial->world->fixture);
    }
    return true;
}

static bool is_alike(const struct intent *a, const struct intent *b)
{
    return intent_role(a) == intent_role(b) &&
           intent_sense(a, AXIS_FIELDS) == intent_sense(b, AXIS_FIELDS);
}

// A cache in front may answer with what an earlier request for the same SIM and template was told,
// its id included.
static bool carries_id_of_another(const struct exchange *x, const struct pipeline *pipeline,
                                  unsigned index)
{
    struct view echo = bp_head_known(&x->head, BP_KNOWN_TRANSACTION_ID);
    for (unsigned i = 0; i < pipeline->count; i++) {
        const struct intent *intent = &pipeline->intents[i];
        if (i == index || intent->transaction_len == 0 ||
            is_alike(intent, &pipeline->intents[index]))
            continue;
        if (view_equal(echo, view_of(intent->transaction, intent->transaction_len)))
            return true;
    }
    return false;
}

// is_barred says that a request without credentials was refused for that, as it may be.
static bool is_barred(const struct exchange *x)
{
    return x->status == 401 && sense_is(x, AXIS_AUTH, SENSE_ABSENT);
}

// is_due says that a request in the row which has to be refused was.
static bool is_due(const struct exchange *x)
{
    return x->intent->must_axes != 0 && status_in(x->status, S400 | S404);
}

// weigh_missing judges that no answer came for a request that is not the first.
static struct verdict weigh_missing(bool was_closed)
{
    return was_closed ? tolerated(KEY_NONE, "the connection is closed behind an answer")
                      : fail("a request on a kept connection has no answer");
}

// weigh_answers opens the answers one after the other in slot 1 and asks each request again alone.
static struct verdict weigh_answers(struct trial *trial, const struct pipeline *pipeline,
                                    const struct exchange *all)
{
    const struct world *world = trial->world;
    struct trial_slot *slot = &trial->slots[1];
    struct view left = all->response;
    bool was_closed = false;
    for (unsigned i = 0; i < pipeline->count; i++) {
        if (i != 0 && left.len == 0)
            return weigh_missing(was_closed);
        slot->intent = pipeline->intents[i];
        exchange_open(&slot->exchange, &slot->opener, &world->fixture, &world->profile,
                      &slot->intent, all->request, left);
        const struct exchange *x = &slot->exchange;
        if (x->fate == FATE_MALFORMED)
            return fail("an answer in the row is no HTTP response");
        if (is_elsewhere(x) && !is_barred(x))
            return not_spoken();
        if (carries_id_of_another(x, pipeline, i))
            return fail("an answer carries the transaction id of another request");
        struct intent alone_intent = pipeline->intents[i];
        const struct exchange *single = ask(trial, 2, &alone_intent);
        if (!served(single) && !is_barred(single) && !is_due(single))
            return not_spoken();
        if (!same_answer(x, single))
            return fail("an answer in the row is not the answer to its request");
        // Who is refused may also be cut off.
        was_closed =
            !x->head.keep_alive || x->framing == BP_FRAMING_CLOSE || is_barred(x) || is_due(x);
        left = x->rest;
    }
    return left.len == 0 ? pass() : fail("there are more answers than requests");
}

// weigh_spread asks each request again alone, from the last one on.
static struct verdict weigh_spread(struct trial *trial, struct pipeline *pipeline)
{
    unsigned weighed_count = 0;
    for (unsigned i = 0; i < pipeline->count; i++)
        pipeline->intents[i] = trial->slots[i].intent;
    for (unsigned i = pipeline->count; i-- != 0;) {
        const struct exchange *x = &trial->slots[i].exchange;
        if (!is_answered(x) || is_elsewhere(x))
            continue;
        struct intent alone_intent = pipeline->intents[i];
        bool is_foreign = carries_id_of_another(x, pipeline, i);
        const struct exchange *alone = ask(trial, SLOT_ALONE, &alone_intent);
        if (!is_foreign && !served(alone))
            continue;
        weighed_count++;
        if (!is_foreign && same_answer(x, alone))
            continue;
        trial->last_slot = i;
        return fail(is_foreign
                        ? "an answer carries the transaction id of a request on another connection"
                        : "an answer given at the same time as others is not that to its request");
    }
    return weighed_count == 0 ? not_spoken() : pass();
}

struct verdict run_pipeline(struct trial *trial)
{
    struct pipeline pipeline;
    if (!fill(&pipeline, trial))
        return skip("the fixture has no SIM");
    if (pipeline.is_spread)
        return trial_ask_together(trial, pipeline.intents, pipeline.count)
                   ? weigh_spread(trial, &pipeline)
                   : skip("there were not eight connections at once");
    struct buf *request = trial_request(trial, 0);
    for (unsigned i = 0; i < pipeline.count; i++)
        intent_write(request, &pipeline.intents[i], &trial->world->fixture, trial->serial++);
    const struct exchange *all = trial_send_row(trial, 0, pipeline.count);
    if (!is_answered(all))
        return not_spoken();
    return weigh_answers(trial, &pipeline, all);
}
