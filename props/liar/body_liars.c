// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static bool has_body(const struct lie *lie)
{
    return lie_is_served(lie) && lie->reply.body.len != 0;
}

static void replace(struct lie *lie, const char *from, const char *to)
{
    if (has_body(lie))
        reply_replace(&lie->reply, from, to);
}

static void surround(struct lie *lie, const char *before, const char *after)
{
    if (has_body(lie))
        lie->reply.body = text_join(&lie->reply.space, view_of_text(before), lie->reply.body,
                                    view_of_text(after));
}

static void bare_array(struct lie *lie)
{
    struct view body = lie->reply.body;
    size_t start = view_index(body, '[');
    if (has_body(lie) && start < body.len)
        lie->reply.body = view_of(body.data + start, body.len - start - 1);
}

static void no_list(struct lie *lie) { replace(lie, "\"balances\":", "\"items\":"); }

static void list_as_object(struct lie *lie)
{
    if (has_body(lie))
        lie->reply.body = VIEW("{\"balances\":{}}");
}

static void singular_name(struct lie *lie) { replace(lie, "\"balances\":", "\"balance\":"); }

static void both_names(struct lie *lie)
{
    replace(lie, "{\"balances\":", "{\"Balances\":[],\"balances\":");
}

static void mark_order(struct lie *lie) { surround(lie, "\xEF\xBB\xBF", ""); }

static void leave_tail(struct lie *lie) { surround(lie, "", "\n<!-- done -->"); }

static void comma_at_end(struct lie *lie) { replace(lie, "}]}", "},]}"); }

static void single_quotes(struct lie *lie) { replace(lie, "\"balances\"", "'balances'"); }

static void curly_quotes(struct lie *lie)
{
    replace(lie, "\"balances\"",
            "\xE2\x80\x9C"
            "balances\xE2\x80\x9D");
}

static void comment(struct lie *lie) { replace(lie, "[{", "[/* first */{"); }

static void latin_1(struct lie *lie)
{
    replace(lie, "{\"balances\":",
            "{\"operator\":\"M\xF6"
            "bile\",\"balances\":");
}

static void cut_body(struct lie *lie)
{
    if (has_body(lie))
        lie->reply.body.len--;
}

static void type_twice(struct lie *lie)
{
    replace(lie, "{\"type\":", "{\"type\":\"NONE\",\"type\":");
}

static void data_twice(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].more = text_join(&lie->reply.space, VIEW(",\"dataRemaininginMB\":"),
                                            lie->list.items[i].data, VIEW(""));
}

static struct verdict refuse_ids(const struct exchange *x)
{
    for (size_t i = 0; i < x->balance_count && i < EXCHANGE_BALANCE_COUNT_MAX; i++)
        if (x->balances[i].id != NULL)
            return fail("a member that the table does not have");
    return pass();
}

static struct verdict refuse_extra_members(const struct exchange *x)
{
    for (size_t i = 0; i < x->balance_count && i < EXCHANGE_BALANCE_COUNT_MAX; i++)
        if (x->balances[i].object != NULL && x->balances[i].object->count > 5)
            return fail("a balance has a sixth member");
    return pass();
}

static void id_as_number(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].id = text_unsigned(&lie->reply.space, 23445 + i);
}

static void same_ids(struct lie *lie)
{
    for (size_t i = 1; i < lie->list.count; i++)
        lie->list.items[i].id = lie->list.items[0].id;
}

static void type_lower(struct lie *lie) { replace(lie, "\"MODIRECTPAYG\"", "\"modirectpayg\""); }

static void type_old(struct lie *lie) { replace(lie, "\"MODIRECTPAYG\"", "\"PAYG\""); }

static void type_capital(struct lie *lie) { replace(lie, "\"MODIRECT\"", "\"Modirect\""); }

static void type_number(struct lie *lie) { replace(lie, "\"type\":\"NONE\"", "\"type\":2"); }

static void type_blank(struct lie *lie) { replace(lie, "\"NONE\"", "\"NONE \""); }

static void data_as_string(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].data =
            text_join(&lie->reply.space, VIEW("\""), lie->list.items[i].data, VIEW("\""));
}

static void data_other_name(struct lie *lie)
{
    replace(lie, "\"dataRemainingInMB\"", "\"dataRemaining\"");
}

static void data_null(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (said_is_zero(lie->list.items[i].data))
            lie->list.items[i].data = VIEW("null");
}

static void say_data(struct lie *lie, const char *text)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (!said_is_zero(lie->list.items[i].data))
            lie->list.items[i].data = view_of_text(text);
}

static void data_beyond(struct lie *lie) { say_data(lie, "1e400"); }

static void data_negative(struct lie *lie) { say_data(lie, "-5"); }

static void say_time(struct lie *lie, const char *text)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (!said_is(lie->list.items[i].time, "PT0S"))
            lie->list.items[i].time = view_of_text(text);
}

static void time_net(struct lie *lie) { say_time(lie, "\"23.23:00:00\""); }

static void time_number(struct lie *lie) { say_time(lie, "2066400"); }

static void time_bare(struct lie *lie) { say_time(lie, "\"P1DT\""); }

static void time_negative(struct lie *lie) { say_time(lie, "\"-PT5M\""); }

static void time_weeks(struct lie *lie) { say_time(lie, "\"P4W\""); }

static void time_comma(struct lie *lie) { say_time(lie, "\"PT1,5S\""); }

static void time_beyond(struct lie *lie) { say_time(lie, "\"P10675200D\""); }

static void time_lower(struct lie *lie) { say_time(lie, "\"p23dt23h\""); }

static void say_locations(struct lie *lie, const char *text)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (lie->list.items[i].locations.len > 2)
            lie->list.items[i].locations = view_of_text(text);
}

static void locations_string(struct lie *lie) { say_locations(lie, "\"US\""); }

static void locations_objects(struct lie *lie) { say_locations(lie, "[{\"code\":\"US\"}]"); }

static void locations_null(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (lie->list.items[i].locations.len != 0)
            lie->list.items[i].locations = VIEW("null");
}

static void locations_empty(struct lie *lie) { say_locations(lie, "[]"); }

static void decimal_comma(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].data =
            text_replace(&lie->reply.space, lie->list.items[i].data, VIEW("."), VIEW(","));
}

static void group_digits(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct view data = lie->list.items[i].data;
        size_t whole = view_index(data, '.');
        if (whole > 3 && text_is_digits(view_first(data, whole)))
            lie->list.items[i].data = text_join(&lie->reply.space, view_first(data, whole - 3),
                                                VIEW(","), view_from(data, whole - 3));
    }
}

static void raw_quotes(struct lie *lie) { replace(lie, "\\\"", "\""); }

static void raw_controls(struct lie *lie) { replace(lie, "\\u0001", "\x01"); }

const struct liar body_liars[] = {
    {"body-bare-array", "GB-BODY-1", "an array at the top", .reply = bare_array},
    {"body-no-list", "GB-BODY-1", "calls the list items", .reply = no_list},
    {"body-list-object", "GB-BODY-1", "an object for the list", .reply = list_as_object},
    {"body-singular", "GB-BODY-1", "calls the list balance", .reply = singular_name},
    {"body-both-names", "GB-BODY-2", "has balances and Balances", .reply = both_names},
    {"body-bom", "GB-BODY-3", "a byte order mark in front", .reply = mark_order},
    {"body-tail", "GB-BODY-3", "something behind the JSON", .reply = leave_tail},
    {"body-comma", "GB-BODY-3", "a comma behind the last element", .reply = comma_at_end},
    {"body-single-quotes", "GB-BODY-3", "single quotes", .reply = single_quotes},
    {"body-curly-quotes", "GB-BODY-3", "curly quotes", .reply = curly_quotes},
    {"body-comment", "GB-BODY-3", "a comment", .reply = comment},
    {"body-latin-1", "GB-BODY-3", "octets that are not UTF-8", .reply = latin_1},
    {"body-cut", "GB-BODY-3", "the last octet is missing", .reply = cut_body},
    {"body-type-twice", "GB-BODY-4", "type stands twice", .reply = type_twice},
    {"body-data-twice", "GB-BODY-4", "both spellings of the data member", .list = data_twice},
    {"judge-id", "GB-BODY-5", "a judge who refuses ids", .judge = refuse_ids},
    {"judge-extra", "GB-BODY-5", "a judge who counts members", .judge = refuse_extra_members},
    {"body-id-number", "GB-BODY-6", "ids are numbers", .list = id_as_number},
    {"body-id-same", "GB-BODY-6", "one id for all", .list = same_ids},
    {"body-type-lower", "GB-BODY-7", "types in lower case", .reply = type_lower},
    {"body-type-old", "GB-BODY-7", "the type PAYG", .reply = type_old},
    {"body-type-capital", "GB-BODY-7", "the type Modirect", .reply = type_capital},
    {"body-type-number", "GB-BODY-7", "a number for NONE", .reply = type_number},
    {"body-type-blank", "GB-BODY-7", "a blank behind NONE", .reply = type_blank},
    {"body-data-string", "GB-BODY-8", "data as a string", .list = data_as_string},
    {"body-data-other", "GB-BODY-8", "data under another name", .reply = data_other_name},
    {"body-data-null", "GB-BODY-8", "null for no data", .list = data_null},
    {"body-data-beyond", "GB-BODY-9", "data beyond a double", .list = data_beyond},
    {"body-data-negative", "GB-BODY-9", "data below zero", .list = data_negative},
    {"body-time-net", "GB-BODY-11", "time as 23.23:00:00", .list = time_net},
    {"body-time-number", "GB-BODY-11", "time in seconds", .list = time_number},
    {"body-time-bare", "GB-BODY-11", "time as P1DT", .list = time_bare},
    {"body-time-negative", "GB-BODY-11", "time below zero", .list = time_negative},
    {"body-time-weeks", "GB-BODY-13", "time in weeks", "current", .list = time_weeks},
    {"body-time-comma", "GB-BODY-13", "a comma in the seconds", "current", .list = time_comma},
    {"body-time-beyond", "GB-BODY-13", "more days than a TimeSpan", "current", .list = time_beyond},
    {"body-time-lower", "GB-BODY-13", "time in lower case", "current", .list = time_lower},
    {"body-locations-string", "GB-BODY-14", "locations is a string", .list = locations_string},
    {"body-locations-objects", "GB-BODY-14", "locations holds objects", .list = locations_objects},
    {"body-locations-null", "GB-BODY-14", "locations is null", .list = locations_null},
    {"body-locations-empty", "GB-BODY-15", "no location for a balance", .list = locations_empty},
    {"body-decimal-comma", "GB-BODY-16", "a decimal comma", .list = decimal_comma},
    {"body-groups", "GB-BODY-16", "commas between thousands", .list = group_digits},
    {"body-raw-quotes", "GB-BODY-17", "quotes are not escaped", .reply = raw_quotes},
    {"body-raw-controls", "GB-BODY-17", "controls are not escaped", .reply = raw_controls},
    {.name = NULL},
};
