// SPDX-License-Identifier: Apache-2.0
// Clauses on repeated transaction ids.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/splice.h"

static struct verdict weigh_repeat(const struct exchange *first, const struct exchange *later,
                                   bool is_same_target)
{
    if (is_elsewhere(later))
        return not_spoken();
    if (later->status == 409)
        return reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_200)
                   ? (struct verdict){GRADE_FAIL, KEY_TXN_REPEAT,
                                      "a repeated transaction id is refused"}
                   : pass();
    if (later->status != 200)
        return fail("a repeated transaction id is answered with neither 200 nor 409");
    if (is_same_target && !same_answer(first, later))
        return fail("a repeated request has another answer");
    if (reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_200))
        return pass();
    // Whether an id counts for one SIM or for all is left open.
    if (reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_409) && is_same_target)
        return (struct verdict){GRADE_FAIL, KEY_TXN_REPEAT, "a repeated transaction id is served"};
    return tolerated(KEY_TXN_REPEAT, "a repeated transaction id is served");
}

static struct verdict run_repeat(struct trial *trial)
{
    bool is_same_target = choose(trial->choices, 2) == 0;
    enum role other = is_same_target ? ROLE_A : ROLE_A1;
    if (!trial_has(trial, ROLE_A) || !trial_has(trial, other))
        return skip("the fixture lacks one of the roles A and A1");
    const struct fixture *fixture = &trial->world->fixture;
    uint64_t serial = trial->serial++;
    struct intent intent;
    plain_for(&intent, ROLE_A);
    intent_close(&intent, fixture);
    intent_write(trial_request(trial, 0), &intent, fixture, serial);
    const struct exchange *first = trial_send(trial, 0, &intent);
    if (!served(first))
        return not_spoken();
    plain_for(&intent, other);
    intent_close(&intent, fixture);
    intent_write(trial_request(trial, 1), &intent, fixture, serial);
    return weigh_repeat(first, trial_send(trial, 1, NULL), is_same_target);
}

static struct verdict judge_fresh(const struct exchange *x)
{
    bool is_fresh = sense_is(x, AXIS_TXN, SENSE_PLAIN) || sense_is(x, AXIS_TXN, SENSE_ABSENT) ||
                    sense_is(x, AXIS_TXN, SENSE_TXN_NAME);
    if (!is_fresh || !is_answered(x))
        return not_spoken();
    if (x->status != 409)
        return x->status == 200 ? pass() : not_spoken();
    return fail(sense_is(x, AXIS_TXN, SENSE_ABSENT)
                    ? "a request without a transaction id is taken for a repeat"
                    : "a fresh transaction id is taken for a repeat");
}

// A pair of ids with a number between head and tail that no other pair has.
struct near_pair {
    struct view heads[2];
    struct view tails[2];
    const char *why;
};

static const struct near_pair near_pairs[] = {
    {{VIEW_INIT("MSFT-"), VIEW_INIT("MSFT-")},
     {VIEW_INIT("-0123456789-0123456789-a"), VIEW_INIT("-0123456789-0123456789-b")},
     "ids that differ in their last octet collide"},
    {{VIEW_INIT("MSFT-"), VIEW_INIT("MSFT-")},
     {VIEW_INIT("-abc"), VIEW_INIT("-ABC")},
     "ids that differ in letter case collide"},
    {{VIEW_INIT("A-"), VIEW_INIT("B-")},
     {VIEW_INIT("-0123456789-0123456789"), VIEW_INIT("-0123456789-0123456789")},
     "ids that differ in their first octet collide"},
    {{VIEW_INIT("MSFT-"), VIEW_INIT("MSFT-")},
     {VIEW_INIT(""), VIEW_INIT("-0")},
     "an id and a longer one collide"},
};

enum { NEAR_PAIR_COUNT = sizeof near_pairs / sizeof near_pairs[0] };

static const struct exchange *ask_with_id(struct trial *trial, unsigned slot, struct view head,
                                          uint64_t number, struct view tail)
{
    char space[128];
    struct buf field = BUF(space);
    buf_put_text(&field, "X-MS-DM-TransactionId: ");
    buf_put(&field, head);
    buf_put_padded(&field, number, 20);
    buf_put(&field, tail);
    buf_put_text(&field, "\r\n");
    struct intent intent;
    plain_for(&intent, ROLE_A);
    intent_set_sense(&intent, AXIS_TXN, SENSE_ABSENT);
    intent_close(&intent, &trial->world->fixture);
    struct buf *request = trial_request(trial, slot);
    intent_write(request, &intent, &trial->world->fixture, trial->serial++);
    size_t line_len = view_find(buf_view(request), VIEW("\r\n"));
    if (line_len < request->len)
        splice(request, line_len + 2, buf_view(&field));
    return trial_send(trial, slot, NULL);
}

static struct verdict run_near(struct trial *trial)
{
    if (!trial_has(trial, ROLE_A))
        return skip("the fixture lacks the role A");
    unsigned which = choose(trial->choices, NEAR_PAIR_COUNT + 1);
    const struct exchange *first;
    const struct exchange *later;
    const char *why = "a request without a transaction id is taken for a repeat";
    if (which == NEAR_PAIR_COUNT) {
        struct intent one;
        plain_for(&one, ROLE_A);
        intent_set_sense(&one, AXIS_TXN, SENSE_ABSENT);
        struct intent two = one;
        first = ask(trial, 0, &one);
        later = ask(trial, 1, &two);
    } else {
        const struct near_pair *pair = &near_pairs[which];
        uint64_t number = trial->serial;
        why = pair->why;
        first = ask_with_id(trial, 0, pair->heads[0], number, pair->tails[0]);
        later = ask_with_id(trial, 1, pair->heads[1], number, pair->tails[1]);
    }
    if (!served(first))
        return not_spoken();
    if (later->status == 409)
        return fail(why);
    return later->status == 200 ? pass() : not_spoken();
}

static const struct clause rows[] = {
    {
        .id = "GB-TXN-1",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 409",
        .statement = "A transaction id that comes again is a conflict; an endpoint that serves the "
                     "repeated read gives the same answer.",
        .expect = "409, or 200 with the same balances",
        .likely = "the conflict ends in an exception (500); answer 409 or serve the read",
        .run = run_repeat,
        .program = 70,
    },
    {
        .id = "GB-TXN-2",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 409",
        .statement = "Different transaction ids never count as a repeat, nor do requests without "
                     "one.",
        .expect = "200 for each",
        .likely = "ids are cut, folded or hashed before they are compared, or a missing id is "
                  "stored as an empty one; compare whole ids and skip missing ones",
        .judge = judge_fresh,
        .run = run_near,
        .program = 71,
    },
};

const struct family transaction_family = {"Transaction id", rows, sizeof rows / sizeof rows[0]};
