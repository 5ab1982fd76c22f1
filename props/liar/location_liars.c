// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static struct view location_value(struct lie *lie) { return ask_value(&lie->ask, "location"); }

static void set_location(struct lie *lie, const char *code)
{
    ask_set(&lie->ask, "location", view_of_text(code));
}

static bool is_upper_pair(struct view text)
{
    return text.len == 2 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] >= 'A' &&
           text.data[1] <= 'Z';
}

static bool is_pair(struct view text)
{
    return text.len == 2 && byte_is_letter(text.data[0]) && byte_is_letter(text.data[1]);
}

static bool is_one_of(struct view text, const char *codes)
{
    struct view list = view_of_text(codes);
    size_t at = view_find(list, text);
    return is_upper_pair(text) && at < list.len && at % 3 == 0;
}

// Codes that ISO 3166-1 has never assigned.
static bool is_stranger(struct view text)
{
    return is_one_of(text, "AA ZZ XX QQ XA XZ XQ QM QZ OO SU EL");
}

static void ignore_location(struct lie *lie)
{
    if (is_pair(location_value(lie)) && !is_stranger(location_value(lie)))
        ask_drop(&lie->ask, "location");
}

static bool is_nothing_here(const struct lie *lie)
{
    return lie->list.count == 1 && said_is(lie->list.items[0].type, "NONE");
}

// The balance of A1 in the US is shown wherever nothing is left.
static void show_us_elsewhere(struct lie *lie)
{
    if (is_nothing_here(lie) && is_upper_pair(location_value(lie)) && lie_role(lie) == ROLE_A1)
        lie->list.items[0] =
            (struct said){.type = VIEW("\"MODIRECTPAYG\""),
                          .data = VIEW("5"),
                          .time = VIEW("\"P1D\""),
                          .id = VIEW("\"1\""),
                          .locations = lie_wants_full(lie) ? VIEW("[\"US\"]") : VIEW("")};
}

static void default_to_us(struct lie *lie)
{
    if (ask_count(&lie->ask, "location") == 0)
        set_location(lie, "US");
}

static void default_to_japan(struct lie *lie)
{
    if (ask_count(&lie->ask, "location") == 0)
        set_location(lie, "JP");
}

static void nothing_as_empty(struct lie *lie)
{
    if (is_nothing_here(lie) && location_value(lie).len != 0)
        lie->list.count = 0;
}

static void nothing_with_time(struct lie *lie)
{
    if (is_nothing_here(lie) && location_value(lie).len != 0)
        lie->list.items[0].time = VIEW("\"P3D\"");
}

static void nothing_as_no_content(struct lie *lie)
{
    if (lie_is_served(lie) && location_value(lie).len != 0 && text_has(lie->reply.body, "\"NONE\""))
        reply_say(&lie->reply, 204, "", view_of(NULL, 0));
}

static void nothing_as_404(struct lie *lie)
{
    if (lie_is_served(lie) && location_value(lie).len != 0 && text_has(lie->reply.body, "\"NONE\""))
        reply_refuse(&lie->reply, 404, "no balance here");
}

static void unserved_as_404(struct lie *lie)
{
    if (lie_is_served(lie) && is_pair(location_value(lie)) && !text_is(location_value(lie), "US") &&
        text_has(lie->reply.body, "\"NONE\""))
        reply_refuse(&lie->reply, 404, "country is not served");
}

static void unknown_as_nothing(struct lie *lie)
{
    if (is_stranger(location_value(lie)))
        set_location(lie, "AQ");
}

static void unknown_as_absent(struct lie *lie)
{
    if (is_stranger(location_value(lie)))
        ask_drop(&lie->ask, "location");
}

static void unknown_as_404(struct lie *lie)
{
    if (lie->reply.status == 400 && is_stranger(location_value(lie)))
        reply_refuse(&lie->reply, 404, "location");
}

static void take_user_assigned(struct lie *lie)
{
    if (is_one_of(location_value(lie), "XX AA ZZ"))
        set_location(lie, "AQ");
}

static void check_first_letter(struct lie *lie)
{
    struct view value = location_value(lie);
    if (value.len == 2 && byte_is_letter(value.data[0]) && !byte_is_letter(value.data[1]))
        set_location(lie, "AQ");
}

static void cut_after_two(struct lie *lie)
{
    struct view value = location_value(lie);
    if (value.len > 2 && is_pair(view_first(value, 2)))
        ask_set(&lie->ask, "location", view_first(value, 2));
}

static void take_three_letters(struct lie *lie)
{
    if (text_is(location_value(lie), "USA"))
        set_location(lie, "US");
}

static void take_number(struct lie *lie)
{
    if (text_is_digits(location_value(lie)))
        set_location(lie, "US");
}

static void end_at_nul(struct lie *lie)
{
    struct view value = location_value(lie);
    if (view_index(value, '\0') < value.len)
        set_location(lie, "US");
}

static void take_any_octets(struct lie *lie)
{
    struct view value = location_value(lie);
    if (value.len != 0 && (unsigned char)value.data[0] >= 0x80)
        set_location(lie, "AQ");
}

static void long_breaks(struct lie *lie)
{
    if (location_value(lie).len > 64)
        lie_break(lie, "location");
}

static bool is_empty(struct lie *lie)
{
    return ask_count(&lie->ask, "location") == 1 && location_value(lie).len == 0;
}

static void empty_breaks(struct lie *lie)
{
    if (is_empty(lie))
        lie_break(lie, "index out of range");
}

static void empty_as_nothing(struct lie *lie)
{
    if (is_empty(lie))
        set_location(lie, "AQ");
}

static bool is_lower(struct lie *lie)
{
    return is_pair(location_value(lie)) && !is_upper_pair(location_value(lie));
}

static void lower_as_nothing(struct lie *lie)
{
    if (is_lower(lie))
        set_location(lie, "AQ");
}

static void lower_refused(struct lie *lie)
{
    if (is_lower(lie))
        set_location(lie, "ZZ");
}

static void lower_ignored(struct lie *lie)
{
    if (is_lower(lie))
        ask_drop(&lie->ask, "location");
}

static void uk_breaks(struct lie *lie)
{
    if (text_is(location_value(lie), "UK"))
        lie_break(lie, "no such country");
}

static void uk_as_404(struct lie *lie)
{
    if (lie->reply.status != 401 && text_is(location_value(lie), "UK"))
        reply_refuse(&lie->reply, 404, "location");
}

static void say_locations(struct lie *lie, const char *text)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (lie->list.items[i].locations.len > 2)
            lie->list.items[i].locations = view_of_text(text);
}

static void say_names(struct lie *lie) { say_locations(lie, "[\"United States\"]"); }

static void say_three_letters(struct lie *lie) { say_locations(lie, "[\"USA\"]"); }

static void say_stranger(struct lie *lie) { say_locations(lie, "[\"US\",\"ZZ\"]"); }

static void say_lower(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].locations = text_lower(&lie->reply.space, lie->list.items[i].locations);
}

const struct liar location_liars[] = {
    {"location-ignored", "GB-LOC-1", "ignores the location", .ask = ignore_location},
    {"location-us-elsewhere", "GB-LOC-1", "shows a US balance elsewhere",
     .list = show_us_elsewhere},
    {"location-default-us", "GB-LOC-2", "filters by US when none is given", .ask = default_to_us},
    {"location-default-jp", "GB-LOC-2", "filters by JP when none is given",
     .ask = default_to_japan},
    {"location-none-empty", "GB-LOC-3", "nothing here: []", .list = nothing_as_empty},
    {"location-none-time", "GB-LOC-3", "nothing here, but time left", .list = nothing_with_time},
    {"location-none-204", "GB-LOC-3", "nothing here: 204", .reply = nothing_as_no_content},
    {"location-none-404", "GB-LOC-4", "nothing here: 404", .reply = nothing_as_404},
    {"location-unserved-404", "GB-LOC-4", "a country not served: 404", .reply = unserved_as_404},
    {"location-unknown-zero", "GB-LOC-5", "unknown country: nothing", .ask = unknown_as_nothing},
    {"location-unknown-all", "GB-LOC-5", "unknown country: no filter", .ask = unknown_as_absent},
    {"location-unknown-404", "GB-LOC-5", "unknown country: 404", .reply = unknown_as_404},
    {"location-private", "GB-LOC-5", "takes user-assigned codes", .ask = take_user_assigned},
    {"location-first-letter", "GB-LOC-6", "checks the first letter only",
     .ask = check_first_letter},
    {"location-cut", "GB-LOC-6", "looks at two octets only", .ask = cut_after_two},
    {"location-three", "GB-LOC-6", "takes USA", .ask = take_three_letters},
    {"location-number", "GB-LOC-6", "takes numbers", .ask = take_number},
    {"location-nul", "GB-LOC-6", "ends at NUL", .ask = end_at_nul},
    {"location-octets", "GB-LOC-6", "takes other letters", .ask = take_any_octets},
    {"location-long", "GB-LOC-6", "fails at long values", .reply = long_breaks},
    {"location-empty-breaks", "GB-LOC-7", "empty gives 500", .reply = empty_breaks},
    {"location-empty-zero", "GB-LOC-7", "empty is a place without balance",
     .ask = empty_as_nothing},
    {"location-lower-zero", "GB-LOC-8", "us has no balance", .ask = lower_as_nothing},
    {"location-lower-refused", "GB-LOC-8", "us is refused", .ask = lower_refused},
    {"location-lower-all", "GB-LOC-8", "us is ignored", .ask = lower_ignored},
    {"location-uk-breaks", "GB-LOC-9", "UK gives 500", .reply = uk_breaks},
    {"location-uk-404", "GB-LOC-9", "UK gives 404", .reply = uk_as_404},
    {"location-names", "GB-LOC-10", "tells names of countries", .list = say_names},
    {"location-says-three", "GB-LOC-10", "tells three letters", .list = say_three_letters},
    {"location-says-zz", "GB-LOC-10", "tells an unassigned code", .list = say_stranger},
    {"location-says-lower", "GB-LOC-10", "tells lower case", .list = say_lower},
    {.name = NULL},
};
