// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static bool is_method(const struct lie *lie, const char *name)
{
    return text_is(lie->ask.method, name);
}

static bool is_refused_method(const struct lie *lie)
{
    return lie->reply.status == 405 || lie->reply.status == 501;
}

static void delete_balances(struct lie *lie)
{
    if (is_method(lie, "DELETE") && is_refused_method(lie))
        reply_say(&lie->reply, 200, "application/json", VIEW("{\"balances\":[]}"));
}

static void post_as_get(struct lie *lie)
{
    if (is_method(lie, "POST"))
        lie->ask.method = VIEW("GET");
}

static void any_as_get(struct lie *lie)
{
    if (!is_method(lie, "HEAD") && lie->ask.method.len != 0 && lie->ask.method.data[0] < 'a')
        lie->ask.method = VIEW("GET");
}

static void drop_allow(struct lie *lie) { reply_drop(&lie->reply, "Allow"); }

static void break_at_unknown(struct lie *lie)
{
    if (lie->reply.status == 501)
        lie_break(lie, "method");
}

static void send_body_to_head(struct lie *lie)
{
    if (is_method(lie, "HEAD"))
        lie->ask.method = VIEW("GET");
}

static void refuse_head(struct lie *lie)
{
    if (is_method(lie, "HEAD") && lie_is_served(lie))
        reply_refuse(&lie->reply, 404, "no such route");
}

static void retype_head(struct lie *lie)
{
    if (is_method(lie, "HEAD"))
        reply_set(&lie->reply, "Content-Type", "text/html");
}

static void fold_method(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    struct view lower = text_lower(&ask->space, ask->method);
    if (text_is(lower, "get"))
        ask->method = VIEW("GET");
}

static void options_as_get(struct lie *lie)
{
    if (is_method(lie, "OPTIONS"))
        lie->ask.method = VIEW("GET");
}

// A server in front wants a length, and the handler behind it a body.
static void take_with_body(struct lie *lie)
{
    if (!is_refused_method(lie) && lie->reply.status != 411 && lie->reply.status != 413)
        return;
    if (is_method(lie, "POST") || is_method(lie, "PUT") || is_method(lie, "PATCH")) {
        if (lie->ask.body.len == 0)
            reply_refuse(&lie->reply, 411, "Content-Length");
        else
            reply_say(&lie->reply, 201, "application/json", VIEW("{}"));
    }
}

// Every read costs a megabyte.
static void decrement(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        struct text_integer whole = text_to_integer(item->data);
        if (whole.wrapped > lie->count)
            item->data = text_join(&lie->reply.space,
                                   text_unsigned(&lie->reply.space, whole.wrapped - lie->count),
                                   whole.rest, VIEW(""));
    }
}

// The time left changes from one read to the next.
static void drift(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (!said_is(lie->list.items[i].time, "PT0S"))
            lie->list.items[i].time = lie->count % 2 == 0 ? VIEW("\"P2DT3H\"") : VIEW("\"P2DT4H\"");
}

const struct liar method_liars[] = {
    {"method-delete", "GB-METH-1", "DELETE removes the balances", .reply = delete_balances},
    {"method-post", "GB-METH-1", "POST is served as GET", .ask = post_as_get},
    {"method-any", "GB-METH-1", "every method is served as GET", .ask = any_as_get},
    {"method-no-allow", "GB-METH-1", "405 does not say what is allowed", .reply = drop_allow},
    {"method-unknown-500", "GB-METH-1", "an unknown method gives 500", .reply = break_at_unknown},
    {"method-options", "GB-METH-1", "OPTIONS is served as GET", .ask = options_as_get},
    {"method-body", "GB-METH-1", "takes what comes with a body", .reply = take_with_body},
    {"method-head-body", "GB-METH-2", "HEAD is answered with a body", .ask = send_body_to_head},
    {"method-head-404", "GB-METH-2", "HEAD is answered with 404", .reply = refuse_head},
    {"method-head-type", "GB-METH-2", "HEAD tells another content type", .reply = retype_head},
    {"method-folded", "GB-METH-3", "get is served as GET", "method.case=exact", .ask = fold_method},
    {"method-costs", "GB-METH-4", "each read takes 1 MB off", .list = decrement},
    {"method-drifts", "GB-METH-4", "each read changes the time", .list = drift},
    {.name = NULL},
};
