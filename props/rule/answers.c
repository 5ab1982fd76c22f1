// SPDX-License-Identifier: Apache-2.0
#include "props/rule/answers.h"

#include "props/rule/facts.h"

static bool same_value(const struct bp_json_node *a, const struct bp_json_node *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind)
        return false;
    if (a->kind == BP_JSON_NUMBER)
        return a->number == b->number;
    return a->kind != BP_JSON_STRING || view_equal(a->text, b->text);
}

static bool same_time(const struct seen_balance *first, const struct seen_balance *later)
{
    if (first->has_time != later->has_time)
        return false;
    if (!first->has_time)
        return same_value(first->time, later->time);
    uint64_t before = first->duration.whole_s;
    uint64_t after = later->duration.whole_s;
    return after <= before && before - after <= ANSWER_TICK_S_MAX;
}

// The children of an array of scalars stand next to each other, so they need no walk.
static bool has_string(const struct bp_json_node *array, struct view text)
{
    for (uint32_t i = 1; i <= array->count; i++)
        if (view_equal(array[i].text, text))
            return true;
    return false;
}

static bool is_flat(const struct bp_json_node *array)
{
    for (uint32_t i = 1; i <= array->count; i++)
        if (array[i].kind != BP_JSON_STRING)
            return false;
    return true;
}

static bool same_locations(const struct bp_json_node *a, const struct bp_json_node *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != BP_JSON_ARRAY || b->kind != BP_JSON_ARRAY)
        return same_value(a, b);
    if (a->count != b->count)
        return false;
    if (!is_flat(a) || !is_flat(b))
        return is_flat(a) == is_flat(b);
    for (uint32_t i = 1; i <= a->count; i++)
        if (!has_string(b, a[i].text))
            return false;
    return true;
}

static bool same_measures(const struct seen_balance *first, const struct seen_balance *later)
{
    return same_value(first->type, later->type) && same_value(first->data, later->data) &&
           same_time(first, later);
}

bool same_balance(const struct seen_balance *first, const struct seen_balance *later)
{
    return same_measures(first, later) && same_value(first->id, later->id) &&
           same_locations(first->locations, later->locations);
}

bool same_basics(const struct seen_balance *first, const struct seen_balance *later)
{
    if (!same_measures(first, later))
        return false;
    return first->id == NULL || later->id == NULL || same_value(first->id, later->id);
}

bool same_lists(const struct exchange *first, const struct exchange *later,
                bool (*same)(const struct seen_balance *, const struct seen_balance *))
{
    if (first->balance_count != later->balance_count)
        return false;
    for (size_t i = 0; i < seen_count(first); i++)
        if (!same(&first->balances[i], &later->balances[i]))
            return false;
    return true;
}

bool same_answer(const struct exchange *first, const struct exchange *later)
{
    if (first->status != later->status || first->has_list != later->has_list)
        return false;
    return !first->has_list || same_lists(first, later, same_balance);
}

bool has_balance(const struct exchange *x, const struct seen_balance *wanted)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (same_basics(&x->balances[i], wanted))
            return true;
    return false;
}

bool all_zero(const struct exchange *x)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (!is_zero_balance(&x->balances[i]))
            return false;
    return true;
}
