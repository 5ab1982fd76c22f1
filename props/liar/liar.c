// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

enum {
    REQUEST_LEN_MAX = EXCHANGE_LEN_MAX + 4096,
    RESPONSE_LEN_MAX = EXCHANGE_LEN_MAX,
    REPLY_SPACE_LEN = 65536,
};

static const struct liar *const variant_tables[] = {form_variants, reading_variants, state_variants,
                                                    server_variants, NULL};

static const struct liar *const liar_tables[] = {
    path_liars,  near_liars,    method_liars, fields_liars,      limit_liars, location_liars,
    query_liars, header_liars,  auth_liars,   transaction_liars, http_liars,  body_liars,
    error_liars, type_liars,    zero_liars,   together_liars,    state_liars, look_liars,
    rate_liars,  reading_liars, NULL,
};

static size_t count_rows(const struct liar *const *tables)
{
    size_t count = 0;
    for (; *tables != NULL; tables++)
        for (const struct liar *row = *tables; row->name != NULL; row++)
            count++;
    return count;
}

static const struct liar *row_at(const struct liar *const *tables, size_t index)
{
    for (; *tables != NULL; tables++)
        for (const struct liar *row = *tables; row->name != NULL; row++)
            if (index-- == 0)
                return row;
    return NULL;
}

static const struct liar *find_row(const struct liar *const *tables, struct view name)
{
    for (; *tables != NULL; tables++)
        for (const struct liar *row = *tables; row->name != NULL; row++)
            if (view_equal(name, view_of_text(row->name)))
                return row;
    return NULL;
}

size_t liar_count(void) { return count_rows(liar_tables); }

const struct liar *liar_at(size_t index) { return row_at(liar_tables, index); }

size_t variant_count(void) { return count_rows(variant_tables); }

const struct liar *variant_at(size_t index) { return row_at(variant_tables, index); }

const struct liar *liar_find(struct view name)
{
    const struct liar *liar = find_row(liar_tables, name);
    return liar != NULL ? liar : find_row(variant_tables, name);
}

size_t lie_size(void)
{
    return sizeof(struct lie) + 2 * REQUEST_LEN_MAX + RESPONSE_LEN_MAX + REPLY_SPACE_LEN;
}

static void forget(struct lie *lie)
{
    lie->count = 0;
    lie->kept_len = 0;
    lie->begun_len = 0;
    memset(lie->acts, 0, sizeof lie->acts);
    lie->consumed_bytes = 0;
    lie->advanced_ms = 0;
    lie->late_at = 0;
    lie->late_waits = false;
}

struct lie *lie_init(void *space, const struct liar *liar, const struct fixture *fixture,
                     struct subject inner)
{
    struct lie *lie = space;
    char *free_space = (char *)space + sizeof *lie;
    lie->liar = liar;
    lie->fixture = fixture;
    lie->inner = inner;
    lie->total = 0;
    forget(lie);
    lie->request = buf_of(free_space, REQUEST_LEN_MAX);
    lie->ask.space = buf_of(free_space + REQUEST_LEN_MAX, REQUEST_LEN_MAX);
    lie->response = buf_of(free_space + 2 * REQUEST_LEN_MAX, RESPONSE_LEN_MAX);
    lie->reply.space = buf_of(free_space + 2 * REQUEST_LEN_MAX + RESPONSE_LEN_MAX, REPLY_SPACE_LEN);
    return lie;
}

// The requests as the honest endpoint gets to see them. What changes responses needs their bodies,
// so HEAD is asked as GET and the body taken away again on the way back.
static struct view change_requests(struct lie *lie, struct view request, bool needs_bodies)
{
    struct view rest = request;
    buf_clear(&lie->request);
    while (rest.len != 0) {
        ask_read(&lie->ask, rest);
        rest = view_from(rest, lie->ask.whole.len);
        if (lie->ask.is_read && lie->liar->ask != NULL)
            lie->liar->ask(lie);
        if (needs_bodies && text_is(lie->ask.method, "HEAD"))
            lie->ask.method = VIEW("GET");
        ask_write(&lie->request, &lie->ask);
    }
    return lie->request.overflow ? request : buf_view(&lie->request);
}

static void change_reply(struct lie *lie)
{
    const struct liar *liar = lie->liar;
    struct reply *reply = &lie->reply;
    if (liar->reply != NULL)
        liar->reply(lie);
    bool has_list = liar->list != NULL && reply->status == 200;
    if (has_list && said_read(&lie->list, reply->body)) {
        liar->list(lie);
        reply->body = said_write(&reply->space, &lie->list);
    }
}

static void change_responses(struct lie *lie, struct buf *out, struct view request,
                             struct view response)
{
    struct view asks = request;
    struct view rest = response;
    while (rest.len != 0) {
        ask_read(&lie->ask, asks);
        asks = view_from(asks, lie->ask.whole.len);
        reply_read(&lie->reply, rest);
        lie->reply.to_head = text_is(lie->ask.method, "HEAD");
        rest = view_from(rest, lie->reply.whole.len);
        if (lie->reply.is_read)
            change_reply(lie);
        reply_write(out, &lie->reply);
        if (lie->reply.is_read && lie->reply.ends)
            return;
    }
}

static void do_late(struct lie *lie)
{
    lie->late_at = 0;
    lie->late_waits = false;
    (void)!lie->inner_hooks.act(lie->inner_hooks.context, &lie->late.act);
}

bool lie_put_off(struct lie *lie, const struct bp_act *act, unsigned read_count)
{
    if (lie->late_at > lie->count || lie->late_waits)
        do_late(lie);
    bp_act_keep(&lie->late, act);
    lie->late_waits = read_count == 0;
    lie->late_at = read_count == 0 ? 0 : lie->count + read_count + 1;
    return false;
}

static bool lie_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct lie *lie = context;
    const struct liar *liar = lie->liar;
    struct view request = sending->request;
    struct sending sent = *sending;
    lie->count++;
    lie->total++;
    if (lie->late_at == lie->count)
        do_late(lie);
    bool needs_bodies = liar->reply != NULL || liar->list != NULL;
    if (liar->ask != NULL || needs_bodies)
        sent.request = change_requests(lie, request, needs_bodies);
    if (!needs_bodies && liar->raw == NULL)
        return lie->inner.exchange(lie->inner.context, response, &sent);
    buf_clear(&lie->response);
    if (!lie->inner.exchange(lie->inner.context, &lie->response, &sent))
        return false;
    if (liar->raw != NULL)
        liar->raw(lie, response, request, buf_view(&lie->response));
    else
        change_responses(lie, response, request, buf_view(&lie->response));
    return true;
}

void lie_begin(struct lie *lie, struct view bytes)
{
    if (lie->liar->begin != NULL)
        lie->liar->begin(lie, bytes);
}

// All begin before the first one is whole; then they are answered in turn.
static bool lie_together(void *context, struct buf *const responses[],
                         const struct sending *sendings, size_t count)
{
    bool came = true;
    for (size_t i = 0; i < count; i++) {
        struct view request = sendings[i].request;
        lie_begin(context, view_first(request, request.len == 0 ? 0 : request.len - 1));
    }
    for (size_t i = 0; i < count; i++)
        came = lie_exchange(context, responses[i], &sendings[i]) && came;
    return came;
}

// The request that is cut is an exchange as well, behind the other.
static bool lie_beside(void *context, struct buf *response, struct buf *cut,
                       const struct sending *sending, struct view begun)
{
    const struct sending slow = {.request = begun, .answer_count = 1};
    lie_begin(context, begun);
    bool came = lie_exchange(context, response, sending);
    return lie_exchange(context, cut, &slow) && came;
}

static void lie_reset(void *context)
{
    struct lie *lie = context;
    forget(lie);
    if (lie->inner.reset != NULL)
        lie->inner.reset(lie->inner.context);
}

void lie_settle(struct lie *lie)
{
    if (lie->late_waits)
        do_late(lie);
}

static bool lie_wait(void *context, int64_t seconds)
{
    struct lie *lie = context;
    lie_settle(lie);
    return lie->inner.wait(lie->inner.context, seconds);
}

struct subject lie_subject(struct lie *lie)
{
    return (struct subject){.exchange = lie_exchange,
                            .together = lie_together,
                            .beside = lie_beside,
                            .reset = lie_reset,
                            .wait = lie->inner.wait == NULL ? NULL : lie_wait,
                            .context = lie};
}

static bool lie_act(void *context, const struct bp_act *act)
{
    struct lie *lie = context;
    struct bp_act changed = *act;
    lie->acts[act->hook]++;
    lie->consumed_bytes += act->hook == BP_HOOK_CONSUME ? act->bytes : 0;
    lie->advanced_ms += act->hook == BP_HOOK_CLOCK ? act->ms : 0;
    if (lie->liar->act != NULL && !lie->liar->act(lie, &changed))
        return true;
    return lie->inner_hooks.act(lie->inner_hooks.context, &changed);
}

static bool lie_undo(void *context)
{
    struct lie *lie = context;
    forget(lie);
    return lie->inner_hooks.undo(lie->inner_hooks.context);
}

struct bp_hooks lie_hooks(struct lie *lie, struct bp_hooks inner)
{
    lie->inner_hooks = inner;
    return (struct bp_hooks){.there = inner.there,
                             .act = lie_act,
                             .undo = inner.undo == NULL ? NULL : lie_undo,
                             .context = lie};
}

enum role lie_role(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    for (unsigned i = 0; i < ROLE_COUNT; i++)
        if (iccid.len != 0 && view_equal(iccid, lie->fixture->iccid[i]))
            return (enum role)i;
    return ROLE_COUNT;
}

struct view lie_other(struct lie *lie)
{
    return lie->fixture->iccid[lie_role(lie) == ROLE_P ? ROLE_A : ROLE_P];
}

bool lie_is_resource(const struct lie *lie)
{
    struct view rest = lie->ask.path;
    struct view sim = ask_sim(&lie->ask);
    if (!view_starts(rest, lie->fixture->base))
        return false;
    rest = view_from(rest, lie->fixture->base.len);
    return view_starts(rest, VIEW("/sims/")) && rest.len == 6 + sim.len + 9 &&
           text_ends(rest, "/balances");
}

bool lie_wants_full(struct lie *lie)
{
    return view_equal_nocase(ask_value(&lie->ask, "fieldsTemplate"), VIEW("full"));
}

void lie_break(struct lie *lie, const char *words)
{
    if (lie->reply.status != 401)
        reply_refuse(&lie->reply, 500, words);
}
