// SPDX-License-Identifier: Apache-2.0
#include "props/rule/body_judges.h"
#include "props/rule/facts.h"
#include "props/rule/rfc3339.h"

// The largest amount that nobody wonders about: a petabyte, in MB.
static const double data_mb_usual_max = 1e9;

static bool is_repeated_id(const struct exchange *x, size_t index)
{
    const struct bp_json_node *id = x->balances[index].id;
    for (size_t i = 0; i < index; i++) {
        const struct bp_json_node *other = x->balances[i].id;
        if (other == NULL || other->kind != BP_JSON_STRING)
            continue;
        if (view_equal(other->text, id->text))
            return true;
    }
    return false;
}

struct verdict judge_ids(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct bp_json_node *id = x->balances[i].id;
        if (id == NULL)
            continue;
        if (id->kind == BP_JSON_NULL) {
            out = tolerated(KEY_NONE, "an id is null");
            continue;
        }
        if (id->kind != BP_JSON_STRING)
            return fail("an id is no string");
        if (is_repeated_id(x, i))
            return fail("two balances of one answer have the same id");
        if (out.grade == GRADE_NONE)
            out = pass();
    }
    return out;
}

struct verdict judge_types(const struct exchange *x)
{
    if (!served(x) || x->balance_count == 0)
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->object == NULL || b->kind != SEEN_OTHER)
            continue;
        if (b->type == NULL)
            return fail("a balance has no type");
        if (b->type->kind != BP_JSON_STRING)
            return fail("a type is no string");
        bool is_legacy = reads(x, KEY_SCHEMA, READ_SCHEMA_LEGACY_2017);
        if (!is_legacy || !view_equal(b->type->text, VIEW("PAYG")))
            return fail("a type is none of the four words");
    }
    return pass();
}

// refuse_data_name is the verdict on a spelling that the profile does not take, or NULL.
static const char *refuse_data_name(const struct exchange *x, struct view name)
{
    if (reads(x, KEY_DATA_NAME, READ_DATA_NAME_TABLE) &&
        !view_equal(name, VIEW("dataRemainingInMB")))
        return "the data member is not called dataRemainingInMB";
    if (reads(x, KEY_DATA_NAME, READ_DATA_NAME_EXAMPLE) &&
        !view_equal(name, VIEW("dataRemaininginMB")))
        return "the data member is not called dataRemaininginMB";
    return NULL;
}

struct verdict judge_data_member(const struct exchange *x)
{
    if (!served(x) || x->balance_count == 0)
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->object == NULL)
            continue;
        if (b->data == NULL)
            return fail("a balance has no data remaining");
        if (b->has_both_data_names)
            return fail("the data remaining stands under both names");
        if (!b->has_data)
            return fail("the data remaining is no number");
        const char *why = refuse_data_name(x, b->data->name);
        if (why != NULL)
            return (struct verdict){GRADE_FAIL, KEY_DATA_NAME, why};
    }
    return pass();
}

struct verdict judge_data_range(const struct exchange *x)
{
    if (is_balance_answer(x) && x->json_fault.reason == BP_REASON_JSON_NUMBER)
        return fail("a number does not fit a double");
    if (!served(x) || x->balance_count == 0)
        return not_spoken();
    struct verdict out = pass();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!b->has_data)
            continue;
        if (b->data_mb < 0)
            return fail("the data remaining is negative");
        if (b->data_mb > data_mb_usual_max)
            out = info("the data remaining is more than a petabyte");
    }
    return out;
}

struct verdict judge_data_sign(const struct exchange *x)
{
    struct verdict out = not_spoken();
    for (size_t i = 0; served(x) && i < seen_count(x); i++) {
        if (x->balances[i].has_data && x->balances[i].data_mb < 0)
            return fail("the data remaining is below zero");
        out = pass();
    }
    return out;
}

struct verdict judge_time_sign(const struct exchange *x)
{
    struct verdict out = not_spoken();
    for (size_t i = 0; served(x) && i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->has_time && b->duration.form == BP_DURATION_NEGATIVE)
            return fail("the time remaining is below zero");
        out = pass();
    }
    return out;
}

struct verdict judge_time_member(const struct exchange *x)
{
    if (!served(x) || x->balance_count == 0)
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->object == NULL)
            continue;
        if (b->time == NULL)
            return fail("a balance has no time remaining");
        if (b->time->kind != BP_JSON_STRING)
            return fail("the time remaining is no string");
        if (!b->has_time)
            return fail("the time remaining is no ISO 8601 duration");
        if (b->duration.form == BP_DURATION_NEGATIVE)
            return fail("the time remaining is negative");
    }
    return pass();
}

// weigh_form is the verdict on one duration under the profile's reading of time.grammar.
static struct verdict weigh_form(const struct exchange *x, const struct seen_balance *b)
{
    enum bp_duration_form form = b->duration.form;
    consults(x, KEY_TIME_GRAMMAR);
    if (reads(x, KEY_TIME_GRAMMAR, READ_TIME_GRAMMAR_RFC3339))
        return is_rfc3339_duration(b->time->text)
                   ? pass()
                   : fail_under(KEY_TIME_GRAMMAR,
                                "a duration is not written as RFC 3339, appendix A, has it");
    static const char *const why[] = {
        [BP_DURATION_ISO] = "a duration has weeks, a comma or a fraction in front of the seconds",
        [BP_DURATION_LOWERCASE] = "a duration is written in lower case",
        [BP_DURATION_BEYOND] = "a duration is longer than 10,675,199 days",
    };
    if (form == BP_DURATION_STRICT || form == BP_DURATION_NEGATIVE)
        return pass();
    if (reads(x, KEY_TIME_GRAMMAR, READ_TIME_GRAMMAR_NET))
        return (struct verdict){GRADE_FAIL, KEY_TIME_GRAMMAR, why[form]};
    bool takes_iso = reads(x, KEY_TIME_GRAMMAR, READ_TIME_GRAMMAR_ISO);
    if (takes_iso && form != BP_DURATION_LOWERCASE)
        return pass();
    return tolerated(KEY_TIME_GRAMMAR, why[form]);
}

struct verdict judge_time_grammar(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!b->has_time)
            continue;
        struct verdict one = weigh_form(x, b);
        if (one.grade > out.grade)
            out = one;
    }
    return out;
}

// has_twice says whether one of the strings before `item` in the array is the same.
static bool has_twice(const struct bp_json_node *nodes, const struct bp_json_node *array,
                      const struct bp_json_node *item)
{
    for (const struct bp_json_node *n = array + 1; n != item; n = &nodes[n->next])
        if (view_equal(n->text, item->text))
            return true;
    return false;
}

// text_mark is one of 64 bits for a text, so that most pairs need not be compared.
static uint64_t text_mark(struct view text)
{
    if (text.len == 0)
        return 1;
    unsigned first = (unsigned char)text.data[0];
    unsigned last = (unsigned char)text.data[text.len - 1];
    return (uint64_t)1 << ((first * 7 + last) & 63);
}

static struct verdict weigh_locations(const struct exchange *x, const struct bp_json_node *array)
{
    if (array->kind == BP_JSON_NULL && !asks_full(x))
        return tolerated(KEY_NONE, "locations is null where it is not asked for");
    if (array->kind != BP_JSON_ARRAY)
        return fail("locations is no array");
    struct verdict out = pass();
    uint64_t seen = 0;
    const struct bp_json_node *n = array + 1;
    for (uint32_t left = array->count; left != 0; left--, n = &x->nodes[n->next]) {
        if (n->kind != BP_JSON_STRING)
            return fail("a location is no string");
        uint64_t mark = text_mark(n->text);
        if ((seen & mark) != 0 && has_twice(x->nodes, array, n))
            out = info("a location stands twice in one balance");
        seen |= mark;
    }
    return out;
}

struct verdict judge_locations(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct bp_json_node *array = x->balances[i].locations;
        if (array == NULL)
            continue;
        struct verdict one = weigh_locations(x, array);
        if (one.grade > out.grade)
            out = one;
    }
    return out;
}

struct verdict judge_usable_somewhere(const struct exchange *x)
{
    if (!served(x) || !asks_full(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!b->has_data || b->locations == NULL || b->locations->kind != BP_JSON_ARRAY)
            continue;
        if (b->data_mb <= 0)
            continue;
        if (b->locations->count == 0)
            return fail("a balance with data left has no location");
        out = pass();
    }
    return out;
}
