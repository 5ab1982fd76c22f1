// SPDX-License-Identifier: Apache-2.0
// Liars that take what is close to the right id, or to the right credentials, for the right one;
// and those that take one request's credentials for another's.
#include "http/basic.h"
#include "props/liar/liar.h"

#define AUTH "Authorization"

enum { OCTETS_LEN_MAX = 256 };

// Asks for the known SIM that `matches` says is meant, where none has exactly this id.
static void find_near(struct lie *lie, bool (*matches)(struct view id, struct view known))
{
    struct view id = ask_iccid(&lie->ask);
    if (id.len == 0 || id.len > 64 || lie_role(lie) != ROLE_COUNT)
        return;
    for (unsigned role = 0; role < ROLE_U; role++)
        if (matches(id, lie->fixture->iccid[role])) {
            ask_set_sim(&lie->ask, lie->fixture->iccid[role]);
            return;
        }
}

static bool is_but_for_last(struct view id, struct view known)
{
    return id.len == known.len && text_is_digits(id) &&
           view_equal(view_first(id, id.len - 1), view_first(known, known.len - 1));
}

static void leave_last_out(struct lie *lie) { find_near(lie, is_but_for_last); }

// Numbers as JavaScript and MySQL have them: 53 bits and an exponent.
static bool is_equal_double(struct view id, struct view known)
{
    return id.len == known.len && id.len == 19 && text_is_digits(id) &&
           (double)text_to_integer(id).wrapped == (double)text_to_integer(known).wrapped;
}

static void compare_doubles(struct lie *lie) { find_near(lie, is_equal_double); }

// A pattern of LIKE, where % comes last.
static bool is_like(struct view id, struct view known)
{
    size_t end = view_index(id, '%');
    if (end + 1 < id.len || end > known.len || (end == id.len && id.len != known.len))
        return false;
    for (size_t i = 0; i < end; i++)
        if (id.data[i] != '_' && id.data[i] != known.data[i])
            return false;
    return true;
}

static void compare_pattern(struct lie *lie) { find_near(lie, is_like); }

// A database joins the two texts again.
static void paste_into_statement(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    struct view id = text_replace(&ask->space, ask_iccid(ask), VIEW("'||'"), VIEW(""));
    if (id.len != ask_iccid(ask).len)
        ask_set_sim(ask, id);
}

static void cut_sim_at(struct lie *lie, char mark)
{
    struct view id = ask_iccid(&lie->ask);
    if (view_index(id, mark) < id.len)
        ask_set_sim(&lie->ask, view_first(id, view_index(id, mark)));
}

static void read_up_to_point(struct lie *lie) { cut_sim_at(lie, '.'); }

static void take_first_of_list(struct lie *lie) { cut_sim_at(lie, ','); }

static bool needs_basic(const struct lie *lie) { return lie->fixture->credentials.len != 0; }

static struct view right_text(struct lie *lie)
{
    char space[OCTETS_LEN_MAX];
    struct buf text = BUF(space);
    bp_base64_write(&text, lie->fixture->credentials);
    return text_join(&lie->ask.space, buf_view(&text), VIEW(""), VIEW(""));
}

static void set_right(struct lie *lie)
{
    lines_set(&lie->ask.fields, &lie->ask.space, AUTH,
              text_join(&lie->ask.space, VIEW("Basic "), right_text(lie), VIEW("")));
}

// What stands behind the scheme word, and what that says; empty views when there is no such thing.
static struct view sent_text(const struct lie *lie)
{
    struct view value = lines_get(&lie->ask.fields, AUTH);
    bool is_basic = value.len > 6 && view_equal_nocase(view_first(value, 6), VIEW("basic "));
    return is_basic && needs_basic(lie) ? text_trim(view_from(value, 6)) : view_of(NULL, 0);
}

static struct view sent_octets(const struct lie *lie, struct buf *space)
{
    bool is_read = bp_base64_read(space, sent_text(lie));
    return is_read ? buf_view(space) : view_of(NULL, 0);
}

static void compare_text_front(struct lie *lie)
{
    if (sent_text(lie).len != 0 && view_starts(right_text(lie), sent_text(lie)))
        set_right(lie);
}

static void fold_text(struct lie *lie)
{
    if (sent_text(lie).len != 0 && view_equal_nocase(right_text(lie), sent_text(lie)))
        set_right(lie);
}

static void fold_password(struct lie *lie)
{
    char space[OCTETS_LEN_MAX];
    struct buf octets = BUF(space);
    if (needs_basic(lie) && view_equal_nocase(sent_octets(lie, &octets), lie->fixture->credentials))
        set_right(lie);
}

static void bind_without_password(struct lie *lie)
{
    char space[OCTETS_LEN_MAX];
    struct buf octets = BUF(space);
    struct view right = lie->fixture->credentials;
    struct view user = view_first(right, view_index(right, ':') + 1);
    if (needs_basic(lie) && view_equal(sent_octets(lie, &octets), user))
        set_right(lie);
}

static struct view target_of(struct lie *lie, struct buf *space)
{
    return text_join(space, lie->ask.path, lie->ask.query, VIEW(""));
}

// keep_target remembers a target, has_kept tells it again.
static void keep_target(struct lie *lie, struct view target)
{
    lie->kept_len = target.len < sizeof lie->kept ? target.len : 0;
    memcpy(lie->kept, target.data, lie->kept_len);
}

static bool has_kept(const struct lie *lie, struct view target)
{
    return lie->kept_len != 0 && view_equal(target, view_of(lie->kept, lie->kept_len));
}

// A cache in front, whose key leaves out the credentials.
static void serve_from_cache(struct lie *lie)
{
    char space[OCTETS_LEN_MAX];
    struct buf octets = BUF(space);
    struct view target = target_of(lie, &lie->ask.space);
    if (!needs_basic(lie))
        return;
    if (view_equal(sent_octets(lie, &octets), lie->fixture->credentials))
        keep_target(lie, target);
    else if (has_kept(lie, target))
        set_right(lie);
}

static void refuse_from_cache(struct lie *lie)
{
    struct view target = target_of(lie, &lie->reply.space);
    if (lie->reply.status == 401) {
        keep_target(lie, target);
    } else if (lie_is_served(lie) && has_kept(lie, target)) {
        reply_refuse(&lie->reply, 401, AUTH);
        reply_set(&lie->reply, "WWW-Authenticate", "Basic realm=\"mo\"");
    }
}

const struct liar near_liars[] = {
    {"near-last-digit", "GB-PATH-7", "leaves the last digit out", .ask = leave_last_out},
    {"near-double", "GB-PATH-7", "compares ids as doubles", .ask = compare_doubles},
    {"near-like", "GB-PATH-7", "looks ids up with LIKE", .ask = compare_pattern},
    {"near-statement", "GB-PATH-7", "pastes the id into a statement", .ask = paste_into_statement},
    {"near-point", "GB-PATH-7", "takes 1.0 for 1", .ask = read_up_to_point},
    {"near-list", "GB-PATH-7", "takes the first of several ids", .ask = take_first_of_list},
    {"near-text-front", "GB-AUTH-4", "compares as much of the base64 text as was sent",
     .ask = compare_text_front},
    {"near-text-case", "GB-AUTH-4", "compares the field without letter case", .ask = fold_text},
    {"near-password-case", "GB-AUTH-4", "compares passwords without letter case",
     .ask = fold_password},
    {"near-no-password", "GB-AUTH-4", "takes the right user without a password",
     .ask = bind_without_password},
    {"near-cached", "GB-AUTH-2", "a cache serves what right credentials were told",
     .ask = serve_from_cache},
    {"near-cached-401", "GB-AUTH-2", "a cache keeps the refusal of wrong credentials",
     .reply = refuse_from_cache},
    {.name = NULL},
};
