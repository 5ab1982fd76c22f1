// SPDX-License-Identifier: Apache-2.0
#include "props/rule/repeat.h"

#include "props/rule/program.h"

enum { SLOT_FIRST, SLOT_LATER, SLOT_OWN, RACER_COUNT = 4 };

// The target of a request, and the part of it that names the SIM.
static struct view target_of(const struct exchange *x)
{
    return view_first(x->request, view_index(x->request, '\r'));
}

static struct view path_of(const struct exchange *x)
{
    struct view target = target_of(x);
    struct view left = view_from(target, view_index(target, ' '));
    size_t end = view_index(left, '?');
    return view_first(left, end < left.len ? end : view_find(left, VIEW(" HTTP/")));
}

// is_repeat says whether two requests with one id are the same by the reading of txn.scope.
static bool is_repeat(const struct exchange *first, const struct exchange *later)
{
    if (reads(later, KEY_TXN_SCOPE, READ_TXN_SCOPE_ID))
        return true;
    return reads(later, KEY_TXN_SCOPE, READ_TXN_SCOPE_ID_SIM)
               ? view_equal(path_of(first), path_of(later))
               : view_equal(target_of(first), target_of(later));
}

static struct verdict weigh_conflict(const struct exchange *first, const struct exchange *later)
{
    if (reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_200))
        return fail_under(KEY_TXN_REPEAT, "a repeated transaction id is refused");
    return is_repeat(first, later)
               ? pass()
               : fail_under(KEY_TXN_SCOPE, "an id that another request had is refused");
}

// `own` is what the later request gets with an id of its own, where it asks for something else.
static struct verdict weigh_served(const struct exchange *first, const struct exchange *later,
                                   const struct exchange *own)
{
    bool is_same = view_equal(target_of(first), target_of(later));
    if (is_same && !same_answer(first, later))
        return fail("a repeated request has another answer");
    if (!is_same && served(own) && !same_answer(later, own))
        return fail("a request with the id of another one does not get its own answer");
    if (reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_200))
        return pass();
    if (!is_repeat(first, later))
        return pass();
    if (!reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_409))
        return tolerated(KEY_TXN_REPEAT, "a repeated transaction id is served");
    // The documents do not say for what an id counts.
    return is_same ? fail_under(KEY_TXN_REPEAT, "a repeated transaction id is served")
                   : tolerated(KEY_TXN_SCOPE, "an id that another request had is served");
}

static struct verdict weigh_in_turn(const struct trial *trial)
{
    const struct exchange *first = &trial->slots[SLOT_FIRST].exchange;
    const struct exchange *later = &trial->slots[SLOT_LATER].exchange;
    if (is_elsewhere(later))
        return not_spoken();
    if (later->status == 409)
        return weigh_conflict(first, later);
    if (later->status != 200)
        return fail("a repeated transaction id is answered with neither 200 nor 409");
    return weigh_served(first, later, &trial->slots[SLOT_OWN].exchange);
}

// What came of several requests with one id at the same time.
struct race {
    unsigned refused_count;
    unsigned left_out_count; // of them nothing is known
    unsigned served_count;
    const struct exchange *served; // the first of these
};

// see_racer adds one answer; it returns NULL, or what is wrong with it.
static const char *see_racer(struct race *race, const struct exchange *x)
{
    if (is_elsewhere(x) || x->fate == FATE_SILENT) {
        race->left_out_count++;
        return NULL;
    }
    if (x->status == 409) {
        race->refused_count++;
        return NULL;
    }
    if (x->status != 200)
        return "of requests with one id at the same time one gets neither 200 nor 409";
    if (race->served_count++ == 0)
        race->served = x;
    return same_answer(race->served, x) ? NULL : "a repeated request has another answer";
}

static struct verdict weigh_race(const struct trial *trial)
{
    struct race race = {.served = NULL};
    const struct exchange *x = &trial->slots[SLOT_FIRST].exchange;
    for (unsigned i = 0; i < RACER_COUNT; i++) {
        const char *why = see_racer(&race, &trial->slots[i].exchange);
        if (why != NULL)
            return fail(why);
    }
    if (race.refused_count + race.served_count < 2)
        return not_spoken();
    if (race.refused_count != 0 && reads(x, KEY_TXN_REPEAT, READ_TXN_REPEAT_200))
        return fail_under(KEY_TXN_REPEAT, "a repeated transaction id is refused");
    if (race.served_count == 0)
        return race.left_out_count != 0
                   ? not_spoken()
                   : fail("of requests with one id at the same time none is served");
    if (race.served_count == 1 || reads(x, KEY_TXN_REPEAT, READ_TXN_REPEAT_200))
        return pass();
    return reads(x, KEY_TXN_REPEAT, READ_TXN_REPEAT_409)
               ? fail_under(KEY_TXN_REPEAT, "a repeated transaction id is served")
               : tolerated(KEY_TXN_REPEAT, "a repeated transaction id is served");
}

// Only what is sent at the same time has no intent from the first request on.
struct verdict weigh_same_id(const struct trial *trial)
{
    return trial->slots[SLOT_FIRST].exchange.intent == NULL ? weigh_race(trial)
                                                            : weigh_in_turn(trial);
}

// The one that the report is to show.
static unsigned odd_racer(const struct trial *trial)
{
    for (unsigned i = 0; i < RACER_COUNT; i++) {
        struct race race = {.served = NULL};
        if (see_racer(&race, &trial->slots[i].exchange) != NULL)
            return i;
    }
    return RACER_COUNT - 1;
}

static struct verdict run_race(struct trial *trial)
{
    struct intent plain;
    uint64_t serial = trial->serial++;
    plain_for(&plain, ROLE_A);
    intent_close(&plain, &trial->world->fixture);
    for (unsigned i = 0; i < RACER_COUNT; i++)
        intent_write(trial_request(trial, i), &plain, &trial->world->fixture, serial);
    if (!trial_send_together(trial, RACER_COUNT))
        return skip("there were not four connections at once");
    trial->last_slot = odd_racer(trial);
    return weigh_race(trial);
}

struct verdict run_same_id(struct trial *trial)
{
    enum { SAME_TARGET, OTHER_SIM, OTHER_QUERY, SAME_TIME, WAY_COUNT };
    unsigned way = choose(trial->choices, WAY_COUNT);
    enum role other = way == OTHER_SIM ? ROLE_A1 : ROLE_A;
    if (!trial_has(trial, ROLE_A) || !trial_has(trial, other))
        return skip("the fixture lacks one of the roles A and A1");
    if (way == SAME_TIME)
        return run_race(trial);
    const struct fixture *fixture = &trial->world->fixture;
    uint64_t serial = trial->serial++;
    struct intent intent;
    plain_for(&intent, ROLE_A);
    intent_close(&intent, fixture);
    intent_write(trial_request(trial, SLOT_FIRST), &intent, fixture, serial);
    const struct exchange *first = trial_send(trial, SLOT_FIRST, &intent);
    if (!served(first))
        return not_spoken();
    plain_for(&intent, other);
    if (way == OTHER_QUERY)
        intent_set_sense(&intent, AXIS_FIELDS, SENSE_FIELDS_FULL);
    intent_close(&intent, fixture);
    intent_write(trial_request(trial, SLOT_LATER), &intent, fixture, serial);
    bool is_served = trial_send(trial, SLOT_LATER, NULL)->status == 200;
    if (way != SAME_TARGET && is_served)
        (void)ask(trial, SLOT_OWN, &intent);
    trial->last_slot = SLOT_LATER;
    return weigh_in_turn(trial);
}
