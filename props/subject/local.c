// SPDX-License-Identifier: Apache-2.0
#include "props/subject/local.h"

#include <assert.h>
#include <stdalign.h>

enum {
    LOCAL_SIM_COUNT_MAX = 1200, // ten roles and the documents' 1,000 load SIMs, with room
    LOCAL_SLOT_COUNT = 4096,
    LOCAL_REPLAY_COUNT = 4096,
    LOCAL_REPLAY_WINDOW_MS = 600000,
    LOCAL_JSON_NODE_COUNT_MAX = 32768, // a load SIM with one plan takes about 13
};

struct local {
    enum local_kind kind;
    int64_t now_ms;
    struct bp_endpoint endpoint;
    struct bp_inventory inventory;
    struct bp_replay replay;
    uint16_t touched;                // bit per role whose SIM differs from `pristine`
    struct bp_sim *sims[ROLE_COUNT]; // NULL: the operator has no such SIM
    struct bp_sim pristine[ROLE_COUNT];
    struct bp_sim table[LOCAL_SIM_COUNT_MAX];
    uint16_t slots[LOCAL_SLOT_COUNT];
    uint32_t replay_slots[2 * LOCAL_REPLAY_COUNT];
    struct bp_replay_entry replay_entries[LOCAL_REPLAY_COUNT];
};

static const struct view credentials = VIEW_INIT("mobileplans:a:b c");

// The reader of the inventory stands behind the struct.
static size_t reader_offset(void) { return (sizeof(struct local) + 15) / 16 * 16; }

size_t local_size(void)
{
    return reader_offset() + bp_json_space(BP_JSON_LEN_MAX, LOCAL_JSON_NODE_COUNT_MAX);
}

static void keep_pristine(struct local *local)
{
    struct fixture fixture;
    fixture_from_inventory(&fixture, &local->inventory);
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        struct bp_iccid iccid;
        bool is_named = bp_iccid_read(&iccid, fixture.iccid[role]);
        local->sims[role] = is_named ? bp_sim_find(&local->inventory.table, &iccid) : NULL;
        if (local->sims[role] != NULL)
            local->pristine[role] = *local->sims[role];
    }
}

struct local *local_open(void *space, struct bp_fault *fault, struct view text,
                         enum local_kind kind)
{
    static const uint64_t key[2] = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
    struct local *local = space;
    assert((uintptr_t)space % alignof(struct local) == 0);
    assert((unsigned)kind < LOCAL_KIND_COUNT);
    local->kind = kind;
    local->now_ms = LOCAL_START_MS;
    local->touched = 0;
    bp_sim_table_init(&local->inventory.table, local->table, LOCAL_SIM_COUNT_MAX, local->slots,
                      LOCAL_SLOT_COUNT);
    struct bp_json_reader *reader =
        bp_json_open((char *)space + reader_offset(), BP_JSON_LEN_MAX, LOCAL_JSON_NODE_COUNT_MAX);
    if (!bp_inventory_read(&local->inventory, fault, reader, text, LOCAL_START_MS))
        return NULL;
    if (kind == LOCAL_ROOT)
        local->inventory.base_len = 0;
    keep_pristine(local);
    bp_replay_init(&local->replay, local->replay_entries, local->replay_slots, LOCAL_REPLAY_COUNT,
                   key, LOCAL_REPLAY_WINDOW_MS);
    bp_endpoint_init(&local->endpoint, &local->inventory);
    local->endpoint.replay = &local->replay;
    if (kind == LOCAL_BASIC)
        local->endpoint.credentials = credentials;
    return local;
}

static bool exchange(void *context, struct buf *response, struct view request)
{
    struct local *local = context;
    struct bp_conversation conversation;
    size_t used = 0;
    bp_conversation_start(&conversation);
    while (used < request.len) {
        size_t step = bp_converse(&conversation, &local->endpoint, response,
                                  view_from(request, used), true, local->now_ms);
        if (step == 0) {
            response->overflow = true;
            return false;
        }
        used += step;
    }
    return true;
}

static void reset(void *context)
{
    struct local *local = context;
    for (unsigned role = 0; local->touched >> role != 0; role++)
        if ((local->touched >> role & 1) != 0)
            *local->sims[role] = local->pristine[role];
    local->touched = 0;
    local->now_ms = LOCAL_START_MS;
    bp_replay_clear(&local->replay);
}

void local_world(struct world *out, struct local *local)
{
    static const char *const names[LOCAL_KIND_COUNT] = {
        [LOCAL_OPEN] = "open", [LOCAL_BASIC] = "basic", [LOCAL_ROOT] = "root"};
    out->name = names[local->kind];
    fixture_from_inventory(&out->fixture, &local->inventory);
    out->fixture.credentials = local->endpoint.credentials;
    out->subject = (struct subject){exchange, reset, local};
    bool is_found = profile_find(&out->profile, VIEW("seed"));
    assert(is_found);
    (void)is_found;
}

// The SIM of `role`, about to be changed, or NULL.
static struct bp_sim *touch(struct local *local, enum role role)
{
    if (local->sims[role] != NULL)
        local->touched |= (uint16_t)(1u << role);
    return local->sims[role];
}

void local_advance(struct local *local, int64_t ms)
{
    assert(ms >= 0);
    local->now_ms += ms;
}

bool local_consume(struct local *local, enum role role, int64_t bytes)
{
    struct bp_sim *sim = touch(local, role);
    return sim != NULL && bp_sim_consume(sim, bytes, NULL, local->now_ms);
}

bool local_order(struct local *local, enum role role, const struct bp_plan *plan)
{
    struct bp_sim *sim = touch(local, role);
    return sim != NULL && bp_sim_order(sim, plan);
}

bool local_set_garden(struct local *local, enum role role, bool in_garden)
{
    struct bp_sim *sim = touch(local, role);
    if (sim != NULL)
        sim->in_garden = in_garden;
    return sim != NULL;
}

bool local_set_micro(struct local *local, enum role role, bool has_micro)
{
    struct bp_sim *sim = touch(local, role);
    if (sim != NULL)
        sim->has_micro = has_micro;
    return sim != NULL;
}

int64_t local_now_ms(const struct local *local) { return local->now_ms; }
