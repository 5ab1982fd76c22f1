// SPDX-License-Identifier: Apache-2.0
#include "props/rule/together.h"

#include "props/rule/program.h"

// The roles whose answers differ in kind; at least two of them, one of which is known, are needed.
static const enum role apart_roles[] = {ROLE_A, ROLE_A1, ROLE_P, ROLE_Z, ROLE_N, ROLE_U};

enum { APART_ROLE_COUNT = sizeof apart_roles / sizeof apart_roles[0] };

// gather fills `intents` with requests that go round the roles which are there, from one of the
// first two on. False: there are not enough.
static bool gather(struct intent *intents, struct trial *trial)
{
    enum role roles[APART_ROLE_COUNT];
    unsigned count = 0;
    for (unsigned i = 0; i < APART_ROLE_COUNT; i++)
        if (trial_has(trial, apart_roles[i]))
            roles[count++] = apart_roles[i];
    if (count < 2)
        return false;
    // All are asked whichever comes first; only who comes last differs.
    unsigned first = choose(trial->choices, 2);
    enum sense fields = choose(trial->choices, 2) == 0 ? SENSE_FIELDS_FULL : SENSE_FIELDS_BASIC;
    for (unsigned i = 0; i < TOGETHER_COUNT_MAX; i++) {
        plain_for(&intents[i], roles[(first + i) % count]);
        intent_set_sense(&intents[i], AXIS_FIELDS, fields);
        intent_close(&intents[i], &trial->world->fixture);
    }
    return true;
}

static bool has_string(const struct exchange *x, struct view text)
{
    for (size_t i = 0; i < x->node_count; i++)
        if (x->nodes[i].kind == BP_JSON_STRING && view_equal(x->nodes[i].text, text))
            return true;
    return false;
}

static bool has_iccid(const struct exchange *x, enum role role)
{
    struct view iccid = x->fixture->iccid[role];
    return iccid.len != 0 && view_find(x->response, iccid) < x->response.len;
}

// Whether `x` holds something of the SIM that `other` is about, and `alone` does not.
static bool holds_data_of(const struct exchange *x, const struct exchange *alone,
                          const struct exchange *other)
{
    enum role role = intent_role(other->intent);
    if (role == intent_role(x->intent))
        return false;
    if (has_iccid(x, role) && !has_iccid(alone, role))
        return true;
    for (size_t i = 0; i < seen_count(other); i++) {
        const struct bp_json_node *id = other->balances[i].id;
        bool is_text = id != NULL && id->kind == BP_JSON_STRING && id->text.len != 0;
        if (is_text && has_string(x, id->text) && !has_string(alone, id->text))
            return true;
    }
    return false;
}

// weigh_apart judges answer number `index`; NULL: nothing is wrong with it.
static const char *weigh_apart(const struct trial *trial, unsigned index,
                               const struct exchange *alone)
{
    const struct exchange *x = &trial->slots[index].exchange;
    if (served(x) && !same_answer(x, alone))
        return "an answer given at the same time as others has other balances than alone";
    for (unsigned i = 0; i < TOGETHER_COUNT_MAX; i++)
        if (holds_data_of(x, alone, &trial->slots[i].exchange))
            return "data of one SIM appears in the answer for another";
    return NULL;
}

struct verdict run_apart(struct trial *trial)
{
    struct intent intents[TOGETHER_COUNT_MAX];
    if (!gather(intents, trial))
        return skip("the fixture has fewer than two of the roles A, A1, P, Z, N and U");
    if (!trial_ask_together(trial, intents, TOGETHER_COUNT_MAX))
        return skip("there were not eight connections at once");
    unsigned weighed_count = 0;
    for (unsigned i = TOGETHER_COUNT_MAX; i-- != 0;) {
        const struct exchange *x = &trial->slots[i].exchange;
        if (!is_answered(x) || is_elsewhere(x))
            continue;
        const struct exchange *alone = ask(trial, SLOT_ALONE, &intents[i]);
        if (!is_answered(alone) || is_elsewhere(alone) || alone->status >= 500)
            continue;
        const char *why = weigh_apart(trial, i, alone);
        if (why != NULL) {
            trial->last_slot = i;
            return fail(why);
        }
        weighed_count++;
    }
    return weighed_count == 0 ? not_spoken() : pass();
}

enum { SLOT_ASKED, SLOT_SLOW, SLOT_CHECK, BESIDE_TRIES_MAX = 2 };

// How much of a request is sent: some of its first line, half of it, all but its last octet.
static size_t cut_len(unsigned which, size_t len)
{
    enum { IN_METHOD_AND_PATH = 9 };
    if (which == 0)
        return len - 1;
    return which == 1 ? len / 2 : IN_METHOD_AND_PATH;
}

// write_slow writes the part of a request which the other connection hangs on.
static void write_slow(struct trial *trial, const struct intent *intent, unsigned which)
{
    struct intent slow = *intent;
    struct buf *request = trial_request(trial, SLOT_SLOW);
    intent_write(request, &slow, &trial->world->fixture, trial->serial++);
    request->len = cut_len(which, request->len);
}

struct verdict run_beside(struct trial *trial)
{
    struct intent plain;
    unsigned which = choose(trial->choices, 3);
    enum role role = ROLE_A;
    while (role != ROLE_U && !trial_has(trial, role))
        role++;
    if (role == ROLE_U)
        return skip("the fixture has no SIM");
    plain_for(&plain, role);
    intent_close(&plain, &trial->world->fixture);
    const struct exchange *x = NULL;
    for (unsigned tries = 0; tries < BESIDE_TRIES_MAX; tries++) {
        write_slow(trial, &plain, which);
        x = trial_ask_beside(trial, SLOT_ASKED, &plain, SLOT_SLOW);
        if (x == NULL)
            return skip("there were not two connections at once");
        if (is_elsewhere(x))
            return not_spoken();
        if (served(x))
            return trial->slots[SLOT_SLOW].exchange.status == 200
                       ? tolerated(KEY_NONE, "a request that was cut is served")
                       : pass();
        if (!served(ask(trial, SLOT_CHECK, &plain)))
            return not_spoken();
    }
    trial->last_slot = SLOT_ASKED;
    return fail(x->fate == FATE_SILENT
                    ? "a request is not answered while another connection is slow"
                    : "a slow request on another connection changes the answer");
}
