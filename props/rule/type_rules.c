// SPDX-License-Identifier: Apache-2.0
// Clauses on the meaning of a balance's type.
#include "props/rule/families.h"
#include "props/rule/measure.h"
#include "props/rule/state_programs.h"

static bool is_all_of_kind(const struct exchange *x, enum seen_type kind)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].kind != kind)
            return false;
    return true;
}

static struct verdict judge_without_balance(const struct exchange *x)
{
    if (!names_sim(x, ROLE_Z) || !served(x) || x->balance_count == 0)
        return not_spoken();
    if (!is_all_of_kind(x, SEEN_NONE))
        return fail("a SIM without any balance has another type than NONE");
    return pass();
}

static struct verdict judge_used_up(const struct exchange *x)
{
    return names_sim(x, ROLE_X) && served(x) ? weigh_used_up(x) : not_spoken();
}

static struct verdict judge_expired(const struct exchange *x)
{
    return names_sim(x, ROLE_E)
               ? weigh_type_none(x, "a SIM whose plan has expired has another type than NONE")
               : not_spoken();
}

static struct verdict judge_none_is_zero(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->kind != SEEN_NONE || !b->has_data)
            continue;
        if (b->data_mb > 0)
            return fail("a balance of type NONE has data left");
        if (out.grade == GRADE_NONE)
            out = pass();
        consults(x, KEY_NONE_TIME);
        if (!b->has_time || b->duration.is_zero)
            continue;
        if (reads(x, KEY_NONE_TIME, READ_NONE_TIME_FAIL))
            return (struct verdict){GRADE_FAIL, KEY_NONE_TIME,
                                    "a balance of type NONE has time left"};
        out = tolerated(KEY_NONE_TIME, "a balance of type NONE has time left");
    }
    return out;
}

static struct verdict judge_payg_is_positive(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->kind != SEEN_MODIRECTPAYG)
            continue;
        if (b->has_data && b->data_mb <= 0)
            return fail("a balance of type MODIRECTPAYG has no data left");
        if (b->has_time && b->duration.is_zero)
            return fail("a balance of type MODIRECTPAYG has no time left");
        out = pass();
    }
    return out;
}

static struct verdict judge_postpaid(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->kind != SEEN_MODIRECT || !b->has_data)
            continue;
        consults(x, KEY_MODIRECT_ZERO);
        if (b->data_mb > 0) {
            if (out.grade == GRADE_NONE)
                out = pass();
            continue;
        }
        if (reads(x, KEY_MODIRECT_ZERO, READ_MODIRECT_ZERO_FAIL))
            return (struct verdict){GRADE_FAIL, KEY_MODIRECT_ZERO,
                                    "a balance of type MODIRECT has no data left"};
        out = tolerated(KEY_MODIRECT_ZERO, "a balance of type MODIRECT has no data left");
    }
    return out;
}

static struct verdict judge_unsupported_sim(const struct exchange *x)
{
    if (!names_sim(x, ROLE_N))
        return not_spoken();
    if (served(x) && x->balance_count != 0) {
        if (!is_all_of_kind(x, SEEN_NOTSUPPORTED))
            return fail("a SIM that does not take part has another type than NOTSUPPORTED");
        return x->balance_count == 1 ? pass() : fail("a SIM that does not take part has balances");
    }
    if (!is_good(x))
        return not_spoken();
    if (served(x))
        return fail("the list of a SIM that does not take part is empty");
    if (x->status == 403 || x->status == 404)
        return fail("a SIM that does not take part is refused");
    return not_spoken();
}

static struct verdict judge_unsupported_is_zero(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->kind != SEEN_NOTSUPPORTED)
            continue;
        if (!b->has_data)
            return fail("a balance of type NOTSUPPORTED has no number for its data");
        if (b->data_mb != 0)
            return fail("a balance of type NOTSUPPORTED has data left");
        if (!b->has_time)
            return fail("a balance of type NOTSUPPORTED has no duration for its time");
        if (!b->duration.is_zero)
            return fail("a balance of type NOTSUPPORTED has time left");
        out = pass();
    }
    return out;
}

static struct verdict judge_unsupported_stands_alone(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    bool is_there = false;
    for (size_t i = 0; i < seen_count(x); i++)
        is_there = is_there || x->balances[i].kind == SEEN_NOTSUPPORTED;
    if (!is_there)
        return not_spoken();
    return x->balance_count == 1 ? pass()
                                 : fail("NOTSUPPORTED stands in a list with other balances");
}

static struct verdict run_unsupported_everywhere(struct trial *trial)
{
    if (!trial_has(trial, ROLE_N))
        return skip("the fixture has no SIM that does not take part");
    struct intent plain;
    struct intent other;
    plain_for(&plain, ROLE_N);
    plain_for(&other, ROLE_N);
    pick_good(&other, trial, AXIS_FIELDS);
    pick_good(&other, trial, AXIS_LIMIT);
    pick_good(&other, trial, AXIS_LOCATION);
    const struct exchange *first = ask(trial, 0, &plain);
    if (!served(first) || first->balance_count == 0)
        return not_spoken();
    if (first->balances[0].kind != SEEN_NOTSUPPORTED)
        return not_spoken();
    const struct exchange *later = ask(trial, 1, &other);
    if (is_elsewhere(later))
        return not_spoken();
    if (!served(later))
        return fail("a good query of a SIM that does not take part is refused");
    return same_lists(first, later, same_basics)
               ? pass()
               : fail("the answer for a SIM that does not take part depends on the query");
}

static struct verdict judge_unknown_sim(const struct exchange *x)
{
    if (!is_role(x, ROLE_U))
        return not_spoken();
    if (x->status == 404)
        return alone(x, AXIS_ROLE) ? pass() : not_spoken();
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].kind == SEEN_NOTSUPPORTED)
            return fail("a SIM that the operator does not know is answered as NOTSUPPORTED");
    return not_spoken();
}

static const struct clause rows[] = {
    {
        .id = "GB-TYPE-1",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, Type NONE",
        .statement = "A subscriber without any balance is reported with the type NONE.",
        .expect = "each element of such a SIM has the type NONE",
        .why = "Only NONE brings the offer to buy; under MODIRECT a subscriber without a plan sees "
               "the account link and nothing else.",
        .likely = "the type comes from the contract of the SIM and not from what is left; decide "
                  "it from the active plans",
        .roles = 1 << ROLE_Z,
        .scope = SCOPE_ROLE(ROLE_Z),
        .judge = judge_without_balance,
    },
    {
        .id = "GB-TYPE-2",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, Type NONE",
        .statement = "When the data is used up before the plan expires, the type is NONE too.",
        .expect = "type NONE and data 0",
        .why = "A subscriber who has run out and stays MODIRECTPAYG is shown 0 MB where the offer "
               "to buy should be.",
        .likely = "only the expiry is looked at; a plan without data left counts as none",
        .scope = SCOPE_ROLE(ROLE_X),
        .judge = judge_used_up,
        .run = run_use_up,
        .program = 92,
        .hooks = BP_HOOK_BIT(BP_HOOK_CONSUME),
        .keys = KEY_BIT(KEY_ZERO_EMPTY),
    },
    {
        .id = "GB-TYPE-3",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 200; appendix of 2017",
        .statement = "When a plan expires, the zero balance is reported: type NONE, no data, no "
                     "time.",
        .expect = "200 with NONE, data 0 and PT0S",
        .why = "If the element vanishes at expiry, the flyout has nothing to show on the very day "
               "the subscriber should renew.",
        .likely = "expired plans are left out and the list is empty, or they keep their type or "
                  "data; put in one zero element",
        .scope = SCOPE_ROLE(ROLE_E),
        .judge = judge_expired,
        .run = run_expire,
        .program = 93,
        .hooks = BP_HOOK_BIT(BP_HOOK_CLOCK),
        .keys = KEY_BIT(KEY_ZERO_EMPTY),
    },
    {
        .id = "GB-TYPE-4",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, Type NONE",
        .statement = "A balance of type NONE has no data left.",
        .expect = "data 0 beside NONE",
        .why = "NONE with data left offers a new plan to somebody who has one, and keeps an amount "
               "that was paid for off the screen.",
        .likely = "the type and the amount come from different systems or moments; read both at "
                  "once",
        .scope = SCOPE_KIND(SEEN_NONE),
        .judge = judge_none_is_zero,
        .keys = KEY_BIT(KEY_NONE_TIME),
    },
    {
        .id = "GB-TYPE-5",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, Type MODIRECTPAYG and NONE",
        .statement = "A balance of type MODIRECTPAYG has data and time left.",
        .expect = "data above 0 and a duration above zero beside MODIRECTPAYG",
        .why = "The flyout shows figures for this type, so an empty plan stands there like a "
               "running one and nobody learns why nothing works.",
        .likely = "an exhausted or expired plan keeps its type; report it as NONE",
        .scope = SCOPE_KIND(SEEN_MODIRECTPAYG),
        .judge = judge_payg_is_positive,
    },
    {
        .id = "GB-TYPE-6",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, Type MODIRECT; later flyout table",
        .statement = "A balance of type MODIRECT makes no promise about its amount, which may be "
                     "0.",
        .expect = "any amount that is not negative",
        .why = "Postpaid customers see a link and no figure; failing an endpoint for its 0 would "
               "raise an alarm over what is never shown.",
        .likely = "nothing to repair unless the operator shows amounts to postpaid customers",
        .roles = 1 << ROLE_P,
        .scope = SCOPE_KIND(SEEN_MODIRECT),
        .judge = judge_postpaid,
        .keys = KEY_BIT(KEY_MODIRECT_ZERO),
    },
    {
        .id = "GB-TYPE-7",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, Type NOTSUPPORTED, and example 4",
        .statement = "A SIM of the operator's range that shall not take part is answered with 200 "
                     "and one element of type NOTSUPPORTED.",
        .expect = "200 with a single NOTSUPPORTED element",
        .why = "A refusal of an excluded SIM reads like a fault, while NOTSUPPORTED is what turns "
               "Mobile Plans off for it.",
        .likely = "such SIMs are missing in the system behind the endpoint and end as unknown; "
                  "look them up before answering 404",
        .roles = 1 << ROLE_N,
        .scope = SCOPE_ROLE(ROLE_N),
        .judge = judge_unsupported_sim,
    },
    {
        .id = "GB-TYPE-8",
        .strength = MUST,
        .source = "prepaid experience, example 4",
        .statement = "The NOTSUPPORTED element carries data 0 and a time of zero.",
        .expect = "data 0 and PT0S beside NOTSUPPORTED",
        .why = "Newtonsoft fails on null for a double: without plain zeros the answer fails on the "
               "very SIMs that should be left alone.",
        .likely = "omitempty in Go, NON_DEFAULT in Jackson or WhenWritingDefault drops the zeros, "
                  "or null is written as there is no plan; write 0 and PT0S always",
        .roles = 1 << ROLE_N,
        .scope = SCOPE_KIND(SEEN_NOTSUPPORTED),
        .judge = judge_unsupported_is_zero,
    },
    {
        .id = "GB-TYPE-9",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, Type NOTSUPPORTED",
        .statement = "NOTSUPPORTED belongs to the SIM: it does not depend on location, limit or "
                     "template and never stands beside other types.",
        .expect = "the same single element for every good query",
        .why = "An excluded SIM whose type changes with the country turns Mobile Plans on and off "
               "while its owner travels.",
        .likely = "the element goes through the filters for plans; answer it before filtering",
        .roles = 1 << ROLE_N,
        .scope = SCOPE_KIND(SEEN_NOTSUPPORTED),
        .judge = judge_unsupported_stands_alone,
        .run = run_unsupported_everywhere,
        .program = 64,
    },
    {
        .id = "GB-TYPE-10",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, Type NOTSUPPORTED; COSA ranges",
        .statement = "NOTSUPPORTED is not the answer for a SIM that the operator does not know.",
        .expect = "404",
        .why = "If each unknown SIM is NOTSUPPORTED, a hole in the operator's data switches Mobile "
               "Plans off for real customers unnoticed.",
        .likely = "a failed look-up falls back to NOTSUPPORTED; answer 404",
        .roles = 1 << ROLE_U,
        .scope = SCOPE_REFUSABLE,
        .judge = judge_unknown_sim,
    },
};

const struct family type_family = {"Type", rows, sizeof rows / sizeof rows[0]};
