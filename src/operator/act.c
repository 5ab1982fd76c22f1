// SPDX-License-Identifier: Apache-2.0
#include "operator/act.h"

#include <assert.h>

#include "value/country.h"

// What an act comes to: filled in by `prepare`, so that it is only read once.
struct deed {
    struct bp_sim *sim;  // NULL: it is about none
    struct bp_plan plan; // bought
    char country[2];     // of the consumption
};

const char *bp_hook_name(enum bp_hook hook)
{
    static const char *const names[BP_HOOK_COUNT] = {
        [BP_HOOK_LIMITER] = "limiter", [BP_HOOK_FAULT] = "fault", [BP_HOOK_WALLED] = "walled",
        [BP_HOOK_MICRO] = "micro",     [BP_HOOK_ORDER] = "order", [BP_HOOK_CONSUME] = "consume",
        [BP_HOOK_CLOCK] = "clock",
    };
    assert((unsigned)hook < BP_HOOK_COUNT);
    return names[hook];
}

static struct view keep_text(char *space, struct view text)
{
    struct view kept =
        view_first(text, text.len < BP_ACT_TEXT_LEN_MAX ? text.len : BP_ACT_TEXT_LEN_MAX);
    if (kept.len != 0)
        memcpy(space, kept.data, kept.len);
    return view_of(space, kept.len);
}

void bp_act_keep(struct bp_act_kept *out, const struct bp_act *act)
{
    out->act = *act;
    out->act.iccid = keep_text(out->iccid, act->iccid);
    out->act.id = keep_text(out->id, act->id);
    out->act.countries = keep_text(out->countries, act->countries);
}

static bool read_countries(struct bp_plan *out, struct view text)
{
    for (bool is_more = true; is_more;) {
        char code[2];
        size_t len = view_index(text, ',');
        is_more = len < text.len;
        bool is_good = out->country_count < BP_COUNTRY_COUNT_MAX &&
                       bp_country_read(code, view_first(text, len)) && !bp_plan_holds_in(out, code);
        if (!is_good)
            return false;
        memcpy(out->countries[out->country_count++], code, 2);
        text = view_from(text, is_more ? len + 1 : len);
    }
    return true;
}

static const char *prepare_order(struct deed *out, const struct bp_act *act, int64_t now_ms)
{
    struct bp_plan *plan = &out->plan;
    *plan = (struct bp_plan){.type = act->is_payg ? BP_PLAN_MODIRECTPAYG : BP_PLAN_MODIRECT,
                             .quota_bytes = act->bytes,
                             .expires_ms = now_ms + act->ms};
    if (act->id.len == 0 || act->id.len > sizeof plan->id)
        return "ID has 1 to 32 octets";
    if (bp_sim_has_plan(out->sim, act->id))
        return "this SIM has a plan with that ID";
    memcpy(plan->id, act->id.data, act->id.len);
    plan->id_len = (uint8_t)act->id.len;
    if (!read_countries(plan, act->countries))
        return "LOCATIONS are up to 16 countries of ISO 3166-1, as US,CA";
    return out->sim->plan_count == BP_PLAN_COUNT_MAX ? "this SIM has eight plans already" : NULL;
}

static bool book(struct deed *deed, const struct bp_act *act, int64_t bytes, int64_t now_ms)
{
    const char *country = act->countries.len == 0 ? NULL : deed->country;
    return bp_sim_consume(deed->sim, bytes, country, now_ms);
}

static const char *prepare_consume(struct deed *out, const struct bp_act *act, int64_t now_ms)
{
    const struct bp_sim *sim = out->sim;
    if (act->countries.len != 0 && !bp_country_read(out->country, act->countries))
        return "LOCATION is a country of ISO 3166-1, as US";
    for (unsigned i = 0; i < sim->plan_count; i++)
        if (sim->plans[i].used_bytes > (int64_t)BP_DATA_MB_MAX * BP_MB - act->bytes)
            return "no plan counts that much data";
    // Nothing is used up, so that nothing is changed.
    return book(out, act, 0, now_ms) ? NULL : "no plan of this SIM is active";
}

static const char *prepare(struct deed *out, const struct bp_deployment *deployment,
                           const struct bp_act *act, int64_t now_ms)
{
    struct bp_iccid iccid;
    out->sim = NULL;
    bool is_on_sim = act->hook == BP_HOOK_WALLED || act->hook == BP_HOOK_MICRO ||
                     act->hook == BP_HOOK_ORDER || act->hook == BP_HOOK_CONSUME;
    if (!is_on_sim)
        return NULL;
    if (bp_iccid_read(&iccid, act->iccid))
        out->sim = bp_sim_find(&deployment->inventory.table, &iccid);
    if (out->sim == NULL)
        return "the operator has no SIM with this ICCID";
    if (act->hook == BP_HOOK_ORDER)
        return prepare_order(out, act, now_ms);
    return act->hook == BP_HOOK_CONSUME ? prepare_consume(out, act, now_ms) : NULL;
}

const char *bp_act_refusal(const struct bp_deployment *deployment, const struct bp_act *act,
                           int64_t now_ms)
{
    struct deed ignored;
    return prepare(&ignored, deployment, act, now_ms);
}

bool bp_act_apply(struct bp_deployment *deployment, const struct bp_act *act, int64_t now_ms)
{
    struct deed deed;
    if (prepare(&deed, deployment, act, now_ms) != NULL)
        return false;
    switch (act->hook) {
    case BP_HOOK_LIMITER:
        bp_deployment_limit(deployment, act->rate_per_s, now_ms);
        return true;
    case BP_HOOK_FAULT:
        deployment->endpoint.is_broken = act->is_on;
        return true;
    case BP_HOOK_WALLED:
        deed.sim->in_garden = act->is_on;
        return true;
    case BP_HOOK_MICRO:
        deed.sim->has_micro = act->is_on;
        return true;
    case BP_HOOK_ORDER:
        return bp_sim_order(deed.sim, &deed.plan);
    case BP_HOOK_CONSUME:
        return book(&deed, act, act->bytes, now_ms);
    default:
        return false;
    }
}
