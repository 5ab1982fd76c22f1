// SPDX-License-Identifier: Apache-2.0
// The tables of liars and variants: names, clauses, and that each really answers otherwise than the
// honest endpoint somewhere. That its clause catches it is shown by `balprobe prove`.
#include "props/liar/liar.h"
#include "props/liar/tls_liars.h"
#include "props/run/prove.h"
#include "props/unit/compared.h"
#include "props/unit/near_requests.h"
#include "props/unit/unit.h"

static char request_space[EXCHANGE_LEN_MAX];

enum { SEQUENCE_LEN_MAX = 2, LOCATION_ROW_FR = 3 };

static bool is_name(const char *name)
{
    for (; *name != '\0'; name++)
        if (!byte_is_digit(*name) && *name != '-' && (*name < 'a' || *name > 'z'))
            return false;
    return true;
}

static bool does_something(const struct liar *liar)
{
    bool answers = liar->ask != NULL || liar->reply != NULL || liar->list != NULL;
    answers = answers || liar->raw != NULL || liar->act != NULL;
    return answers != (liar->judge != NULL);
}

static void check_row(size_t i, const struct liar *liar)
{
    struct profile profile;
    CHECK_ROW(i, is_name(liar->name));
    CHECK_ROW(i, liar->words != NULL);
    CHECK_ROW(i, does_something(liar));
    CHECK_ROW(i, liar_find(view_of_text(liar->name)) == liar); // the first of that name
    CHECK_ROW(i, liar->profile == NULL || profile_read(&profile, view_of_text(liar->profile)));
}

static void check_tables(void)
{
    size_t tls_variant_count = 1; // the server as it should be
    for (size_t i = 0; i < tls_liar_count(); i++)
        tls_variant_count += tls_liars[i].clause == NULL;
    CHECK(liar_count() >= 130 && liar_count() + tls_liar_count() <= LIAR_COUNT_MAX);
    CHECK(variant_count() >= 12 && variant_count() + tls_variant_count <= VARIANT_COUNT_MAX);
    CHECK(tls_liar_count() < PROVE_FACE_COUNT_MAX);
    for (size_t i = 0; i < liar_count(); i++) {
        const struct liar *liar = liar_at(i);
        check_row(i, liar);
        CHECK_ROW(i, liar->clause != NULL);
        CHECK_ROW(i, clause_find(view_of_text(liar->clause)) < clause_count());
    }
    for (size_t i = 0; i < variant_count(); i++) {
        check_row(i, variant_at(i));
        CHECK_ROW(i, variant_at(i)->clause == NULL);
        CHECK_ROW(i, variant_at(i)->judge == NULL);
    }
    CHECK(liar_find(VIEW("no-such-liar")) == NULL);
}

static bool has_liar(const char *id)
{
    for (size_t i = 0; i < liar_count(); i++)
        if (text_is(view_of_text(id), liar_at(i)->clause))
            return true;
    for (size_t i = 0; i < tls_liar_count(); i++)
        if (tls_liars[i].clause != NULL && text_is(view_of_text(id), tls_liars[i].clause))
            return true;
    return false;
}

static void check_clauses(void)
{
    for (size_t i = 0; i < clause_count(); i++)
        CHECK_ROW(i, has_liar(clause_at(i)->id));
}

// What takes a row of requests on one connection to be seen.
static bool differs_in_row(const struct liar *liar)
{
    static const struct view row =
        VIEW_INIT(GET("8988247000100003319", "?fieldsTemplate=full&location=FR&limit=1") TXN(
            "a") "Authorization: Basic bW9iaWxlcGxhbnM6YTpiIGM=\r\n\r\n" REQUEST("") REQUEST(""));
    static const struct view behind_bad =
        VIEW_INIT(GET("8988247000100003319", "?limit=-1") "\r\n" REQUEST(""));
    for (unsigned i = 0; i < LOCAL_KIND_COUNT; i++)
        if (differs(liar, &honest[i], &row, 1) || differs(liar, &honest[i], &behind_bad, 1))
            return true;
    return false;
}

static bool differs_nearby(const struct liar *liar)
{
    for (unsigned i = 0; i < LOCAL_KIND_COUNT; i++)
        if (differs(liar, &honest[i], near_requests,
                    sizeof near_requests / sizeof near_requests[0]))
            return true;
    return false;
}

// What takes two requests to be seen.
static bool differs_in_sequence(const struct liar *liar)
{
    static const struct view rows[][SEQUENCE_LEN_MAX] = {
        {VIEW_INIT(REQUEST(TXN("a"))), VIEW_INIT(REQUEST(TXN("a")))},
        {VIEW_INIT(REQUEST(TXN("a"))), VIEW_INIT(REQUEST(TXN("A")))},
        {VIEW_INIT(GET("8988247000100003319", "?limit=-1") TXN("a") "\r\n"),
         VIEW_INIT(REQUEST(TXN("a")))},
        {VIEW_INIT(REQUEST(TXN(LONG_ID "a"))), VIEW_INIT(REQUEST(TXN(LONG_ID "b")))},
        {VIEW_INIT(REQUEST(TXN(LONGER_ID "a"))), VIEW_INIT(REQUEST(TXN(LONGER_ID "b")))},
        {VIEW_INIT(REQUEST(TXN(LONGEST_ID "a"))), VIEW_INIT(REQUEST(TXN(LONGEST_ID "b")))},
        {VIEW_INIT(REQUEST(TXN("Aa"))), VIEW_INIT(REQUEST(TXN("BB")))},
        {VIEW_INIT(REQUEST(TXN("0e1"))), VIEW_INIT(REQUEST(TXN("00e1")))},
        {VIEW_INIT(REQUEST("")), VIEW_INIT(REQUEST(""))},
        {VIEW_INIT(REQUEST(TXN(""))), VIEW_INIT(REQUEST(TXN("")))},
        {VIEW_INIT("HEAD /v1/sims/%/balances HTTP/1.1\r\nHost: mo.example\r\n\r\n"),
         VIEW_INIT(REQUEST(""))},
        {VIEW_INIT(GET("iccid:%208988247000100003319", "") "\r\n"), VIEW_INIT(REQUEST(""))},
        {VIEW_INIT(GET("8988247009900001233", "?limit=-1") "\r\n"),
         VIEW_INIT(GET("8988247009900001233", "?limit=-1") "\r\n")},
        {VIEW_INIT(GET("8988247000100003319", "?limit=-1&location=ZZ") "\r\n"),
         VIEW_INIT(REQUEST(""))},
        {VIEW_INIT(REQUEST(TXN("a")) REQUEST(TXN("b"))), VIEW_INIT(REQUEST(TXN("c")))},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (differs(liar, &honest[LOCAL_OPEN], rows[i], SEQUENCE_LEN_MAX))
            return true;
    return false;
}

#define FULL_OF_A(id) GET("8988247000100003319", "?fieldsTemplate=full") TXN(id) "\r\n"
#define FULL_OF_A1(id) GET("8988247000100042176", "?fieldsTemplate=full") TXN(id) "\r\n"

// All answers stand in one buf: they come in the order of the requests.
static void answer_together(struct buf *out, const struct subject *subject)
{
    static const char *const requests[TOGETHER_COUNT_MAX + 1] = {
        FULL_OF_A("a"),  FULL_OF_A1("b"), FULL_OF_A("c"),  FULL_OF_A1("d"), FULL_OF_A("e"),
        FULL_OF_A1("e"), FULL_OF_A("g"),  FULL_OF_A1("h"), FULL_OF_A("i")};
    const struct sending last = {.request = view_of_text(requests[TOGETHER_COUNT_MAX])};
    struct sending sendings[TOGETHER_COUNT_MAX];
    struct buf *outs[TOGETHER_COUNT_MAX];
    buf_clear(out);
    subject->reset(subject->context);
    for (size_t i = 0; i < TOGETHER_COUNT_MAX; i++) {
        sendings[i] = (struct sending){.request = view_of_text(requests[i]), .answer_count = 1};
        outs[i] = out;
    }
    CHECK(subject->together(subject->context, outs, sendings, TOGETHER_COUNT_MAX));
    CHECK(subject->beside(subject->context, out, out, &last, VIEW("GET / HTTP/1.1\r")));
}

// What takes several connections to be seen.
static bool differs_together(const struct liar *liar)
{
    const struct world *world = &honest[LOCAL_OPEN];
    struct buf plain = BUF(honest_space);
    struct buf changed = BUF(lying_space);
    struct subject lying = lie_subject(lie_init(lie_space, liar, &world->fixture, world->subject));
    answer_together(&plain, &world->subject);
    answer_together(&changed, &lying);
    return !view_equal(buf_view(&plain), buf_view(&changed));
}

static bool differs_at(const struct liar *liar, const struct world *world, struct intent *intent)
{
    struct buf request = BUF(request_space);
    intent_close(intent, &world->fixture);
    intent_write(&request, intent, &world->fixture, 1);
    struct view requests[] = {buf_view(&request)};
    return differs(liar, world, requests, 1);
}

// Every spelling of every axis for every role, with all parameters absent or all of them good.
static bool differs_in_world(const struct liar *liar, const struct world *world, bool is_narrow)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        for (unsigned axis = AXIS_SIM; axis < AXIS_COUNT; axis++)
            for (unsigned row = 0; row < axis_row_count((enum axis)axis); row++) {
                struct intent intent;
                intent_plain(&intent);
                intent_set(&intent, AXIS_ROLE, role);
                if (is_narrow) {
                    intent_set_sense(&intent, AXIS_FIELDS, SENSE_FIELDS_BASIC);
                    intent_set_sense(&intent, AXIS_LIMIT, SENSE_LIMIT_GOOD);
                    intent_set(&intent, AXIS_LOCATION, LOCATION_ROW_FR);
                }
                intent_set(&intent, (enum axis)axis, row);
                if (differs_at(liar, world, &intent))
                    return true;
            }
    return false;
}

static void answer_many(struct buf *out, const struct subject *subject, unsigned count)
{
    static const struct sending ask = {.request = VIEW_INIT(REQUEST("")), .answer_count = 1};
    for (unsigned i = 0; i < count; i++)
        CHECK(subject->exchange(subject->context, out, &ask));
}

// The act with the clock, the same act again, and what is there when it is taken back.
static void answer_around(struct buf *out, const struct world *world, const struct bp_act *act)
{
    static const struct bp_act day = {.hook = BP_HOOK_CLOCK, .ms = 86400000};
    static const struct sending full = {
        .request = VIEW_INIT(GET("8988247000100003319", "?fieldsTemplate=full&location=US") "\r\n"),
        .answer_count = 1};
    const struct subject *subject = &world->subject;
    struct bp_act end = *act;
    end.is_on = false;
    subject->reset(subject->context);
    answer_many(out, subject, 3);
    CHECK(world->hooks.act(world->hooks.context, act));
    if (act->hook == BP_HOOK_ORDER)
        CHECK(world->hooks.act(world->hooks.context, &day));
    CHECK(subject->exchange(subject->context, out, &full));
    for (unsigned round = 0; round < 2; round++) {
        answer_many(out, subject, 3);
        CHECK(subject->wait(subject->context, 2));
    }
    if (act->is_on && act->hook != BP_HOOK_FAULT)
        CHECK(world->hooks.act(world->hooks.context, &end));
    answer_many(out, subject, 3);
}

// One answer for A, the act, then more answers than any liar remembers.
static void answer_behind(struct buf *out, const struct world *world, const struct bp_act *act)
{
    enum { AGAIN_COUNT = 200 };
    static const struct sending elsewhere = {
        .request = VIEW_INIT(GET("8988247000100003319", "?location=FR") TXN("z") "\r\n"),
        .answer_count = 1};
    static const struct sending named = {.request = VIEW_INIT(REQUEST(TXN("a"))),
                                         .answer_count = 1};
    static const struct sending fresh = {.request = VIEW_INIT(REQUEST(TXN("b"))),
                                         .answer_count = 1};
    const struct subject *subject = &world->subject;
    buf_clear(out);
    answer_around(out, world, act);
    subject->reset(subject->context);
    CHECK(subject->exchange(subject->context, out, &named));
    CHECK(world->hooks.act(world->hooks.context, act));
    CHECK(subject->exchange(subject->context, out, &elsewhere));
    answer_many(out, subject, AGAIN_COUNT);
    CHECK(subject->wait(subject->context, 2));
    CHECK(subject->exchange(subject->context, out, &fresh));
    CHECK(subject->exchange(subject->context, out, &named));
}

// What takes the back office to be seen, or many requests.
static bool differs_behind_acts(const struct liar *liar)
{
#define OF_A .iccid = VIEW_INIT("8988247000100003319")
    static const struct bp_act acts[] = {
        {.hook = BP_HOOK_WALLED, OF_A, .is_on = true},
        {.hook = BP_HOOK_MICRO, OF_A, .is_on = true},
        {.hook = BP_HOOK_CONSUME, OF_A, .bytes = 1000000000},
        {.hook = BP_HOOK_CONSUME, OF_A, .bytes = 1000050000},
        {.hook = BP_HOOK_CONSUME, OF_A, .bytes = 5000000000},
        {.hook = BP_HOOK_ORDER,
         OF_A,
         .is_payg = true,
         .bytes = 1000000,
         .ms = 86400000,
         .id = VIEW_INIT("bp-order"),
         .countries = VIEW_INIT("US")},
        {.hook = BP_HOOK_ORDER,
         OF_A,
         .is_payg = true,
         .bytes = 1000000,
         .ms = 86400000,
         .id = VIEW_INIT("bp-order"),
         .countries = VIEW_INIT("FR")},
        {.hook = BP_HOOK_ORDER,
         OF_A,
         .is_payg = true,
         .bytes = 5000000000,
         .ms = 8640000000,
         .id = VIEW_INIT("bp-order"),
         .countries = VIEW_INIT("US")},
        {.hook = BP_HOOK_CLOCK, .ms = 86400000},
        {.hook = BP_HOOK_CLOCK, .ms = 86400000000},
        {.hook = BP_HOOK_LIMITER, .rate_per_s = 1},
        {.hook = BP_HOOK_FAULT, .is_on = true},
    };
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        struct world lying = honest[LOCAL_OPEN];
        struct buf plain = BUF(honest_space);
        struct buf changed = BUF(lying_space);
        struct lie *lie = lie_init(lie_space, liar, &lying.fixture, lying.subject);
        lying.subject = lie_subject(lie);
        lying.hooks = lie_hooks(lie, lying.hooks);
        answer_behind(&plain, &honest[LOCAL_OPEN], &acts[i]);
        answer_behind(&changed, &lying, &acts[i]);
        if (!view_equal(buf_view(&plain), buf_view(&changed)))
            return true;
    }
    return false;
}

// What is right by the default may be wrong by one other reading, and then need not differ.
static bool is_wrong_by_reading(const struct liar *liar)
{
    struct view profile = view_of_text(liar->profile == NULL ? "" : liar->profile);
    return view_index(profile, '=') < profile.len;
}

static bool differs_somewhere(const struct liar *liar)
{
    if (differs_in_sequence(liar) || differs_together(liar) || differs_behind_acts(liar))
        return true;
    if (differs_in_row(liar) || differs_nearby(liar))
        return true;
    for (unsigned i = 0; i < 2 * LOCAL_KIND_COUNT; i++)
        if (differs_in_world(liar, &honest[i / 2], i % 2 != 0))
            return true;
    return false;
}

static void check_changes(void)
{
    for (size_t i = 0; i < liar_count(); i++)
        if (liar_at(i)->judge == NULL)
            CHECK_ROW(i, is_wrong_by_reading(liar_at(i)) || differs_somewhere(liar_at(i)));
    for (size_t i = 0; i < variant_count(); i++)
        CHECK_ROW(i, differs_somewhere(variant_at(i)));
    static const struct liar nobody = {.name = "nobody", .words = "changes nothing"};
    CHECK(!differs_in_sequence(&nobody) && !differs_together(&nobody));
    CHECK(!differs_behind_acts(&nobody) && !differs_in_row(&nobody));
    CHECK(!differs_nearby(&nobody));
    CHECK(!differs_in_world(&nobody, &honest[LOCAL_OPEN], true));
}

// A liar that touches nothing writes every message as it was.
static void touch_nothing(struct lie *lie) { (void)lie; }

static void check_fidelity(void)
{
    static const struct liar faithful = {.name = "faithful",
                                         .words = "takes apart and puts together",
                                         .ask = touch_nothing,
                                         .reply = touch_nothing,
                                         .list = touch_nothing};
    CHECK(!differs_in_sequence(&faithful) && !differs_together(&faithful));
    CHECK(!differs_behind_acts(&faithful) && !differs_nearby(&faithful));
    for (unsigned i = 0; i < 2 * LOCAL_KIND_COUNT; i++)
        CHECK_ROW(i, !differs_in_world(&faithful, &honest[i / 2], i % 2 != 0));
}

int main(void)
{
    check_tables();
    check_clauses();
    CHECK(text_is(axis_row(AXIS_LOCATION, LOCATION_ROW_FR)->text, "=FR"));
    CHECK(open_worlds());
    check_changes();
    check_fidelity();
    close_worlds();
    return unit_end();
}
