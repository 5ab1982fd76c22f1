// SPDX-License-Identifier: Apache-2.0
// What holds of every inventory that is read: its values, its text written again, and its SIMs.
#ifndef BP_FUZZ_INVENTORY_CHECKS_H
#define BP_FUZZ_INVENTORY_CHECKS_H

#include "answers.h"
#include "sample.h"
#include "value/country.h"
#include "value/duration.h"

// inventory_is_in says whether `inner` lies within `outer`.
static inline bool inventory_is_in(struct view inner, struct view outer)
{
    return inner.data >= outer.data && inner.data + inner.len <= outer.data + outer.len;
}

// inventory_check_escaped: what is shown of an offence is one line of ASCII that means the same.
static inline void inventory_check_escaped(struct buf shown, struct view octets)
{
    static const struct view escapes[] = {['r'] = VIEW_INIT("\r"),
                                          ['n'] = VIEW_INIT("\n"),
                                          ['t'] = VIEW_INIT("\t"),
                                          ['\\'] = VIEW_INIT("\\")};
    buf_put_escaped(&shown, octets);
    FUZZ_ASSERT(!shown.overflow && shown.len <= 4 * octets.len);
    struct view rest = buf_view(&shown);
    for (size_t i = 0; i < octets.len; i++) {
        char c = rest.data[0];
        size_t used = 1;
        FUZZ_ASSERT(rest.len != 0 && c >= ' ' && c <= '~');
        if (c == '\\' && rest.data[1] == 'x') {
            c = (char)(byte_hex(rest.data[2]) * 16 + byte_hex(rest.data[3]));
            used = 4;
        } else if (c == '\\') {
            c = escapes[(unsigned char)rest.data[1]].data[0];
            used = 2;
        }
        FUZZ_ASSERT(c == octets.data[i]);
        rest = view_from(rest, used);
    }
    FUZZ_ASSERT(rest.len == 0);
}

// inventory_check_refusal: the reason is one of files, and the place one that the header promises;
// it can be shown (in `shown`).
static inline void inventory_check_refusal(struct buf shown, const struct bp_fault *fault,
                                           struct view text, struct view space)
{
    static const struct view names[] = {
        VIEW_INIT("base"),   VIEW_INIT("host"), VIEW_INIT("sims"), VIEW_INIT("iccid"),
        VIEW_INIT("id"),     VIEW_INIT("type"), VIEW_INIT("time"), VIEW_INIT("locations"),
        VIEW_INIT("dataMB"), VIEW_INIT("plans")};
    bool is_shape = fault->reason == BP_REASON_INVENTORY;
    bool is_space = fault->reason == BP_REASON_INVENTORY_SPACE;
    bool is_json = fault->reason >= BP_REASON_JSON_SYNTAX && fault->reason <= BP_REASON_JSON_CUT;
    bool is_name = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        is_name = is_name || view_equal(fault->where, names[i]);
    FUZZ_ASSERT(is_shape || is_space || is_json);
    FUZZ_ASSERT(!is_json || fault->where.len == 0 || inventory_is_in(fault->where, text));
    FUZZ_ASSERT(!is_shape || fault->where.len == 0 || is_name ||
                inventory_is_in(fault->where, space));
    FUZZ_ASSERT(!is_space || is_name);
    inventory_check_escaped(shown, fault->where);
}

// inventory_check_plan: every number of the plan has a meaning, every country is one of the list.
static inline void inventory_check_plan(const struct bp_plan *plan)
{
    const int64_t time_ms = plan->expires_ms - SAMPLE_NOW_MS;
    FUZZ_ASSERT(plan->id_len >= 1 && plan->id_len <= BP_BALANCE_ID_LEN_MAX);
    FUZZ_ASSERT(plan->quota_bytes >= 0 && plan->quota_bytes <= 1000000000 * BP_MB);
    FUZZ_ASSERT(plan->used_bytes >= 0 && plan->used_bytes <= 1000000000 * BP_MB);
    FUZZ_ASSERT(time_ms >= 0 && (uint64_t)time_ms / 1000 <= BP_DURATION_S_MAX);
    FUZZ_ASSERT(plan->country_count >= 1 && plan->country_count <= BP_COUNTRY_COUNT_MAX);
    for (unsigned i = 0; i < plan->country_count; i++) {
        unsigned index = 0;
        while (index < BP_COUNTRY_COUNT &&
               memcmp(bp_country_at(index).data, plan->countries[i], 2) != 0)
            index++;
        FUZZ_ASSERT(index < BP_COUNTRY_COUNT);
        for (unsigned j = 0; j < i; j++)
            FUZZ_ASSERT(memcmp(plan->countries[i], plan->countries[j], 2) != 0);
    }
}

// inventory_check_found: the table finds every SIM that a walk finds, and nothing else.
static inline void inventory_check_found(struct bp_sim_table *table, const struct bp_iccid *iccid)
{
    struct bp_sim *want = NULL;
    for (size_t i = 0; i < table->count; i++)
        if (bp_iccid_equal(&table->sims[i].iccid, iccid))
            want = &table->sims[i];
    FUZZ_ASSERT(bp_sim_find(table, iccid) == want);
    FUZZ_ASSERT(want == NULL || !bp_sim_add(table, want));
}

// inventory_check_sim: its plans are good and differ, it is written in the octets the header
// promises, and it is found, its neighbours only when they are there.
static inline void inventory_check_sim(struct bp_sim_table *table, const struct bp_sim *sim)
{
    char space[5000];
    struct buf text = BUF(space);
    bp_inventory_put_sim(&text, sim, SAMPLE_NOW_MS);
    FUZZ_ASSERT(!text.overflow && sim->plan_count <= BP_PLAN_COUNT_MAX);
    for (unsigned i = 0; i < sim->plan_count; i++) {
        const struct bp_plan *plan = &sim->plans[i];
        inventory_check_plan(plan);
        for (unsigned j = 0; j < i; j++)
            FUZZ_ASSERT(!view_equal(view_of(plan->id, plan->id_len),
                                    view_of(sim->plans[j].id, sim->plans[j].id_len)));
    }
    for (size_t i = 0; i <= sim->iccid.len; i++) {
        struct bp_iccid other = sim->iccid;
        if (i < other.len)
            other.digits[i] = other.digits[i] == '9' ? '0' : (char)(other.digits[i] + 1);
        inventory_check_found(table, &other);
    }
}

static inline void inventory_check_sims(struct bp_sim_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        inventory_check_sim(table, &table->sims[i]);
}

// inventory_check_bytes: a number of MB is kept to the nearest byte.
static inline void inventory_check_bytes(const struct bp_json_node *node, int64_t bytes)
{
    double difference = node == NULL ? (double)bytes : (double)bytes - node->number * 1e6;
    FUZZ_ASSERT(difference < 0.500001 && difference > -0.500001);
}

// inventory_check_sim_source compares a SIM with the object that it was read from.
static inline void inventory_check_sim_source(const struct bp_sim *sim,
                                              const struct bp_json_node *nodes,
                                              const struct bp_json_node *object)
{
    const struct bp_json_node *state = bp_json_find(nodes, object, VIEW("state"));
    const struct bp_json_node *plans = bp_json_find(nodes, object, VIEW("plans"));
    const struct bp_plan *plan = sim->plans;
    FUZZ_ASSERT(sim->is_supported ==
                (state == NULL || !view_equal(state->text, VIEW("notsupported"))));
    FUZZ_ASSERT(sim->in_garden == (state != NULL && view_starts(state->text, VIEW("garden"))));
    FUZZ_ASSERT(sim->has_micro ==
                (state != NULL && view_find(state->text, VIEW("micro")) < state->text.len));
    FUZZ_ASSERT(sim->plan_count == (plans == NULL ? 0 : plans->count));
    const struct bp_json_node *n = plans == NULL ? NULL : bp_json_first(plans);
    for (; n != NULL; n = bp_json_next(nodes, plans, n), plan++) {
        struct view id = bp_json_find(nodes, n, VIEW("id"))->text;
        struct view type = bp_json_find(nodes, n, VIEW("type"))->text;
        FUZZ_ASSERT(view_equal(view_of(plan->id, plan->id_len), id));
        FUZZ_ASSERT(view_equal(type, VIEW("MODIRECT")) == (plan->type == BP_PLAN_MODIRECT));
        FUZZ_ASSERT(bp_json_find(nodes, n, VIEW("locations"))->count == plan->country_count);
        inventory_check_bytes(bp_json_find(nodes, n, VIEW("dataMB")), plan->quota_bytes);
        inventory_check_bytes(bp_json_find(nodes, n, VIEW("usedMB")), plan->used_bytes);
    }
}

// inventory_check_source: every SIM of the text is in the table, or among the absent ones.
static inline void inventory_check_source(const struct bp_inventory *inventory,
                                          struct bp_json_reader *reader, struct view text)
{
    const struct bp_json_node *nodes;
    size_t count;
    struct bp_fault fault;
    FUZZ_ASSERT(bp_json_read(reader, &fault, &nodes, &count, text));
    const struct bp_json_node *sims = bp_json_find(nodes, nodes, VIEW("sims"));
    size_t here = 0;
    size_t absent = 0;
    for (const struct bp_json_node *n = bp_json_first(sims); n != NULL;
         n = bp_json_next(nodes, sims, n)) {
        const struct bp_json_node *state = bp_json_find(nodes, n, VIEW("state"));
        bool is_absent = state != NULL && view_equal(state->text, VIEW("absent"));
        const struct bp_sim *sim =
            is_absent ? &inventory->absent[absent++] : &inventory->table.sims[here++];
        FUZZ_ASSERT(here <= inventory->table.count && absent <= inventory->absent_count);
        FUZZ_ASSERT(
            view_equal(bp_iccid_view(&sim->iccid), bp_json_find(nodes, n, VIEW("iccid"))->text));
        if (!is_absent)
            inventory_check_sim_source(sim, nodes, n);
    }
    FUZZ_ASSERT(here == inventory->table.count && absent == inventory->absent_count);
}

// inventory_write writes the inventory as a file.
static inline struct view inventory_write(struct buf out, const struct bp_inventory *inventory,
                                          int64_t now_ms)
{
    buf_put_byte(&out, '{');
    bp_inventory_put(&out, inventory, now_ms);
    buf_put_byte(&out, '}');
    FUZZ_ASSERT(!out.overflow);
    return buf_view(&out);
}

static inline void inventory_check_same_plan(const struct bp_plan *a, const struct bp_plan *b,
                                             int64_t now_ms)
{
    FUZZ_ASSERT(a->type == b->type && a->quota_bytes == b->quota_bytes);
    FUZZ_ASSERT(a->used_bytes == b->used_bytes && a->country_count == b->country_count);
    FUZZ_ASSERT(b->expires_ms == (a->expires_ms > now_ms ? a->expires_ms : now_ms));
    FUZZ_ASSERT(view_equal(view_of(a->id, a->id_len), view_of(b->id, b->id_len)));
    FUZZ_ASSERT(memcmp(a->countries, b->countries, 2 * (size_t)a->country_count) == 0);
}

static inline void inventory_check_same_name(const struct bp_sim *a, const struct bp_sim *b)
{
    FUZZ_ASSERT(bp_iccid_equal(&a->iccid, &b->iccid) && memcmp(a->role, b->role, 4) == 0);
    FUZZ_ASSERT(a->is_supported == b->is_supported && a->in_garden == b->in_garden);
    FUZZ_ASSERT(a->has_micro == b->has_micro);
}

// inventory_check_same: `b` is what was written of `a` at `now_ms` and read back then. Absent SIMs
// have lost their plans, and plans that were over are over now.
static inline void inventory_check_same(const struct bp_inventory *a, const struct bp_inventory *b,
                                        int64_t now_ms)
{
    FUZZ_ASSERT(view_equal(view_of(a->base, a->base_len), view_of(b->base, b->base_len)));
    FUZZ_ASSERT(view_equal(view_of(a->host, a->host_len), view_of(b->host, b->host_len)));
    FUZZ_ASSERT(a->environment == b->environment);
    FUZZ_ASSERT(a->table.count == b->table.count && a->absent_count == b->absent_count);
    for (size_t i = 0; i < a->table.count; i++) {
        const struct bp_sim *was = &a->table.sims[i];
        const struct bp_sim *is = &b->table.sims[i];
        inventory_check_same_name(was, is);
        FUZZ_ASSERT(was->plan_count == is->plan_count);
        for (unsigned j = 0; j < was->plan_count; j++)
            inventory_check_same_plan(&was->plans[j], &is->plans[j], now_ms);
    }
    for (size_t i = 0; i < a->absent_count; i++) {
        inventory_check_same_name(&a->absent[i], &b->absent[i]);
        FUZZ_ASSERT(b->absent[i].plan_count == 0);
    }
}

#endif
