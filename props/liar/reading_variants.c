// SPDX-License-Identifier: Apache-2.0
// Conforming variants: another reading of what the documents leave open. No clause may fail them.
#include "props/liar/liar.h"

static void never_repeat(struct lie *lie)
{
    struct view id = lines_get(&lie->ask.fields, "X-MS-DM-TransactionId");
    if (view_index(id, '\0') == id.len)
        lines_drop(&lie->ask.fields, "X-MS-DM-TransactionId");
}

static bool is_integer_zero(struct view text)
{
    return text.len != 0 && text_to_integer(text).rest.len == 0 &&
           text_to_integer(text).digit_count != 0 && text_to_integer(text).saturated == 0;
}

static bool has_stranger(const struct lie *lie)
{
    struct view rest = ask_items(&lie->ask);
    struct ask_item item;
    while (ask_next(&rest, &item))
        if (!text_is(item.name, "fieldsTemplate") && !text_is(item.name, "limit") &&
            !text_is(item.name, "location"))
            return true;
    return false;
}

static void strict_query(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    if (!lie_is_served(lie))
        return;
    if (is_integer_zero(ask_value(ask, "limit")))
        reply_refuse(&lie->reply, 400, "limit must be positive");
    else if (ask_count(ask, "location") != 0 && ask_value(ask, "location").len == 0)
        reply_refuse(&lie->reply, 400, "location has no value");
    else if (has_stranger(lie))
        reply_refuse(&lie->reply, 400, "query: unknown parameter");
}

static void strict_head(struct lie *lie)
{
    struct view id = lines_get(&lie->ask.fields, "X-MS-DM-TransactionId");
    bool is_odd = lines_has(&lie->ask.fields, "X-MS-DM-TransactionId") && id.len == 0;
    for (size_t i = 0; i < id.len; i++)
        is_odd = is_odd ||
                 !(byte_is_letter(id.data[i]) || byte_is_digit(id.data[i]) || id.data[i] == '-');
    is_odd = is_odd || id.len > 64;
    if (lie_is_served(lie) && is_odd)
        reply_refuse(&lie->reply, 400, "X-MS-DM-TransactionId is malformed");
    else if (lie_is_served(lie) && lie->ask.body.len != 0)
        reply_refuse(&lie->reply, 413, "no body is taken");
}

static void malformed_as_400(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    bool is_iccid = (iccid.len == 19 || iccid.len == 20) && text_is_digits(iccid);
    if (lie->reply.status == 404 && lie_is_resource(lie) && !is_iccid)
        reply_refuse(&lie->reply, 400, "sim id");
}

static void lax_query(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    static const char *const names[] = {"fieldsTemplate", "limit", "location"};
    for (unsigned i = 0; i < 3; i++) {
        while (ask_count(ask, names[i]) > 1)
            ask_drop_first(ask, names[i]);
        if (ask_count(ask, names[i]) == 1 && ask_value(ask, names[i]).len == 0)
            ask_drop(ask, names[i]);
    }
    struct view value = text_trim(ask_value(ask, "limit"));
    struct text_integer limit = text_to_integer(value);
    bool is_good = !limit.is_negative || limit.saturated == 0;
    if (limit.digit_count != 0 && limit.rest.len == 0 && is_good)
        ask_set(ask, "limit", text_unsigned(&ask->space, limit.saturated));
}

// Chunked bodies are taken and folded lines are joined.
static void lax_head(struct lie *lie)
{
    struct lines *fields = &lie->ask.fields;
    for (unsigned i = 1; i < fields->count; i++) {
        struct view line = fields->items[i];
        if (line.len != 0 && (line.data[0] == ' ' || line.data[0] == '\t'))
            fields->items[i] = VIEW("X-Folded: 1");
    }
    bool is_chunked = lines_has(fields, "Transfer-Encoding");
    if (is_chunked && !lines_has(fields, "Content-Length")) {
        lines_drop(fields, "Transfer-Encoding");
        lie->ask.body.len = 0;
    }
}

static void lax_path(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    struct view sim = text_decode(&ask->space, ask_sim(ask));
    if (view_index(ask->path, ' ') < ask->path.len)
        return;
    struct view rest = view_starts(sim, VIEW("iccid:")) ? view_from(sim, 6) : sim;
    if (rest.len != sim.len && text_is_digits(text_trim(rest)))
        ask_set_sim(ask, text_trim(rest));
    else if (sim.len == 20 && byte_lower(sim.data[19]) == 'f')
        ask_set_sim(ask, view_first(sim, 19));
    if (text_ends(ask->path, "/balances/"))
        ask->path.len--;
}

// What the SIM id begins with, once it is decoded.
static bool has_scheme(struct lie *lie)
{
    return view_starts(text_decode(&lie->ask.space, ask_sim(&lie->ask)), VIEW("iccid:"));
}

static void need_scheme(struct lie *lie)
{
    if (ask_sim(&lie->ask).len != 0 && !has_scheme(lie))
        ask_set_sim(&lie->ask, VIEW("0"));
}

static void need_bare_id(struct lie *lie)
{
    // A raw blank spoils the request line, which is refused for that.
    bool is_spoilt = view_index(lie->ask.path, ' ') < lie->ask.path.len;
    if (!is_spoilt && has_scheme(lie))
        ask_set_sim(&lie->ask, VIEW("0"));
}

static void redirect_slash(struct lie *lie)
{
    if (lie->reply.status != 404 || !text_ends(lie->ask.path, "/balances/"))
        return;
    struct view path = view_first(lie->ask.path, lie->ask.path.len - 1);
    reply_say(&lie->reply, 301, "", view_of(NULL, 0));
    lines_set(&lie->reply.fields, &lie->reply.space, "Location", path);
}

static void methods_as_403(struct lie *lie)
{
    if (lie->reply.status == 405 || lie->reply.status == 501)
        reply_refuse(&lie->reply, 403, "this method is forbidden");
}

static void no_head(struct lie *lie)
{
    if (lie->reply.status == 501 || (text_is(lie->ask.method, "HEAD") && lie_is_served(lie)))
        reply_refuse(&lie->reply, 405, "only GET is allowed");
    if (lie->reply.status == 405)
        reply_set(&lie->reply, "Allow", "GET");
}

static void default_to_full(struct lie *lie)
{
    if (ask_count(&lie->ask, "fieldsTemplate") == 0)
        ask_set(&lie->ask, "fieldsTemplate", VIEW("full"));
}

#define UNSUPPORTED(more)                                                \
    "{\"balances\":[{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":0," \
    "\"timeRemaining\":\"PT0S\",\"id\":\"0\"" more "}]}"

// The SIM is looked up before the query is read.
static void sim_first(struct lie *lie)
{
    if (lie->reply.status != 400 || !lie_is_resource(lie) || ask_sim(&lie->ask).len < 19)
        return;
    bool is_blamed_query = view_equal(reply_blamed(&lie->reply), VIEW("limit")) ||
                           view_equal(reply_blamed(&lie->reply), VIEW("location")) ||
                           view_equal(reply_blamed(&lie->reply), VIEW("fieldsTemplate"));
    if (is_blamed_query && lie_role(lie) == ROLE_U)
        reply_refuse(&lie->reply, 404, "sim id");
    else if (is_blamed_query && lie_role(lie) == ROLE_N)
        reply_say(&lie->reply, 200, "application/json",
                  lie_wants_full(lie) ? VIEW(UNSUPPORTED(",\"locations\":[]"))
                                      : VIEW(UNSUPPORTED("")));
}

static void alias_uk(struct lie *lie)
{
    if (text_is(ask_value(&lie->ask, "location"), "UK"))
        ask_set(&lie->ask, "location", VIEW("GB"));
}

const struct liar reading_variants[] = {
    {"never-repeats", NULL, "serves repeated ids", .ask = never_repeat},
    {"strict-query", NULL, "400 for limit 0, empty location, unknown names", .reply = strict_query},
    {"strict-head", NULL, "400 for odd ids, 413 for bodies", .reply = strict_head},
    {"strict-path", NULL, "400 for malformed SIM ids", .reply = malformed_as_400},
    {"lax-query", NULL, "takes +1, repeated and empty parameters", .ask = lax_query},
    {"lax-head", NULL, "takes chunked bodies and folded fields", .ask = lax_head},
    {"lax-path", NULL, "takes a blank, a filler and a slash behind", .ask = lax_path},
    {"redirects", NULL, "redirects a trailing slash", .reply = redirect_slash},
    {"methods-403", NULL, "403 for other methods", .reply = methods_as_403},
    {"no-head", NULL, "405 for all methods but GET", .reply = no_head},
    {"default-full", NULL, "full when no template is asked for", .ask = default_to_full},
    {"sim-first", NULL, "looks up the SIM before the query", .reply = sim_first},
    {"takes-uk", NULL, "takes UK for GB", .ask = alias_uk},
    {"iccid-only", NULL, "knows ids behind iccid: only", "path.form=iccid", .ask = need_scheme},
    {"bare-only", NULL, "knows bare ids only", "path.form=bare", .ask = need_bare_id},
    {.name = NULL},
};
