// SPDX-License-Identifier: Apache-2.0
#include "operator/sim.h"

#include <assert.h>

bool bp_plan_holds_in(const struct bp_plan *plan, const char country[2])
{
    for (unsigned i = 0; i < plan->country_count; i++)
        if (memcmp(plan->countries[i], country, 2) == 0)
            return true;
    return false;
}

void bp_sim_table_init(struct bp_sim_table *table, struct bp_sim *sims, size_t cap, uint16_t *slots,
                       size_t slot_count)
{
    assert(cap <= BP_SIM_COUNT_MAX);
    assert(slot_count >= 2 * cap && slot_count > 0);
    assert((slot_count & (slot_count - 1)) == 0);
    *table = (struct bp_sim_table){sims, 0, cap, slots, slot_count};
    memset(slots, 0, slot_count * sizeof slots[0]);
}

// The table is at most half full, so every search meets the SIM or a free slot.
static size_t find_slot(const struct bp_sim_table *table, const struct bp_iccid *iccid)
{
    size_t mask = table->slot_count - 1;
    size_t at = bp_iccid_hash(iccid) & mask;
    while (table->slots[at] != 0 &&
           !bp_iccid_equal(&table->sims[table->slots[at] - 1].iccid, iccid))
        at = (at + 1) & mask;
    return at;
}

bool bp_sim_add(struct bp_sim_table *table, const struct bp_sim *sim)
{
    size_t at = find_slot(table, &sim->iccid);
    if (table->slots[at] != 0 || table->count == table->cap)
        return false;
    table->sims[table->count++] = *sim;
    table->slots[at] = (uint16_t)table->count;
    return true;
}

struct bp_sim *bp_sim_find(const struct bp_sim_table *table, const struct bp_iccid *iccid)
{
    size_t at = find_slot(table, iccid);
    return table->slots[at] == 0 ? NULL : &table->sims[table->slots[at] - 1];
}

static void book(struct bp_plan *plan, int64_t bytes)
{
    plan->used_bytes = bytes < INT64_MAX - plan->used_bytes ? plan->used_bytes + bytes : INT64_MAX;
}

bool bp_sim_has_plan(const struct bp_sim *sim, struct view id)
{
    for (unsigned i = 0; i < sim->plan_count; i++)
        if (view_equal(view_of(sim->plans[i].id, sim->plans[i].id_len), id))
            return true;
    return false;
}

bool bp_sim_consume(struct bp_sim *sim, int64_t bytes, const char *country, int64_t now_ms)
{
    assert(bytes >= 0);
    struct bp_plan *last = NULL;
    for (unsigned i = 0; i < sim->plan_count && (last == NULL || bytes != 0); i++) {
        struct bp_plan *plan = &sim->plans[i];
        bool is_here = country == NULL || bp_plan_holds_in(plan, country);
        if (!is_here || !bp_plan_is_active(plan, now_ms))
            continue;
        int64_t left = bp_plan_left_bytes(plan);
        int64_t part = bytes < left ? bytes : left;
        book(plan, part);
        bytes -= part;
        last = plan;
    }
    if (last != NULL)
        book(last, bytes);
    return last != NULL;
}

bool bp_sim_order(struct bp_sim *sim, const struct bp_plan *plan)
{
    if (sim->plan_count == BP_PLAN_COUNT_MAX)
        return false;
    sim->plans[sim->plan_count++] = *plan;
    sim->in_garden = false;
    sim->has_micro = false;
    return true;
}
