// SPDX-License-Identifier: Apache-2.0
#include "operator/inventory.h"

#include <assert.h>

#include "value/country.h"
#include "value/duration.h"

// What every step of the reading needs.
struct reading {
    const struct bp_json_node *nodes;
    struct bp_fault *fault;
    int64_t now_ms;
};

static bool refuse(const struct reading *r, struct view where)
{
    return bp_refuse(r->fault, BP_REASON_INVENTORY, where);
}

// Only strings and numbers have a text.
static bool refuse_node(const struct reading *r, const struct bp_json_node *node)
{
    bool has_text = node->kind == BP_JSON_STRING || node->kind == BP_JSON_NUMBER;
    return refuse(r, has_text ? node->text : view_of(NULL, 0));
}

static bool refuse_space(const struct reading *r, struct view where)
{
    return bp_refuse(r->fault, BP_REASON_INVENTORY_SPACE, where);
}

// A member that must be there, of one kind.
static bool member_find(const struct bp_json_node **out, const struct reading *r,
                        const struct bp_json_node *object, struct view name, enum bp_json_kind kind)
{
    *out = bp_json_find(r->nodes, object, name);
    return (*out != NULL && (*out)->kind == kind) || refuse(r, name);
}

// A text of 0 to `cap` octets that may be left out.
static bool text_read(char *out, size_t *len, size_t cap, const struct reading *r,
                      const struct bp_json_node *object, struct view name)
{
    const struct bp_json_node *node = bp_json_find(r->nodes, object, name);
    *len = 0;
    if (node == NULL)
        return true;
    if (node->kind != BP_JSON_STRING || node->text.len > cap)
        return refuse_node(r, node);
    *len = node->text.len;
    if (*len != 0)
        memcpy(out, node->text.data, *len);
    return true;
}

static bool bytes_read(int64_t *out, const struct reading *r, const struct bp_json_node *node)
{
    if (node->kind != BP_JSON_NUMBER || node->number < 0 || node->number > (double)BP_DATA_MB_MAX)
        return refuse_node(r, node);
    *out = (int64_t)(node->number * (double)BP_MB + 0.5);
    return true;
}

static bool data_read(struct bp_plan *out, const struct reading *r,
                      const struct bp_json_node *object)
{
    const struct bp_json_node *data;
    const struct bp_json_node *used = bp_json_find(r->nodes, object, VIEW("usedMB"));
    if (!member_find(&data, r, object, VIEW("dataMB"), BP_JSON_NUMBER))
        return false;
    return bytes_read(&out->quota_bytes, r, data) &&
           (used == NULL || bytes_read(&out->used_bytes, r, used));
}

static bool type_read(struct bp_plan *out, const struct reading *r,
                      const struct bp_json_node *object)
{
    const struct bp_json_node *type;
    if (!member_find(&type, r, object, VIEW("type"), BP_JSON_STRING))
        return false;
    bool is_payg = view_equal(type->text, VIEW("MODIRECTPAYG"));
    if (!is_payg && !view_equal(type->text, VIEW("MODIRECT")))
        return refuse_node(r, type);
    out->type = is_payg ? BP_PLAN_MODIRECTPAYG : BP_PLAN_MODIRECT;
    return true;
}

static bool time_read(struct bp_plan *out, const struct reading *r,
                      const struct bp_json_node *object)
{
    const struct bp_json_node *time;
    struct bp_duration duration;
    struct bp_fault ignored;
    if (!member_find(&time, r, object, VIEW("time"), BP_JSON_STRING))
        return false;
    bool is_read = bp_duration_read(&duration, &ignored, time->text);
    if (!is_read || duration.form != BP_DURATION_STRICT)
        return refuse_node(r, time);
    out->expires_ms =
        r->now_ms + (int64_t)duration.whole_s * 1000 + (int64_t)(duration.fraction_ns / 1000000);
    return true;
}

static bool country_read(struct bp_plan *out, const struct reading *r,
                         const struct bp_json_node *node)
{
    char code[2];
    if (node->kind != BP_JSON_STRING || !bp_country_read(code, node->text))
        return refuse_node(r, node);
    if (bp_plan_holds_in(out, code))
        return refuse_node(r, node);
    if (out->country_count == BP_COUNTRY_COUNT_MAX)
        return refuse_space(r, VIEW("locations"));
    memcpy(out->countries[out->country_count++], code, 2);
    return true;
}

static bool countries_read(struct bp_plan *out, const struct reading *r,
                           const struct bp_json_node *object)
{
    const struct bp_json_node *list;
    if (!member_find(&list, r, object, VIEW("locations"), BP_JSON_ARRAY))
        return false;
    if (list->count == 0)
        return refuse(r, VIEW("locations"));
    for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
         n = bp_json_next(r->nodes, list, n))
        if (!country_read(out, r, n))
            return false;
    return true;
}

static bool plan_add(struct bp_sim *sim, const struct reading *r, const struct bp_json_node *object)
{
    if (object->kind != BP_JSON_OBJECT)
        return refuse_node(r, object);
    if (sim->plan_count == BP_PLAN_COUNT_MAX)
        return refuse_space(r, VIEW("plans"));
    struct bp_plan *plan = &sim->plans[sim->plan_count];
    size_t id_len;
    if (!text_read(plan->id, &id_len, sizeof plan->id, r, object, VIEW("id")))
        return false;
    struct view id = view_of(plan->id, id_len);
    if (id_len == 0 || bp_sim_has_plan(sim, id))
        return refuse(r, VIEW("id"));
    plan->id_len = (uint8_t)id_len;
    bool is_read = type_read(plan, r, object) && data_read(plan, r, object) &&
                   time_read(plan, r, object) && countries_read(plan, r, object);
    sim->plan_count++;
    return is_read;
}

static bool plans_read(struct bp_sim *out, const struct reading *r,
                       const struct bp_json_node *object)
{
    const struct bp_json_node *list = bp_json_find(r->nodes, object, VIEW("plans"));
    if (list == NULL)
        return true;
    if (list->kind != BP_JSON_ARRAY)
        return refuse(r, VIEW("plans"));
    for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
         n = bp_json_next(r->nodes, list, n))
        if (!plan_add(out, r, n))
            return false;
    return true;
}

// Whether the SIM is in the operator's table is the one thing a state says that struct bp_sim does
// not hold.
static bool state_read(struct bp_sim *out, bool *is_absent, const struct reading *r,
                       const struct bp_json_node *object)
{
    static const struct {
        struct view name;
        bool is_supported, in_garden, has_micro, is_absent;
    } states[] = {
        {VIEW_INIT("active"), true, false, false, false},
        {VIEW_INIT("notsupported"), false, false, false, false},
        {VIEW_INIT("garden"), true, true, false, false},
        {VIEW_INIT("micro"), true, false, true, false},
        {VIEW_INIT("garden+micro"), true, true, true, false},
        {VIEW_INIT("absent"), true, false, false, true},
    };
    const struct bp_json_node *node = bp_json_find(r->nodes, object, VIEW("state"));
    if (node != NULL && node->kind != BP_JSON_STRING)
        return refuse_node(r, node);
    struct view name = node == NULL ? states[0].name : node->text;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (view_equal(name, states[i].name)) {
            out->is_supported = states[i].is_supported;
            out->in_garden = states[i].in_garden;
            out->has_micro = states[i].has_micro;
            *is_absent = states[i].is_absent;
            return true;
        }
    return refuse(r, name);
}

static bool is_absent_already(const struct bp_inventory *inventory, const struct bp_iccid *iccid)
{
    for (size_t i = 0; i < inventory->absent_count; i++)
        if (bp_iccid_equal(&inventory->absent[i].iccid, iccid))
            return true;
    return false;
}

static bool sim_add(struct bp_inventory *out, const struct reading *r,
                    const struct bp_json_node *object)
{
    struct bp_sim sim = {.plan_count = 0};
    const struct bp_json_node *iccid;
    bool is_absent = false;
    size_t role_len;
    if (object->kind != BP_JSON_OBJECT)
        return refuse_node(r, object);
    if (!member_find(&iccid, r, object, VIEW("iccid"), BP_JSON_STRING))
        return false;
    if (!bp_iccid_read(&sim.iccid, iccid->text))
        return refuse_node(r, iccid);
    if (!text_read(sim.role, &role_len, sizeof sim.role, r, object, VIEW("role")))
        return false;
    if (!state_read(&sim, &is_absent, r, object) || !plans_read(&sim, r, object))
        return false;
    bool is_known = bp_sim_find(&out->table, &sim.iccid) != NULL;
    if (is_known || is_absent_already(out, &sim.iccid))
        return refuse_node(r, iccid);
    if (!is_absent)
        return bp_sim_add(&out->table, &sim) || refuse_space(r, VIEW("sims"));
    if (out->absent_count == BP_ABSENT_COUNT_MAX)
        return refuse_space(r, VIEW("sims"));
    out->absent[out->absent_count++] = sim;
    return true;
}

static bool base_is_good(struct view base)
{
    if (base.len == 0)
        return true;
    if (base.data[0] != '/' || base.data[base.len - 1] == '/')
        return false;
    for (size_t i = 0; i < base.len; i++)
        if (base.data[i] <= ' ' || base.data[i] > '~' || base.data[i] == '?' || base.data[i] == '#')
            return false;
    return true;
}

static bool host_is_good(struct view host)
{
    for (size_t i = 0; i < host.len; i++)
        if (host.data[i] <= ' ' || host.data[i] > '~')
            return false;
    return true;
}

static bool place_read(struct bp_inventory *out, const struct reading *r,
                       const struct bp_json_node *root)
{
    if (!text_read(out->base, &out->base_len, sizeof out->base, r, root, VIEW("base")) ||
        !text_read(out->host, &out->host_len, sizeof out->host, r, root, VIEW("host")))
        return false;
    struct view base = view_of(out->base, out->base_len);
    struct view host = view_of(out->host, out->host_len);
    if (!base_is_good(base))
        return refuse(r, VIEW("base"));
    return host_is_good(host) || refuse(r, VIEW("host"));
}

const char *bp_environment_name(enum bp_environment environment)
{
    static const char *const names[BP_ENVIRONMENT_COUNT] = {
        "", [BP_ENVIRONMENT_STAGING] = "staging", [BP_ENVIRONMENT_PRODUCTION] = "production"};
    assert(environment < BP_ENVIRONMENT_COUNT);
    return names[environment];
}

// Any other word may be a misspelt production, so it is refused.
static bool environment_read(struct bp_inventory *out, const struct reading *r,
                             const struct bp_json_node *root)
{
    const struct bp_json_node *node = bp_json_find(r->nodes, root, VIEW("environment"));
    out->environment = BP_ENVIRONMENT_UNKNOWN;
    if (node == NULL)
        return true;
    for (unsigned i = BP_ENVIRONMENT_STAGING; i < BP_ENVIRONMENT_COUNT; i++)
        if (node->kind == BP_JSON_STRING &&
            view_equal(node->text, view_of_text(bp_environment_name((enum bp_environment)i))))
            out->environment = (enum bp_environment)i;
    return out->environment != BP_ENVIRONMENT_UNKNOWN || refuse_node(r, node);
}

bool bp_inventory_read(struct bp_inventory *out, struct bp_fault *fault,
                       struct bp_json_reader *reader, struct view text, int64_t now_ms)
{
    assert(now_ms >= 0);
    struct reading r = {NULL, fault, now_ms};
    size_t node_count;
    out->absent_count = 0;
    if (!bp_json_read(reader, fault, &r.nodes, &node_count, text))
        return false;
    const struct bp_json_node *root = r.nodes;
    const struct bp_json_node *sims;
    if (root->kind != BP_JSON_OBJECT)
        return refuse_node(&r, root);
    if (!place_read(out, &r, root) || !environment_read(out, &r, root))
        return false;
    if (!member_find(&sims, &r, root, VIEW("sims"), BP_JSON_ARRAY))
        return false;
    for (const struct bp_json_node *n = bp_json_first(sims); n != NULL;
         n = bp_json_next(r.nodes, sims, n))
        if (!sim_add(out, &r, n))
            return false;
    return true;
}
