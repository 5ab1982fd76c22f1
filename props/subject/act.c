// SPDX-License-Identifier: Apache-2.0
#include "props/subject/act.h"

#include <assert.h>

#include "value/country.h"

const char *hook_name(enum hook hook)
{
    static const char *const names[HOOK_COUNT] = {
        [HOOK_LIMITER] = "limiter", [HOOK_FAULT] = "fault", [HOOK_WALLED] = "walled",
        [HOOK_MICRO] = "micro",     [HOOK_ORDER] = "order", [HOOK_CONSUME] = "consume",
        [HOOK_CLOCK] = "clock",
    };
    assert((unsigned)hook < HOOK_COUNT);
    return names[hook];
}

static struct view keep_text(char *space, struct view text)
{
    struct view kept = view_first(text, text.len < ACT_TEXT_LEN_MAX ? text.len : ACT_TEXT_LEN_MAX);
    if (kept.len != 0)
        memcpy(space, kept.data, kept.len);
    return view_of(space, kept.len);
}

void act_keep(struct act_kept *out, const struct act *act)
{
    out->act = *act;
    out->act.iccid = keep_text(out->iccid, act->iccid);
    out->act.id = keep_text(out->id, act->id);
    out->act.countries = keep_text(out->countries, act->countries);
}

static bool order_plan(struct bp_sim *sim, const struct act *act, int64_t now_ms)
{
    struct bp_plan plan = {.type = act->is_payg ? BP_PLAN_MODIRECTPAYG : BP_PLAN_MODIRECT,
                           .quota_bytes = act->bytes,
                           .expires_ms = now_ms + act->ms};
    struct view left = act->countries;
    if (act->id.len > sizeof plan.id)
        return false;
    memcpy(plan.id, act->id.data, act->id.len);
    plan.id_len = (uint8_t)act->id.len;
    while (left.len != 0) {
        size_t len = view_index(left, ',');
        bool is_read = plan.country_count < BP_COUNTRY_COUNT_MAX &&
                       bp_country_read(plan.countries[plan.country_count], view_first(left, len));
        if (!is_read)
            return false;
        plan.country_count++;
        left = view_from(left, len < left.len ? len + 1 : len);
    }
    return bp_sim_order(sim, &plan);
}

bool act_apply(struct bp_deployment *deployment, const struct act *act, int64_t now_ms)
{
    struct bp_iccid iccid;
    struct bp_sim *sim = NULL;
    if (bp_iccid_read(&iccid, act->iccid))
        sim = bp_sim_find(&deployment->inventory.table, &iccid);
    if (sim == NULL && act->hook != HOOK_LIMITER && act->hook != HOOK_FAULT)
        return false;
    switch (act->hook) {
    case HOOK_LIMITER:
        bp_deployment_limit(deployment, act->rate_per_s, now_ms);
        return true;
    case HOOK_FAULT:
        deployment->endpoint.is_broken = act->is_on;
        return true;
    case HOOK_WALLED:
        sim->in_garden = act->is_on;
        return true;
    case HOOK_MICRO:
        sim->has_micro = act->is_on;
        return true;
    case HOOK_ORDER:
        return order_plan(sim, act, now_ms);
    case HOOK_CONSUME:
        return bp_sim_consume(sim, act->bytes, NULL, now_ms);
    default:
        return false;
    }
}
