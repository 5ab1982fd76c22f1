// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static bool blames(const struct lie *lie, const char *name)
{
    return lie->reply.status == 400 && text_has(lie->reply.body, name);
}

static void limit_unnamed(struct lie *lie)
{
    if (blames(lie, "limit"))
        reply_refuse(&lie->reply, 400, "not a number");
}

static void location_unnamed(struct lie *lie)
{
    if (blames(lie, "location"))
        reply_refuse(&lie->reply, 400, "no such country");
}

static void all_unnamed(struct lie *lie)
{
    if (lie->reply.status == 400)
        reply_say(&lie->reply, 400, "", view_of(NULL, 0));
}

static void script_breaks(struct lie *lie)
{
    if (text_has(ask_value(&lie->ask, "location"), "<"))
        lie_break(lie, "request validation");
}

static void bad_values_break(struct lie *lie)
{
    if (lie->reply.status == 400)
        lie_break(lie, "unhandled");
}

static void broken_gateway(struct lie *lie)
{
    if (lie->reply.status == 404)
        reply_refuse(&lie->reply, 502, "bad gateway");
}

static void payment_required(struct lie *lie)
{
    if (lie_is_served(lie) && text_has(lie->reply.body, "\"NONE\""))
        reply_refuse(&lie->reply, 402, "no balance");
}

static void unprocessable(struct lie *lie)
{
    if (lie->reply.status == 400)
        lie->reply.status = 422;
}

static void not_acceptable(struct lie *lie)
{
    if (lie_is_served(lie) && lines_has(&lie->ask.fields, "Accept"))
        reply_refuse(&lie->reply, 406, "not acceptable");
}

static void created(struct lie *lie)
{
    if (lie_is_served(lie))
        lie->reply.status = 201;
}

static void created_for_zero(struct lie *lie)
{
    if (lie_is_served(lie) && text_has(lie->reply.body, "\"NONE\""))
        lie->reply.status = 201;
}

static void reflect_query(struct lie *lie)
{
    struct view query = text_decode(&lie->reply.space, lie->ask.query);
    struct view body = text_join(&lie->reply.space, VIEW("<html><body>bad request: "), query,
                                 VIEW("</body></html>"));
    if (lie->reply.status == 400)
        reply_say(&lie->reply, 400, "text/html", body);
}

static void reflect_untyped(struct lie *lie)
{
    struct view location = ask_value(&lie->ask, "location");
    struct view body =
        text_join(&lie->reply.space, VIEW("unknown location "), location, VIEW("\r\n"));
    if (blames(lie, "location"))
        reply_say(&lie->reply, 400, "", body);
}

static void say_inside(struct lie *lie, const char *text)
{
    if (lie->reply.status == 500)
        reply_say(&lie->reply, 500, "text/plain", view_of_text(text));
}

static void show_trace(struct lie *lie)
{
    say_inside(lie, "java.net.ConnectException: refused\n\tat mo.Billing.ask(Billing.java:42)\n");
}

static void show_statement(struct lie *lie)
{
    say_inside(lie, "query failed: SELECT data FROM plans WHERE sim = ?");
}

static void show_path(struct lie *lie) { say_inside(lie, "cannot read /srv/mo/billing.conf"); }

static void show_other_sim(struct lie *lie)
{
    struct view text =
        text_join(&lie->reply.space, VIEW("no answer; last was for "), lie_other(lie), VIEW("\n"));
    if (lie->reply.status == 500)
        reply_say(&lie->reply, 500, "text/plain", text);
}

const struct liar error_liars[] = {
    {"error-limit-unnamed", "GB-ERR-1", "a bad limit is not named", "seed-literal",
     .reply = limit_unnamed},
    {"error-location-unnamed", "GB-ERR-1", "a bad location is not named", "seed-literal",
     .reply = location_unnamed},
    {"error-empty", "GB-ERR-1", "400 has no body", "seed-literal", .reply = all_unnamed},
    {"cause-trace", "GB-ERR-2", "500 shows a stack trace", .reply = show_trace},
    {"cause-statement", "GB-ERR-2", "500 shows a statement of the database",
     .reply = show_statement},
    {"cause-path", "GB-ERR-2", "500 shows a path", .reply = show_path},
    {"cause-other-sim", "GB-ERR-2", "500 shows another SIM", .reply = show_other_sim},
    {"error-script-breaks", "GB-ERR-3", "an angle bracket gives 500", .reply = script_breaks},
    {"error-bad-breaks", "GB-ERR-3", "bad values give 500", .reply = bad_values_break},
    {"error-gateway", "GB-ERR-3", "unknown paths give 502", .reply = broken_gateway},
    {"error-402", "GB-ERR-4", "no balance gives 402", .reply = payment_required},
    {"error-422", "GB-ERR-4", "bad values give 422", .reply = unprocessable},
    {"error-406", "GB-ERR-4", "an Accept field gives 406", .reply = not_acceptable},
    {"error-201", "GB-ERR-5", "201 for 200", .reply = created},
    {"error-201-zero", "GB-ERR-5", "201 for a zero balance", .reply = created_for_zero},
    {"error-reflects", "GB-ERR-6", "a page that repeats the query", .reply = reflect_query},
    {"error-reflects-untyped", "GB-ERR-6", "repeats the location without a content type",
     .reply = reflect_untyped},
    {.name = NULL},
};
