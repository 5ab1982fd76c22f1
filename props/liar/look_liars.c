// SPDX-License-Identifier: Apache-2.0
// Liars about the state over time that are right in most forms of the request: there is more than
// one way to the data, or a cache on one of them.
#include "props/liar/amount.h"
#include "props/liar/liar.h"

static bool is_nothing(const struct lie *lie)
{
    return lie->list.count == 1 && said_is(lie->list.items[0].type, "NONE");
}

static bool is_located(const struct lie *lie) { return ask_count(&lie->ask, "location") != 0; }

static void say(struct lie *lie, const char *data, const char *time)
{
    lie->list.items[0].type = VIEW("\"MODIRECTPAYG\"");
    lie->list.items[0].data = view_of_text(data);
    lie->list.items[0].time = view_of_text(time);
}

// Answers are kept once they have been asked for often.
static bool consume_kept(struct lie *lie, struct bp_act *act)
{
    enum { OFTEN_COUNT = 3 };
    bool is_kept = act->hook == BP_HOOK_CONSUME && lie->count >= OFTEN_COUNT;
    return !is_kept || lie_put_off(lie, act, 3);
}

// What was consumed is not seen on this way to the data.
static void forget_consumption(struct lie *lie)
{
    struct said *item = &lie->list.items[0];
    if (lie->list.count != 0 && !is_nothing(lie))
        item->data =
            amount_put(&lie->reply.space, amount_bytes(item->data) + (uint64_t)lie->consumed_bytes);
}

static void full_is_old(struct lie *lie)
{
    if (lie_wants_full(lie))
        forget_consumption(lie);
}

// Nor that all is used up.
static void located_is_old(struct lie *lie)
{
    if (!is_located(lie))
        return;
    if (is_nothing(lie) && lie_role(lie) == ROLE_A1 && lie->acts[BP_HOOK_CONSUME] != 0)
        say(lie, "0.5", "\"PT1H30M\"");
    else
        forget_consumption(lie);
}

static void full_has_old_time(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count && !is_nothing(lie) && lie_wants_full(lie); i++) {
        struct said *item = &lie->list.items[i];
        item->time = amount_put_s(&lie->reply.space,
                                  amount_s(item->time) + (uint64_t)lie->advanced_ms / 1000);
    }
}

static bool is_in(const struct lie *lie, enum bp_hook hook) { return lie->acts[hook] % 2 != 0; }

static void garden_if_located(struct lie *lie)
{
    if (is_nothing(lie) && is_in(lie, BP_HOOK_WALLED) && is_located(lie))
        say(lie, "640", "\"P5D\"");
}

static void micro_in_full(struct lie *lie)
{
    if (is_nothing(lie) && is_in(lie, BP_HOOK_MICRO) && lie_wants_full(lie))
        say(lie, "5", "\"P1D\"");
}

// What was bought is not seen on this way to the data.
static void leave_orders_out(struct lie *lie)
{
    struct said_list *list = &lie->list;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!text_has(list->items[i].id, "bp-order"))
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static void order_if_located(struct lie *lie)
{
    if (!is_located(lie))
        leave_orders_out(lie);
}

static void order_not_in_full(struct lie *lie)
{
    if (lie_wants_full(lie))
        leave_orders_out(lie);
}

const struct liar look_liars[] = {
    {"garden-located", "GB-STATE-1", "shows the plan in the garden where a country is asked for",
     .list = garden_if_located},
    {"micro-full", "GB-STATE-2", "reports the microbalance in the full template",
     .list = micro_in_full},
    {"consume-kept", "GB-STATE-3", "keeps answers that were asked for three times",
     .act = consume_kept},
    {"consume-full", "GB-STATE-3", "shows no consumption in the full template",
     .list = full_is_old},
    {"consume-located", "GB-STATE-3", "shows no consumption where a country is asked for",
     .list = located_is_old},
    {"clock-full", "GB-STATE-4", "the time left stays in the full template",
     .list = full_has_old_time},
    {"order-located", "GB-STATE-6", "shows an order only where a country is asked for",
     .list = order_if_located},
    {"order-not-full", "GB-STATE-6", "shows no order in the full template",
     .list = order_not_in_full},
    {.name = NULL},
};
