// SPDX-License-Identifier: Apache-2.0
#include "props/rule/sequence.h"

#include "props/rule/account.h"
#include "props/rule/measure.h"

// At somebody's endpoint:
enum {
    ORDER_COUNT_MAX = 4, // of one sequence: SIMs hold few plans
    BOUGHT_BYTES_MIN = 1000000,
    CONSUMED_BYTES_MIN = 500000,
};

// The last whole answer for a SIM in one template, to see that reading changes nothing.
struct memory {
    uint64_t change; // how many changes that SIM had seen
    uint64_t hash;
    size_t len;
    bool is_there;
};

struct sequence {
    struct trial *trial;
    struct account accounts[ROLE_COUNT];
    struct memory memories[ROLE_COUNT][2];
    uint64_t changes[ROLE_COUNT];
    uint16_t asked_roles; // bit per role
    enum role role;       // the last one chosen
    unsigned order_count;
    bool is_limited;
    bool is_frugal; // acts are dear: each stands between two answers and changes something
};

static unsigned choose_of(struct sequence *s, unsigned n) { return choose(s->trial->choices, n); }

static const struct exchange *send(struct sequence *s, struct intent *intent)
{
    intent_close(intent, &s->trial->world->fixture);
    return trial_ask_once(s->trial, 0, intent);
}

static uint64_t hash_of(struct view bytes)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 0x100000001B3u;
    return hash;
}

// compare_memory says whether the body is that of the last time, when nothing has changed since and
// no clock goes on by itself.
static const char *compare_memory(struct sequence *s, enum role role, unsigned template,
                                  const struct exchange *x)
{
    if (s->trial->world->subject.reset == NULL || s->trial->settles || x->status != 200)
        return NULL;
    struct memory *memory = &s->memories[role][template];
    struct memory now = {s->changes[role], hash_of(x->body), x->body.len, true};
    bool is_unchanged = memory->is_there && memory->change == now.change;
    bool is_same = memory->hash == now.hash && memory->len == now.len;
    *memory = now;
    return is_unchanged && !is_same ? "an answer changed although nothing had happened" : NULL;
}

static void plain_in(struct intent *out, enum role role, unsigned template)
{
    static const enum sense senses[2] = {SENSE_FIELDS_BASIC, SENSE_FIELDS_FULL};
    plain_for(out, role);
    intent_set_sense(out, AXIS_FIELDS, senses[template]);
}

static const char *ask_for(struct sequence *s, enum role role, unsigned template)
{
    struct intent intent;
    plain_in(&intent, role, template);
    s->asked_roles |= (uint16_t)(1u << role);
    const struct exchange *x = send(s, &intent);
    const char *why = account_see(&s->accounts[role], x, true);
    return why != NULL ? why : compare_memory(s, role, template, x);
}

static const char *filter(struct sequence *s, enum role role)
{
    struct intent intent;
    plain_for(&intent, role);
    intent_set(&intent, AXIS_LOCATION, choose_of(s, axis_served_count(AXIS_LOCATION)));
    intent_set(&intent, AXIS_LIMIT, choose_of(s, axis_served_count(AXIS_LIMIT)));
    return account_see(&s->accounts[role], send(s, &intent), false);
}

// While it is broken, somebody's back office is asked for nothing but to be mended.
static bool act(struct sequence *s, const struct bp_act *act)
{
    bool is_moot = s->is_frugal && s->trial->is_broken && act->hook != BP_HOOK_FAULT;
    return !is_moot && trial_can_undo(s->trial) && trial_act(s->trial, act);
}

// Whether something is left, as far as the last answer tells, even if one plan paid for everything.
static bool is_there_to_consume(const struct account *account)
{
    for (unsigned i = 0; i < account->plan_count; i++) {
        const struct account_plan *plan = &account->plans[i];
        if (plan->shown_bytes > plan->spent_bytes && plan->left_ms_min > 0)
            return true;
    }
    return false;
}

// Somebody's back office is asked for nothing that it would refuse: an act that fails ends the use
// of its hook. Nobody sells a byte, or a second.
static bool is_sensible(const struct sequence *s, enum role role, const struct bp_act *act)
{
    const struct account *account = &s->accounts[role];
    if (account->is_exact)
        return true;
    if (act->hook == BP_HOOK_WALLED)
        return role != ROLE_U && act->is_on != account->in_garden;
    if (act->hook == BP_HOOK_MICRO)
        return role != ROLE_U && act->is_on != account->has_micro;
    if (role == ROLE_U || role == ROLE_N)
        return false;
    if (act->hook == BP_HOOK_CONSUME)
        return act->bytes >= CONSUMED_BYTES_MIN && is_there_to_consume(account);
    return act->is_payg && act->bytes >= BOUGHT_BYTES_MIN && act->ms >= DAY_MS &&
           s->order_count <= ORDER_COUNT_MAX;
}

// act_on has something done to the SIM of `role`, which has changed then.
static bool act_on(struct sequence *s, enum role role, struct bp_act *wanted)
{
    wanted->iccid = s->trial->world->fixture.iccid[role];
    bool is_done = wanted->iccid.len != 0 && is_sensible(s, role, wanted) && act(s, wanted);
    s->changes[role] += is_done;
    return is_done;
}

static void use_data(struct sequence *s, enum role role)
{
    static const int64_t amounts[] = {1, 1000, 500000, 1000000, 10000000, 1367250000, 5000000000};
    struct bp_act wanted = {.hook = BP_HOOK_CONSUME};
    wanted.bytes = amounts[choose_of(s, sizeof amounts / sizeof amounts[0])];
    if (act_on(s, role, &wanted))
        account_consume(&s->accounts[role], wanted.bytes);
}

static void pass_time(struct sequence *s)
{
    static const int64_t amounts_ms[] = {1000,     1,         999,        60000,      3600000,
                                         86400000, 604800000, 2592000000, 31536000000};
    struct bp_act wanted = {.hook = BP_HOOK_CLOCK};
    wanted.ms = amounts_ms[choose_of(s, sizeof amounts_ms / sizeof amounts_ms[0])];
    if (s->is_frugal && s->asked_roles == 0)
        return;
    if (!act(s, &wanted))
        return;
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
    struct bp_act wanted = {.hook = BP_HOOK_ORDER, .id = {id, sizeof id}, .countries = VIEW("US")};
    wanted.is_payg = choose_of(s, 2) == 0;
    wanted.bytes = quotas[choose_of(s, 4)];
    wanted.ms = lengths_ms[choose_of(s, 4)];
    s->order_count++;
    if (act_on(s, role, &wanted))
        account_order(&s->accounts[role], &wanted);
}

static void set_garden(struct sequence *s, enum role role)
{
    struct bp_act wanted = {.hook = BP_HOOK_WALLED, .is_on = choose_of(s, 2) == 0};
    if (act_on(s, role, &wanted))
        s->accounts[role].in_garden = wanted.is_on;
}

static void set_micro(struct sequence *s, enum role role)
{
    struct bp_act wanted = {.hook = BP_HOOK_MICRO, .is_on = choose_of(s, 2) == 0};
    if (act_on(s, role, &wanted))
        s->accounts[role].has_micro = wanted.is_on;
}

static void send_other(struct sequence *s)
{
    struct intent intent;
    intent_choose(&intent, s->trial->choices, &s->trial->world->fixture);
    send(s, &intent);
}

// choose_role takes any role, or half of the time the one before: steps that meet tell the most.
// choose_role_of takes one of `count`; beyond the roles it is the one before.
static enum role choose_role_of(struct sequence *s, unsigned count)
{
    unsigned role = choose_of(s, count);
    if (role < ROLE_COUNT && trial_has(s->trial, (enum role)role))
        s->role = (enum role)role;
    return s->role;
}

static enum role choose_role(struct sequence *s) { return choose_role_of(s, 2 * ROLE_COUNT); }

static void set_limit(struct sequence *s, bool is_on)
{
    const struct bp_act wanted = {.hook = BP_HOOK_LIMITER, .rate_per_s = is_on};
    bool is_idle = s->is_frugal && is_on == s->is_limited;
    if (!is_idle && act(s, &wanted))
        s->is_limited = is_on;
}

static void set_fault(struct sequence *s, bool is_on)
{
    const struct bp_act wanted = {.hook = BP_HOOK_FAULT, .is_on = is_on};
    bool is_idle = s->is_frugal && is_on == s->trial->is_broken;
    if (!is_idle)
        (void)act(s, &wanted);
}

// change_sim is a step of the back office on one SIM.
static const char *change_sim(struct sequence *s, enum sequence_step kind)
{
    enum role role = choose_role(s);
    bool is_met = (s->asked_roles >> role & 1) != 0;
    const char *why = is_met || !s->is_frugal ? NULL : ask_for(s, role, 0);
    if (why != NULL)
        return why;
    switch (kind) {
    case STEP_CONSUME:
        use_data(s, role);
        break;
    case STEP_ORDER:
        order(s, role);
        break;
    case STEP_GARDEN:
        set_garden(s, role);
        break;
    default:
        set_micro(s, role);
        break;
    }
    return NULL;
}

static const char *step(struct sequence *s)
{
    enum sequence_step kind = (enum sequence_step)choose_of(s, STEP_KIND_COUNT);
    switch (kind) {
    case STEP_ASK: {
        enum role role = choose_role(s);
        return ask_for(s, role, choose_of(s, 2));
    }
    case STEP_FILTER:
        return filter(s, choose_role(s));
    case STEP_CONSUME:
    case STEP_ORDER:
    case STEP_GARDEN:
    case STEP_MICRO:
        return change_sim(s, kind);
    case STEP_ADVANCE:
        pass_time(s);
        return NULL;
    case STEP_LIMIT:
        set_limit(s, choose_of(s, 2) == 0);
        return NULL;
    case STEP_BREAK:
        set_fault(s, choose_of(s, 2) == 0);
        return NULL;
    default:
        send_other(s);
        return NULL;
    }
}

// A coarse clock may tick once, so that each answer is compared with the one before it, too.
static const char *read_again(struct sequence *s)
{
    struct intent intent;
    enum role role = choose_role_of(s, ROLE_COUNT);
    plain_in(&intent, role, choose_of(s, 2));
    const struct exchange *first = ask(s->trial, 0, &intent);
    const struct exchange *before = first;
    for (unsigned i = 1; i < SEQUENCE_READ_COUNT && !is_elsewhere(first); i++) {
        const struct exchange *later = ask(s->trial, 1 + i % 2, &intent);
        if (is_elsewhere(later))
            return NULL;
        if (!same_answer(first, later) || !same_answer(before, later))
            return "an answer changes although nothing has happened";
        before = later;
    }
    return NULL;
}

// The SIM enters the walled garden or gets a microbalance, and leaves it or loses that again: what
// was left is there as before.
static const char *there_and_back(struct sequence *s, enum bp_hook hook)
{
    struct intent intent;
    struct bp_act wanted = {.hook = hook, .is_on = true};
    if (!pick_prepaid(&intent, s->trial))
        return NULL;
    enum role role = intent_role(&intent);
    const struct exchange *x = ask(s->trial, 0, &intent);
    bool has_data = served(x) && data_left_mb(x) > 0;
    if (!has_data || !act_on(s, role, &wanted))
        return NULL;
    (void)ask(s->trial, 1, &intent);
    s->accounts[role].in_garden = hook == BP_HOOK_WALLED;
    s->accounts[role].has_micro = hook == BP_HOOK_MICRO;
    wanted.is_on = false;
    if (!act_on(s, role, &wanted))
        return NULL;
    x = ask(s->trial, 0, &intent);
    if (!served(x) || data_left_mb(x) > 0)
        return NULL;
    return hook == BP_HOOK_WALLED ? "nothing is left behind the walled garden"
                                  : "nothing is left when a microbalance has ended";
}

// Without steps: reads, and last of all what takes the back office.
static const char *take_no_steps(struct sequence *s)
{
    enum { READ_AGAIN, GARDEN, MICRO, WAY_COUNT };
    unsigned way = choose_of(s, WAY_COUNT);
    if (way == READ_AGAIN)
        return read_again(s);
    return there_and_back(s, way == GARDEN ? BP_HOOK_WALLED : BP_HOOK_MICRO);
}

static bool find_role(struct sequence *s)
{
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        s->role = role;
        if (trial_has(s->trial, role))
            return true;
    }
    return false;
}

const char *sequence_run(struct trial *trial, bool is_exact)
{
    struct sequence sequence = {.trial = trial, .is_frugal = !is_exact};
    struct sequence *s = &sequence;
    if (!find_role(s))
        return NULL;
    for (enum role role = 0; role < ROLE_COUNT; role++)
        account_init(&s->accounts[role], role, is_exact);
    unsigned left = choose_of(s, SEQUENCE_STEP_COUNT_MAX + 1);
    const char *why = left == 0 ? take_no_steps(s) : NULL;
    for (; left != 0 && why == NULL; left--)
        why = step(s);
    if (trial->is_broken)
        set_fault(s, false);
    if (s->is_limited)
        set_limit(s, false);
    for (unsigned role = 0; role < ROLE_COUNT && why == NULL; role++)
        if ((s->asked_roles >> role & 1) != 0)
            why = ask_for(s, (enum role)role, 0);
    return why;
}

struct verdict run_sequence(struct trial *trial)
{
    const char *why = sequence_run(trial, false);
    if (why != NULL)
        return fail(why);
    return trial->saw_200 ? pass() : not_spoken();
}
