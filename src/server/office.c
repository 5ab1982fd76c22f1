// SPDX-License-Identifier: Apache-2.0
#include "server/office.h"

#include "net/clock.h"
#include "value/decimal.h"
#include "value/duration.h"

enum { WORD_COUNT_MAX = 7, RATE_MAX = 1000000 };

// A command being obeyed.
struct order {
    struct office *office;
    struct view words[WORD_COUNT_MAX];
    size_t word_count;
    int64_t now_ms;
    struct buf *answer;
};

int64_t office_now_ms(const struct office *office) { return bp_clock_wall_ms() + office->ahead_ms; }

void office_keep(struct office *office, struct bp_sim *space)
{
    const struct bp_deployment *deployment = office->deployment;
    const struct bp_sim_table *table = &deployment->inventory.table;
    if (table->count != 0)
        memcpy(space, table->sims, table->count * sizeof *space);
    office->kept = space;
    office->kept_ahead_ms = office->ahead_ms;
    office->kept_rate_per_s =
        deployment->endpoint.limiter == NULL ? 0 : deployment->limiter.rate_per_s;
}

// The way to the deployment itself.
static bool do_act(void *context, const struct bp_act *act)
{
    struct office *office = context;
    bool is_kept = act->hook != BP_HOOK_LIMITER && act->hook != BP_HOOK_FAULT;
    if (act->hook == BP_HOOK_CLOCK) {
        if (act->ms > OFFICE_AHEAD_MS_MAX - office->ahead_ms)
            return false;
        office->ahead_ms += act->ms;
    } else if (!bp_act_apply(office->deployment, act, office_now_ms(office))) {
        return false;
    }
    office->change_count += is_kept;
    return true;
}

static bool bring_back(void *context)
{
    struct office *office = context;
    struct bp_deployment *deployment = office->deployment;
    struct bp_sim_table *table = &deployment->inventory.table;
    if (office->kept == NULL)
        return false;
    if (table->count != 0)
        memcpy(table->sims, office->kept, table->count * sizeof *table->sims);
    office->ahead_ms = office->kept_ahead_ms;
    deployment->endpoint.is_broken = false;
    bp_deployment_limit(deployment, office->kept_rate_per_s, office_now_ms(office));
    bp_replay_clear(&deployment->replay);
    office->change_count++;
    return true;
}

void office_open(struct office *out, struct bp_deployment *deployment)
{
    *out = (struct office){
        .deployment = deployment,
        .hooks = {.there = BP_HOOK_ALL, .act = do_act, .undo = bring_back, .context = out}};
}

static bool accept(struct order *order)
{
    buf_put_text(order->answer, "ok");
    return true;
}

static bool refuse(struct order *order, const char *words)
{
    buf_put_text(order->answer, "error ");
    buf_put_text(order->answer, words);
    return false;
}

static bool read_bytes(int64_t *out, struct order *order, struct view text)
{
    double mb;
    if (!bp_decimal_read(&mb, text) || mb < 0 || mb > (double)BP_DATA_MB_MAX)
        return refuse(order, "MB is a number from 0 to 1000000000, as 10 or 0.5");
    *out = (int64_t)(mb * (double)BP_MB + 0.5);
    return true;
}

static bool read_number(uint64_t *out, struct view text, uint64_t max)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.data[i]) || *out > max)
            return false;
        *out = *out * 10 + (unsigned)(text.data[i] - '0');
    }
    return text.len != 0 && *out <= max;
}

static bool read_consume(struct bp_act *out, struct order *order)
{
    out->iccid = order->words[1];
    if (order->word_count == 4)
        out->countries = order->words[3];
    return read_bytes(&out->bytes, order, order->words[2]);
}

static bool read_order(struct bp_act *out, struct order *order)
{
    struct bp_duration duration;
    struct bp_fault ignored;
    out->iccid = order->words[1];
    out->id = order->words[2];
    out->is_payg = view_equal(order->words[3], VIEW("MODIRECTPAYG"));
    if (!out->is_payg && !view_equal(order->words[3], VIEW("MODIRECT")))
        return refuse(order, "TYPE is MODIRECT or MODIRECTPAYG");
    if (!read_bytes(&out->bytes, order, order->words[4]))
        return false;
    bool is_read = bp_duration_read(&duration, &ignored, order->words[5]);
    if (!is_read || duration.form != BP_DURATION_STRICT)
        return refuse(order, "DURATION is one of ISO 8601, as P30D or PT1H30M");
    out->ms = (int64_t)duration.whole_s * 1000 + (int64_t)(duration.fraction_ns / 1000000);
    out->countries = order->words[6];
    return true;
}

static bool read_switch(struct bp_act *out, struct order *order)
{
    struct view word = order->words[order->word_count - 1];
    out->is_on = view_equal(word, VIEW("on"));
    return out->is_on || view_equal(word, VIEW("off")) ||
           refuse(order, "the last word is on or off");
}

static bool read_switch_of_sim(struct bp_act *out, struct order *order)
{
    out->iccid = order->words[1];
    return read_switch(out, order);
}

static bool read_clock(struct bp_act *out, struct order *order)
{
    uint64_t s;
    struct view word = order->words[1];
    int64_t left_s = (OFFICE_AHEAD_MS_MAX - order->office->ahead_ms) / 1000;
    bool is_read =
        view_starts(word, VIEW("+")) && read_number(&s, view_from(word, 1), (uint64_t)left_s);
    if (!is_read)
        return refuse(order, "clock takes whole seconds with a plus in front, as +3600");
    out->ms = (int64_t)s * 1000;
    return true;
}

static bool read_rate(struct bp_act *out, struct order *order)
{
    uint64_t rate = 0;
    bool is_off = view_equal(order->words[1], VIEW("off"));
    bool is_read = is_off || (read_number(&rate, order->words[1], RATE_MAX) && rate != 0);
    if (!is_read)
        return refuse(order, "limiter takes requests a second from 1 to 1000000, or off");
    out->rate_per_s = (uint32_t)rate;
    return true;
}

static bool undo(struct order *order)
{
    const struct bp_hooks *hooks = &order->office->hooks;
    return hooks->undo(hooks->context)
               ? accept(order)
               : refuse(order, "nothing was kept that could be brought back");
}

static bool tell_sim(struct order *order)
{
    const struct bp_sim *sim = NULL;
    struct bp_iccid iccid;
    if (bp_iccid_read(&iccid, order->words[1]))
        sim = bp_sim_find(&order->office->deployment->inventory.table, &iccid);
    if (sim == NULL)
        return refuse(order, "the operator has no SIM with this ICCID");
    buf_put_text(order->answer, "ok ");
    bp_inventory_put_sim(order->answer, sim, order->now_ms);
    return true;
}

static bool tell_state(struct order *order)
{
    const struct bp_deployment *deployment = order->office->deployment;
    if (order->word_count == 2)
        return tell_sim(order);
    buf_put_text(order->answer, "ok ahead_s ");
    buf_put_signed(order->answer, order->office->ahead_ms / 1000);
    buf_put_text(order->answer, " sims ");
    buf_put_unsigned(order->answer, deployment->inventory.table.count);
    buf_put_text(order->answer, " limiter ");
    if (deployment->endpoint.limiter == NULL)
        buf_put_text(order->answer, "off");
    else
        buf_put_unsigned(order->answer, deployment->limiter.rate_per_s);
    buf_put_text(order->answer, deployment->endpoint.is_broken ? " break on" : " break off");
    return true;
}

// Most commands are acts, and `read` fills in what the words say; the others have `obey`.
static const struct command_row {
    struct view name;
    size_t word_count_min, word_count_max;
    bool (*obey)(struct order *order);
    enum bp_hook hook;
    bool (*read)(struct bp_act *out, struct order *order);
} commands[] = {
    {VIEW_INIT("consume"), 3, 4, NULL, BP_HOOK_CONSUME, read_consume},
    {VIEW_INIT("order"), 7, 7, NULL, BP_HOOK_ORDER, read_order},
    {VIEW_INIT("garden"), 3, 3, NULL, BP_HOOK_WALLED, read_switch_of_sim},
    {VIEW_INIT("micro"), 3, 3, NULL, BP_HOOK_MICRO, read_switch_of_sim},
    {VIEW_INIT("clock"), 2, 2, NULL, BP_HOOK_CLOCK, read_clock},
    {VIEW_INIT("limiter"), 2, 2, NULL, BP_HOOK_LIMITER, read_rate},
    {VIEW_INIT("break"), 2, 2, NULL, BP_HOOK_FAULT, read_switch},
    {VIEW_INIT("undo"), 1, 1, undo, BP_HOOK_COUNT, NULL},
    {VIEW_INIT("state"), 1, 2, tell_state, BP_HOOK_COUNT, NULL},
};

// What the deployment would refuse is refused here, whatever the hooks make of acts.
static bool act_on(struct order *order, const struct command_row *row)
{
    const struct office *office = order->office;
    struct bp_act act = {.hook = row->hook};
    if (!row->read(&act, order))
        return false;
    const char *refusal = bp_act_refusal(office->deployment, &act, order->now_ms);
    if (refusal != NULL)
        return refuse(order, refusal);
    return office->hooks.act(office->hooks.context, &act)
               ? accept(order)
               : refuse(order, "the operator could not do it");
}

static bool split(struct order *order, struct view line)
{
    while (line.len != 0) {
        size_t len = view_index(line, ' ');
        if (len == 0) {
            line = view_from(line, 1);
            continue;
        }
        if (order->word_count == WORD_COUNT_MAX)
            return refuse(order, "too many words");
        order->words[order->word_count++] = view_first(line, len);
        line = view_from(line, len);
    }
    return order->word_count != 0 || refuse(order, "no words");
}

static bool obey(struct order *order, struct view line)
{
    if (!split(order, line))
        return false;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (!view_equal(order->words[0], commands[i].name))
            continue;
        bool is_right = order->word_count >= commands[i].word_count_min &&
                        order->word_count <= commands[i].word_count_max;
        if (!is_right)
            return refuse(order, "this command has a different number of words");
        return commands[i].read == NULL ? commands[i].obey(order) : act_on(order, &commands[i]);
    }
    return refuse(order, "the commands are consume, order, garden, micro, clock, limiter, break, "
                         "undo and state");
}

void office_obey(struct buf *answer, struct office *office, struct view line)
{
    struct order order = {.office = office, .now_ms = office_now_ms(office), .answer = answer};
    (void)obey(&order, line);
    buf_put_byte(answer, '\n');
}
