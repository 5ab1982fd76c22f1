// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_act_refusal, bp_act_apply, bp_act_keep, bp_sim_order, bp_sim_has_plan,
// bp_sim_consume, bp_deployment_open, bp_deployment_limit.
//
// The bytes are what the back office does to the sample operator, an act in each line: the digit of
// its hook (7 orders PAYG), and behind blanks ICCID, amount, milliseconds, id and countries.
// Asserts:
//   independent model: act_model.h refuses the same acts in the same words;
//   effect: what is done changes what act_model.h changes, and what is refused changes nothing;
//   kept acts are refused for the same reason; no SIM takes a ninth plan; time is not the
//   deployment's.
#include "act_model.h"
#include "fuzz.h"
#include "sample_inventory.h"
#include "value/duration.h"

#define ACT_START_MS ((int64_t)1767225600 * 1000)
#define ACT_MS_MAX ((int64_t)BP_DURATION_S_MAX * 1000)

static struct bp_sim first[BP_DEPLOYMENT_SIM_COUNT_MAX];
static struct bp_sim wanted[BP_DEPLOYMENT_SIM_COUNT_MAX];

static struct bp_deployment *open_deployment(void)
{
    const struct bp_deployment_config config = {.start_ms = ACT_START_MS};
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    void *space = aligned_alloc(16, (bp_deployment_size() + 15) / 16 * 16);
    FUZZ_ASSERT(space != NULL);
    FUZZ_ASSERT(bp_deployment_open(space, &fault, VIEW("{\"sims\":0}"), &config) == NULL);
    FUZZ_ASSERT(fault.reason == BP_REASON_INVENTORY);
    struct bp_deployment *deployment = bp_deployment_open(space, &fault, text, &config);
    FUZZ_ASSERT(deployment != NULL);
    memcpy(first, deployment->sims, deployment->inventory.table.count * sizeof first[0]);
    return deployment;
}

// The word at the front of `*line`, which it is taken from with the blank behind it.
static struct view take_word(struct view *line)
{
    struct view word = view_first(*line, view_index(*line, ' '));
    *line = view_from(*line, word.len < line->len ? word.len + 1 : word.len);
    return word;
}

// The digits at the front of a word, as a number of at most `max`.
static int64_t number_of(struct view word, int64_t max)
{
    int64_t number = 0;
    for (size_t i = 0; i < word.len && byte_is_digit(word.data[i]); i++)
        number = number > max / 10 ? max : number * 10 + (word.data[i] - '0');
    return number < max ? number : max;
}

static bool read_act(struct bp_act *out, struct view line)
{
    struct view kind = take_word(&line);
    bool is_act = kind.len == 1 && kind.data[0] >= '0' && kind.data[0] <= '7';
    if (!is_act)
        return false;
    unsigned number = (unsigned)(kind.data[0] - '0');
    *out = (struct bp_act){.hook = number == 7 ? BP_HOOK_ORDER : (enum bp_hook)number,
                           .is_payg = number == 7};
    out->iccid = take_word(&line);
    out->bytes = number_of(take_word(&line), (int64_t)BP_DATA_MB_MAX * BP_MB);
    out->ms = number_of(take_word(&line), ACT_MS_MAX);
    out->id = take_word(&line);
    out->countries = line;
    out->is_on = out->bytes != 0;
    out->rate_per_s = out->bytes < 1000000 ? (uint32_t)out->bytes : 1000000;
    return true;
}

static bool is_same_plan(const struct bp_plan *a, const struct bp_plan *b)
{
    return a->type == b->type && a->quota_bytes == b->quota_bytes &&
           a->used_bytes == b->used_bytes && a->expires_ms == b->expires_ms &&
           a->country_count == b->country_count &&
           memcmp(a->countries, b->countries, 2 * (size_t)a->country_count) == 0 &&
           view_equal(view_of(a->id, a->id_len), view_of(b->id, b->id_len));
}

static void check_sim(const struct bp_sim *sim, const struct bp_sim *want)
{
    FUZZ_ASSERT(bp_iccid_equal(&sim->iccid, &want->iccid));
    FUZZ_ASSERT(sim->in_garden == want->in_garden && sim->has_micro == want->has_micro);
    FUZZ_ASSERT(sim->is_supported == want->is_supported && sim->plan_count == want->plan_count);
    for (unsigned i = 0; i < sim->plan_count; i++)
        FUZZ_ASSERT(is_same_plan(&sim->plans[i], &want->plans[i]));
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void check_act(struct bp_deployment *deployment, const struct bp_act *act, int64_t now_ms)
{
    struct bp_sim_table *table = &deployment->inventory.table;
    struct bp_act_kept kept;
    bool was_broken = deployment->endpoint.is_broken;
    bool was_limited = deployment->endpoint.limiter != NULL;
    const char *refusal = bp_act_refusal(deployment, act, now_ms);
    memcpy(wanted, table->sims, table->count * sizeof wanted[0]);
    FUZZ_ASSERT(is_same_text(refusal, act_model_do(wanted, table->count, act, now_ms)));
    bp_act_keep(&kept, act);
    FUZZ_ASSERT(bp_act_refusal(deployment, &kept.act, now_ms) == refusal);
    bool is_done = bp_act_apply(deployment, act, now_ms);
    FUZZ_ASSERT(is_done == (refusal == NULL && act->hook != BP_HOOK_CLOCK));
    for (size_t i = 0; i < table->count; i++) {
        struct bp_sim *sim = &table->sims[i];
        bool is_full = sim->plan_count == BP_PLAN_COUNT_MAX;
        FUZZ_ASSERT(!is_full || !bp_sim_order(sim, &sim->plans[0]));
        check_sim(sim, &wanted[i]);
    }
    bool is_limited = act->hook == BP_HOOK_LIMITER ? act->rate_per_s != 0 : was_limited;
    FUZZ_ASSERT((deployment->endpoint.limiter != NULL) == is_limited);
    FUZZ_ASSERT(act->hook != BP_HOOK_LIMITER || deployment->limiter.rate_per_s == act->rate_per_s);
    FUZZ_ASSERT(deployment->endpoint.is_broken ==
                (act->hook == BP_HOOK_FAULT ? act->is_on : was_broken));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct bp_deployment *deployment;
    struct view rest = fuzz_view(data, size);
    int64_t now_ms = ACT_START_MS;
    if (deployment == NULL)
        deployment = open_deployment();
    memcpy(deployment->sims, first, deployment->inventory.table.count * sizeof first[0]);
    deployment->endpoint.is_broken = false;
    bp_deployment_limit(deployment, 0, now_ms);
    while (rest.len != 0) {
        struct bp_act act;
        struct view line = view_first(rest, view_index(rest, '\n'));
        rest = view_from(rest, line.len < rest.len ? line.len + 1 : line.len);
        if (!read_act(&act, line))
            continue;
        check_act(deployment, &act, now_ms);
        if (act.hook == BP_HOOK_CLOCK && act.ms < ACT_START_MS)
            now_ms = ACT_START_MS + act.ms;
    }
    return 0;
}
