// SPDX-License-Identifier: Apache-2.0
// What holds of one SIM of an inventory: what is answered for it, and what consumption does to it.
#ifndef BP_FUZZ_ACCOUNT_CHECKS_H
#define BP_FUZZ_ACCOUNT_CHECKS_H

#include "answers.h"
#include "sample.h"

// account_has_left says that the plan counts: a second of time, and data where it is prepaid.
static inline bool account_has_left(const struct bp_plan *plan)
{
    bool has_data = plan->type == BP_PLAN_MODIRECT || plan->used_bytes < plan->quota_bytes;
    return has_data && plan->expires_ms - SAMPLE_NOW_MS >= 1000;
}

static inline size_t account_count_text(struct view text, struct view needle)
{
    size_t count = 0;
    for (size_t at = view_find(text, needle); at < text.len; at = view_find(text, needle)) {
        text = view_from(text, at + needle.len);
        count++;
    }
    return count;
}

// account_ask asks for `iccid` at the inventory's own base path, checks the answer, and gives its
// body.
static inline struct view account_ask(struct buf space, const struct bp_inventory *inventory,
                                      const struct bp_iccid *iccid, unsigned status)
{
    static char request[512];
    struct bp_endpoint endpoint;
    struct buf out = BUF(request);
    struct answer answer;
    buf_put_text(&out, "GET ");
    buf_put(&out, view_of(inventory->base, inventory->base_len));
    buf_put_text(&out, "/sims/");
    buf_put(&out, bp_iccid_view(iccid));
    buf_put_text(&out, "/balances?fieldsTemplate=full HTTP/1.1\r\nHost: a\r\n\r\n");
    bp_endpoint_init(&endpoint, inventory);
    struct view rest = sample_talk(space, &endpoint, buf_view(&out), out.len, 1);
    answer_take(&answer, &rest);
    answer_check(&answer);
    FUZZ_ASSERT(answer.head.status == status && rest.len == 0);
    return answer.body;
}

// account_check_answer: as many elements as plans count, or one that says why there is none.
static inline void account_check_answer(struct buf space, const struct bp_inventory *inventory,
                                        const struct bp_sim *sim)
{
    struct view body = account_ask(space, inventory, &sim->iccid, 200);
    bool is_zero = !sim->is_supported || sim->in_garden || sim->has_micro;
    size_t count = 0;
    for (unsigned i = 0; i < sim->plan_count; i++)
        count += !is_zero && account_has_left(&sim->plans[i]);
    size_t none = account_count_text(body, VIEW("\"type\":\"NONE\""));
    size_t not_supported = account_count_text(body, VIEW("\"type\":\"NOTSUPPORTED\""));
    FUZZ_ASSERT(account_count_text(body, VIEW("\"type\":\"")) == (count == 0 ? 1 : count));
    FUZZ_ASSERT(not_supported == !sim->is_supported);
    FUZZ_ASSERT(none == (sim->is_supported && count == 0));
}

// account_check_consume: what is consumed is booked, all of it, on plans that count in the country,
// and on one only when those before it have no data left.
static inline void account_check_consume(struct bp_sim *sim, int64_t bytes, const char *country)
{
    const struct bp_sim before = *sim;
    bool is_booked = bp_sim_consume(sim, bytes, country, SAMPLE_NOW_MS);
    bool is_full = false;
    bool has_plan = false;
    bool has_rest = false; // a plan so far has data left
    uint64_t booked = 0;
    for (unsigned i = 0; i < sim->plan_count; i++) {
        const struct bp_plan *was = &before.plans[i];
        bool is_here = country == NULL;
        for (unsigned j = 0; j < was->country_count; j++)
            is_here = is_here || memcmp(was->countries[j], country, 2) == 0;
        bool counts = is_here && account_has_left(was);
        uint64_t part = (uint64_t)sim->plans[i].used_bytes - (uint64_t)was->used_bytes;
        FUZZ_ASSERT(sim->plans[i].used_bytes >= was->used_bytes);
        FUZZ_ASSERT(part == 0 || (counts && !has_rest));
        has_plan = has_plan || counts;
        has_rest = has_rest || (counts && bp_plan_left_bytes(&sim->plans[i]) != 0);
        is_full = is_full || sim->plans[i].used_bytes == INT64_MAX;
        booked += part;
    }
    FUZZ_ASSERT(is_booked == has_plan);
    FUZZ_ASSERT(booked == (is_booked ? (uint64_t)bytes : 0) || is_full);
}

// account_check asks, consumes a little more than the last plan had, asks again, consumes more than
// can be counted, and asks once more.
static inline void account_check(struct buf space, const struct bp_inventory *inventory,
                                 struct bp_sim *sim)
{
    const struct bp_plan *last = sim->plan_count == 0 ? NULL : &sim->plans[sim->plan_count - 1];
    account_check_answer(space, inventory, sim);
    account_check_consume(sim, last == NULL ? 0 : bp_plan_left_bytes(last) + 1,
                          last == NULL ? "US" : last->countries[0]);
    account_check_answer(space, inventory, sim);
    account_check_consume(sim, INT64_MAX, NULL);
    account_check_answer(space, inventory, sim);
}

// account_check_all checks every SIM of `read`, and that the absent ones are not known.
static inline void account_check_all(struct buf out, const struct bp_inventory *read)
{
    for (size_t i = 0; i < read->table.count; i++)
        account_check(out, read, &read->table.sims[i]);
    for (size_t i = 0; i < read->absent_count; i++)
        account_ask(out, read, &read->absent[i].iccid, 404);
}

#endif
