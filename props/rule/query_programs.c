// SPDX-License-Identifier: Apache-2.0
#include "props/rule/query_judges.h"

#include "props/rule/program.h"

// plain_with_query is the plain request of a known SIM with all three parameters good.
static bool plain_with_query(struct intent *out, struct trial *trial)
{
    if (!plain_for_any(out, trial))
        return false;
    intent_set_sense(out, AXIS_FIELDS, SENSE_FIELDS_FULL);
    pick_few(out, trial, AXIS_LIMIT, SENSE_LIMIT_GOOD, 2);
    pick_few(out, trial, AXIS_LOCATION, SENSE_LOCATION_GOOD, 3);
    return true;
}

struct verdict run_order(struct trial *trial)
{
    struct intent plain;
    if (!plain_with_query(&plain, trial))
        return skip("no role of a known SIM");
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_ORDER, SENSE_ORDER_OTHER);
    return same_always(trial, &plain, &other, "another order of parameters gives another answer");
}

struct verdict run_encoded_value(struct trial *trial)
{
    struct intent plain;
    if (!plain_with_query(&plain, trial))
        return skip("no role of a known SIM");
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_ORDER, SENSE_ORDER_ENCODED);
    return same_where_served(trial, &plain, &other, "an encoded value gives another answer");
}

struct verdict run_unknown(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    pick_good(&plain, trial, AXIS_FIELDS);
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_EXTRA, SENSE_EXTRA_UNKNOWN);
    return same_where_served(trial, &plain, &other, "an unknown parameter has an effect");
}

// A found is a parameter of one of the three axes, in a text of AXIS_EXTRA.
struct found {
    enum axis axis;
    unsigned row;
};

// find_item looks for the item "name=value" among the rows of the three parameters: their texts
// begin behind the name. The name may be in any letter case.
static bool find_item(struct found *out, struct view item)
{
    static const enum axis axes[] = {AXIS_FIELDS, AXIS_LIMIT, AXIS_LOCATION};
    for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++) {
        struct view name = view_of_text(axis_name(axes[i]));
        if (item.len <= name.len || !view_equal_nocase(view_first(item, name.len), name))
            continue;
        unsigned row_count = axis_row_count(axes[i]);
        for (unsigned row = 1; row < row_count; row++)
            if (view_equal(axis_row(axes[i], row)->text, view_from(item, name.len))) {
                *out = (struct found){axes[i], row};
                return true;
            }
    }
    return false;
}

// ask_with asks what `plain` asks, with the parameter of `item`. False: it is in no table.
static bool ask_with(struct trial *trial, unsigned slot, const struct intent *plain,
                     struct view item)
{
    struct found found;
    if (!find_item(&found, item))
        return false;
    struct intent single = *plain;
    intent_set(&single, found.axis, found.row);
    ask(trial, slot, &single);
    return true;
}

// ask_instead asks what `plain` asks, with the parameter of `item` where that is a good one.
static const struct exchange *ask_instead(struct trial *trial, unsigned slot,
                                          const struct intent *plain, struct view item)
{
    struct found found;
    if (!find_item(&found, item) || axis_row(found.axis, found.row)->refusals != 0)
        return NULL;
    struct intent single = *plain;
    intent_set(&single, found.axis, found.row);
    return ask(trial, slot, &single);
}

// The slots hold the answers to both values, to the first and to the last one.
struct verdict weigh_repeat(const struct trial *trial)
{
    const struct exchange *both = &trial->slots[0].exchange;
    const struct exchange *first = &trial->slots[1].exchange;
    const struct exchange *last = &trial->slots[2].exchange;
    const enum profile_key key = KEY_QUERY_DUP;
    consults(both, key);
    if (!served(first) && !served(last))
        return not_spoken();
    bool is_first = served(first) && same_answer(both, first);
    bool is_last = served(last) && same_answer(both, last);
    if (!is_first && !is_last)
        return fail("a repeated parameter is answered like neither of its values");
    if (!is_first && reads(both, key, READ_QUERY_DUP_FIRST))
        return fail_under(key, "of a repeated parameter the last value counts");
    if (!is_last && reads(both, key, READ_QUERY_DUP_LAST))
        return fail_under(key, "of a repeated parameter the first value counts");
    return pass();
}

struct verdict run_repeat(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    struct intent twice = plain;
    bool has_bad = choose(trial->choices, 2) == 1;
    pick_sense(&twice, trial, AXIS_EXTRA, has_bad ? SENSE_EXTRA_TWICE_BAD : SENSE_EXTRA_TWICE);
    const struct exchange *both = ask(trial, 0, &twice);
    if (!served(both))
        return not_spoken();
    struct view text = axis_row(AXIS_EXTRA, twice.row[AXIS_EXTRA])->text;
    size_t middle = view_index(text, '&');
    if (middle == text.len)
        return not_spoken();
    if (!ask_with(trial, 1, &plain, view_first(text, middle)) ||
        !ask_with(trial, 2, &plain, view_from(text, middle + 1)))
        return not_spoken();
    return weigh_repeat(trial);
}

// find_sibling finds another text with the parameter of `bad` in another letter case and a good
// value.
static bool find_sibling(unsigned *extra_row, const struct found *bad)
{
    unsigned row_count = axis_row_count(AXIS_EXTRA);
    for (unsigned row = 0; row < row_count; row++) {
        const struct spelling *extra = axis_row(AXIS_EXTRA, row);
        struct found found;
        if (extra->sense != SENSE_EXTRA_CASE || !find_item(&found, extra->text))
            continue;
        if (found.axis == bad->axis && axis_row(found.axis, found.row)->refusals == 0) {
            *extra_row = row;
            return true;
        }
    }
    return false;
}

// A bad value under a name in another letter case was refused, so a good one must not be ignored.
static struct verdict weigh_sibling(struct trial *trial, const struct intent *plain,
                                    const struct exchange *ignored, struct view item)
{
    struct found bad;
    unsigned row = 0;
    if (!find_item(&bad, item) || axis_row(bad.axis, bad.row)->refusals == 0)
        return not_spoken();
    if (!find_sibling(&row, &bad))
        return not_spoken();
    struct intent other = *plain;
    intent_set(&other, AXIS_EXTRA, row);
    const struct exchange *cased = ask(trial, 1, &other);
    if (!served(cased) || !same_answer(ignored, cased))
        return not_spoken();
    const struct exchange *used = ask_instead(trial, 2, plain, axis_row(AXIS_EXTRA, row)->text);
    if (used == NULL || !served(used))
        return not_spoken();
    return same_answer(cased, used)
               ? pass()
               : fail("a name in another letter case is checked, and then ignored");
}

// A name in another letter case is unknown (ignored or refused) or the same parameter.
struct verdict run_name_case(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_EXTRA, SENSE_EXTRA_CASE);
    struct view item = axis_row(AXIS_EXTRA, other.row[AXIS_EXTRA])->text;
    const struct exchange *ignored = ask(trial, 0, &plain);
    if (!served(ignored))
        return not_spoken();
    const struct exchange *cased = ask(trial, 1, &other);
    if (cased->status == 400)
        return weigh_sibling(trial, &plain, ignored, item);
    if (!served(cased))
        return not_spoken();
    if (same_answer(ignored, cased) || cased->balance_count == 0)
        return pass();
    const struct exchange *used = ask_instead(trial, 2, &plain, item);
    return used != NULL && same_answer(cased, used)
               ? pass()
               : fail("a name in another letter case is neither ignored nor used");
}

enum {
    STEADY_COUNT = 4,
    STEADY_BRIEF_COUNT = 2,
    MOVED = S301 | S302 | S307 | S308,
};

const struct defect steady_defects[] = {
    {AXIS_LIMIT, SENSE_LIMIT_NEGATIVE, "limit", "limit", S400},
    {AXIS_LOCATION, SENSE_LOCATION_UNKNOWN, "location", "location", S400},
    {AXIS_FIELDS, SENSE_FIELDS_BAD, "fieldsTemplate", "fieldsTemplate", S400},
    {AXIS_METHOD, SENSE_METHOD_KNOWN, "method", NULL, S405 | S501},
    {AXIS_PATH, SENSE_PATH_OTHER, "path", NULL, S404 | MOVED},
    {AXIS_SIM, SENSE_SIM_MALFORMED, "malformed SIM", NULL, S400 | S404},
    {AXIS_TXN, SENSE_TXN_NUL, "transaction id", "transaction", S400},
    {AXIS_HOST, SENSE_HOST_MISSING, "Host", "host", S400},
    {AXIS_AUTH, SENSE_AUTH_WRONG, "authentication", NULL, S401},
};
const size_t steady_defect_count = sizeof steady_defects / sizeof steady_defects[0];

const enum role steady_roles[STEADY_ROLE_COUNT] = {ROLE_U, ROLE_N, ROLE_A, ROLE_Z, ROLE_U, ROLE_A};

struct verdict run_steady(struct trial *trial)
{
    unsigned count = (unsigned)steady_defect_count;
    unsigned which = choose(trial->choices, STEADY_ROLE_COUNT);
    unsigned times = which < STEADY_BRIEF ? STEADY_COUNT : STEADY_BRIEF_COUNT;
    enum role role = steady_roles[which];
    const struct defect *one = &steady_defects[choose(trial->choices, count)];
    const struct defect *two = &steady_defects[choose(trial->choices, count)];
    if (!trial_has(trial, role))
        return skip("no SIM of that role");
    struct intent wrong;
    plain_for(&wrong, role);
    intent_set_sense(&wrong, one->axis, one->sense);
    intent_set_sense(&wrong, two->axis, two->sense);
    const struct exchange *first = ask(trial, 0, &wrong);
    if (!is_answered(first) || is_elsewhere(first))
        return not_spoken();
    for (unsigned i = 1; i < times; i++) {
        const struct exchange *later = ask(trial, 1, &wrong);
        if (!is_answered(later) || is_elsewhere(later))
            return not_spoken();
        if (later->status != first->status)
            return fail("the same defects are answered with changing statuses");
    }
    return pass();
}
