// SPDX-License-Identifier: Apache-2.0
#include "http/basic.h"
#include "props/liar/liar.h"

#define AUTH "Authorization"

static bool needs_basic(const struct lie *lie) { return lie->fixture->credentials.len != 0; }

static struct view sent_value(const struct lie *lie) { return lines_get(&lie->ask.fields, AUTH); }

// The user and password that were sent; false when they cannot be decoded.
static bool read_sent(const struct lie *lie, struct buf *out)
{
    struct view value = sent_value(lie);
    buf_clear(out);
    return value.len > 6 && bp_base64_read(out, text_trim(view_from(value, 6)));
}

static void set_right(struct lie *lie)
{
    char space[256];
    struct buf text = BUF(space);
    bp_base64_write(&text, lie->fixture->credentials);
    lines_set(&lie->ask.fields, &lie->ask.space, AUTH,
              text_join(&lie->ask.space, VIEW("Basic "), buf_view(&text), VIEW("")));
}

static void challenge(struct lie *lie)
{
    reply_refuse(&lie->reply, 401, AUTH);
    reply_set(&lie->reply, "WWW-Authenticate", "Basic realm=\"mo\"");
}

static void demand_when_off(struct lie *lie)
{
    if (!needs_basic(lie) && lie_is_served(lie) && !lines_has(&lie->ask.fields, AUTH))
        challenge(lie);
}

static void check_when_off(struct lie *lie)
{
    if (!needs_basic(lie) && lie_is_served(lie) && lines_has(&lie->ask.fields, AUTH))
        challenge(lie);
}

static void forgive_missing(struct lie *lie)
{
    if (needs_basic(lie) && !lines_has(&lie->ask.fields, AUTH))
        set_right(lie);
}

static bool has_scheme(const struct lie *lie)
{
    return sent_value(lie).len > 5 &&
           view_equal_nocase(view_first(sent_value(lie), 6), VIEW("basic "));
}

static void accept_wrong(struct lie *lie)
{
    if (needs_basic(lie) && has_scheme(lie))
        set_right(lie);
}

static void accept_any_user(struct lie *lie)
{
    char space[256];
    struct buf sent = BUF(space);
    struct view right = lie->fixture->credentials;
    if (!needs_basic(lie) || !read_sent(lie, &sent))
        return;
    struct view text = buf_view(&sent);
    struct view password = view_from(right, view_index(right, ':'));
    if (view_equal(view_from(text, view_index(text, ':')), password))
        set_right(lie);
}

static void accept_bearer(struct lie *lie)
{
    if (needs_basic(lie) && view_starts(sent_value(lie), VIEW("Bearer ")))
        set_right(lie);
}

static void bad_base64_breaks(struct lie *lie)
{
    char space[256];
    struct buf sent = BUF(space);
    if (lie->reply.status == 401 && has_scheme(lie) && !read_sent(lie, &sent))
        reply_refuse(&lie->reply, 500, "invalid length");
}

static void wrong_as_403(struct lie *lie)
{
    if (lie->reply.status == 401)
        reply_refuse(&lie->reply, 403, AUTH);
}

static void drop_challenge(struct lie *lie) { reply_drop(&lie->reply, "WWW-Authenticate"); }

static void compare_front(struct lie *lie)
{
    char space[256];
    struct buf sent = BUF(space);
    if (needs_basic(lie) && read_sent(lie, &sent) && sent.len != 0 &&
        view_starts(lie->fixture->credentials, buf_view(&sent)))
        set_right(lie);
}

static void compare_right_length(struct lie *lie)
{
    char space[256];
    struct buf sent = BUF(space);
    if (needs_basic(lie) && read_sent(lie, &sent) &&
        view_starts(buf_view(&sent), lie->fixture->credentials))
        set_right(lie);
}

static void compare_up_to_nul(struct lie *lie)
{
    char space[256];
    struct buf sent = BUF(space);
    if (!needs_basic(lie) || !read_sent(lie, &sent))
        return;
    struct view text = buf_view(&sent);
    if (view_equal(view_first(text, view_index(text, '\0')), lie->fixture->credentials))
        set_right(lie);
}

static void demand_capital_scheme(struct lie *lie)
{
    if (needs_basic(lie) && lie_is_served(lie) && !view_starts(sent_value(lie), VIEW("Basic ")))
        challenge(lie);
}

static void split_at_last_colon(struct lie *lie)
{
    struct view right = lie->fixture->credentials;
    size_t first = view_index(right, ':');
    bool has_two = first < right.len && text_has(view_from(right, first + 1), ":");
    if (has_two && lie_is_served(lie))
        challenge(lie);
}

static void unknown_before_401(struct lie *lie)
{
    if (lie->reply.status == 401 && lie_role(lie) == ROLE_U)
        reply_refuse(&lie->reply, 404, "no such SIM");
}

static void tell_in_401(struct lie *lie)
{
    if (lie->reply.status == 401 && lie_role(lie) == ROLE_U)
        reply_refuse(&lie->reply, 401, "the credentials are wrong, and so is the SIM");
}

const struct liar auth_liars[] = {
    {"auth-demanded", "GB-AUTH-1", "wants credentials though Basic is off",
     .reply = demand_when_off},
    {"auth-checked", "GB-AUTH-1", "checks credentials though Basic is off",
     .reply = check_when_off},
    {"auth-forgiven", "GB-AUTH-1", "serves without credentials though Basic is on",
     .ask = forgive_missing},
    {"auth-accepted", "GB-AUTH-2", "takes any password", .ask = accept_wrong},
    {"auth-any-user", "GB-AUTH-2", "takes any user with the right password",
     .ask = accept_any_user},
    {"auth-bearer", "GB-AUTH-2", "takes another scheme", .ask = accept_bearer},
    {"auth-base64-breaks", "GB-AUTH-2", "bad base64 gives 500", .reply = bad_base64_breaks},
    {"auth-403", "GB-AUTH-2", "wrong credentials give 403", .reply = wrong_as_403},
    {"auth-no-challenge", "GB-AUTH-3", "401 without a challenge", .reply = drop_challenge},
    {"auth-front", "GB-AUTH-4", "compares as many octets as were sent", .ask = compare_front},
    {"auth-longer", "GB-AUTH-4", "compares as many octets as are right",
     .ask = compare_right_length},
    {"auth-nul", "GB-AUTH-4", "compares up to a NUL", .ask = compare_up_to_nul},
    {"auth-scheme-case", "GB-AUTH-4", "wants Basic in that casing", .reply = demand_capital_scheme},
    {"auth-last-colon", "GB-AUTH-4", "refuses a password with a colon",
     .reply = split_at_last_colon},
    {"auth-404-first", "GB-AUTH-5", "an unknown SIM comes before credentials",
     .reply = unknown_before_401},
    {"auth-tells", "GB-AUTH-5", "401 tells an unknown SIM", .reply = tell_in_401},
    {.name = NULL},
};
