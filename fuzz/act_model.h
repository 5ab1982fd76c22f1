// SPDX-License-Identifier: Apache-2.0
// What the back office may do, a second time, slow and obvious: SIMs and codes are found by walks,
// and what is refused is refused in these words.
#ifndef BP_FUZZ_ACT_MODEL_H
#define BP_FUZZ_ACT_MODEL_H

#include "operator/act.h"
#include "value/country.h"

enum { ACT_MODEL_BYTES_MAX = 1000000000 };

static inline struct bp_sim *act_model_sim(struct bp_sim *sims, size_t count, struct view iccid)
{
    for (size_t i = 0; i < count; i++)
        if (view_equal(bp_iccid_view(&sims[i].iccid), iccid))
            return &sims[i];
    return NULL;
}

// act_model_country is the code that `text` is in any case, or an empty view.
static inline struct view act_model_country(struct view text)
{
    for (unsigned i = 0; i < BP_COUNTRY_COUNT; i++)
        if (view_equal_nocase(bp_country_at(i), text))
            return bp_country_at(i);
    return VIEW("");
}

static inline bool act_model_holds_in(const struct bp_plan *plan, struct view country)
{
    bool is_there = country.len == 0;
    for (unsigned i = 0; i < plan->country_count; i++)
        is_there = is_there || view_equal(view_of(plan->countries[i], 2), country);
    return is_there;
}

static inline bool act_model_counts(const struct bp_plan *plan, int64_t now_ms)
{
    bool has_data = plan->type == BP_PLAN_MODIRECT || plan->used_bytes < plan->quota_bytes;
    return has_data && plan->expires_ms - now_ms >= 1000;
}

// act_model_countries puts the codes of a list into `plan`; false when it is none.
static inline bool act_model_countries(struct bp_plan *plan, struct view list)
{
    plan->country_count = 0;
    for (size_t begin = 0; begin <= list.len;) {
        struct view rest = view_from(list, begin);
        struct view text = view_first(rest, view_index(rest, ','));
        struct view code = act_model_country(text);
        bool is_again = plan->country_count != 0 && act_model_holds_in(plan, code);
        if (code.len == 0 || is_again || plan->country_count == BP_COUNTRY_COUNT_MAX)
            return false;
        memcpy(plan->countries[plan->country_count++], code.data, 2);
        begin += text.len + 1;
    }
    return true;
}

static inline const char *act_model_order(struct bp_sim *sim, const struct bp_act *act,
                                          int64_t now_ms)
{
    struct bp_plan plan = {.type = act->is_payg ? BP_PLAN_MODIRECTPAYG : BP_PLAN_MODIRECT,
                           .quota_bytes = act->bytes,
                           .expires_ms = now_ms + act->ms};
    if (act->id.len < 1 || act->id.len > 32)
        return "ID has 1 to 32 octets";
    for (unsigned i = 0; i < sim->plan_count; i++)
        if (view_equal(view_of(sim->plans[i].id, sim->plans[i].id_len), act->id))
            return "this SIM has a plan with that ID";
    if (!act_model_countries(&plan, act->countries))
        return "LOCATIONS are up to 16 countries of ISO 3166-1, as US,CA";
    if (sim->plan_count == 8)
        return "this SIM has eight plans already";
    memcpy(plan.id, act->id.data, act->id.len);
    plan.id_len = (uint8_t)act->id.len;
    sim->plans[sim->plan_count++] = plan;
    sim->in_garden = sim->has_micro = false;
    return NULL;
}

static inline const char *act_model_consume(struct bp_sim *sim, const struct bp_act *act,
                                            int64_t now_ms)
{
    struct view country = act_model_country(act->countries);
    struct bp_plan *last = NULL;
    int64_t rest = act->bytes;
    if (act->countries.len != 0 && country.len == 0)
        return "LOCATION is a country of ISO 3166-1, as US";
    for (unsigned i = 0; i < sim->plan_count; i++)
        if (sim->plans[i].used_bytes + rest > (int64_t)ACT_MODEL_BYTES_MAX * 1000000)
            return "no plan counts that much data";
    for (unsigned i = 0; i < sim->plan_count; i++) {
        struct bp_plan *plan = &sim->plans[i];
        if (!act_model_counts(plan, now_ms) || !act_model_holds_in(plan, country))
            continue;
        int64_t left = plan->quota_bytes - plan->used_bytes;
        int64_t part = left < 0 ? 0 : left < rest ? left : rest;
        plan->used_bytes += part;
        rest -= part;
        last = plan;
    }
    if (last == NULL)
        return "no plan of this SIM is active";
    last->used_bytes += rest;
    return NULL;
}

// act_model_do does an act to the SIMs, or says why it cannot be done.
static inline const char *act_model_do(struct bp_sim *sims, size_t count, const struct bp_act *act,
                                       int64_t now_ms)
{
    if (act->hook < BP_HOOK_WALLED || act->hook > BP_HOOK_CONSUME)
        return NULL;
    struct bp_sim *sim = act_model_sim(sims, count, act->iccid);
    if (sim == NULL)
        return "the operator has no SIM with this ICCID";
    if (act->hook == BP_HOOK_ORDER)
        return act_model_order(sim, act, now_ms);
    if (act->hook == BP_HOOK_CONSUME)
        return act_model_consume(sim, act, now_ms);
    *(act->hook == BP_HOOK_WALLED ? &sim->in_garden : &sim->has_micro) = act->is_on;
    return NULL;
}

#endif
