// SPDX-License-Identifier: Apache-2.0
// Clauses on the limit of the rate: 429 and what it says about coming back.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/retry_after.h"
#include "value/date.h"

static const struct view *retry_after(const struct exchange *x)
{
    return bp_head_find(&x->head, VIEW("Retry-After"));
}

static struct verdict judge_retry_after(const struct exchange *x)
{
    if (x->status != 429)
        return not_spoken();
    return retry_after(x) != NULL ? pass() : fail("429 does not say when to come back");
}

// What stands there twice is a list, and no list is allowed (RFC 9110, section 5.3).
static bool is_repeated(const struct exchange *x)
{
    unsigned count = 0;
    for (size_t i = 0; i < x->head.field_count; i++)
        count += view_equal_nocase(x->head.fields[i].name, VIEW("Retry-After"));
    return count > 1;
}

// A date counts from that of the same answer: the clocks of two machines need not agree.
static struct verdict judge_retry_form(const struct exchange *x)
{
    const struct view *field = x->status == 429 ? retry_after(x) : NULL;
    uint64_t seconds = 0;
    int64_t until_s = 0;
    int64_t now_s = 0;
    if (field == NULL)
        return not_spoken();
    if (is_repeated(x))
        return fail("Retry-After is there more than once");
    if (bp_length_read(&seconds, *field))
        return pass();
    if (!bp_date_read(&until_s, *field))
        return fail("Retry-After is neither whole seconds nor an HTTP date");
    const struct view *date = bp_head_find(&x->head, VIEW("Date"));
    bool is_past = date != NULL && bp_date_read(&now_s, *date) && until_s < now_s;
    return is_past ? fail("Retry-After is a date in the past") : pass();
}

enum {
    BURST_COUNT = 20, // more than a limiter of one request a second lets through at once
    LIMITED_RATE = 1,
    PRESS_COUNT = 4, // refusals of a caller that does not listen
};

static bool limit(struct trial *trial, uint32_t rate_per_s)
{
    return trial_act(trial, &(struct bp_act){.hook = BP_HOOK_LIMITER, .rate_per_s = rate_per_s});
}

// The first answer of a burst that is 429, or else its last.
static const struct exchange *burst(struct trial *trial, struct intent *plain)
{
    const struct exchange *x = NULL;
    intent_close(plain, &trial->world->fixture);
    for (unsigned i = 0; i < BURST_COUNT && (x == NULL || x->status != 429); i++)
        x = trial_ask_once(trial, 0, plain);
    return x;
}

static struct verdict run_burst(struct trial *trial,
                                struct verdict (*judge)(const struct exchange *x))
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    if (!limit(trial, LIMITED_RATE))
        return skip("the limiter could not be set");
    const struct exchange *x = burst(trial, &plain);
    (void)limit(trial, 0);
    return x->status == 429 ? judge(x) : skip("no request of a burst was answered with 429");
}

static struct verdict run_retry_after(struct trial *trial)
{
    return run_burst(trial, judge_retry_after);
}

static struct verdict run_retry_form(struct trial *trial)
{
    return run_burst(trial, judge_retry_form);
}

// Clocks tick in seconds: one more is borne.
static struct verdict weigh_return(struct trial *trial, struct intent *plain)
{
    const struct exchange *x = trial_ask_once(trial, 1, plain);
    if (x->status == 200)
        return pass();
    if (x->status != 429)
        return not_spoken();
    if (trial_wait(trial, 1) && trial_ask_once(trial, 1, plain)->status == 200)
        return tolerated(KEY_NONE, "the resource answers a second later than Retry-After says");
    return fail("the resource does not answer after the time it asked for");
}

// A caller that does not listen: it goes on until it has been refused some times more. The answer
// is the last refusal, or not one.
static const struct exchange *press(struct trial *trial, const struct intent *plain)
{
    const struct exchange *x = NULL;
    unsigned refused_count = 0;
    for (unsigned i = 0; i < BURST_COUNT && refused_count < PRESS_COUNT; i++) {
        x = trial_ask_once(trial, 0, plain);
        refused_count += x->status == 429;
    }
    return x;
}

// A burst up to the first refusal, or beyond it, and a request at the time that the last one says.
static struct verdict try_return(struct trial *trial, struct intent *plain, bool presses)
{
    const struct exchange *x = burst(trial, plain);
    if (x->status != 429)
        return skip("no request of a burst was answered with 429");
    if (presses)
        x = press(trial, plain);
    if (x->status != 429)
        return not_spoken();
    int64_t seconds = retry_after_s(&x->head);
    if (judge_retry_form(x).grade != GRADE_PASS)
        return skip("Retry-After names no time to wait");
    if (seconds >= RETRY_AFTER_S_MAX)
        return skip("Retry-After asks for longer than balprobe waits");
    return trial_wait(trial, seconds) ? weigh_return(trial, plain) : skip("nobody waits here");
}

static struct verdict run_return(struct trial *trial)
{
    enum { ONCE, PRESSING, TWICE, WAY_COUNT };
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    unsigned way = choose(trial->choices, WAY_COUNT);
    if (!limit(trial, LIMITED_RATE))
        return skip("the limiter could not be set");
    struct verdict verdict = try_return(trial, &plain, way == PRESSING);
    if (way == TWICE && verdict.grade == GRADE_PASS)
        verdict = try_return(trial, &plain, false);
    (void)limit(trial, 0);
    return verdict;
}

static const struct clause rows[] = {
    {
        .id = "GB-RATE-1",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 429",
        .statement = "A 429 says in Retry-After when to come back.",
        .expect = "429 with Retry-After",
        .why = "Without a time to wait a caller retries at once or not at all: a short burst "
               "becomes a lasting overload or a lasting gap.",
        .likely = "nginx limit_req and ASP.NET's rate limiter answer 503, or a bare 429 when told "
                  "to; add Retry-After (add_header with always in nginx, OnRejected in ASP.NET)",
        .scope = SCOPE_REFUSED,
        .judge = judge_retry_after,
        .run = run_retry_after,
        .program = 87,
        .hooks = BP_HOOK_BIT(BP_HOOK_LIMITER),
    },
    {
        .id = "GB-RATE-2",
        .strength = STANDARD,
        .source = "RFC 9110, section 10.2.3",
        .statement =
            "Retry-After is a number of whole seconds or an HTTP date that is not past, and "
            "is there once.",
        .expect = "Retry-After: 3, or a date as in the Date field",
        .why = "A fraction or a local date cannot be read by the rules of HTTP, so the caller "
               "waits as if nothing had been said.",
        .likely = "fractions come from TotalSeconds in .NET and ms / 1000 in JavaScript, other "
                  "dates from toISOString(); round up (Math.ceil), write dates with toUTCString() "
                  "or .NET's format R",
        .scope = SCOPE_REFUSED,
        .judge = judge_retry_form,
        .run = run_retry_form,
        .program = 88,
        .hooks = BP_HOOK_BIT(BP_HOOK_LIMITER),
    },
    {
        .id = "GB-RATE-3",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 429",
        .statement = "After the time that a 429 asks for the resource answers again, however many "
                     "requests were refused before and however often.",
        .expect = "200 for a single request after the time of the last 429",
        .why = "A window that never ends locks the one caller out for good, and every subscriber "
               "loses the figures until a restart.",
        .likely =
            "refused requests count again (HAProxy http_req_rate of a tracked client), or a Redis "
            "counter has no EXPIRE or a renewed one; count what is served, or refill by time",
        .run = run_return,
        .program = 89,
        .hooks = BP_HOOK_BIT(BP_HOOK_LIMITER),
        .run_max = 3, // one role; each of them waits for as long as Retry-After says
    },
};

const struct family rate_family = {"Rate limit", rows, sizeof rows / sizeof rows[0]};
