// SPDX-License-Identifier: Apache-2.0
#include "props/rule/answers.h"

#include "props/rule/facts.h"
#include "value/date.h"

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

enum { MINUTE_S = 60, HOUR_S = 3600 };

static uint64_t unit_of_text(struct view text)
{
    bool is_clock = view_index(text, 'T') != text.len;
    switch (text.len == 0 ? 'S' : text.data[text.len - 1]) {
    case 'M':
        return is_clock ? MINUTE_S : 31 * DAY_S;
    case 'H':
        return HOUR_S;
    case 'D':
        return DAY_S;
    case 'W':
        return 7 * DAY_S;
    case 'Y':
        return 366 * DAY_S;
    default:
        return 1;
    }
}

// Nothing left is a whole number of everything.
uint64_t answer_unit_s(const struct seen_balance *b)
{
    static const uint64_t units_s[] = {DAY_S, HOUR_S, MINUTE_S, 1};
    uint64_t printed_s = unit_of_text(b->time->text);
    if (b->duration.whole_s == 0 || b->duration.fraction_ns != 0)
        return printed_s;
    size_t i = 0;
    while (b->duration.whole_s % units_s[i] != 0)
        i++;
    return printed_s > units_s[i] ? printed_s : units_s[i];
}

// A whole number of hours may be printed by somebody who knows seconds, so the finer of the two
// tells; but the end of a plan is PT0S whatever was printed before.
uint64_t answer_step_s(const struct seen_balance *first, const struct seen_balance *later)
{
    uint64_t before = answer_unit_s(first);
    uint64_t after = answer_unit_s(later);
    return later->duration.is_zero || before < after ? before : after;
}

// How many seconds have passed at the endpoint, as far as it tells.
static uint64_t gap_s(const struct exchange *first, const struct exchange *later)
{
    int64_t from_s = 0;
    int64_t to_s = 0;
    const struct view *from = bp_head_find(&first->head, VIEW("Date"));
    const struct view *to = bp_head_find(&later->head, VIEW("Date"));
    if (from == NULL || to == NULL)
        return 0;
    if (!bp_date_read(&from_s, *from) || !bp_date_read(&to_s, *to) || to_s < from_s)
        return 0;
    return to_s - from_s < ANSWER_GAP_S_MAX ? (uint64_t)(to_s - from_s) : ANSWER_GAP_S_MAX;
}

static bool same_time(const struct exchange *first, const struct exchange *later, size_t i,
                      size_t j)
{
    const struct seen_balance *a = &first->balances[i];
    const struct seen_balance *b = &later->balances[j];
    if (a->has_time != b->has_time)
        return false;
    if (!a->has_time)
        return same_value(a->time, b->time);
    if (b->duration.whole_s > a->duration.whole_s)
        return b->duration.whole_s - a->duration.whole_s <= answer_step_s(a, b);
    uint64_t less_s = a->duration.whole_s - b->duration.whole_s;
    return less_s <= ANSWER_TICK_S_MAX || less_s <= answer_step_s(a, b) ||
           less_s <= ANSWER_TICK_S_MAX + gap_s(first, later);
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

static bool same_measures(const struct exchange *first, const struct exchange *later, size_t i,
                          size_t j)
{
    const struct seen_balance *a = &first->balances[i];
    const struct seen_balance *b = &later->balances[j];
    return same_value(a->type, b->type) && same_value(a->data, b->data) &&
           same_time(first, later, i, j);
}

bool same_balance(const struct exchange *first, const struct exchange *later, size_t i, size_t j)
{
    const struct seen_balance *a = &first->balances[i];
    const struct seen_balance *b = &later->balances[j];
    return same_measures(first, later, i, j) && same_value(a->id, b->id) &&
           same_locations(a->locations, b->locations);
}

bool same_basics(const struct exchange *first, const struct exchange *later, size_t i, size_t j)
{
    const struct seen_balance *a = &first->balances[i];
    const struct seen_balance *b = &later->balances[j];
    if (!same_measures(first, later, i, j))
        return false;
    return a->id == NULL || b->id == NULL || same_value(a->id, b->id);
}

static bool may_have_ended(const struct exchange *first, const struct exchange *later)
{
    uint64_t passed_s = ANSWER_TICK_S_MAX + gap_s(first, later);
    for (size_t i = 0; i < seen_count(first); i++) {
        const struct seen_balance *b = &first->balances[i];
        if (b->has_time && b->duration.whole_s > 0 && b->duration.whole_s <= passed_s)
            return true;
    }
    return false;
}

bool same_lists(const struct exchange *first, const struct exchange *later,
                bool (*same)(const struct exchange *, const struct exchange *, size_t, size_t))
{
    if (may_have_ended(first, later))
        return true;
    if (first->balance_count != later->balance_count)
        return false;
    for (size_t i = 0; i < seen_count(first); i++)
        if (!same(first, later, i, i))
            return false;
    return true;
}

bool same_answer(const struct exchange *first, const struct exchange *later)
{
    if (first->status != later->status || first->has_list != later->has_list)
        return false;
    return !first->has_list || same_lists(first, later, same_balance);
}

bool has_risen(const struct exchange *first, const struct exchange *later)
{
    for (size_t i = 0; i < seen_count(first) && i < seen_count(later); i++) {
        const struct seen_balance *a = &first->balances[i];
        const struct seen_balance *b = &later->balances[i];
        bool has_times = a->has_time && b->has_time;
        if (has_times && b->duration.whole_s > a->duration.whole_s + ANSWER_TICK_S_MAX)
            return true;
    }
    return false;
}

bool has_balance(const struct exchange *first, const struct exchange *later, size_t j)
{
    for (size_t i = 0; i < seen_count(first); i++)
        if (same_basics(first, later, i, j))
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

// A digit or letter of numbers, dates and correlation ids, which differ between any two answers.
static bool is_of_number(char c)
{
    return byte_hex(c) >= 0 || c == '-' || c == ':' || c == '.' || c == 'T' || c == 'Z' || c == '+';
}

bool same_but_numbers(struct view a, struct view b)
{
    for (;;) {
        while (a.len != 0 && is_of_number(a.data[0]))
            a = view_from(a, 1);
        while (b.len != 0 && is_of_number(b.data[0]))
            b = view_from(b, 1);
        if (a.len == 0 || b.len == 0)
            return a.len == b.len;
        if (a.data[0] != b.data[0])
            return false;
        a = view_from(a, 1);
        b = view_from(b, 1);
    }
}
