// SPDX-License-Identifier: Apache-2.0
// Programs about amounts: consumption, orders, the walled garden and microbalances.
#include "props/rule/measure.h"
#include "props/rule/state_programs.h"

// The SIM enters a state in which nothing is left, and leaves it again.
static struct verdict run_confined(struct trial *trial, enum bp_hook hook, const char *why)
{
    struct intent plain;
    if (!pick_prepaid(&plain, trial))
        return no_role();
    enum look look = pick_look(&plain, trial);
    const struct exchange *before = look_first(trial, &plain, look);
    if (!served(before))
        return not_spoken();
    if (data_left_mb(before) <= 0)
        return skip("the SIM has no prepaid data that could disappear");
    if (!turn(trial, &plain, hook, true))
        return no_act();
    const struct exchange *inside = ask(trial, 1, &plain);
    (void)turn(trial, &plain, hook, false);
    return weigh_nothing_left(inside, why);
}

struct verdict run_garden(struct trial *trial)
{
    return run_confined(trial, BP_HOOK_WALLED, "something is left in the walled garden");
}

struct verdict run_microbalance(struct trial *trial)
{
    if (profile_reads(&trial->world->profile, KEY_MICRO, READ_MICRO_OFF))
        return skip("by its reading the profile leaves microbalances out");
    return run_confined(trial, BP_HOOK_MICRO, "something is left beside a microbalance");
}

// Rounding in one way keeps the order of two amounts; half a byte is for sums of doubles.
static const double half_byte_mb = 0.5 / (double)MB_BYTES;

static struct verdict weigh_consumed(const struct exchange *first, const struct exchange *later,
                                     double mb)
{
    if (!served(later))
        return not_spoken();
    double least_mb = data_least_mb(first);
    double booked_mb = mb < least_mb ? mb : least_mb;
    double before_mb = data_left_mb(first);
    double after_mb = data_left_mb(later);
    if (after_mb > before_mb + half_byte_mb)
        return fail("consumption raises the data reported");
    if (after_mb > before_mb - booked_mb + data_slack_mb(first, later))
        return fail("consumption does not lower the data reported by as much");
    return pass();
}

// Who shows whole gigabytes, or books slices of a quota, shows nothing of a little: then a step
// more has to show, and as whole steps, or else it is what was consumed before.
static struct verdict look_for_steps(struct trial *trial, struct intent *plain,
                                     const struct exchange *first, double mb,
                                     struct verdict verdict)
{
    const struct exchange *again = &trial->slots[1].exchange;
    double before_mb = data_left_mb(first);
    double one_step_mb = data_step_mb(first);
    double step_mb = one_step_mb * (double)seen_count(first);
    double rest_mb = data_least_mb(first) - mb;
    double more_mb = step_mb < rest_mb ? step_mb : rest_mb;
    if (!served(again) || data_left_mb(again) < before_mb - half_byte_mb || more_mb <= 0)
        return verdict;
    if (!consume(trial, plain, more_mb))
        return no_act();
    const struct exchange *later = ask(trial, 2, plain);
    if (!served(later) || data_left_mb(later) > before_mb - mb + half_byte_mb)
        return verdict;
    double fall_mb = before_mb - data_left_mb(later);
    double odd_mb =
        fall_mb - one_step_mb * (double)(int64_t)((fall_mb + half_byte_mb) / one_step_mb);
    bool is_all = data_left_mb(later) <= half_byte_mb;
    return is_all || odd_mb <= half_byte_mb
               ? tolerated(KEY_NONE, "consumption shows in large steps")
               : verdict;
}

struct verdict run_consume(struct trial *trial)
{
    static const double amounts_mb[] = {10, 1, 0.5};
    struct intent plain;
    if (!pick_prepaid(&plain, trial))
        return no_role();
    double mb = amounts_mb[choose(trial->choices, 3)];
    enum look look = pick_look(&plain, trial);
    if (look == LOOK_LOCATED && intent_role(&plain) != ROLE_A1)
        return skip("what is consumed need not be booked on a plan for that country");
    const struct exchange *first = look_first(trial, &plain, look);
    if (!served(first))
        return not_spoken();
    if (data_least_mb(first) <= 0 || !is_prepaid(first))
        return skip("the SIM has no prepaid data to consume");
    if (!consume(trial, &plain, mb))
        return no_act();
    struct verdict verdict = weigh_consumed(first, ask(trial, 1, &plain), mb);
    return verdict.grade == GRADE_FAIL ? look_for_steps(trial, &plain, first, mb, verdict)
                                       : verdict;
}

static struct verdict weigh_bought(const struct exchange *first, const struct exchange *later,
                                   double mb)
{
    if (!served(later))
        return not_spoken();
    double rise_mb = data_left_mb(later) - data_left_mb(first);
    double slack_mb = data_slack_mb(first, later);
    if (rise_mb < mb - slack_mb)
        return fail("what was bought does not show at once");
    return rise_mb > mb + slack_mb ? fail("an order adds more than was bought") : pass();
}

// A multiple of the step in which amounts are shown moves them by as much, however they are
// rounded. Nothing is known of the step where nothing is left. Much is more than 32 bits hold.
static double amount_to_buy_mb(const struct exchange *before, bool is_much)
{
    static const double least_mb = 100;
    static const double gigabyte_mb = 1000;
    static const double much_mb = 5000;
    double step_mb = data_left_mb(before) > 0 ? data_step_mb(before) : gigabyte_mb;
    if (step_mb < least_mb)
        step_mb = least_mb;
    return is_much ? step_mb * (double)(int64_t)(much_mb / step_mb + 0.5) : step_mb;
}

// How the balance that was bought is looked for: by its country, among all, in the full template.
static void pick_place(struct intent *here, struct trial *trial, const char *country)
{
    enum { BY_COUNTRY, AMONG_ALL, IN_FULL, PLACE_COUNT };
    unsigned place = choose(trial->choices, PLACE_COUNT);
    if (place != AMONG_ALL)
        set_country(here, country);
    if (place == IN_FULL)
        intent_set_sense(here, AXIS_FIELDS, SENSE_FIELDS_FULL);
}

struct verdict run_purchase(struct trial *trial)
{
    static const char *const countries[] = {"US", "FR"};
    enum { OTHER_BEFORE, BEFORE, AFTER, OTHER_AFTER };
    enum role role = choose(trial->choices, 2) == 0 ? ROLE_A : ROLE_Z;
    unsigned which = choose(trial->choices, 2);
    if (!trial_has(trial, role))
        return no_role();
    struct intent here;
    plain_for(&here, role);
    struct intent there = here;
    pick_place(&here, trial, countries[which]);
    bool is_much = choose(trial->choices, 2) != 0;
    set_country(&there, countries[1 - which]);
    const struct exchange *there_before = ask(trial, OTHER_BEFORE, &there);
    const struct exchange *before = ask(trial, BEFORE, &here);
    if (!served(there_before) || !served(before))
        return not_spoken();
    double mb = amount_to_buy_mb(before, is_much);
    if (!buy(trial, &here, mb, DAY_S, countries[which]))
        return no_act();
    struct verdict verdict = weigh_bought(before, ask(trial, AFTER, &here), mb);
    const struct exchange *there_after = ask(trial, OTHER_AFTER, &there);
    if (verdict.grade != GRADE_PASS || !served(there_after))
        return verdict;
    return same_answer(there_before, there_after)
               ? verdict
               : fail("an order for one country changes what another shows");
}

static struct verdict weigh_first(const struct exchange *first, const struct exchange *later)
{
    if (!served(later) || seen_count(later) != seen_count(first))
        return not_spoken();
    if (find_same(first, 0, later) != 0)
        return fail("consumption puts another balance in front than the one in use");
    double mb = first->balances[0].data_mb;
    if (later->balances[0].data_mb < mb)
        return pass();
    for (size_t i = 1; i < seen_count(first); i++) {
        size_t at = find_same(first, i, later);
        if (at < seen_count(later) && later->balances[at].data_mb < first->balances[i].data_mb)
            return fail("consumption is booked on another balance than the first");
    }
    return not_spoken();
}

struct verdict run_first(struct trial *trial)
{
    struct intent plain;
    bool is_most = choose(trial->choices, 2) != 0;
    if (!trial_has(trial, ROLE_A))
        return no_role();
    plain_for(&plain, ROLE_A);
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    double mb = seen_count(first) < 2 ? 0 : first->balances[0].data_mb;
    if (mb < 2 || !is_prepaid(first))
        return skip("the SIM has no two prepaid balances with data in the first");
    // Enough to be seen where amounts are rounded, or nearly all.
    double small_mb = mb < 20 ? mb / 2 : 10;
    if (!consume(trial, &plain, is_most ? mb * 0.9 : small_mb))
        return no_act();
    return weigh_first(first, ask(trial, 1, &plain));
}

static struct verdict weigh_not_negative(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].has_data && x->balances[i].data_mb < 0)
            return fail("more was consumed than there was, and the data is negative");
    return pass();
}

struct verdict run_overdraw(struct trial *trial)
{
    static const double beyond_mb[] = {1, 1000, 1000000};
    struct intent plain;
    if (!pick_prepaid(&plain, trial))
        return no_role();
    double mb = beyond_mb[choose(trial->choices, 3)];
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first))
        return not_spoken();
    if (data_left_mb(first) <= 0)
        return skip("the SIM has no prepaid data to overdraw");
    if (!consume(trial, &plain, data_left_mb(first) + mb))
        return no_act();
    return weigh_not_negative(ask(trial, 1, &plain));
}

// Who books on one plan at a time needs as many consumptions as there are plans.
struct verdict run_use_up(struct trial *trial)
{
    struct intent plain;
    if (!pick_prepaid(&plain, trial))
        return no_role();
    const struct exchange *x = ask(trial, 0, &plain);
    if (!served(x))
        return not_spoken();
    if (data_left_mb(x) <= 0 || !is_prepaid(x))
        return skip("the SIM has no prepaid data to use up");
    double before_mb = data_left_mb(x);
    for (size_t left = seen_count(x); left != 0 && before_mb > 0; left--) {
        // Rounded amounts may hide a part of a megabyte each.
        if (!consume(trial, &plain, before_mb + (double)seen_count(x)))
            return no_act();
        x = ask(trial, 0, &plain);
        double after_mb = served(x) ? data_left_mb(x) : 0;
        if (after_mb >= before_mb)
            return not_spoken();
        before_mb = after_mb;
    }
    if (before_mb > 0)
        return not_spoken();
    return weigh_used_up(x);
}
