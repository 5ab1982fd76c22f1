// SPDX-License-Identifier: Apache-2.0
#include "server/office.h"

#include "net/clock.h"
#include "value/country.h"
#include "value/decimal.h"
#include "value/duration.h"

enum { WORD_COUNT_MAX = 7, RATE_MAX = 1000000 };

#define DATA_MB_MAX 1e9

// A command being obeyed. What a row of the table needs has been read when its function is called.
struct order {
    struct office *office;
    struct bp_sim *sim; // named by the first word behind the command
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

static bool refuse(struct order *order, const char *words)
{
    buf_put_text(order->answer, "error ");
    buf_put_text(order->answer, words);
    return false;
}

static bool read_bytes(int64_t *out, struct order *order, struct view text)
{
    double mb;
    if (!bp_decimal_read(&mb, text) || mb < 0 || mb > DATA_MB_MAX)
        return refuse(order, "MB is a number from 0 to 1000000000, as 10 or 0.5");
    *out = (int64_t)(mb * (double)BP_MB + 0.5);
    return true;
}

static bool read_switch(bool *out, struct order *order, struct view text)
{
    bool is_on = view_equal(text, VIEW("on"));
    if (!is_on && !view_equal(text, VIEW("off")))
        return refuse(order, "the last word is on or off");
    *out = is_on;
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

static bool consume(struct order *order)
{
    char country[2];
    int64_t bytes = 0;
    bool has_country = order->word_count == 4;
    if (!read_bytes(&bytes, order, order->words[2]))
        return false;
    if (has_country && !bp_country_read(country, order->words[3]))
        return refuse(order, "LOCATION is a country of ISO 3166-1, as US");
    for (unsigned i = 0; i < order->sim->plan_count; i++)
        if (order->sim->plans[i].used_bytes > (int64_t)DATA_MB_MAX * BP_MB - bytes)
            return refuse(order, "no plan counts that much data");
    return bp_sim_consume(order->sim, bytes, has_country ? country : NULL, order->now_ms) ||
           refuse(order, "no plan of this SIM is active");
}

static bool read_countries(struct bp_plan *out, struct order *order, struct view text)
{
    for (bool is_more = true; is_more;) {
        char code[2];
        size_t len = view_index(text, ',');
        is_more = len < text.len;
        bool is_good = out->country_count < BP_COUNTRY_COUNT_MAX &&
                       bp_country_read(code, view_first(text, len)) && !bp_plan_holds_in(out, code);
        if (!is_good)
            return refuse(order, "LOCATIONS are up to 16 countries of ISO 3166-1, as US,CA");
        memcpy(out->countries[out->country_count++], code, 2);
        text = view_from(text, is_more ? len + 1 : len);
    }
    return true;
}

static bool read_id(struct bp_plan *out, struct order *order, struct view text)
{
    if (text.len > sizeof out->id)
        return refuse(order, "ID has at most 32 octets");
    for (unsigned i = 0; i < order->sim->plan_count; i++) {
        const struct bp_plan *other = &order->sim->plans[i];
        if (view_equal(view_of(other->id, other->id_len), text))
            return refuse(order, "this SIM has a plan with that ID");
    }
    memcpy(out->id, text.data, text.len);
    out->id_len = (uint8_t)text.len;
    return true;
}

static bool order_plan(struct order *order)
{
    struct bp_plan plan = {.type = BP_PLAN_MODIRECT};
    struct bp_duration duration;
    struct bp_fault ignored;
    bool is_payg = view_equal(order->words[3], VIEW("MODIRECTPAYG"));
    if (!is_payg && !view_equal(order->words[3], VIEW("MODIRECT")))
        return refuse(order, "TYPE is MODIRECT or MODIRECTPAYG");
    if (is_payg)
        plan.type = BP_PLAN_MODIRECTPAYG;
    if (!read_id(&plan, order, order->words[2]))
        return false;
    if (!read_bytes(&plan.quota_bytes, order, order->words[4]))
        return false;
    bool is_read = bp_duration_read(&duration, &ignored, order->words[5]);
    if (!is_read || duration.form != BP_DURATION_STRICT)
        return refuse(order, "DURATION is one of ISO 8601, as P30D or PT1H30M");
    plan.expires_ms = order->now_ms + (int64_t)duration.whole_s * 1000 +
                      (int64_t)(duration.fraction_ns / 1000000);
    if (!read_countries(&plan, order, order->words[6]))
        return false;
    return bp_sim_order(order->sim, &plan) || refuse(order, "this SIM has eight plans already");
}

static bool set_garden(struct order *order)
{
    return read_switch(&order->sim->in_garden, order, order->words[2]);
}

static bool set_micro(struct order *order)
{
    return read_switch(&order->sim->has_micro, order, order->words[2]);
}

static bool advance(struct order *order)
{
    uint64_t s;
    struct view word = order->words[1];
    int64_t left_s = (OFFICE_AHEAD_MS_MAX - order->office->ahead_ms) / 1000;
    bool is_read =
        view_starts(word, VIEW("+")) && read_number(&s, view_from(word, 1), (uint64_t)left_s);
    if (!is_read)
        return refuse(order, "clock takes whole seconds with a plus in front, as +3600");
    order->office->ahead_ms += (int64_t)s * 1000;
    return true;
}

static bool limit(struct order *order)
{
    uint64_t rate = 0;
    bool is_off = view_equal(order->words[1], VIEW("off"));
    bool is_read = is_off || (read_number(&rate, order->words[1], RATE_MAX) && rate != 0);
    if (!is_read)
        return refuse(order, "limiter takes requests a second from 1 to 1000000, or off");
    bp_deployment_limit(order->office->deployment, (uint32_t)rate, order->now_ms);
    return true;
}

static bool break_down(struct order *order)
{
    return read_switch(&order->office->deployment->endpoint.is_broken, order, order->words[1]);
}

static bool undo(struct order *order)
{
    struct office *office = order->office;
    struct bp_deployment *deployment = office->deployment;
    struct bp_sim_table *table = &deployment->inventory.table;
    if (office->kept == NULL)
        return refuse(order, "nothing was kept that could be brought back");
    if (table->count != 0)
        memcpy(table->sims, office->kept, table->count * sizeof *table->sims);
    office->ahead_ms = office->kept_ahead_ms;
    deployment->endpoint.is_broken = false;
    bp_deployment_limit(deployment, office->kept_rate_per_s, office_now_ms(office));
    bp_replay_clear(&deployment->replay);
    return true;
}

static bool find_sim(struct order *order)
{
    struct bp_iccid iccid;
    if (bp_iccid_read(&iccid, order->words[1]))
        order->sim = bp_sim_find(&order->office->deployment->inventory.table, &iccid);
    return order->sim != NULL || refuse(order, "the operator has no SIM with this ICCID");
}

static bool tell_state(struct order *order)
{
    const struct bp_deployment *deployment = order->office->deployment;
    if (order->word_count == 2) {
        if (!find_sim(order))
            return false;
        buf_put_text(order->answer, "ok ");
        bp_inventory_put_sim(order->answer, order->sim, order->now_ms);
        return true;
    }
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

static const struct {
    struct view name;
    size_t word_count_min, word_count_max;
    bool names_sim;
    bool changes_state;
    bool tells; // it writes an answer of its own
    bool (*obey)(struct order *order);
} commands[] = {
    {VIEW_INIT("consume"), 3, 4, true, true, false, consume},
    {VIEW_INIT("order"), 7, 7, true, true, false, order_plan},
    {VIEW_INIT("garden"), 3, 3, true, true, false, set_garden},
    {VIEW_INIT("micro"), 3, 3, true, true, false, set_micro},
    {VIEW_INIT("clock"), 2, 2, false, true, false, advance},
    {VIEW_INIT("limiter"), 2, 2, false, false, false, limit},
    {VIEW_INIT("break"), 2, 2, false, false, false, break_down},
    {VIEW_INIT("undo"), 1, 1, false, true, false, undo},
    {VIEW_INIT("state"), 1, 2, false, false, true, tell_state},
};

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
        if (commands[i].names_sim && !find_sim(order))
            return false;
        if (!commands[i].obey(order))
            return false;
        order->office->change_count += commands[i].changes_state;
        if (!commands[i].tells)
            buf_put_text(order->answer, "ok");
        return true;
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
