// SPDX-License-Identifier: Apache-2.0
// Programs about times: the clock goes on.
#include "props/rule/measure.h"
#include "props/rule/state_programs.h"

// Where a plan has ended, one that was bought before may begin in its place, or it is renewed. Who
// rounds up shows up to a unit more than is left.
static bool may_have_ended(const struct seen_balance *b, uint64_t passed_s)
{
    return b->has_time && b->duration.whole_s <= passed_s + ANSWER_TICK_S_MAX + answer_unit_s(b);
}

// Elements without ids are known by their place, unless one has ended.
static bool knows_places(const struct exchange *first, uint64_t passed_s)
{
    for (size_t i = 0; i < seen_count(first); i++)
        if (first->balances[i].id == NULL && may_have_ended(&first->balances[i], passed_s))
            return false;
    return true;
}

// weigh_plan compares the times of one prepaid plan.
static struct verdict weigh_plan(const struct seen_balance *a, const struct seen_balance *b,
                                 uint64_t passed_s)
{
    uint64_t before_s = a->duration.whole_s;
    uint64_t after_s = b->duration.whole_s;
    if (b->duration.is_zero || after_s + passed_s <= before_s + answer_step_s(a, b))
        return pass();
    return fail(after_s > before_s ? "the time left rises without an order"
                                   : "the time left falls by less than has passed");
}

// weigh_passed compares what both answers show. Time that passed unseen only makes it less, but a
// postpaid plan begins again with each month.
static struct verdict weigh_passed(const struct exchange *first, const struct exchange *later,
                                   uint64_t passed_s)
{
    struct verdict out = not_spoken();
    if (!served(later) || !knows_places(first, passed_s))
        return out;
    for (size_t i = 0; i < seen_count(first); i++) {
        size_t at = find_same(first, i, later);
        const struct seen_balance *a = &first->balances[i];
        const struct seen_balance *b = &later->balances[at < seen_count(later) ? at : 0];
        if (at == seen_count(later) || !a->has_time || !b->has_time)
            continue;
        if (a->kind == SEEN_MODIRECT || may_have_ended(a, passed_s))
            continue;
        out = weigh_plan(a, b, passed_s);
        if (out.grade == GRADE_FAIL)
            return out;
    }
    return out;
}

enum { MOMENT_S = 2 };

// Without the hook: a moment, in which time may only fall.
static struct verdict watch(struct trial *trial, const struct exchange *first, struct intent *plain)
{
    if (!trial_wait(trial, MOMENT_S))
        return no_act();
    struct verdict verdict = weigh_passed(first, ask(trial, 1, plain), 0);
    return verdict.grade == GRADE_PASS
               ? info("the time left does not rise; that it falls needs the hook of the clock")
               : verdict;
}

enum { BOUGHT_S = 30 * DAY_S, UNSEEN_S = 10 * DAY_S, BOUGHT_MB = 1000 };

// Some sell months, or to the end of the last day. Longer than was asked for: the plan is another
// one.
static struct verdict weigh_unseen(const struct exchange *x)
{
    struct verdict out = not_spoken();
    for (size_t i = 0; served(x) && i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->kind != SEEN_MODIRECTPAYG || !b->has_time)
            continue;
        uint64_t unit_s = answer_unit_s(b);
        uint64_t left_s = b->duration.whole_s;
        if (left_s > BOUGHT_S + 2 * DAY_S + unit_s)
            return skip("the plan that was bought is longer than asked for");
        if (left_s > BOUGHT_S - UNSEEN_S / 2 + unit_s)
            return fail("the time of a plan that was bought does not begin with the order");
        out = pass();
    }
    return out;
}

// Nobody looks between the order and the clock: a time that begins with the first look shows.
static struct verdict run_unseen(struct trial *trial)
{
    struct intent plain;
    if (!trial_has(trial, ROLE_Z))
        return no_role();
    plain_for(&plain, ROLE_Z);
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    if (!all_zero(first))
        return skip("the SIM of role Z has a balance");
    if (!buy(trial, &plain, BOUGHT_MB, BOUGHT_S, "US") || !advance(trial, UNSEEN_S))
        return no_act();
    return weigh_unseen(ask(trial, 1, &plain));
}

struct verdict run_clock(struct trial *trial)
{
    static const uint64_t steps_s[] = {DAY_S, 3600, 10};
    enum { STEP_COUNT = sizeof steps_s / sizeof steps_s[0] };
    struct intent plain;
    unsigned step = choose(trial->choices, STEP_COUNT + 1);
    if (step == STEP_COUNT)
        return run_unseen(trial);
    uint64_t passed_s = steps_s[step];
    if (!pick_prepaid(&plain, trial))
        return no_role();
    enum look look = pick_look(&plain, trial);
    const struct exchange *first = look_first(trial, &plain, look);
    if (!served(first))
        return not_spoken();
    if (!trial_can(trial, BP_HOOK_CLOCK))
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

// Whether the later answer has a plan with time left that the first had not.
static bool has_begun(const struct exchange *first, const struct exchange *later)
{
    for (size_t i = 0; i < seen_count(later); i++) {
        const struct seen_balance *b = &later->balances[i];
        bool is_running = b->id != NULL && b->has_time && !b->duration.is_zero;
        if (is_running && find_same(later, i, first) == seen_count(first))
            return true;
    }
    return false;
}

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
    if (!advance(trial, time_most_s(first) + DAY_S))
        return no_act();
    const struct exchange *later = ask(trial, 1, &plain);
    if (has_begun(first, later))
        return skip("a plan that was bought before has begun");
    return weigh_type_none(later, "a SIM whose plans have expired has another type than NONE");
}
