// SPDX-License-Identifier: Apache-2.0
// Clauses on the method.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/splice.h"

static struct verdict judge_other_method(const struct exchange *x)
{
    bool is_unknown = sense_is(x, AXIS_METHOD, SENSE_METHOD_UNKNOWN);
    if (!is_unknown && !sense_is(x, AXIS_METHOD, SENSE_METHOD_KNOWN))
        return not_spoken();
    if (!alone(x, AXIS_METHOD) || is_elsewhere(x))
        return not_spoken();
    if (x->status == 405)
        return bp_head_find(&x->head, VIEW("Allow")) != NULL ? pass() : fail("405 without Allow");
    if (x->status == 501 && is_unknown)
        return pass();
    if (status_in(x->status, S403 | S404 | S411 | S501))
        return tolerated(KEY_NONE, "another method is refused, but not with 405");
    if (x->status == 400 && is_unknown)
        return tolerated(KEY_NONE, "an unknown method is answered with 400");
    return fail("another method than GET is not refused with 405");
}

// A HEAD that is read as such has no body behind its answer, whatever the status.
static struct verdict judge_head(const struct exchange *x)
{
    unsigned mask = AXIS_BIT(AXIS_METHOD) | AXIS_BIT(AXIS_ROLE) | AXIS_BIT(AXIS_SIM) |
                    AXIS_BIT(AXIS_FIELDS) | AXIS_BIT(AXIS_LIMIT) | AXIS_BIT(AXIS_LOCATION);
    if (!sense_is(x, AXIS_METHOD, SENSE_METHOD_HEAD) || !open_within(x, mask))
        return not_spoken();
    // Whoever cannot read the target may not know the method; closing, it shifts nothing.
    if (is_answered(x) && x->rest.len != 0 && x->status == 400 && x->head.says_close)
        return tolerated(KEY_NONE, "a page comes with the 400 to HEAD, and the connection ends");
    if (is_answered(x) && x->rest.len != 0)
        return fail("bytes follow the answer to HEAD, which has no body");
    if (!ordinary_but(x, AXIS_METHOD) || is_elsewhere(x) || x->status == 403)
        return not_spoken();
    if (x->status == 405)
        return tolerated(KEY_NONE, "HEAD is not allowed");
    return promise(x, S200, "HEAD is not answered like GET");
}

static struct verdict judge_method_case(const struct exchange *x)
{
    if (!sense_is(x, AXIS_METHOD, SENSE_METHOD_CASE) || !alone(x, AXIS_METHOD))
        return not_spoken();
    if (x->status == 403 || x->status == 404)
        return tolerated(KEY_NONE, "a method in lower case is refused with 403 or 404");
    consults(x, KEY_METHOD_CASE);
    if (x->status == 200 && reads(x, KEY_METHOD_CASE, READ_METHOD_CASE_TOLERATE))
        return tolerated(KEY_METHOD_CASE, "a method in lower case is served");
    if (x->status == 200)
        return fail_under(KEY_METHOD_CASE, "a method in lower case is served");
    return promise(x, S400 | S405 | S501, "a method in lower case is not refused");
}

// Methods that the grammar does not write, and those with a body, without which a server in front
// of the handler may have refused them (411). The body says nothing that could be stored.
static const char *const odd_starts[] = {"OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE"};

enum { ODD_START_COUNT = sizeof odd_starts / sizeof odd_starts[0], BODILESS_COUNT = 2 };

static struct verdict ask_odd(struct trial *trial, const struct intent *plain)
{
    struct intent intent = *plain;
    unsigned which = choose(trial->choices, ODD_START_COUNT);
    struct buf *request = trial_request(trial, 1);
    intent_write(request, &intent, &trial->world->fixture, trial->serial++);
    bool fits = splice_over(request, VIEW("GET"), view_of_text(odd_starts[which]));
    if (which >= BODILESS_COUNT) {
        request->len -= 2; // the empty line
        buf_put_text(request, "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    }
    if (!fits || request->overflow)
        return not_spoken();
    const struct exchange *x = trial_send(trial, 1, NULL);
    if (x->status == 200 && x->has_list)
        return fail("another method than GET is answered with balances");
    // OPTIONS and TRACE may say what they are for.
    if (x->status >= 200 && x->status < 300 && which >= BODILESS_COUNT)
        return fail("another method than GET is served where it has a body");
    return pass();
}

static struct verdict run_no_effect(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    struct intent other = plain;
    enum { KNOWN, UNKNOWN, ODD, KIND_COUNT };
    unsigned kind = choose(trial->choices, KIND_COUNT);
    if (kind != ODD)
        pick_sense(&other, trial, AXIS_METHOD,
                   kind == KNOWN ? SENSE_METHOD_KNOWN : SENSE_METHOD_UNKNOWN);
    const struct exchange *before = ask(trial, 0, &plain);
    if (!served(before))
        return not_spoken();
    struct verdict out = pass();
    if (kind == ODD)
        out = ask_odd(trial, &plain);
    else
        ask(trial, 1, &other);
    if (out.grade != GRADE_PASS)
        return out;
    const struct exchange *after = ask(trial, 2, &plain);
    if (is_elsewhere(after))
        return not_spoken();
    return same_answer(before, after) ? pass() : fail("another method changed the balances");
}

static struct verdict run_head(struct trial *trial)
{
    struct intent get;
    if (!plain_for_any(&get, trial))
        return skip("no role of a known SIM");
    pick_good(&get, trial, AXIS_FIELDS);
    struct intent head = get;
    intent_set_sense(&head, AXIS_METHOD, SENSE_METHOD_HEAD);
    const struct exchange *full = ask(trial, 0, &get);
    if (!served(full))
        return not_spoken();
    const struct exchange *bare = ask(trial, 1, &head);
    if (bare->status != 200)
        return not_spoken();
    size_t full_len = full->body.len;
    if (bare->head.has_length && bare->head.length != full_len) {
        // The clock may have ticked between the two: then it is that of the next GET.
        const struct exchange *again = ask(trial, 2, &get);
        if (served(again) && again->body.len == full_len)
            return fail("the Content-Length of HEAD is not that of GET");
        if (!served(again) || bare->head.length != again->body.len)
            return not_spoken();
    }
    const struct view *type = bp_head_find(&bare->head, VIEW("Content-Type"));
    const struct view *wanted = bp_head_find(&full->head, VIEW("Content-Type"));
    if (type == NULL)
        return tolerated(KEY_NONE, "HEAD leaves the Content-Type out");
    return wanted != NULL && view_equal_nocase(*type, *wanted)
               ? pass()
               : fail("the Content-Type of HEAD is not that of GET");
}

enum { READ_COUNT = 20, RISE_COUNT_MAX = 3 };

static struct verdict run_safe(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    pick_good(&plain, trial, AXIS_FIELDS);
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    // A coarse clock may tick once, so that an answer is compared with the one before it too: time
    // that comes back was no clock's. At the tick two servers may disagree, but not for long.
    const struct exchange *before = first;
    unsigned rise_count = 0;
    for (unsigned i = 1; i < READ_COUNT; i++) {
        const struct exchange *later = ask(trial, 1 + i % 2, &plain);
        if (is_elsewhere(later))
            return not_spoken();
        rise_count += has_risen(before, later);
        if (!same_answer(first, later) || !same_answer(before, later) ||
            rise_count > RISE_COUNT_MAX)
            return fail("reading the balances changes them");
        before = later;
    }
    return pass();
}

static const struct clause rows[] = {
    {
        .id = "GB-METH-1",
        .strength = STANDARD,
        .source = "prepaid experience, Get Balance, Example 1; RFC 9110, section 15.5.6",
        .statement = "Only GET is defined: another method is refused with 405 and Allow, an "
                     "unknown one with 501, and changes nothing.",
        .expect = "405 with Allow; 403, 404 and 501 are tolerated",
        .why = "A generated DELETE or PUT that works lets a caller who should only read wipe or "
               "change what a subscriber has paid for.",
        .likely =
            "the handler never looks at the method (Express app.all, Go HandleFunc without GET, "
            "servlet service(), PHP); register GET alone and answer 405 with Allow: GET, HEAD",
        .scope = SCOPE_ODD_AXIS(AXIS_METHOD),
        .judge = judge_other_method,
        .run = run_no_effect,
        .program = 6,
    },
    {
        .id = "GB-METH-2",
        .strength = STANDARD,
        .source = "RFC 9110, sections 9.1 and 9.3.2",
        .statement = "HEAD is answered with the fields of GET and no body.",
        .expect = "200 without body; 405 is tolerated",
        .why = "A body behind HEAD shifts what follows on the connection: the next request finds "
               "stray octets where its own answer should begin.",
        .likely = "the handler writes its body for HEAD too, which shifts the next answer of the "
                  "connection; let the framework map HEAD to GET",
        .scope = SCOPE_ODD_AXIS(AXIS_METHOD),
        .judge = judge_head,
        .run = run_head,
        .program = 7,
    },
    {
        .id = "GB-METH-3",
        .strength = STANDARD,
        .source = "RFC 9112, section 3.1",
        .statement = "The method is case-sensitive: get is not GET.",
        .expect = "400, 405 or 501; serving it is tolerated",
        .keys = KEY_BIT(KEY_METHOD_CASE),
        .why = "Filters and logs that look for GET do not see get, so a server that serves it lets "
               "requests pass such rules unseen.",
        .likely = "methods are compared with strcasecmp or equalsIgnoreCase, or folded first; "
                  "ASP.NET Core's HttpMethods.IsGet ignores letter case, too; compare octets and "
                  "refuse unknown ones",
        .scope = SCOPE_ODD_AXIS(AXIS_METHOD),
        .judge = judge_method_case,
    },
    {
        .id = "GB-METH-4",
        .strength = DERIVED,
        .source = "RFC 9110, section 9.2.1",
        .statement = "Reading the balances changes neither data nor time nor anything stored.",
        .expect = "equal answers to equal reads",
        .why = "The balance is asked for whenever the flyout opens; if a look costs data or time, "
               "subscribers pay for checking.",
        .likely = "each read is booked as traffic of the SIM, or refreshes an estimate that rounds "
                  "anew; keep the GET handler free of writes and compute from stored values",
        .run = run_safe,
        .program = 8,
    },
};

const struct family method_family = {"Method", rows, sizeof rows / sizeof rows[0]};
