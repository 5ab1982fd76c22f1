// SPDX-License-Identifier: Apache-2.0
// Liars about the state over time. Most are honest until the back office does something.
#include "props/liar/amount.h"
#include "props/liar/liar.h"

enum { MB_BYTES = 1000000 };

static bool is_nothing(const struct lie *lie)
{
    return lie->list.count == 1 && said_is(lie->list.items[0].type, "NONE");
}

static void say(struct lie *lie, const char *type, const char *data, const char *time)
{
    lie->list.items[0].type = view_of_text(type);
    lie->list.items[0].data = view_of_text(data);
    lie->list.items[0].time = view_of_text(time);
}

static bool ignore_garden(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    return act->hook != BP_HOOK_WALLED;
}

static void show_last_positive(struct lie *lie)
{
    if (is_nothing(lie) && lie_role(lie) == ROLE_W)
        say(lie, "\"MODIRECTPAYG\"", "640", "\"P5D\"");
}

static void garden_is_empty(struct lie *lie)
{
    if (is_nothing(lie) && lie_role(lie) == ROLE_W)
        lie->list.count = 0;
}

static void garden_keeps_time(struct lie *lie)
{
    if (is_nothing(lie) && lie->acts[BP_HOOK_WALLED] != 0)
        say(lie, "\"NONE\"", "0", "\"P5D\"");
}

static bool ignore_micro(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    return act->hook != BP_HOOK_MICRO;
}

static void show_microbalance(struct lie *lie)
{
    if (is_nothing(lie) && lie_role(lie) == ROLE_B)
        say(lie, "\"MODIRECTPAYG\"", "5", "\"P1D\"");
}

static bool ignore_consumption(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    return act->hook != BP_HOOK_CONSUME;
}

static bool forget_one_mb(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_CONSUME && act->bytes > MB_BYTES)
        act->bytes -= MB_BYTES;
    return true;
}

static bool book_half(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_CONSUME)
        act->bytes /= 2;
    return true;
}

static bool book_on_other(struct lie *lie, struct bp_act *act)
{
    bool is_first = view_equal(act->iccid, lie->fixture->iccid[ROLE_A]);
    if (act->hook == BP_HOOK_CONSUME)
        act->iccid = lie->fixture->iccid[is_first ? ROLE_A1 : ROLE_A];
    return true;
}

static void add_consumption(struct lie *lie)
{
    struct said *item = &lie->list.items[0];
    if (!is_nothing(lie) && lie->list.count != 0)
        item->data = amount_put(&lie->reply.space,
                                amount_bytes(item->data) + 2 * (uint64_t)lie->consumed_bytes);
}

static bool consume_late(struct lie *lie, struct bp_act *act)
{
    return act->hook != BP_HOOK_CONSUME || lie_put_off(lie, act, 3);
}

// Time that passes between an order and the next look is lost; kept is when the order came.
static bool begin_at_look(struct lie *lie, struct bp_act *act)
{
    bool is_unseen = lie->kept_len != 0 && memcmp(lie->kept, &lie->count, sizeof lie->count) == 0;
    if (act->hook == BP_HOOK_ORDER) {
        memcpy(lie->kept, &lie->count, sizeof lie->count);
        lie->kept_len = sizeof lie->count;
    }
    return act->hook != BP_HOOK_CLOCK || !is_unseen;
}

static bool stay_in_garden(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    return act->hook != BP_HOOK_WALLED || act->is_on;
}

static bool wrap_order(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_ORDER)
        act->bytes &= UINT32_MAX;
    return true;
}

static bool freeze_clock(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    return act->hook != BP_HOOK_CLOCK;
}

static bool slow_clock(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_CLOCK)
        act->ms /= 2;
    return true;
}

static void let_time_rise(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count && !is_nothing(lie); i++) {
        struct said *item = &lie->list.items[i];
        item->time = amount_put_s(&lie->reply.space,
                                  amount_s(item->time) + 2 * (uint64_t)lie->advanced_ms / 1000);
    }
}

// The first amount is another by a little.
static void change_first(struct lie *lie, uint64_t bytes)
{
    struct said *item = &lie->list.items[0];
    if (lie->list.count != 0 && said_is(item->type, "MODIRECTPAYG"))
        item->data = amount_put(&lie->reply.space, amount_bytes(item->data) + bytes);
}

static void jitter(struct lie *lie) { change_first(lie, lie->count % 2); }

static void err_seldom(struct lie *lie) { change_first(lie, lie->total % 200 == 0 ? MB_BYTES : 0); }

static void err_later(struct lie *lie) { change_first(lie, lie->count > 5 ? MB_BYTES : 0); }

static void swap_first(struct lie *lie)
{
    struct said_list *list = &lie->list;
    if (list->count < 2 || lie->count % 2 != 0)
        return;
    struct said first = list->items[0];
    list->items[0] = list->items[1];
    list->items[1] = first;
}

// Only what was bought last is there.
static void show_last_order(struct lie *lie)
{
    struct said_list *list = &lie->list;
    if (lie->acts[BP_HOOK_ORDER] == 0 || list->count == 0 || is_nothing(lie))
        return;
    list->items[0] = list->items[list->count - 1];
    list->count = 1;
}

static void show_nothing_else(struct lie *lie)
{
    if (lie->acts[BP_HOOK_ORDER] != 0 && !text_has(lie->reply.body, "bp-order"))
        lie->list.count = 0;
}

static bool order_late(struct lie *lie, struct bp_act *act)
{
    return act->hook != BP_HOOK_ORDER || lie_put_off(lie, act, 1);
}

static bool order_elsewhere(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_ORDER)
        act->countries = text_is(act->countries, "US") ? VIEW("FR") : VIEW("US");
    return true;
}

static bool order_everywhere(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_ORDER)
        act->countries = VIEW("US,FR,CA,GB");
    return true;
}

static void sort(struct lie *lie, bool is_rising)
{
    struct said_list *list = &lie->list;
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = i + 1; j < list->count; j++) {
            uint64_t a = amount_bytes(list->items[i].data);
            uint64_t b = amount_bytes(list->items[j].data);
            if (is_rising ? a > b : a < b) {
                struct said item = list->items[i];
                list->items[i] = list->items[j];
                list->items[j] = item;
            }
        }
}

static void sort_rising(struct lie *lie) { sort(lie, true); }

static void sort_falling(struct lie *lie) { sort(lie, false); }

static bool is_used_up(const struct lie *lie)
{
    return is_nothing(lie) && lie->acts[BP_HOOK_CONSUME] != 0;
}

static bool is_expired(const struct lie *lie)
{
    return is_nothing(lie) && lie->acts[BP_HOOK_CLOCK] != 0;
}

static void overdraw(struct lie *lie)
{
    if (is_used_up(lie))
        say(lie, "\"MODIRECTPAYG\"", "-1.5", "\"P1D\"");
}

static void overdue(struct lie *lie)
{
    if (is_expired(lie))
        lie->list.items[0].time = VIEW("\"-PT5M\"");
}

static void used_up_stays(struct lie *lie)
{
    if (is_used_up(lie))
        say(lie, "\"MODIRECTPAYG\"", "0", "\"P1D\"");
}

static void used_up_vanishes(struct lie *lie) { lie->list.count -= is_used_up(lie); }

static void expired_vanishes(struct lie *lie) { lie->list.count -= is_expired(lie); }

static void expired_stays(struct lie *lie)
{
    if (is_expired(lie))
        say(lie, "\"MODIRECTPAYG\"", "5", "\"PT0S\"");
}

static void expired_keeps_data(struct lie *lie)
{
    if (is_nothing(lie) && lie_role(lie) == ROLE_E)
        say(lie, "\"NONE\"", "680", "\"PT0S\"");
}

static void expired_is_unknown(struct lie *lie)
{
    if (lie_is_served(lie) && lie_role(lie) == ROLE_E)
        reply_refuse(&lie->reply, 404, "no plan");
}

const struct liar state_liars[] = {
    {"garden-unnoticed", "GB-STATE-1", "the walled garden changes nothing", .act = ignore_garden},
    {"garden-last", "GB-STATE-1", "shows the last positive value in the garden",
     .list = show_last_positive},
    {"garden-empty", "GB-STATE-1", "an empty list in the garden", .list = garden_is_empty},
    {"garden-time", "GB-STATE-1", "keeps the time in the garden", .list = garden_keeps_time},
    {"micro-unnoticed", "GB-STATE-2", "a microbalance changes nothing", .act = ignore_micro},
    {"micro-shown", "GB-STATE-2", "reports the microbalance, 5 MB", .list = show_microbalance},
    {"consume-unnoticed", "GB-STATE-3", "consumption changes nothing", .act = ignore_consumption},
    {"consume-off-by-one", "GB-STATE-3", "books 1 MB less", .act = forget_one_mb},
    {"consume-half", "GB-STATE-3", "books half of it", .act = book_half},
    {"consume-other", "GB-STATE-3", "books on another SIM", .act = book_on_other},
    {"consume-rises", "GB-STATE-3", "adds what is consumed", .list = add_consumption},
    {"consume-late", "GB-STATE-3", "shows consumption after three reads", .act = consume_late},
    {"clock-first-look", "GB-STATE-4", "a plan begins when somebody looks", .act = begin_at_look},
    {"clock-frozen", "GB-STATE-4", "the time left stays", .act = freeze_clock},
    {"clock-slow", "GB-STATE-4", "the time left falls by half", .act = slow_clock},
    {"clock-rises", "GB-STATE-4", "the time left rises", .list = let_time_rise},
    {"jitter", "GB-STATE-5", "every other read has a byte more", .list = jitter},
    {"garden-stays", "GB-STATE-5", "nothing is left behind the garden either",
     .act = stay_in_garden},
    {"errs-seldom", "GB-STATE-5", "one answer in 200 is wrong", .list = err_seldom},
    {"errs-later", "GB-STATE-5", "right in the first five reads only", .list = err_later},
    {"swaps", "GB-STATE-5", "every other read has another order", .list = swap_first},
    {"order-replaces", "GB-STATE-6", "an order replaces all plans", .list = show_last_order},
    {"order-hides", "GB-STATE-6", "an order empties what is left elsewhere",
     .list = show_nothing_else},
    {"order-wraps", "GB-STATE-6", "counts what is bought in 32 bits", .act = wrap_order},
    {"order-late", "GB-STATE-6", "shows an order after one read", .act = order_late},
    {"order-elsewhere", "GB-STATE-6", "books an order for another country", .act = order_elsewhere},
    {"order-everywhere", "GB-STATE-6", "an order holds in every country", .act = order_everywhere},
    {"sorted-rising", "GB-STATE-7", "the smallest balance comes first", .list = sort_rising},
    {"sorted-falling", "GB-STATE-7", "the largest balance comes first", .list = sort_falling},
    {"overdrawn", "GB-BODY-10", "more than all is consumed: below zero", .list = overdraw},
    {"overdue", "GB-BODY-12", "an expired plan has -PT5M left", .list = overdue},
    {"used-up-stays", "GB-TYPE-2", "a plan that was used up keeps its type", .list = used_up_stays},
    {"used-up-vanishes", "GB-TYPE-2", "a plan that was used up is left out",
     .list = used_up_vanishes},
    {"expired-vanishes", "GB-TYPE-3", "an expired plan is left out: []", .list = expired_vanishes},
    {"expired-stays", "GB-TYPE-3", "an expired plan keeps type and data", .list = expired_stays},
    {"expired-keeps-data", "GB-TYPE-3", "an expired plan of old keeps its data",
     .list = expired_keeps_data},
    {"expired-404", "GB-TYPE-3", "an expired plan gives 404", .reply = expired_is_unknown},
    {.name = NULL},
};
