// SPDX-License-Identifier: Apache-2.0
#include "operator/inventory.h"
#include "value/duration.h"
#include "json/json_write.h"

// A duration with its milliseconds: P1DT0.250S.
static void put_time(struct buf *out, int64_t ms)
{
    char space[BP_DURATION_TEXT_LEN_MAX];
    struct buf text = BUF(space);
    uint64_t left_ms = ms > 0 ? (uint64_t)ms : 0;
    bp_duration_write(&text, left_ms / 1000);
    if (left_ms % 1000 != 0) {
        bool has_time = view_index(buf_view(&text), 'T') < text.len;
        bool has_seconds = text.data[text.len - 1] == 'S';
        if (has_seconds)
            text.len--;
        else
            buf_put_text(&text, has_time ? "0" : "T0");
        buf_put_byte(&text, '.');
        buf_put_padded(&text, left_ms % 1000, 3);
        buf_put_byte(&text, 'S');
    }
    bp_json_put_string(out, buf_view(&text));
}

static void put_plan(struct buf *out, const struct bp_plan *plan, int64_t now_ms)
{
    bool is_payg = plan->type == BP_PLAN_MODIRECTPAYG;
    buf_put_text(out, "{\"id\":");
    bp_json_put_string(out, view_of(plan->id, plan->id_len));
    buf_put_text(out, is_payg ? ",\"type\":\"MODIRECTPAYG\"" : ",\"type\":\"MODIRECT\"");
    buf_put_text(out, ",\"dataMB\":");
    bp_json_put_number(out, (double)plan->quota_bytes / (double)BP_MB);
    buf_put_text(out, ",\"usedMB\":");
    bp_json_put_number(out, (double)plan->used_bytes / (double)BP_MB);
    buf_put_text(out, ",\"time\":");
    put_time(out, plan->expires_ms - now_ms);
    buf_put_text(out, ",\"locations\":[");
    for (unsigned i = 0; i < plan->country_count; i++) {
        buf_put_text(out, i == 0 ? "\"" : ",\"");
        buf_put(out, view_of(plan->countries[i], 2));
        buf_put_byte(out, '"');
    }
    buf_put_text(out, "]}");
}

static const char *state_name(const struct bp_sim *sim)
{
    if (!sim->is_supported)
        return "notsupported";
    if (sim->in_garden)
        return sim->has_micro ? "garden+micro" : "garden";
    return sim->has_micro ? "micro" : "active";
}

static void put_name(struct buf *out, const struct bp_sim *sim, const char *state)
{
    size_t role_len = sizeof sim->role;
    while (role_len != 0 && sim->role[role_len - 1] == '\0')
        role_len--;
    buf_put_text(out, "{\"role\":");
    bp_json_put_string(out, view_of(sim->role, role_len));
    buf_put_text(out, ",\"iccid\":\"");
    buf_put(out, bp_iccid_view(&sim->iccid));
    buf_put_text(out, "\",\"state\":\"");
    buf_put_text(out, state);
    buf_put_byte(out, '"');
}

void bp_inventory_put_sim(struct buf *out, const struct bp_sim *sim, int64_t now_ms)
{
    put_name(out, sim, state_name(sim));
    buf_put_text(out, ",\"plans\":[");
    for (unsigned i = 0; i < sim->plan_count; i++) {
        buf_put_text(out, i == 0 ? "" : ",");
        put_plan(out, &sim->plans[i], now_ms);
    }
    buf_put_text(out, "]}");
}

void bp_inventory_put(struct buf *out, const struct bp_inventory *inventory, int64_t now_ms)
{
    buf_put_text(out, "\"base\":");
    bp_json_put_string(out, view_of(inventory->base, inventory->base_len));
    buf_put_text(out, ",\"host\":");
    bp_json_put_string(out, view_of(inventory->host, inventory->host_len));
    if (inventory->environment != BP_ENVIRONMENT_UNKNOWN) {
        buf_put_text(out, ",\"environment\":");
        bp_json_put_string(out, view_of_text(bp_environment_name(inventory->environment)));
    }
    buf_put_text(out, ",\"sims\":[");
    const char *comma = "\n";
    for (size_t i = 0; i < inventory->table.count; i++) {
        buf_put_text(out, comma);
        bp_inventory_put_sim(out, &inventory->table.sims[i], now_ms);
        comma = ",\n";
    }
    for (size_t i = 0; i < inventory->absent_count; i++) {
        buf_put_text(out, comma);
        put_name(out, &inventory->absent[i], "absent");
        buf_put_byte(out, '}');
        comma = ",\n";
    }
    buf_put_text(out, "]");
}
