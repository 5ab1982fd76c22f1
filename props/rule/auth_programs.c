// SPDX-License-Identifier: Apache-2.0
#include "props/rule/auth_programs.h"

#include "http/basic.h"
#include "props/rule/program.h"
#include "props/rule/splice.h"

enum { OCTETS_LEN_MAX = 256, TEXT_LEN_MAX = 512 };

static bool is_let_in(const struct exchange *x) { return x->status >= 200 && x->status < 300; }

struct verdict run_behind(struct trial *trial)
{
    static const enum sense senses[] = {SENSE_ABSENT, SENSE_AUTH_WRONG, SENSE_AUTH_SCHEME};
    enum { SENSE_COUNT_HERE = sizeof senses / sizeof senses[0] };
    struct intent right;
    if (trial->world->fixture.credentials.len == 0)
        return skip("the deployment does not ask for credentials");
    if (!plain_for_any(&right, trial))
        return skip("the fixture has no SIM");
    struct intent wrong = right;
    intent_set_sense(&wrong, AXIS_AUTH, senses[choose(trial->choices, SENSE_COUNT_HERE)]);
    bool is_right_first = choose(trial->choices, 2) == 0;
    const struct exchange *first = ask(trial, 0, is_right_first ? &right : &wrong);
    bool goes_on = is_right_first ? served(first) : first->status == 401;
    if (!goes_on)
        return not_spoken();
    const struct exchange *later = ask(trial, 1, is_right_first ? &wrong : &right);
    if (is_right_first && is_let_in(later))
        return fail("wrong credentials are let in behind right ones");
    if (!is_right_first && later->status == 401)
        return fail("right credentials are refused behind wrong ones");
    return later->status == 200 || later->status == 401 ? pass() : not_spoken();
}

static char other_case(char c)
{
    if (c >= 'a' && c <= 'z')
        return byte_upper(c);
    return c >= 'A' && c <= 'Z' ? byte_lower(c) : c;
}

// put_other_case appends `text` with letters in the other case.
static void put_other_case(struct buf *out, struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_put_byte(out, other_case(text.data[i]));
}

// put_nearly appends what stands behind "Basic ". False: there is no such text.
static bool put_nearly(struct buf *out, struct view right, unsigned which)
{
    enum { TEXT_FRONT, TEXT_LONGER, TEXT_CASE, PASSWORD_CASE, NO_PASSWORD };
    char space[OCTETS_LEN_MAX];
    struct buf octets = BUF(space);
    struct view user = view_first(right, view_index(right, ':') + 1);
    struct view password = view_from(right, user.len);
    // Three octets are four characters, and what stands behind them changes none of these.
    size_t whole_len = (right.len - 1) / 3 * 3;
    switch (which) {
    case TEXT_FRONT:
        buf_put(&octets, view_first(right, whole_len));
        break;
    case TEXT_LONGER:
        buf_put(&octets, right);
        buf_put(&octets, VIEW("x"));
        if (right.len % 3 != 0)
            return false;
        break;
    case TEXT_CASE: {
        char text_space[TEXT_LEN_MAX];
        struct buf text = BUF(text_space);
        bp_base64_write(&text, right);
        size_t at = out->len;
        put_other_case(out, buf_view(&text));
        return !out->overflow && !view_equal(view_from(buf_view(out), at), buf_view(&text));
    }
    case PASSWORD_CASE:
        buf_put(&octets, user);
        put_other_case(&octets, password);
        break;
    case NO_PASSWORD:
    default:
        buf_put(&octets, user);
    }
    if (octets.len == 0 || octets.overflow || view_equal(buf_view(&octets), right))
        return false;
    bp_base64_write(out, buf_view(&octets));
    return true;
}

struct verdict run_nearly(struct trial *trial)
{
    static const char *const words[] = {
        "the front of the right base64 text is taken",
        "more than the right base64 text is taken",
        "the right base64 text in another letter case is taken",
        "the right password in another letter case is taken",
        "the right user is taken without a password",
    };
    char space[TEXT_LEN_MAX + 32];
    struct buf field = BUF(space);
    struct view right = trial->world->fixture.credentials;
    struct intent plain;
    if (right.len == 0)
        return skip("the deployment does not ask for credentials");
    if (!plain_for_any(&plain, trial))
        return skip("the fixture has no SIM");
    unsigned which = choose(trial->choices, sizeof words / sizeof words[0]);
    buf_put(&field, VIEW("\r\nAuthorization: Basic "));
    if (!put_nearly(&field, right, which) || field.overflow)
        return not_spoken();
    buf_put(&field, VIEW("\r\n"));
    intent_set_sense(&plain, AXIS_AUTH, SENSE_ABSENT);
    struct buf *request = trial_request(trial, 0);
    intent_write(request, &plain, &trial->world->fixture, trial->serial++);
    if (!splice_over(request, VIEW("\r\n"), buf_view(&field)))
        return not_spoken();
    const struct exchange *x = trial_send(trial, 0, NULL);
    if (is_let_in(x))
        return fail(words[which]);
    return x->status == 401 ? pass() : not_spoken();
}
