// SPDX-License-Identifier: Apache-2.0
#include "props/subject/local.h"

#include <assert.h>
#include <stdalign.h>

#include "operator/deployment.h"

enum { WAIT_S_MAX = 86400 };

struct local {
    enum local_kind kind;
    int64_t now_ms;
    struct bp_deployment *deployment; // behind this struct
    uint16_t touched;                 // bit per role whose SIM differs from `pristine`
    struct bp_sim *sims[ROLE_COUNT];  // NULL: the operator has no such SIM
    struct bp_sim pristine[ROLE_COUNT];
};

#define CLOCK_MS_MAX ((int64_t)253402300799 * 1000) // 9999-12-31T23:59:59Z: dates have four digits

static const struct view credentials = VIEW_INIT("mobileplans:a:b c");

static size_t deployment_offset(void) { return (sizeof(struct local) + 15) / 16 * 16; }

size_t local_size(void) { return deployment_offset() + bp_deployment_size(); }

static void keep_pristine(struct local *local)
{
    struct fixture fixture;
    const struct bp_inventory *inventory = &local->deployment->inventory;
    fixture_from_inventory(&fixture, inventory);
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        struct bp_iccid iccid;
        bool is_named = bp_iccid_read(&iccid, fixture.iccid[role]);
        local->sims[role] = is_named ? bp_sim_find(&inventory->table, &iccid) : NULL;
        if (local->sims[role] != NULL)
            local->pristine[role] = *local->sims[role];
    }
}

struct local *local_open(void *space, struct bp_fault *fault, struct view text,
                         enum local_kind kind)
{
    const struct bp_deployment_config config = {
        .start_ms = LOCAL_START_MS,
        .replay_key = {0x0706050403020100, 0x0f0e0d0c0b0a0908},
        .credentials = kind == LOCAL_BASIC ? credentials : view_of(NULL, 0),
    };
    struct local *local = space;
    assert((uintptr_t)space % alignof(struct local) == 0);
    assert((unsigned)kind < LOCAL_KIND_COUNT);
    local->kind = kind;
    local->now_ms = LOCAL_START_MS;
    local->touched = 0;
    local->deployment =
        bp_deployment_open((char *)space + deployment_offset(), fault, text, &config);
    if (local->deployment == NULL)
        return NULL;
    if (kind == LOCAL_ROOT)
        local->deployment->inventory.base_len = 0;
    keep_pristine(local);
    return local;
}

bool local_answer(struct bp_endpoint *endpoint, struct buf *response, struct view requests,
                  bool is_last, int64_t now_ms)
{
    struct bp_conversation conversation;
    size_t used = 0;
    bp_conversation_start(&conversation);
    conversation.is_last = is_last;
    while (used < requests.len) {
        size_t step =
            bp_converse(&conversation, endpoint, response, view_from(requests, used), true, now_ms);
        if (step == 0) {
            response->overflow = true;
            return false;
        }
        used += step;
    }
    return true;
}

// The conversations take turns: all but the last octet of each request, then the last octets.
static bool together(void *context, struct buf *const responses[], const struct sending *sendings,
                     size_t count)
{
    struct local *local = context;
    struct bp_conversation conversations[TOGETHER_COUNT_MAX];
    size_t used[TOGETHER_COUNT_MAX];
    bool has_room = true;
    assert(count <= TOGETHER_COUNT_MAX);
    for (size_t i = 0; i < count; i++) {
        struct view request = sendings[i].request;
        size_t len = request.len == 0 ? 0 : request.len - 1;
        bp_conversation_start(&conversations[i]);
        used[i] = bp_converse(&conversations[i], &local->deployment->endpoint, responses[i],
                              view_first(request, len), false, local->now_ms);
    }
    for (size_t i = 0; i < count; i++) {
        struct view rest = view_from(sendings[i].request, used[i]);
        size_t step = bp_converse(&conversations[i], &local->deployment->endpoint, responses[i],
                                  rest, true, local->now_ms);
        responses[i]->overflow = responses[i]->overflow || step != rest.len;
        has_room = has_room && !responses[i]->overflow;
    }
    return has_room;
}

static bool beside(void *context, struct buf *response, struct buf *cut,
                   const struct sending *sending, struct view begun)
{
    struct local *local = context;
    struct bp_endpoint *endpoint = &local->deployment->endpoint;
    struct bp_conversation slow;
    bp_conversation_start(&slow);
    size_t used = bp_converse(&slow, endpoint, cut, begun, false, local->now_ms);
    bool has_room = local_answer(endpoint, response, sending->request, false, local->now_ms);
    (void)bp_converse(&slow, endpoint, cut, view_from(begun, used), true, local->now_ms);
    return has_room;
}

static bool exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct local *local = context;
    return local_answer(&local->deployment->endpoint, response, sending->request, false,
                        local->now_ms);
}

static void reset(void *context)
{
    struct local *local = context;
    for (unsigned role = 0; local->touched >> role != 0; role++)
        if ((local->touched >> role & 1) != 0)
            *local->sims[role] = local->pristine[role];
    local->touched = 0;
    local->now_ms = LOCAL_START_MS;
    local->deployment->endpoint.date_s = -1;
    local->deployment->endpoint.is_broken = false;
    local->deployment->endpoint.limiter = NULL;
    bp_replay_clear(&local->deployment->replay);
}

// Time passes at once.
// A clock that is asked to wait for ever stays within the years that can be written.
static bool wait_here(void *context, int64_t seconds)
{
    struct local *local = context;
    local->now_ms += (seconds < WAIT_S_MAX ? seconds : WAIT_S_MAX) * 1000;
    return true;
}

static bool do_act(void *context, const struct bp_act *act) { return local_act(context, act); }

void local_world(struct world *out, struct local *local)
{
    static const char *const names[LOCAL_KIND_COUNT] = {
        [LOCAL_OPEN] = "open", [LOCAL_BASIC] = "basic", [LOCAL_ROOT] = "root"};
    out->name = names[local->kind];
    fixture_from_inventory(&out->fixture, &local->deployment->inventory);
    out->fixture.credentials = local->deployment->endpoint.credentials;
    out->subject = (struct subject){.exchange = exchange,
                                    .together = together,
                                    .beside = beside,
                                    .reset = reset,
                                    .wait = wait_here,
                                    .context = local};
    out->hooks = (struct bp_hooks){.there = BP_HOOK_ALL, .act = do_act, .context = local};
    bool is_found = profile_find(&out->profile, VIEW("seed"));
    assert(is_found);
    (void)is_found;
}

// touch notes that the SIM with that ICCID is about to be changed. False: it is none of a role.
static bool touch(struct local *local, struct view text)
{
    struct bp_iccid iccid;
    const struct bp_sim *sim = NULL;
    if (bp_iccid_read(&iccid, text))
        sim = bp_sim_find(&local->deployment->inventory.table, &iccid);
    for (unsigned role = 0; sim != NULL && role < ROLE_COUNT; role++)
        if (local->sims[role] == sim) {
            local->touched |= (uint16_t)(1u << role);
            return true;
        }
    return false;
}

bool local_act(struct local *local, const struct bp_act *act)
{
    if (act->hook == BP_HOOK_CLOCK) {
        assert(act->ms >= 0);
        if (act->ms > CLOCK_MS_MAX - local->now_ms)
            return false;
        local->now_ms += act->ms;
        return true;
    }
    if (act->iccid.len != 0 && !touch(local, act->iccid))
        return false;
    return bp_act_apply(local->deployment, act, local->now_ms);
}

int64_t local_now_ms(const struct local *local) { return local->now_ms; }
