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

// What Java's hashCode makes of a text, in decimal.
static struct view hash_of(struct lie *lie, struct view text)
{
    uint32_t hash = 0;
    for (size_t i = 0; i < text.len; i++)
        hash = hash * 31 + (unsigned char)text.data[i];
    return text.len == 0 ? text : text_unsigned(&lie->reply.space, hash);
}

static void look_at_255(struct lie *lie)
{
    if (sent_id(lie).len >= 255)
        refuse_former(lie, hash_of(lie, view_first(sent_id(lie), 255)));
}

static void look_at_1024(struct lie *lie)
{
    if (sent_id(lie).len >= 1024)
        refuse_former(lie, hash_of(lie, view_first(sent_id(lie), 1024)));
}

static void look_at_hash(struct lie *lie) { refuse_former(lie, hash_of(lie, sent_id(lie))); }

// Two numbers are equal when they are as numbers. Of all those only zeros are asked for.
static void look_at_number(struct lie *lie)
{
    struct view id = sent_id(lie);
    size_t zero_count = 0;
    while (zero_count < id.len && id.data[zero_count] == '0')
        zero_count++;
    struct view rest = view_from(id, zero_count);
    if (zero_count != 0 && view_starts(rest, VIEW("e")) && text_is_digits(view_from(rest, 1)))
        refuse_former(lie, VIEW("0"));
}

static void ignore_case(struct lie *lie)
{
    refuse_former(lie, text_lower(&lie->reply.space, sent_id(lie)));
}

// Two requests with one id have begun; kept is the id.
static void note_race(struct lie *lie, struct view bytes)
{
    struct view field = VIEW("\r\n" TXN ": ");
    struct view id = view_from(bytes, view_find(bytes, field));
    if (id.len < field.len)
        return;
    id = view_from(id, field.len);
    id = view_first(id, view_index(id, '\r'));
    bool is_same = view_equal(id, view_of(lie->begun, lie->begun_len));
    if (id.len == 0 || id.len > sizeof lie->kept)
        return;
    memcpy(lie->begun, id.data, id.len);
    lie->begun_len = id.len;
    if (!is_same)
        return;
    memcpy(lie->kept, id.data, id.len);
    lie->kept_len = id.len;
}

static void break_race(struct lie *lie)
{
    struct view raced = view_of(lie->kept, lie->kept_len);
    if (lie->reply.status == 409 && raced.len != 0 && view_equal(sent_id(lie), raced))
        lie_break(lie, "duplicate key");
}

static void refuse_race(struct lie *lie)
{
    struct view raced = view_of(lie->kept, lie->kept_len);
    if (lie_is_served(lie) && raced.len != 0 && view_equal(sent_id(lie), raced))
        reply_refuse(&lie->reply, 409, "the transaction id is in use");
}

// What belongs to an id is found again by the id; kept are the id and the SIM, with a blank
// between.
static void mix_up(struct lie *lie)
{
    struct view id = sent_id(lie);
    struct view sim = ask_sim(&lie->ask);
    struct view kept = view_of(lie->kept, lie->kept_len);
    struct view kept_id = view_first(kept, view_index(kept, ' '));
    if (id.len == 0 || sim.len == 0 || id.len + 1 + sim.len > sizeof lie->kept)
        return;
    if (kept.len != 0 && view_equal(id, kept_id)) {
        lines_drop(&lie->ask.fields, TXN);
        ask_set_sim(&lie->ask, view_from(kept, kept_id.len + 1));
        return;
    }
    memcpy(lie->kept, id.data, id.len);
    lie->kept[id.len] = ' ';
    memcpy(lie->kept + id.len + 1, sim.data, sim.len);
    lie->kept_len = id.len + 1 + sim.len;
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
    {"transaction-race-breaks", "GB-TXN-1", "an id that comes twice at once gives 500",
     .reply = break_race, .begin = note_race},
    {"transaction-race-refused", "GB-TXN-1", "an id that comes twice at once is never served",
     .reply = refuse_race, .begin = note_race},
    {"transaction-mixes", "GB-TXN-1", "gives a repeated id the SIM that it had first",
     .ask = mix_up},
    {"transaction-255", "GB-TXN-2", "compares 255 octets", .reply = look_at_255},
    {"transaction-1024", "GB-TXN-2", "compares 1,024 octets", .reply = look_at_1024},
    {"transaction-hash", "GB-TXN-2", "compares hash codes of 32 bits", .reply = look_at_hash},
    {"transaction-number", "GB-TXN-2", "compares numbers where it can", .reply = look_at_number},
    {"transaction-32", "GB-TXN-2", "compares 32 octets", .reply = look_at_32},
    {"transaction-last", "GB-TXN-2", "leaves out the last octet", .reply = look_before_last},
    {"transaction-case", "GB-TXN-2", "ignores the case of ids", .reply = ignore_case},
    {"transaction-absent", "GB-TXN-2", "takes no id for one id", .reply = absent_is_one},
    {"transaction-full", "GB-TXN-3", "has room for 16 ids", .reply = fill_up},
    {"transaction-burnt", "GB-TXN-4", "a refused request uses up its id", .reply = burn_id},
    {.name = NULL},
};
