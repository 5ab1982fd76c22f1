// SPDX-License-Identifier: Apache-2.0
// Programs about times: the clock goes on.
#include "props/rule/measure.h"
#include "props/rule/state_programs.h"

// weigh_passed compares what both answers show. Time that passed unseen only makes it less.
static struct verdict weigh_passed(const struct exchange *first, const struct exchange *later,
                                   uint64_t passed_s)
{
    struct verdict out = not_spoken();
    if (!served(later))
        return out;
    for (size_t i = 0; i < seen_count(first); i++) {
        size_t at = find_same(first, i, later);
        const struct seen_balance *a = &first->balances[i];
        const struct seen_balance *b = &later->balances[at < seen_count(later) ? at : 0];
        if (at == seen_count(later) || !a->has_time || !b->has_time || a->duration.is_zero)
            continue;
        if (b->duration.whole_s > a->duration.whole_s)
            return fail("the time left rises without an order");
        uint64_t less_s = a->duration.whole_s - b->duration.whole_s;
        if (less_s + answer_step_s(a, b) < passed_s && !b->duration.is_zero)
            return fail("the time left falls by less than has passed");
        out = pass();
    }
    return out;
}

// Without the hook: a moment, in which time may only fall.
static struct verdict watch(struct trial *trial, const struct exchange *first, struct intent *plain)
{
    if (!trial_wait(trial, SETTLE_S))
        return no_act();
    struct verdict verdict = weigh_passed(first, ask(trial, 1, plain), 0);
    return verdict.grade == GRADE_PASS
               ? info("the time left does not rise; that it falls needs the hook of the clock")
               : verdict;
}

struct verdict run_clock(struct trial *trial)
{
    static const uint64_t steps_s[] = {DAY_S, 3600, 10};
    struct intent plain;
    uint64_t passed_s = steps_s[choose(trial->choices, 3)];
    if (!pick_prepaid(&plain, trial))
        return no_role();
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    if (!trial_can(trial, HOOK_CLOCK))
        return watch(trial, first, &plain);
    if (!advance(trial, passed_s))
        return no_act();
    return weigh_passed(first, ask(trial, 1, &plain), passed_s);
}

struct verdict run_overdue(struct trial *trial)
{
    static const uint64_t beyond_s[] = {300, 0, DAY_S};
    struct intent plain;
    if (!pick_prepaid(&plain, trial))
        return no_role();
    uint64_t late_s = beyond_s[choose(trial->choices, 3)];
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    if (!advance(trial, time_longest_s(first) + late_s))
        return no_act();
    const struct exchange *x = ask(trial, 1, &plain);
    if (!served(x))
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].has_time && x->balances[i].duration.form == BP_DURATION_NEGATIVE)
            return fail("a plan has expired, and the time left is negative");
    return pass();
}

// A rounded time may hide up to one of its steps; the coarsest that are common are days.
struct verdict run_expire(struct trial *trial)
{
    struct intent plain;
    if (!pick_prepaid(&plain, trial))
        return no_role();
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    if (time_longest_s(first) == 0 || !is_prepaid(first))
        return skip("the SIM has no prepaid plan that could expire");
    if (!advance(trial, time_longest_s(first) + DAY_S))
        return no_act();
    return weigh_type_none(ask(trial, 1, &plain),
                           "a SIM whose plans have expired has another type than NONE");
}
