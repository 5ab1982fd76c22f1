// SPDX-License-Identifier: Apache-2.0
// Liars that are right with one connection at a time: what several share gets mixed up. Each knows
// one of the requests that have begun to arrive, and forgets it when that is whole.
#include "props/liar/liar.h"

#define TXN "X-MS-DM-TransactionId"

static struct view begun(const struct lie *lie) { return view_of(lie->begun, lie->begun_len); }

static void keep_last(struct lie *lie, struct view bytes)
{
    lie->begun_len = bytes.len < sizeof lie->begun ? bytes.len : sizeof lie->begun;
    memcpy(lie->begun, bytes.data, lie->begun_len);
}

static void keep_first(struct lie *lie, struct view bytes)
{
    if (lie->begun_len == 0)
        keep_last(lie, bytes);
}

static void forget(struct lie *lie) { lie->begun_len = 0; }

// The text between the first `after` and the next `stop` of what has begun.
static struct view begun_part(const struct lie *lie, struct view after, char stop)
{
    size_t at = view_find(begun(lie), after);
    if (at == lie->begun_len)
        return view_of(NULL, 0);
    struct view rest = view_from(begun(lie), at + after.len);
    return view_first(rest, view_index(rest, stop));
}

static struct view begun_sim(const struct lie *lie) { return begun_part(lie, VIEW("/sims/"), '/'); }

static struct view begun_id(const struct lie *lie)
{
    return begun_part(lie, VIEW("\r\n" TXN ": "), '\r');
}

// Whether another request than the one at hand has begun; when it is that one, it is forgotten.
static bool is_beside(struct lie *lie)
{
    if (lie->begun_len == 0)
        return false;
    if (!view_starts(lie->ask.whole, begun(lie)))
        return true;
    forget(lie);
    return false;
}

static void share_sim(struct lie *lie)
{
    bool has_other = is_beside(lie) && lie_is_resource(lie) && begun_sim(lie).len != 0;
    if (has_other)
        ask_set_sim(&lie->ask, begun_sim(lie));
}

static void share_sim_at_times(struct lie *lie)
{
    if (lie->count % 5 == 0)
        share_sim(lie);
    else
        (void)is_beside(lie);
}

static void share_id(struct lie *lie)
{
    bool has_other = is_beside(lie) && begun_id(lie).len != 0;
    if (has_other && lines_has(&lie->reply.fields, TXN))
        lines_set(&lie->reply.fields, &lie->reply.space, TXN, begun_id(lie));
}

static void tell_other_sim(struct lie *lie)
{
    bool has_other = is_beside(lie) && begun_sim(lie).len != 0;
    if (has_other)
        lines_set(&lie->reply.fields, &lie->reply.space, "X-Sim", begun_sim(lie));
}

static void tell_former_id(struct lie *lie)
{
    struct said *first = &lie->list.items[0];
    if (lie->list.count == 0 || first->id.len == 0)
        return;
    struct view id = first->id;
    struct view former = view_of(lie->kept, lie->kept_len);
    if (former.len != 0 && !view_equal(former, id))
        first->more = text_join(&lie->reply.space, first->more, VIEW(",\"former\":"), former);
    // The text is a copy by now.
    lie->kept_len = id.len <= sizeof lie->kept ? id.len : 0;
    memcpy(lie->kept, id.data, lie->kept_len);
}

// One thread reads a request to its end, or until it loses its patience.
static void block(struct lie *lie, struct buf *out, struct view request, struct view response)
{
    bool is_free = lie->begun_len == 0 || view_starts(request, begun(lie));
    forget(lie);
    if (is_free)
        buf_put(out, response);
}

static void break_beside(struct lie *lie)
{
    if (is_beside(lie) && lie_is_served(lie))
        lie_break(lie, "busy");
}

const struct liar together_liars[] = {
    {"together-swapped", "GB-HTTP-7", "swaps the answers of requests at the same time",
     .ask = share_sim, .reply = share_id, .begin = keep_last},
    {"together-id-shared", "GB-HTTP-7", "echoes the id of the request that began last",
     .reply = share_id, .begin = keep_last},
    {"together-sim-shared", "GB-STATE-8", "answers for the SIM whose request began last",
     .ask = share_sim, .begin = keep_last},
    {"together-sim-at-times", "GB-STATE-8", "does so every fifth time", .ask = share_sim_at_times,
     .begin = keep_last},
    {"together-sim-told", "GB-STATE-8", "names the SIM whose request began last in a field",
     .reply = tell_other_sim, .begin = keep_last},
    {"together-former-id", "GB-STATE-8", "adds the id of the balance that was shown before",
     .list = tell_former_id},
    {"together-blocks", "GB-HTTP-9", "is silent while another request is not whole", .raw = block,
     .begin = keep_first},
    {"together-breaks", "GB-HTTP-9", "fails while another request is not whole",
     .reply = break_beside, .begin = keep_first},
    {.name = NULL},
};
