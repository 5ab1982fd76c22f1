// SPDX-License-Identifier: Apache-2.0
#include "props/rule/location_judges.h"

#include "props/rule/program.h"

struct verdict run_location_subset(struct trial *trial)
{
    struct intent everywhere;
    if (!plain_for_any(&everywhere, trial))
        return skip("no role of a known SIM");
    intent_set_sense(&everywhere, AXIS_FIELDS, SENSE_FIELDS_FULL);
    struct intent there = everywhere;
    pick_sense(&there, trial, AXIS_LOCATION, SENSE_LOCATION_GOOD);
    const struct exchange *all = ask(trial, 0, &everywhere);
    const struct exchange *some = ask(trial, 1, &there);
    if (!served(all) || !served(some))
        return not_spoken();
    for (size_t i = 0; i < seen_count(some); i++)
        if (!is_zero_balance(&some->balances[i]) && !has_balance(all, some, i))
            return fail("a balance of one country is missing without location");
    return pass();
}

// run_elsewhere asks for the SIM of one country in the others.
struct verdict run_elsewhere(struct trial *trial)
{
    static const enum sense senses[] = {SENSE_FIELDS_FULL, SENSE_FIELDS_BASIC};
    struct intent intent;
    if (!trial_has(trial, ROLE_A1))
        return skip("the fixture lacks the role A1");
    plain_for(&intent, ROLE_A1);
    intent_set_sense(&intent, AXIS_FIELDS, senses[choose(trial->choices, 2)]);
    pick_sense(&intent, trial, AXIS_LOCATION, SENSE_LOCATION_GOOD);
    return judge_zero_there(ask(trial, 0, &intent));
}

struct verdict run_empty_location(struct trial *trial)
{
    struct intent absent;
    if (!plain_for_any(&absent, trial))
        return skip("no role of a known SIM");
    intent_set_sense(&absent, AXIS_FIELDS, SENSE_FIELDS_FULL);
    struct intent empty = absent;
    pick_sense(&empty, trial, AXIS_LOCATION, SENSE_EMPTY);
    return same_where_served(trial, &absent, &empty,
                             "an empty location gives another answer than an absent one");
}

// A code in lower case counts for the one in upper case, or, where the reading says so, for a
// country without any balance.
struct verdict weigh_lower_case(const struct trial *trial)
{
    const struct exchange *upper = &trial->slots[0].exchange;
    const struct exchange *lower = &trial->slots[1].exchange;
    const enum profile_key key = KEY_LOC_CASE;
    consults(lower, key);
    if (lower->status != 200)
        return not_spoken();
    bool is_zero = served(lower) && all_zero(lower);
    if (reads(lower, key, READ_LOC_CASE_SENSITIVE_ZERO))
        return is_zero ? pass()
                       : fail_under(key, "a country in lower case counts as in upper case");
    if (is_zero && reads(lower, key, READ_LOC_CASE_EITHER))
        return pass();
    if (same_answer(upper, lower))
        return pass();
    return fail_under(key, is_zero ? "a country in lower case has no balance"
                                   : "a country in lower case gives another answer than in "
                                     "upper case");
}

// run_lower_case compares a code in lower case with the same code in upper case, where the table
// of locations has it.
struct verdict run_lower_case(struct trial *trial)
{
    struct intent lower;
    if (!plain_for_any(&lower, trial))
        return skip("no role of a known SIM");
    struct intent upper = lower;
    pick_sense(&lower, trial, AXIS_LOCATION, SENSE_LOCATION_CASE);
    intent_close(&lower, &trial->world->fixture);
    char text[3] = {'=', lower.location[0], lower.location[1]};
    unsigned row = row_of_text(AXIS_LOCATION, view_of(text, sizeof text));
    if (row == axis_row_count(AXIS_LOCATION))
        return not_spoken();
    intent_set(&upper, AXIS_LOCATION, row);
    if (!served(ask(trial, 0, &upper)))
        return not_spoken();
    ask(trial, 1, &lower);
    return weigh_lower_case(trial);
}

// UK may count for GB or for a country without any balance, never for a third one.
struct verdict weigh_uk(const struct trial *trial)
{
    const struct exchange *gb = &trial->slots[0].exchange;
    const struct exchange *uk = &trial->slots[1].exchange;
    consults(uk, KEY_LOC_UK);
    if (same_answer(gb, uk))
        return pass();
    if (!all_zero(uk))
        return fail("UK is taken for another country");
    return reads(uk, KEY_LOC_UK, READ_LOC_UK_ALIAS_GB)
               ? fail_under(KEY_LOC_UK, "UK is served, and not as GB")
               : pass();
}

struct verdict run_uk(struct trial *trial)
{
    struct intent uk;
    if (!plain_for_any(&uk, trial))
        return skip("no role of a known SIM");
    struct intent gb = uk;
    intent_set_sense(&uk, AXIS_LOCATION, SENSE_LOCATION_UK);
    intent_set(&gb, AXIS_LOCATION, row_of_text(AXIS_LOCATION, VIEW("=GB")));
    const struct exchange *first = ask(trial, 0, &gb);
    const struct exchange *later = ask(trial, 1, &uk);
    if (!served(first) || !served(later))
        return not_spoken();
    return weigh_uk(trial);
}
