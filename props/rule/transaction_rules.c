// SPDX-License-Identifier: Apache-2.0
// Clauses on repeated transaction ids.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/repeat.h"
#include "props/rule/splice.h"

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

// A pair of ids with a number between head and tail that no other pair has. Without a head there
// is no id.
struct near_pair {
    struct view heads[2];
    struct view tails[2];
    const char *why;
};

#define TEXT_100                                         \
    "-123456789-123456789-123456789-123456789-123456789" \
    "-123456789-123456789-123456789-123456789-123456789"
#define TEXT_300 TEXT_100 TEXT_100 TEXT_100
#define TEXT_1200 TEXT_300 TEXT_300 TEXT_300 TEXT_300

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
    {.why = "a request without a transaction id is taken for a repeat"},
    // Columns of 64, 128 and 255 octets; then of 450 and 1,024.
    {{VIEW_INIT("MSFT-"), VIEW_INIT("MSFT-")},
     {VIEW_INIT(TEXT_300 "a"), VIEW_INIT(TEXT_300 "b")},
     "ids of 300 octets that differ in the last one collide"},
    {{VIEW_INIT("MSFT-"), VIEW_INIT("MSFT-")},
     {VIEW_INIT(TEXT_1200 "a"), VIEW_INIT(TEXT_1200 "b")},
     "ids of 1,200 octets that differ in the last one collide"},
    // Java's hashCode is the same.
    {{VIEW_INIT("MSFT-"), VIEW_INIT("MSFT-")},
     {VIEW_INIT("-Aa"), VIEW_INIT("-BB")},
     "ids with one hash code collide"},
    // As numbers both are zero, and PHP compares numbers where it can.
    {{VIEW_INIT("0e"), VIEW_INIT("00e")},
     {VIEW_INIT(""), VIEW_INIT("")},
     "ids that are equal as numbers collide"},
};

enum { NEAR_PAIR_COUNT = sizeof near_pairs / sizeof near_pairs[0] };

static const struct exchange *ask_with_id(struct trial *trial, unsigned slot, struct view head,
                                          uint64_t number, struct view tail)
{
    char space[sizeof TEXT_1200 + 128];
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
    const struct near_pair *pair = &near_pairs[choose(trial->choices, NEAR_PAIR_COUNT)];
    const struct exchange *first;
    const struct exchange *later;
    if (pair->heads[0].len == 0) {
        struct intent one;
        plain_for(&one, ROLE_A);
        intent_set_sense(&one, AXIS_TXN, SENSE_ABSENT);
        struct intent two = one;
        first = ask(trial, 0, &one);
        later = ask(trial, 1, &two);
    } else {
        uint64_t number = trial->serial;
        first = ask_with_id(trial, 0, pair->heads[0], number, pair->tails[0]);
        later = ask_with_id(trial, 1, pair->heads[1], number, pair->tails[1]);
    }
    if (!served(first))
        return not_spoken();
    if (later->status == 409)
        return fail(pair->why);
    return later->status == 200 ? pass() : not_spoken();
}

// Where any id that comes again has to be refused, that of a refused request may be, too.
static struct verdict weigh_unburnt(const struct trial *trial)
{
    const struct exchange *later = &trial->slots[1].exchange;
    consults(later, KEY_TXN_REPEAT);
    if (later->status == 200)
        return pass();
    if (later->status != 409)
        return not_spoken();
    return reads(later, KEY_TXN_REPEAT, READ_TXN_REPEAT_409)
               ? tolerated(KEY_TXN_REPEAT, "the id of a refused request counts as used")
               : fail_under(KEY_TXN_REPEAT, "the id of a refused request counts as used");
}

// A request that is refused for what it asks, and a good one with the same id.
static struct verdict run_unburnt(struct trial *trial)
{
    static const struct {
        enum axis axis;
        enum sense sense;
    } defects[] = {{AXIS_LIMIT, SENSE_LIMIT_NEGATIVE},
                   {AXIS_LOCATION, SENSE_LOCATION_UNKNOWN},
                   {AXIS_FIELDS, SENSE_FIELDS_BAD},
                   {AXIS_AUTH, SENSE_AUTH_WRONG}};
    size_t which = choose(trial->choices, sizeof defects / sizeof defects[0]);
    if (!trial_has(trial, ROLE_A))
        return skip("the fixture lacks the role A");
    const struct fixture *fixture = &trial->world->fixture;
    uint64_t serial = trial->serial++;
    struct intent intent;
    plain_for(&intent, ROLE_A);
    intent_set_sense(&intent, defects[which].axis, defects[which].sense);
    intent_close(&intent, fixture);
    intent_write(trial_request(trial, 0), &intent, fixture, serial);
    unsigned status = trial_send(trial, 0, &intent)->status;
    if (status != 400 && status != 401 && status != 403)
        return not_spoken();
    plain_for(&intent, ROLE_A);
    intent_close(&intent, fixture);
    intent_write(trial_request(trial, 1), &intent, fixture, serial);
    (void)trial_send(trial, 1, NULL);
    return weigh_unburnt(trial);
}

enum { MANY_COUNT = 20 };

static const struct exchange *ask_again(struct trial *trial, uint64_t serial)
{
    struct intent intent;
    plain_for(&intent, ROLE_A);
    intent_close(&intent, &trial->world->fixture);
    intent_write(trial_request(trial, 0), &intent, &trial->world->fixture, serial);
    return trial_send(trial, 0, NULL);
}

// Many ids, and the first of them once more when a day has gone by.
static struct verdict run_many(struct trial *trial)
{
    static const char why[] = "behind many transaction ids a fresh one is not served";
    struct intent plain;
    uint64_t serial = trial->serial;
    if (!trial_has(trial, ROLE_A))
        return skip("the fixture lacks the role A");
    plain_for(&plain, ROLE_A);
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return first->status == 409 ? fail(why) : not_spoken();
    for (unsigned i = 0; i < MANY_COUNT; i++) {
        const struct exchange *x = ask(trial, 0, &plain);
        if (is_elsewhere(x))
            return not_spoken();
        if (x->status != 200)
            return fail(why);
    }
    if (!trial_act(trial, &(struct bp_act){.hook = BP_HOOK_CLOCK, .ms = DAY_MS}))
        return skip("the clock could not be put forward");
    unsigned status = ask_again(trial, serial)->status;
    if (status == 409)
        return info("a transaction id is remembered for more than a day");
    return status == 200 ? pass() : not_spoken();
}

static const struct clause rows[] = {
    {
        .id = "GB-TXN-1",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 409",
        .statement = "A transaction id that comes again is a conflict; an endpoint that serves the "
                     "repeated read gives the same answer, and another request its own.",
        .expect = "409, or 200 with the same balances",
        .why = "Repeating a request after a lost answer is normal; where that ends in 500, a "
               "dropped connection counts as a server fault.",
        .likely = "a unique index throws at the second insert (duplicate key) and nobody catches "
                  "it: 500, perhaps only when both come at once; or answers are kept under the "
                  "id alone, without the SIM; answer 409 or serve the read",
        .roles = 1 << ROLE_A,
        .run = run_same_id,
        .weigh = weigh_same_id,
        .program = 70,
        .keys = KEY_BIT(KEY_TXN_REPEAT) | KEY_BIT(KEY_TXN_SCOPE),
    },
    {
        .id = "GB-TXN-2",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 409",
        .statement = "Different transaction ids never count as a repeat, nor do requests without "
                     "one.",
        .expect = "200 for each",
        .why = "Ids that are cut or folded collide, and a subscriber gets a conflict for a request "
               "that nobody has made before.",
        .likely =
            "a short column cuts ids, default collations of MySQL and SQL Server ignore "
            "letter case, hash codes stand for ids, PHP's == compares numbers, a missing id is "
            "stored as empty; compare octets of whole ids and skip missing ones",
        .judge = judge_fresh,
        .run = run_near,
        .program = 71,
    },
    {
        .id = "GB-TXN-3",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 409",
        .statement = "The memory of transaction ids is bounded and expires: many of them make no "
                     "difference to the next.",
        .expect = "200 for every fresh id; an old one that is refused after a day is reported",
        .why = "Ids that are remembered for ever fill the memory in the end, long after the "
               "acceptance tests have passed.",
        .likely =
            "a static Map, HashSet or Dictionary grows for ever, or a table fills up; use a cache "
            "bounded in size and time (Redis SET with NX and EX, Caffeine, IMemoryCache)",
        .roles = 1 << ROLE_A,
        .run = run_many,
        .program = 96,
        .hooks = BP_HOOK_BIT(BP_HOOK_CLOCK),
    },
    {
        .id = "GB-TXN-4",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 400 and 409",
        .statement = "A request that was refused for what it asked does not use up its "
                     "transaction id.",
        .expect = "400, then 200 for a good request with the same id",
        .why = "A caller that mends its mistake and keeps the id is refused again, now as a "
               "repeat, and never gets its answer.",
        .likely = "the id is stored before the request is validated; store it when the request "
                  "is served",
        .roles = 1 << ROLE_A,
        .run = run_unburnt,
        .weigh = weigh_unburnt,
        .keys = KEY_BIT(KEY_TXN_REPEAT),
        .program = 95,
    },
};

const struct family transaction_family = {"Transaction id", rows, sizeof rows / sizeof rows[0]};
