// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static const char fields_name[] = "fieldsTemplate";

static struct view fields_value(struct lie *lie) { return ask_value(&lie->ask, fields_name); }

static void set_fields(struct lie *lie, const char *value)
{
    ask_set(&lie->ask, fields_name, view_of_text(value));
}

static bool is_template(struct view value)
{
    return view_equal_nocase(value, VIEW("basic")) || view_equal_nocase(value, VIEW("full"));
}

static void omit_zero_time(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (said_is(lie->list.items[i].time, "PT0S"))
            lie->list.items[i].time.len = 0;
}

static void omit_basic_type(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count && !lie_wants_full(lie); i++)
        lie->list.items[i].type.len = 0;
}

static void omit_basic_data(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count && !lie_wants_full(lie); i++)
        lie->list.items[i].data.len = 0;
}

static void omit_locations(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].locations.len = 0;
}

static void omit_later_locations(struct lie *lie)
{
    for (size_t i = 1; i < lie->list.count; i++)
        lie->list.items[i].locations.len = 0;
}

static void full_as_basic(struct lie *lie)
{
    if (lie_wants_full(lie))
        set_fields(lie, "basic");
}

static void default_to_basic(struct lie *lie)
{
    struct view value = fields_value(lie);
    if (value.len != 0 && !is_template(value))
        set_fields(lie, "basic");
}

static void match_prefix(struct lie *lie)
{
    struct view value = fields_value(lie);
    if (view_starts(value, VIEW("basic")))
        set_fields(lie, "basic");
    else if (view_starts(value, VIEW("full")))
        set_fields(lie, "full");
}

static void take_first_of_list(struct lie *lie)
{
    struct view value = fields_value(lie);
    if (view_index(value, ',') < value.len)
        ask_set(&lie->ask, fields_name, view_first(value, view_index(value, ',')));
}

static void take_number(struct lie *lie)
{
    if (text_is_digits(fields_value(lie)))
        set_fields(lie, "basic");
}

static void skip_nul(struct lie *lie)
{
    struct view value = fields_value(lie);
    struct view rest = text_replace(&lie->ask.space, value, VIEW("\0"), VIEW(""));
    if (rest.len != value.len)
        ask_set(&lie->ask, fields_name, rest);
}

static bool blames_fields(struct lie *lie)
{
    struct view value = fields_value(lie);
    return lie->reply.status == 400 && value.len != 0 && !is_template(value);
}

static void empty_refusal(struct lie *lie)
{
    if (blames_fields(lie))
        reply_say(&lie->reply, 400, "", view_of(NULL, 0));
}

static void unnamed_refusal(struct lie *lie)
{
    if (blames_fields(lie))
        reply_refuse(&lie->reply, 400, "bad request");
}

static void refuse_capital(struct lie *lie)
{
    struct view value = fields_value(lie);
    if (text_is(value, "Basic") || text_is(value, "Full"))
        set_fields(lie, "capital");
}

static void refuse_lower(struct lie *lie)
{
    struct view value = fields_value(lie);
    if (text_is(value, "basic") || text_is(value, "full"))
        set_fields(lie, "lower");
}

static void capital_full_as_basic(struct lie *lie)
{
    if (text_is(fields_value(lie), "Full"))
        set_fields(lie, "basic");
}

static bool has_other_case(struct lie *lie)
{
    struct view value = fields_value(lie);
    bool is_usual = text_is(value, "basic") || text_is(value, "Basic") || text_is(value, "full") ||
                    text_is(value, "Full");
    return is_template(value) && !is_usual;
}

static void other_case_breaks(struct lie *lie)
{
    if (has_other_case(lie))
        lie_break(lie, "no such enumerator");
}

static void other_case_swaps(struct lie *lie)
{
    if (has_other_case(lie))
        set_fields(lie, lie_wants_full(lie) ? "basic" : "full");
}

static void demand_fields(struct lie *lie)
{
    if (lie_is_served(lie) && ask_count(&lie->ask, fields_name) == 0)
        reply_refuse(&lie->reply, 400, "fieldsTemplate is missing");
}

static void bare_without_fields(struct lie *lie)
{
    if (ask_count(&lie->ask, fields_name) != 0)
        return;
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].data.len = lie->list.items[i].time.len = 0;
}

static void empty_breaks(struct lie *lie)
{
    if (ask_count(&lie->ask, fields_name) != 0 && fields_value(lie).len == 0)
        lie_break(lie, "null template");
}

static void empty_as_bare(struct lie *lie)
{
    bool is_blamed = lie->reply.status == 400 && text_has(lie->reply.body, fields_name);
    bool is_empty = ask_count(&lie->ask, fields_name) != 0 && fields_value(lie).len == 0;
    if (is_blamed && is_empty)
        reply_say(&lie->reply, 200, "application/json", VIEW("{\"balances\":[{}]}"));
}

static void misspelt_breaks(struct lie *lie)
{
    if (ask_count(&lie->ask, "fieldTemplate") != 0)
        lie_break(lie, "no such enumerator");
}

static void take_misspelt(struct lie *lie)
{
    if (text_is(ask_value(&lie->ask, "fieldTemplate"), "full"))
        set_fields(lie, "full");
}

static void reverse_full(struct lie *lie)
{
    struct said_list *list = &lie->list;
    for (size_t i = 0; i < list->count / 2 && lie_wants_full(lie); i++) {
        struct said item = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = item;
    }
}

static void more_data_in_full(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count && lie_wants_full(lie); i++)
        if (!said_is_zero(lie->list.items[i].data))
            lie->list.items[i].data =
                text_join(&lie->reply.space, VIEW("1"), lie->list.items[i].data, VIEW(""));
}

static void fewer_in_basic(struct lie *lie)
{
    if (!lie_wants_full(lie) && lie->list.count > 1)
        lie->list.count--;
}

const struct liar fields_liars[] = {
    {"fields-no-zero-time", "GB-FT-1", "leaves out a time of zero", .list = omit_zero_time},
    {"fields-basic-no-type", "GB-FT-1", "basic has no type", .list = omit_basic_type},
    {"fields-basic-no-data", "GB-FT-1", "basic has no data", .list = omit_basic_data},
    {"fields-full-basic", "GB-FT-2", "full is basic", .ask = full_as_basic},
    {"fields-no-locations", "GB-FT-2", "never tells locations", .list = omit_locations},
    {"fields-first-locations", "GB-FT-2", "locations in the first element only",
     .list = omit_later_locations},
    {"fields-default-basic", "GB-FT-3", "an unknown template is basic", .ask = default_to_basic},
    {"fields-prefix", "GB-FT-3", "basicx is basic", .ask = match_prefix},
    {"fields-first-of-list", "GB-FT-3", "basic,full is basic", .ask = take_first_of_list},
    {"fields-number", "GB-FT-3", "0 is the first template", .ask = take_number},
    {"fields-nul", "GB-FT-3", "NUL in the value is skipped", .ask = skip_nul},
    {"fields-400-empty", "GB-FT-4", "a bad template: 400 without a body", .reply = empty_refusal},
    {"fields-400-unnamed", "GB-FT-4", "a bad template: 400 names nothing",
     .reply = unnamed_refusal},
    {"fields-capital-refused", "GB-FT-5", "Basic and Full are refused", .ask = refuse_capital},
    {"fields-lower-refused", "GB-FT-5", "basic and full are refused", .ask = refuse_lower},
    {"fields-capital-other", "GB-FT-5", "Full is basic", .ask = capital_full_as_basic},
    {"fields-case-breaks", "GB-FT-6", "other casing gives 500", .reply = other_case_breaks},
    {"fields-case-swaps", "GB-FT-6", "other casing gives the other one", .ask = other_case_swaps},
    {"fields-demanded", "GB-FT-7", "400 without fieldsTemplate", .reply = demand_fields},
    {"fields-absent-bare", "GB-FT-7", "only types without fieldsTemplate",
     .list = bare_without_fields},
    {"fields-empty-breaks", "GB-FT-8", "an empty template gives 500", .reply = empty_breaks},
    {"fields-empty-bare", "GB-FT-8", "an empty template: empty elements", .reply = empty_as_bare},
    {"fields-misspelt-breaks", "GB-FT-9", "fieldTemplate gives 500", .reply = misspelt_breaks},
    {"fields-misspelt-taken", "GB-FT-9", "fieldTemplate is an alias", .ask = take_misspelt},
    {"fields-full-reversed", "GB-FT-10", "full has another order", .list = reverse_full},
    {"fields-full-other", "GB-FT-10", "full tells other values", .list = more_data_in_full},
    {"fields-basic-fewer", "GB-FT-10", "basic leaves out an element", .list = fewer_in_basic},
    {.name = NULL},
};
