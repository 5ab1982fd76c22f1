// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

#define TXN "X-MS-DM-TransactionId"

static void repeat_as(struct lie *lie, unsigned status)
{
    if (lie->reply.status == 409)
        reply_refuse(&lie->reply, status, TXN);
}

static void repeat_breaks(struct lie *lie) { repeat_as(lie, 500); }

static void repeat_as_400(struct lie *lie) { repeat_as(lie, 400); }

static struct view sent_id(const struct lie *lie) { return lines_get(&lie->ask.fields, TXN); }

// The honest endpoint never sees an id, so none is a repeat.
static void forget_ids(struct lie *lie)
{
    if (view_index(sent_id(lie), '\0') == sent_id(lie).len)
        lines_drop(&lie->ask.fields, TXN);
}

// Refuses an id that looks like the one before it. A key is what is left of an id.
static void refuse_former(struct lie *lie, struct view key)
{
    bool is_same = lie->kept_len != 0 && view_equal(key, view_of(lie->kept, lie->kept_len));
    if (!lie_is_served(lie) || key.len == 0 || key.len > sizeof lie->kept)
        return;
    memcpy(lie->kept, key.data, key.len);
    lie->kept_len = key.len;
    if (is_same)
        reply_refuse(&lie->reply, 409, "the transaction id was used before");
}

static void look_at_32(struct lie *lie)
{
    if (sent_id(lie).len >= 32)
        refuse_former(lie, view_first(sent_id(lie), 32));
}

static void look_before_last(struct lie *lie)
{
    if (sent_id(lie).len > 1)
        refuse_former(lie, view_first(sent_id(lie), sent_id(lie).len - 1));
}

static void ignore_case(struct lie *lie)
{
    refuse_former(lie, text_lower(&lie->reply.space, sent_id(lie)));
}

static void absent_is_one(struct lie *lie)
{
    if (!lines_has(&lie->ask.fields, TXN))
        refuse_former(lie, VIEW("null"));
}

// The table of ids has room for some.
static void fill_up(struct lie *lie)
{
    enum { ROOM_COUNT = 16 };
    if (lie->count > ROOM_COUNT && lie_is_served(lie) && sent_id(lie).len != 0)
        reply_refuse(&lie->reply, 409, "there is no room for the transaction id");
}

// An id is stored before anything is looked at; kept is that of the last refusal.
static void burn_id(struct lie *lie)
{
    struct view id = sent_id(lie);
    bool is_refused = lie->reply.status == 400 || lie->reply.status == 401;
    if (id.len == 0 || id.len > sizeof lie->kept)
        return;
    if (is_refused) {
        memcpy(lie->kept, id.data, id.len);
        lie->kept_len = id.len;
    } else if (lie_is_served(lie) && view_equal(id, view_of(lie->kept, lie->kept_len))) {
        reply_refuse(&lie->reply, 409, "the transaction id was used before");
    }
}

const struct liar transaction_liars[] = {
    {"transaction-repeat-breaks", "GB-TXN-1", "a repeated id gives 500", .reply = repeat_breaks},
    {"transaction-repeat-400", "GB-TXN-1", "a repeated id gives 400", .reply = repeat_as_400},
    {"transaction-forgets", "GB-TXN-1", "a repeated id is served", "seed-literal",
     .ask = forget_ids},
    {"transaction-32", "GB-TXN-2", "compares 32 octets", .reply = look_at_32},
    {"transaction-last", "GB-TXN-2", "leaves out the last octet", .reply = look_before_last},
    {"transaction-case", "GB-TXN-2", "ignores the case of ids", .reply = ignore_case},
    {"transaction-absent", "GB-TXN-2", "takes no id for one id", .reply = absent_is_one},
    {"transaction-full", "GB-TXN-3", "has room for 16 ids", .reply = fill_up},
    {"transaction-burnt", "GB-TXN-4", "a refused request uses up its id", .reply = burn_id},
    {.name = NULL},
};
