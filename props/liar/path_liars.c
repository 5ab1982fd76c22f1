// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

#define ZERO_TEXT \
    "{\"balances\":[{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}]}"

static void move_to_sim(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    struct view path = text_replace(&ask->space, ask->path, VIEW("/sims/"), VIEW("/none/"));
    ask->path = text_replace(&ask->space, path, VIEW("/sim/"), VIEW("/sims/"));
}

static void wrap_in_array(struct lie *lie)
{
    if (lie_is_served(lie) && lie->reply.body.len != 0)
        lie->reply.body = text_join(&lie->reply.space, VIEW("["), lie->reply.body, VIEW("]"));
}

static void say_no_content(struct lie *lie)
{
    if (lie_is_served(lie))
        reply_say(&lie->reply, 204, "", view_of(NULL, 0));
}

static void supply_base(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    if (view_starts(ask->path, VIEW("/sims/")))
        ask->path = text_join(&ask->space, lie->fixture->base, ask->path, VIEW(""));
}

static void forgive_base(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    size_t at = view_find(ask->path, VIEW("/sims/"));
    if (at < ask->path.len)
        ask->path = text_join(&ask->space, lie->fixture->base, view_from(ask->path, at), VIEW(""));
}

static void strip_base(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    if (lie->fixture->base.len != 0 && view_starts(ask->path, lie->fixture->base))
        ask->path = view_from(ask->path, lie->fixture->base.len);
}

static bool has_scheme(struct lie *lie)
{
    return view_starts(text_decode(&lie->ask.space, ask_sim(&lie->ask)), VIEW("iccid:"));
}

static void refuse_scheme(struct lie *lie)
{
    if (has_scheme(lie) && lie->reply.status == 200)
        reply_refuse(&lie->reply, 404, "the SIM id is not a number");
}

static void scheme_to_other(struct lie *lie)
{
    if (has_scheme(lie) && lie_role(lie) != ROLE_COUNT)
        ask_set_sim(&lie->ask, lie_other(lie));
}

static bool has_blank(struct lie *lie)
{
    struct view sim = text_decode(&lie->ask.space, ask_sim(&lie->ask));
    return view_index(sim, ' ') < sim.len;
}

static void blank_to_other(struct lie *lie)
{
    if (has_blank(lie))
        ask_set_sim(&lie->ask, lie_other(lie));
}

static void break_at_blank(struct lie *lie)
{
    if (has_blank(lie))
        lie_break(lie, "index out of range");
}

static bool is_unknown_sim(struct lie *lie)
{
    return lie->reply.status == 404 && lie_role(lie) == ROLE_U && lie_is_resource(lie);
}

static void unknown_as_empty(struct lie *lie)
{
    if (is_unknown_sim(lie))
        reply_say(&lie->reply, 200, "application/json", VIEW("{\"balances\":[]}"));
}

static void unknown_as_zero(struct lie *lie)
{
    if (is_unknown_sim(lie))
        reply_say(&lie->reply, 200, "application/json", VIEW(ZERO_TEXT));
}

static void unknown_as_bad(struct lie *lie)
{
    if (is_unknown_sim(lie))
        reply_refuse(&lie->reply, 400, "sim id");
}

static bool is_iccid(struct view text)
{
    bool has_len = text.len == 19 || text.len == 20;
    return has_len && text_is_digits(text);
}

static bool is_malformed_sim(struct lie *lie)
{
    bool is_refused = lie->reply.status == 404 || lie->reply.status == 400;
    return is_refused && lie_is_resource(lie) && !is_iccid(ask_iccid(&lie->ask));
}

static void malformed_as_zero(struct lie *lie)
{
    if (is_malformed_sim(lie) && lie->reply.status == 404)
        reply_say(&lie->reply, 200, "application/json", VIEW(ZERO_TEXT));
}

static void malformed_breaks(struct lie *lie)
{
    if (is_malformed_sim(lie))
        lie_break(lie, "number expected");
}

static void keep_digits(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    struct view known = lie->fixture->iccid[ROLE_A];
    if (!is_iccid(iccid) && iccid.len > 0 && byte_is_digit(iccid.data[0]))
        ask_set_sim(&lie->ask, known);
}

static void cut_after_19(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    if (iccid.len > 19 && text_is_digits(iccid))
        ask_set_sim(&lie->ask, view_first(iccid, 19));
}

static void drop_leading_zeros(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    if (iccid.len < 2 || iccid.data[0] != '0')
        return;
    while (iccid.len > 1 && iccid.data[0] == '0')
        iccid = view_from(iccid, 1);
    ask_set_sim(&lie->ask, iccid);
}

static void read_as_number(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    if (text_is_digits(iccid) && iccid.data[0] != '0')
        ask_set_sim(&lie->ask, text_unsigned(&lie->ask.space, text_to_integer(iccid).wrapped));
}

static void match_prefix(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    struct view known = lie->fixture->iccid[ROLE_A];
    if (iccid.len + 1 == known.len && view_starts(known, iccid))
        ask_set_sim(&lie->ask, known);
}

static bool has_filler(struct lie *lie)
{
    struct view iccid = ask_iccid(&lie->ask);
    return iccid.len > 19 && byte_lower(iccid.data[iccid.len - 1]) == 'f';
}

static void filler_to_other(struct lie *lie)
{
    if (has_filler(lie))
        ask_set_sim(&lie->ask, lie_other(lie));
}

static void filler_breaks(struct lie *lie)
{
    if (has_filler(lie))
        lie_break(lie, "invalid digit");
}

static bool has_luhn(struct view digits)
{
    unsigned sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        unsigned digit = (unsigned)(digits.data[digits.len - 1 - i] - '0');
        unsigned twice = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += i % 2 == 0 ? digit : twice;
    }
    return sum % 10 == 0;
}

static void demand_luhn(struct lie *lie)
{
    bool is_looked_up = lie->reply.status == 200 || lie->reply.status == 404;
    struct view iccid = ask_iccid(&lie->ask);
    if (is_looked_up && is_iccid(iccid) && !has_luhn(iccid))
        reply_refuse(&lie->reply, 400, "sim id: check digit");
}

static void decode_path(struct lie *lie)
{
    lie->ask.path = text_decode(&lie->ask.space, lie->ask.path);
}

static void end_at(struct lie *lie, const char *mark)
{
    struct view sim = ask_sim(&lie->ask);
    size_t at = view_find_nocase(sim, view_of_text(mark));
    if (at < sim.len)
        ask_set_sim(&lie->ask, view_first(sim, at));
}

static void end_at_nul(struct lie *lie) { end_at(lie, "%00"); }

static void end_at_slash(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    end_at(lie, "%2f");
    struct view sim = ask_sim(ask);
    if (text_ends(ask->path, "/balances") || sim.len == 0)
        return;
    size_t at = (size_t)(sim.data - ask->path.data) + sim.len;
    ask->path = text_join(&ask->space, view_first(ask->path, at), VIEW("/balances"), VIEW(""));
}

static void climb(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    ask->path = text_replace(&ask->space, ask->path, VIEW("..%2f"), VIEW(""));
    ask->path = text_replace(&ask->space, ask->path, VIEW("..%2F"), VIEW(""));
}

static bool has_escape(struct view text) { return view_index(text, '%') < text.len; }

static void encoded_to_other(struct lie *lie)
{
    struct view sim = ask_sim(&lie->ask);
    if (has_escape(sim) && lie_role(lie) != ROLE_COUNT)
        ask_set_sim(&lie->ask, lie_other(lie));
}

static void encoded_breaks(struct lie *lie)
{
    if (has_escape(lie->ask.path) && lie_is_served(lie))
        lie_break(lie, "no route");
}

static bool is_under_base(const struct lie *lie, const char *path)
{
    struct view rest = lie->ask.path;
    return view_starts(rest, lie->fixture->base) &&
           text_is(view_from(rest, lie->fixture->base.len), path);
}

static void list_sims(struct lie *lie)
{
    if (lie->reply.status != 404 || !is_under_base(lie, "/sims"))
        return;
    struct view body = VIEW("{\"sims\":[\"");
    for (unsigned i = 0; i < ROLE_U; i++)
        body = text_join(&lie->reply.space, body, lie->fixture->iccid[i],
                         i + 1 < ROLE_U ? VIEW("\",\"") : VIEW("\"]}"));
    reply_say(&lie->reply, 200, "application/json", body);
}

static void show_sim(struct lie *lie)
{
    enum role role = lie_role(lie);
    struct view sim = ask_sim(&lie->ask);
    struct view path = lie->ask.path;
    if (lie->reply.status != 404 || role >= ROLE_U || sim.data + sim.len != path.data + path.len)
        return;
    struct view body =
        text_join(&lie->reply.space, VIEW("{\"iccid\":\""), lie->fixture->iccid[role], VIEW("\"}"));
    reply_say(&lie->reply, 200, "application/json", body);
}

static void other_resource_breaks(struct lie *lie)
{
    bool is_other = is_under_base(lie, "/sims") || is_under_base(lie, "/orders");
    if (lie->reply.status == 404 && is_other)
        lie_break(lie, "not written yet");
}

static void match_balances_prefix(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    size_t at = view_find(ask->path, VIEW("/balances"));
    if (at < ask->path.len &&
        view_index(view_from(ask->path, at + 1), '/') + at + 1 == ask->path.len)
        ask->path = view_first(ask->path, at + 9);
}

static void fold_path(struct lie *lie)
{
    lie->ask.path = text_lower(&lie->ask.space, lie->ask.path);
}

static void serve_singular(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    if (text_ends(ask->path, "/balance"))
        ask->path = text_join(&ask->space, ask->path, VIEW("s"), VIEW(""));
}

const struct liar path_liars[] = {
    {"path-sim-singular", "GB-PATH-1", "routes /sim/ instead of /sims/", .ask = move_to_sim},
    {"path-array", "GB-PATH-1", "answers with an array around the object", .reply = wrap_in_array},
    {"path-no-content", "GB-PATH-1", "answers a known SIM with 204", .reply = say_no_content},
    {"path-base-optional", "GB-PATH-2", "serves without the base path", .ask = supply_base},
    {"path-base-any", "GB-PATH-2", "serves under any base path", .ask = forgive_base},
    {"path-base-stripped", "GB-PATH-2", "strips the base path before routing", .ask = strip_base},
    {"path-scheme-refused", "GB-PATH-3", "wants a digit first", .reply = refuse_scheme},
    {"path-scheme-other", "GB-PATH-3", "takes iccid: for another SIM", .ask = scheme_to_other},
    {"path-blank-other", "GB-PATH-4", "finds another SIM behind a blank", .ask = blank_to_other},
    {"path-blank-breaks", "GB-PATH-4", "fails with 500 at a blank", .reply = break_at_blank},
    {"path-unknown-empty", "GB-PATH-5", "unknown SIM: 200 and []", .reply = unknown_as_empty},
    {"path-unknown-zero", "GB-PATH-5", "unknown SIM: a zero balance", .reply = unknown_as_zero},
    {"path-unknown-400", "GB-PATH-5", "unknown SIM: 400", .reply = unknown_as_bad},
    {"path-malformed-zero", "GB-PATH-6", "malformed SIM id: 200", .reply = malformed_as_zero},
    {"path-malformed-breaks", "GB-PATH-6", "malformed SIM id: 500", .reply = malformed_breaks},
    {"path-digits-kept", "GB-PATH-6", "takes what starts with a digit", .ask = keep_digits},
    {"path-first-19", "GB-PATH-7", "compares 19 digits only", .ask = cut_after_19},
    {"path-leading-zero", "GB-PATH-7", "drops leading zeros", .ask = drop_leading_zeros},
    {"path-as-number", "GB-PATH-7", "reads the id modulo 2^64", .ask = read_as_number},
    {"path-prefix", "GB-PATH-7", "finds a SIM by the front of its id", .ask = match_prefix},
    {"path-filler-other", "GB-PATH-8", "filler F finds another SIM", .ask = filler_to_other},
    {"path-filler-breaks", "GB-PATH-8", "filler F: 500", .reply = filler_breaks},
    {"path-luhn", "GB-PATH-9", "refuses a wrong Luhn digit with 400", .reply = demand_luhn},
    {"path-decoded-twice", "GB-PATH-10", "decodes the path before it is split", .ask = decode_path},
    {"path-nul-ends", "GB-PATH-10", "takes %00 for the end of the id", .ask = end_at_nul},
    {"path-slash-ends", "GB-PATH-10", "takes %2F for a separator", .ask = end_at_slash},
    {"path-climbs", "GB-PATH-10", "follows ..%2f", .ask = climb},
    {"path-encoded-other", "GB-PATH-11", "escaped digits: another SIM", .ask = encoded_to_other},
    {"path-encoded-breaks", "GB-PATH-11", "escaped octets: 500", .reply = encoded_breaks},
    {"path-lists-sims", "GB-PATH-12", "lists all ICCIDs under /sims", .reply = list_sims},
    {"path-shows-sim", "GB-PATH-12", "shows a SIM under its path", .reply = show_sim},
    {"path-resource-breaks", "GB-PATH-12", "fails at other resources",
     .reply = other_resource_breaks},
    {"path-last-prefix", "GB-PATH-13", "takes balances2", .ask = match_balances_prefix},
    {"path-folded", "GB-PATH-13", "ignores the case of the path", .ask = fold_path},
    {"path-singular", "GB-PATH-13", "takes balance for balances", .ask = serve_singular},
    {.name = NULL},
};
