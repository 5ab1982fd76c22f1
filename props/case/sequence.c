// SPDX-License-Identifier: Apache-2.0
#include "props/case/sequence.h"

#include "props/case/account.h"

enum { RESPONSE_LEN_MAX = 1 << 17 };

// The last whole answer for a SIM in one template, to see that reading changes nothing.
struct memory {
    uint64_t change; // how many changes that SIM had seen
    uint64_t hash;
    size_t len;
    bool is_there;
};

struct sequence {
    struct local *local;
    struct world world;
    struct choices *choices;
    struct opener opener;
    struct exchange exchange;
    struct account accounts[ROLE_COUNT];
    struct memory memories[ROLE_COUNT][2];
    uint64_t changes[ROLE_COUNT];
    uint16_t asked_roles; // bit per role
    enum role role;       // the last one chosen
    uint64_t serial;
    unsigned order_count;
    char request[EXCHANGE_LEN_MAX];
    char response[RESPONSE_LEN_MAX];
};

static size_t opener_offset(void) { return (sizeof(struct sequence) + 15) / 16 * 16; }

size_t sequence_size(void) { return opener_offset() + opener_size(); }

static const struct exchange *send(struct sequence *s, struct intent *intent)
{
    struct buf request = BUF(s->request);
    struct buf response = BUF(s->response);
    const struct subject *subject = &s->world.subject;
    intent_write(&request, intent, &s->world.fixture, s->serial++);
    const struct sending sending = {.request = buf_view(&request), .answer_count = 1};
    subject->exchange(subject->context, &response, &sending);
    exchange_open(&s->exchange, &s->opener, &s->world.fixture, &s->world.profile, intent,
                  buf_view(&request), buf_view(&response));
    return &s->exchange;
}

static uint64_t hash_of(struct view bytes)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 0x100000001B3u;
    return hash;
}

// compare_memory says whether the body is that of the last time, when nothing has changed since.
static const char *compare_memory(struct sequence *s, enum role role, unsigned template,
                                  const struct exchange *x)
{
    struct memory *memory = &s->memories[role][template];
    struct memory now = {s->changes[role], hash_of(x->body), x->body.len, true};
    bool is_unchanged = memory->is_there && memory->change == now.change;
    bool is_same = memory->hash == now.hash && memory->len == now.len;
    *memory = now;
    return is_unchanged && !is_same ? "an answer changed although nothing had happened" : NULL;
}

static const char *ask(struct sequence *s, enum role role, unsigned template)
{
    static const enum sense senses[2] = {SENSE_FIELDS_BASIC, SENSE_FIELDS_FULL};
    struct intent intent;
    intent_plain(&intent);
    intent_set(&intent, AXIS_ROLE, role);
    intent_set_sense(&intent, AXIS_FIELDS, senses[template]);
    s->asked_roles |= (uint16_t)(1u << role);
    const struct exchange *x = send(s, &intent);
    const char *why = account_see(&s->accounts[role], x, true);
    return why != NULL ? why : compare_memory(s, role, template, x);
}

static const char *filter(struct sequence *s, enum role role)
{
    struct intent intent;
    intent_plain(&intent);
    intent_set(&intent, AXIS_ROLE, role);
    intent_set(&intent, AXIS_LOCATION, choose(s->choices, axis_served_count(AXIS_LOCATION)));
    intent_set(&intent, AXIS_LIMIT, choose(s->choices, axis_served_count(AXIS_LIMIT)));
    return account_see(&s->accounts[role], send(s, &intent), false);
}

// act has something done to the SIM of `role`, which has changed then.
static bool act(struct sequence *s, enum role role, struct act *act)
{
    act->iccid = s->world.fixture.iccid[role];
    bool is_done = act->iccid.len != 0 && local_act(s->local, act);
    s->changes[role] += is_done;
    return is_done;
}

static void consume(struct sequence *s, enum role role)
{
    static const int64_t amounts[] = {1, 1000, 500000, 1000000, 10000000, 1367250000, 5000000000};
    struct act wanted = {.hook = HOOK_CONSUME};
    wanted.bytes = amounts[choose(s->choices, sizeof amounts / sizeof amounts[0])];
    if (act(s, role, &wanted))
        account_consume(&s->accounts[role], wanted.bytes);
}

static void advance(struct sequence *s)
{
    static const int64_t amounts_ms[] = {1000,     1,         999,        60000,      3600000,
                                         86400000, 604800000, 2592000000, 31536000000};
    struct act wanted = {.hook = HOOK_CLOCK};
    wanted.ms = amounts_ms[choose(s->choices, sizeof amounts_ms / sizeof amounts_ms[0])];
    local_act(s->local, &wanted);
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        account_advance(&s->accounts[role], wanted.ms);
        s->changes[role]++;
    }
}

static void order(struct sequence *s, enum role role)
{
    static const int64_t quotas[] = {1000000, 1, 500500000, 0};
    static const int64_t lengths_ms[] = {86400000, 1000, 90500, 2592000000};
    const char id[3] = {'o', (char)('0' + s->order_count / 10), (char)('0' + s->order_count % 10)};
    struct act wanted = {.hook = HOOK_ORDER, .id = {id, sizeof id}, .countries = VIEW("US")};
    wanted.is_payg = choose(s->choices, 2) == 0;
    wanted.bytes = quotas[choose(s->choices, 4)];
    wanted.ms = lengths_ms[choose(s->choices, 4)];
    s->order_count++;
    if (act(s, role, &wanted))
        account_order(&s->accounts[role], &wanted);
}

static void set_garden(struct sequence *s, enum role role)
{
    struct act wanted = {.hook = HOOK_WALLED, .is_on = choose(s->choices, 2) == 0};
    if (act(s, role, &wanted))
        s->accounts[role].in_garden = wanted.is_on;
}

static void set_micro(struct sequence *s, enum role role)
{
    struct act wanted = {.hook = HOOK_MICRO, .is_on = choose(s->choices, 2) == 0};
    if (act(s, role, &wanted))
        s->accounts[role].has_micro = wanted.is_on;
}

static void send_other(struct sequence *s)
{
    struct intent intent;
    intent_choose(&intent, s->choices, &s->world.fixture);
    send(s, &intent);
}

// choose_role takes any role, or half of the time the one before: steps that meet tell the most.
static enum role choose_role(struct sequence *s)
{
    unsigned role = choose(s->choices, 2 * ROLE_COUNT);
    if (role < ROLE_COUNT && s->world.fixture.iccid[role].len != 0)
        s->role = (enum role)role;
    return s->role;
}

static const char *step(struct sequence *s)
{
    switch ((enum sequence_step)choose(s->choices, STEP_KIND_COUNT)) {
    case STEP_ASK: {
        enum role role = choose_role(s);
        return ask(s, role, choose(s->choices, 2));
    }
    case STEP_FILTER:
        return filter(s, choose_role(s));
    case STEP_CONSUME:
        consume(s, choose_role(s));
        return NULL;
    case STEP_ADVANCE:
        advance(s);
        return NULL;
    case STEP_ORDER:
        order(s, choose_role(s));
        return NULL;
    case STEP_GARDEN:
        set_garden(s, choose_role(s));
        return NULL;
    case STEP_MICRO:
        set_micro(s, choose_role(s));
        return NULL;
    default:
        send_other(s);
        return NULL;
    }
}

static void start(struct sequence *s, struct local *local, struct choices *choices)
{
    local_world(&s->world, local);
    s->world.subject.reset(s->world.subject.context);
    s->local = local;
    s->choices = choices;
    opener_init(&s->opener, (char *)s + opener_offset());
    s->asked_roles = 0;
    s->role = ROLE_A;
    s->serial = 0;
    s->order_count = 0;
    memset(s->memories, 0, sizeof s->memories);
    memset(s->changes, 0, sizeof s->changes);
    for (enum role role = 0; role < ROLE_COUNT; role++)
        account_init(&s->accounts[role], role);
}

const char *sequence_run(void *space, struct local *local, struct choices *choices)
{
    struct sequence *s = space;
    start(s, local, choices);
    const char *why = NULL;
    for (unsigned left = choose(choices, SEQUENCE_STEP_COUNT_MAX + 1); left != 0; left--) {
        why = step(s);
        if (why != NULL)
            return why;
    }
    for (unsigned role = 0; role < ROLE_COUNT && why == NULL; role++)
        if ((s->asked_roles >> role & 1) != 0)
            why = ask(s, (enum role)role, 0);
    return why;
}
