// SPDX-License-Identifier: Apache-2.0
#include "props/rule/trial.h"

#include <assert.h>

#include "props/rule/memo.h"
#include "props/rule/retry_after.h"

void world_read_as(struct world *world, const struct profile *profile)
{
    bool has_scheme = profile_reads(profile, KEY_PATH_FORM, READ_PATH_FORM_ICCID);
    world->profile = *profile;
    world->fixture.sim_prefix = has_scheme ? FIXTURE_SIM_SCHEME : view_of(NULL, 0);
}

void trial_choose(struct intent *out, struct choices *c, unsigned program,
                  const struct fixture *fixture)
{
    if (program == PROGRAM_PAIR)
        intent_choose_pair(out, c, fixture);
    else
        intent_choose(out, c, fixture);
}

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
    trial->consulted = NULL;
    trial->seen = NULL;
    trial->context = NULL;
    trial_start(trial, NULL, NULL);
    return trial;
}

void trial_forget(struct trial *trial)
{
    for (unsigned i = 0; i < TRIAL_SLOT_COUNT; i++)
        memo_forget(trial->slots[i].opener.memo);
}

void trial_start(struct trial *trial, struct choices *choices, const struct world *world)
{
    trial->choices = choices;
    trial->world = world;
    trial->send_count = 0;
    trial->act_count = 0;
    trial->last_slot = 0;
    trial->saw_200 = false;
    trial->changed_roles = 0;
    trial->is_broken = false;
    trial->is_mending = false;
    trial->acts_for_good = false;
    trial->settles = false;
    trial->is_unsettled = false;
}

// Whether any client might send this: method, Host, lines and framing as usual, no odd octets.
static bool is_plain(const struct intent *intent)
{
    const unsigned odd = 1u << AXIS_METHOD | 1u << AXIS_HOST | 1u << AXIS_LINE | 1u << AXIS_FRAMING;
    if ((intent->changed_axes & odd) != 0)
        return false;
    enum sense txn = intent_sense(intent, AXIS_TXN);
    if (txn == SENSE_TXN_CONTROL || txn == SENSE_TXN_NUL)
        return false;
    return intent_sense(intent, AXIS_EXTRA) != SENSE_EXTRA_HUGE;
}

static struct sending sending_of(const struct trial_slot *slot, const struct intent *intent)
{
    if (intent == NULL)
        return (struct sending){.answer_count = 1,
                                .to_head = view_starts(buf_view(&slot->request), VIEW("HEAD "))};
    return (struct sending){.answer_count = 1,
                            .to_head = intent_sense(intent, AXIS_METHOD) == SENSE_METHOD_HEAD,
                            .is_plain = is_plain(intent)};
}

// Opens what came in slot `number`.
static const struct exchange *open_slot(struct trial *trial, unsigned number,
                                        const struct intent *intent, bool came)
{
    const struct world *world = trial->world;
    struct trial_slot *slot = &trial->slots[number];
    exchange_open(&slot->exchange, &slot->opener, &world->fixture, &world->profile, intent,
                  buf_view(&slot->request), came ? buf_view(&slot->response) : view_of(NULL, 0));
    unsigned status = slot->exchange.status;
    trial->is_mending = trial->is_mending && (status == 0 || status >= 500);
    slot->exchange.is_broken = trial->is_broken || trial->is_mending;
    slot->exchange.is_changed =
        intent != NULL && (trial->changed_roles >> intent_role(intent) & 1) != 0;
    slot->exchange.consulted = trial->consulted;
    if (!came)
        slot->exchange.fate = FATE_FAILED;
    else if (slot->response.overflow)
        exchange_cut(&slot->exchange, slot->response.len == slot->response.cap);
    return &slot->exchange;
}

// The same, and everybody is told. Whoever allows a client few connections may drop one of several
// (`is_crowded`): that silence is left to the program.
static const struct exchange *receive(struct trial *trial, unsigned number,
                                      const struct intent *intent, bool came, bool is_crowded)
{
    const struct exchange *x = open_slot(trial, number, intent, came);
    bool is_dropped = is_crowded && x->fate == FATE_SILENT;
    trial->last_slot = number;
    if (x->status == 200)
        trial->saw_200 = true;
    if (trial->seen != NULL && !is_dropped)
        trial->seen(trial->context, x);
    return x;
}

bool trial_wait(struct trial *trial, int64_t seconds)
{
    const struct subject *subject = &trial->world->subject;
    return subject->wait != NULL && subject->wait(subject->context, seconds);
}

static void settle(struct trial *trial)
{
    if (trial->is_unsettled)
        (void)trial_wait(trial, TRIAL_SETTLE_S);
    trial->is_unsettled = false;
}

static const struct exchange *send(struct trial *trial, unsigned number,
                                   const struct intent *intent, struct sending sending)
{
    const struct subject *subject = &trial->world->subject;
    struct trial_slot *slot = &trial->slots[number];
    settle(trial);
    buf_clear(&slot->response);
    sending.request = buf_view(&slot->request);
    bool came = subject->exchange(subject->context, &slot->response, &sending);
    return receive(trial, number, intent, came, false);
}

// has_waited says that the endpoint asked for time (429) and got it: the request is to be sent
// again.
static bool has_waited(const struct trial *trial, const struct exchange *x, unsigned wait_count)
{
    const struct subject *subject = &trial->world->subject;
    if (x->status != 429 || subject->wait == NULL || wait_count == TRIAL_WAIT_COUNT_MAX)
        return false;
    return subject->wait(subject->context, retry_after_s(&x->head));
}

static const struct exchange *send_patiently(struct trial *trial, unsigned number,
                                             const struct intent *intent, struct sending sending)
{
    assert(number < TRIAL_SLOT_COUNT);
    assert(trial->send_count < TRIAL_SEND_COUNT_MAX);
    trial->send_count++;
    const struct exchange *x = send(trial, number, intent, sending);
    for (unsigned count = 0; has_waited(trial, x, count); count++)
        x = send(trial, number, intent, sending);
    return x;
}

// Writes the intent of a slot, with a fresh transaction id, and sends it.
static const struct exchange *write_and_send(struct trial *trial, unsigned number)
{
    struct trial_slot *slot = &trial->slots[number];
    buf_clear(&slot->request);
    intent_write(&slot->request, &slot->intent, &trial->world->fixture, trial->serial++);
    return send(trial, number, &slot->intent, sending_of(slot, &slot->intent));
}

const struct exchange *trial_ask_once(struct trial *trial, unsigned slot,
                                      const struct intent *intent)
{
    assert(slot < TRIAL_SLOT_COUNT);
    assert(trial->send_count < TRIAL_SEND_COUNT_MAX);
    trial->send_count++;
    trial->slots[slot].intent = *intent;
    return write_and_send(trial, slot);
}

const struct exchange *trial_ask(struct trial *trial, unsigned slot, const struct intent *intent)
{
    const struct exchange *x = trial_ask_once(trial, slot, intent);
    for (unsigned count = 0; has_waited(trial, x, count); count++)
        x = write_and_send(trial, slot);
    return x;
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
    struct trial_slot *s = &trial->slots[slot];
    if (intent != NULL)
        s->intent = *intent;
    intent = intent == NULL ? NULL : &s->intent;
    return send_patiently(trial, slot, intent, sending_of(s, intent));
}

const struct exchange *trial_send_row(struct trial *trial, unsigned slot, unsigned count)
{
    return send_patiently(trial, slot, NULL,
                          (struct sending){.answer_count = count, .is_plain = true});
}

// Sends what stands in the first `count` slots at the same time.
static bool send_together(struct trial *trial, unsigned count, bool has_intents)
{
    const struct subject *subject = &trial->world->subject;
    struct sending sendings[TOGETHER_COUNT_MAX] = {{.answer_count = 0}};
    struct buf *responses[TOGETHER_COUNT_MAX] = {NULL};
    for (unsigned i = 0; i < count; i++) {
        struct trial_slot *slot = &trial->slots[i];
        sendings[i] = sending_of(slot, has_intents ? &slot->intent : NULL);
        sendings[i].request = buf_view(&slot->request);
        sendings[i].is_plain = sendings[i].is_plain || !has_intents;
        responses[i] = &slot->response;
        buf_clear(&slot->response);
    }
    trial->send_count += count;
    settle(trial);
    bool came = subject->together(subject->context, responses, sendings, count);
    for (unsigned i = 0; i < count; i++)
        receive(trial, i, has_intents ? &trial->slots[i].intent : NULL, came, true);
    return came;
}

bool trial_ask_together(struct trial *trial, const struct intent *intents, unsigned count)
{
    assert(count <= TOGETHER_COUNT_MAX);
    assert(trial->send_count + count <= TRIAL_SEND_COUNT_MAX);
    if (trial->world->subject.together == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        struct trial_slot *slot = &trial->slots[i];
        slot->intent = intents[i];
        buf_clear(&slot->request);
        intent_write(&slot->request, &slot->intent, &trial->world->fixture, trial->serial++);
    }
    return send_together(trial, count, true);
}

bool trial_send_together(struct trial *trial, unsigned count)
{
    assert(count <= TOGETHER_COUNT_MAX);
    assert(trial->send_count + count <= TRIAL_SEND_COUNT_MAX);
    return trial->world->subject.together != NULL && send_together(trial, count, false);
}

const struct exchange *trial_ask_beside(struct trial *trial, unsigned slot,
                                        const struct intent *intent, unsigned cut_slot)
{
    const struct subject *subject = &trial->world->subject;
    struct trial_slot *asked = &trial->slots[slot];
    struct trial_slot *cut = &trial->slots[cut_slot];
    assert(slot < TRIAL_SLOT_COUNT && cut_slot < TRIAL_SLOT_COUNT && slot != cut_slot);
    assert(trial->send_count < TRIAL_SEND_COUNT_MAX);
    if (subject->beside == NULL)
        return NULL;
    trial->send_count++;
    asked->intent = *intent;
    buf_clear(&asked->request);
    buf_clear(&asked->response);
    buf_clear(&cut->response);
    intent_write(&asked->request, &asked->intent, &trial->world->fixture, trial->serial++);
    struct sending sending = sending_of(asked, &asked->intent);
    sending.request = buf_view(&asked->request);
    settle(trial);
    bool came = subject->beside(subject->context, &asked->response, &cut->response, &sending,
                                buf_view(&cut->request));
    open_slot(trial, cut_slot, NULL, came);
    const struct exchange *x = receive(trial, slot, &asked->intent, came, true);
    return came ? x : NULL;
}

// No act makes a SIM known or take part.
static void note_change(struct trial *trial, const struct bp_act *act)
{
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        struct view iccid = trial->world->fixture.iccid[role];
        bool is_meant = act->hook == BP_HOOK_CLOCK || view_equal(act->iccid, iccid);
        if (iccid.len != 0 && is_meant && role != ROLE_N && role != ROLE_U)
            trial->changed_roles |= (uint16_t)(1u << role);
    }
}

bool trial_act(struct trial *trial, const struct bp_act *act)
{
    const struct bp_hooks *hooks = &trial->world->hooks;
    if (!trial_can(trial, act->hook))
        return false;
    note_change(trial, act);
    bool is_done = hooks->act(hooks->context, act);
    if (trial->act_count < TRIAL_ACT_COUNT_MAX) {
        struct trial_act *kept = &trial->acts[trial->act_count];
        bp_act_keep(&kept->kept, act);
        kept->send_count = trial->send_count;
        kept->is_done = is_done;
    }
    trial->act_count++;
    trial->is_unsettled = trial->settles;
    if (act->hook == BP_HOOK_FAULT && is_done) {
        trial->is_mending = trial->is_broken && !act->is_on;
        trial->is_broken = act->is_on;
    }
    return is_done;
}
