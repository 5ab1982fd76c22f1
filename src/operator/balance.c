// SPDX-License-Identifier: Apache-2.0
#include "operator/balance.h"

#include "value/duration.h"
#include "json/json_write.h"

static void list_active(struct bp_balance_list *out, const struct bp_sim *sim,
                        const struct bp_query *query, int64_t now_ms)
{
    static const enum bp_balance_type type_of[] = {
        [BP_PLAN_MODIRECT] = BP_TYPE_MODIRECT, [BP_PLAN_MODIRECTPAYG] = BP_TYPE_MODIRECTPAYG};
    for (unsigned i = 0; i < sim->plan_count; i++) {
        const struct bp_plan *plan = &sim->plans[i];
        bool is_here = !query->has_location || bp_plan_holds_in(plan, query->location);
        if (!is_here || !bp_plan_is_active(plan, now_ms))
            continue;
        out->items[out->count++] = (struct bp_balance){
            type_of[plan->type], plan, bp_plan_left_bytes(plan), bp_plan_left_s(plan, now_ms)};
    }
}

void bp_balances_at(struct bp_balance_list *out, const struct bp_sim *sim,
                    const struct bp_query *query, int64_t now_ms)
{
    out->count = 0;
    bool is_zero = !sim->is_supported || sim->in_garden || sim->has_micro;
    if (!is_zero)
        list_active(out, sim, query, now_ms);
    if (out->count == 0)
        out->items[out->count++] = (struct bp_balance){
            sim->is_supported ? BP_TYPE_NONE : BP_TYPE_NOTSUPPORTED, NULL, 0, 0};
    if (query->has_limit && (size_t)query->limit_count < out->count)
        out->count = (size_t)query->limit_count;
}

static void write_locations(struct buf *out, const struct bp_plan *plan)
{
    static const char quoted[5] = {'"', 0, 0, '"', ','};
    size_t count = plan == NULL ? 0 : plan->country_count;
    buf_put(out, VIEW(",\"locations\":["));
    for (size_t i = 0; i < count; i++) {
        char *at = buf_claim(out, i + 1 < count ? 5 : 4);
        if (at == NULL)
            return;
        memcpy(at, quoted, i + 1 < count ? 5 : 4);
        memcpy(at + 1, plan->countries[i], 2);
    }
    buf_put_byte(out, ']');
}

static void write_balance(struct buf *out, const struct bp_balance *balance, enum bp_fields fields)
{
    static const struct view opening[] = {
        [BP_TYPE_MODIRECT] = VIEW_INIT("{\"type\":\"MODIRECT\",\"dataRemainingInMB\":"),
        [BP_TYPE_MODIRECTPAYG] = VIEW_INIT("{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":"),
        [BP_TYPE_NONE] = VIEW_INIT("{\"type\":\"NONE\",\"dataRemainingInMB\":"),
        [BP_TYPE_NOTSUPPORTED] = VIEW_INIT("{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":")};
    const struct bp_plan *plan = balance->plan;
    buf_put(out, opening[balance->type]);
    bp_json_put_number(out, (double)balance->remaining_bytes / (double)BP_MB);
    buf_put(out, VIEW(",\"timeRemaining\":\""));
    bp_duration_write(out, balance->remaining_s);
    buf_put(out, VIEW("\",\"id\":"));
    if (plan == NULL)
        buf_put(out, VIEW("\"0\""));
    else
        bp_json_put_string(out, view_of(plan->id, plan->id_len));
    if (fields == BP_FIELDS_FULL)
        write_locations(out, plan);
    buf_put_byte(out, '}');
}

void bp_balances_write(struct buf *out, const struct bp_balance_list *list, enum bp_fields fields)
{
    buf_put(out, VIEW("{\"balances\":["));
    for (size_t i = 0; i < list->count; i++) {
        if (i != 0)
            buf_put_byte(out, ',');
        write_balance(out, &list->items[i], fields);
    }
    buf_put(out, VIEW("]}"));
}
