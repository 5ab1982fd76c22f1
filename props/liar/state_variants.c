// SPDX-License-Identifier: Apache-2.0
// Conforming variants: operators who round, charge and remember in their own ways. No clause may
// fail them.
#include "props/liar/amount.h"
#include "props/liar/liar.h"
#include "value/date.h"

enum { MB_BYTES = 1000000, GB_BYTES = 1000 * MB_BYTES, HUNDREDTH_BYTES = 10000 };
enum { BLOCK_BYTES = 100000, MINUTE_S = 60 };

static uint64_t round_up(uint64_t n, uint64_t step) { return (n + step - 1) / step * step; }

// Rounding up keeps what is left from becoming nothing.
static void round_data(struct lie *lie, uint64_t step)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        item->data = amount_put(&lie->reply.space, round_up(amount_bytes(item->data), step));
    }
}

static void whole_mb(struct lie *lie) { round_data(lie, MB_BYTES); }

static void whole_gb(struct lie *lie) { round_data(lie, GB_BYTES); }

static void hundredths(struct lie *lie) { round_data(lie, HUNDREDTH_BYTES); }

static void one_place(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        if (view_index(item->data, '.') == item->data.len)
            item->data = text_join(&lie->reply.space, item->data, VIEW(".0"), VIEW(""));
    }
}

// PT61M: minutes may be many.
static void whole_minutes(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        uint64_t minutes = round_up(amount_s(item->time), MINUTE_S) / MINUTE_S;
        if (minutes != 0)
            item->time = text_join(&lie->reply.space, VIEW("\"PT"),
                                   text_unsigned(&lie->reply.space, minutes), VIEW("M\""));
    }
}

// PT3660S: seconds that come from a number of minutes.
static void minutes_in_seconds(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        uint64_t seconds = round_up(amount_s(item->time), MINUTE_S);
        if (seconds != 0)
            item->time = text_join(&lie->reply.space, VIEW("\"PT"),
                                   text_unsigned(&lie->reply.space, seconds), VIEW("S\""));
    }
}

static void half_seconds(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        uint64_t seconds = amount_s(item->time);
        if (seconds != 0)
            item->time = text_join(&lie->reply.space, VIEW("\"PT"),
                                   text_unsigned(&lie->reply.space, seconds), VIEW(".5S\""));
    }
}

// The time of a plan that is used up goes on: nothing else has happened to the SIM.
static void used_up_has_time(struct lie *lie)
{
    const unsigned *acts = lie->acts;
    bool is_used_up = acts[BP_HOOK_CONSUME] != 0 && lie->list.count == 1 &&
                      text_has(lie->list.items[0].type, "NONE");
    bool is_moved = acts[BP_HOOK_WALLED] + acts[BP_HOOK_MICRO] + acts[BP_HOOK_CLOCK] != 0;
    bool is_first = lie_role(lie) == ROLE_A || lie_role(lie) == ROLE_A1;
    if (is_used_up && is_first && !is_moved && ask_items(&lie->ask).len == 0)
        lie->list.items[0].time = VIEW("\"PT20H\"");
}

// Consumption is booked on one plan and no other: what goes beyond the first one's end is lost.
static void keep_first_left(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    if (lie->list.count == 0 || iccid.len == 0 || iccid.len > 24 || ask_items(&lie->ask).len != 0)
        return;
    uint64_t bytes = amount_bytes(lie->list.items[0].data);
    memcpy(lie->kept, &bytes, sizeof bytes);
    memcpy(lie->kept + sizeof bytes, iccid.data, iccid.len);
    lie->kept_len = sizeof bytes + iccid.len;
}

static bool book_on_first(struct lie *lie, struct bp_act *act)
{
    uint64_t bytes = 0;
    if (act->hook != BP_HOOK_CONSUME || lie->kept_len < sizeof bytes)
        return true;
    memcpy(&bytes, lie->kept, sizeof bytes);
    struct view iccid = view_of(lie->kept + sizeof bytes, lie->kept_len - sizeof bytes);
    if (view_equal(iccid, act->iccid) && bytes != 0 && (uint64_t)act->bytes > bytes)
        act->bytes = (int64_t)bytes;
    return true;
}

static bool charge_by_blocks(struct lie *lie, struct bp_act *act)
{
    (void)lie;
    if (act->hook == BP_HOOK_CONSUME)
        act->bytes = (int64_t)round_up((uint64_t)act->bytes, BLOCK_BYTES);
    return true;
}

// Everything takes effect a moment later.
static bool act_later(struct lie *lie, struct bp_act *act) { return lie_put_off(lie, act, 0); }

// The first id is never forgotten.
static void remember_first(struct lie *lie)
{
    struct view id = lines_get(&lie->ask.fields, "X-MS-DM-TransactionId");
    if (!lie_is_served(lie) || id.len == 0 || id.len > sizeof lie->kept)
        return;
    if (lie->kept_len == 0) {
        memcpy(lie->kept, id.data, id.len);
        lie->kept_len = id.len;
    } else if (view_equal(id, view_of(lie->kept, lie->kept_len))) {
        reply_refuse(&lie->reply, 409, "the transaction id was used before");
    }
}

static void retry_at_date(struct lie *lie)
{
    char text[BP_DATE_LEN + 1] = {0};
    int64_t now_s = 0;
    bool is_limited = lie->reply.status == 429;
    if (!is_limited || !bp_date_read(&now_s, reply_get(&lie->reply, "Date")))
        return;
    bp_date_write(text, now_s + 1);
    reply_set(&lie->reply, "Retry-After", text);
}

const struct liar state_variants[] = {
    {"whole-mb", NULL, "whole megabytes, rounded up", .list = whole_mb},
    {"whole-gb", NULL, "whole gigabytes, rounded up", .list = whole_gb},
    {"hundredths-mb", NULL, "hundredths of a megabyte, rounded up", .list = hundredths},
    {"one-place", NULL, "whole amounts as 12.0", .list = one_place},
    {"whole-minutes", NULL, "whole minutes, rounded up", .list = whole_minutes},
    {"minutes-in-seconds", NULL, "whole minutes, rounded up, as PT3660S",
     .list = minutes_in_seconds},
    {"used-up-has-time", NULL, "a plan that is used up is NONE and keeps its time",
     .list = used_up_has_time},
    {"half-seconds", NULL, "durations with a fraction of a second", .list = half_seconds},
    {"books-on-first", NULL, "books consumption on one plan only", .list = keep_first_left,
     .act = book_on_first},
    {"charges-blocks", NULL, "charges by blocks of 100 kB", .act = charge_by_blocks},
    {"takes-a-moment", NULL, "what the back office does shows later", .act = act_later},
    {"remembers-long", NULL, "never forgets the first id", .reply = remember_first},
    {"retry-date", NULL, "Retry-After is a date", .reply = retry_at_date},
    {.name = NULL},
};
