// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

enum { LIMIT_TOP = 2147483647 };

static struct view limit_value(struct lie *lie) { return ask_value(&lie->ask, "limit"); }

static void set_limit(struct lie *lie, uint64_t limit)
{
    ask_set(&lie->ask, "limit", text_unsigned(&lie->ask.space, limit));
}

static void drop_limit(struct lie *lie) { ask_drop(&lie->ask, "limit"); }

// The limit asked for when it is one in plain digits within INT, else 0.
static uint64_t good_limit(struct lie *lie)
{
    struct view value = limit_value(lie);
    uint64_t limit = text_to_integer(value).saturated;
    return text_is_digits(value) && limit <= LIMIT_TOP ? limit : 0;
}

static bool is_number(struct view value)
{
    struct text_integer number = text_to_integer(value);
    return number.digit_count != 0 && number.rest.len == 0;
}

static bool is_negative(struct lie *lie)
{
    struct text_integer number = text_to_integer(limit_value(lie));
    return is_number(limit_value(lie)) && number.is_negative && number.wrapped != 0;
}

static bool is_beyond(struct lie *lie)
{
    struct text_integer number = text_to_integer(limit_value(lie));
    return is_number(limit_value(lie)) && !number.is_negative && number.saturated > LIMIT_TOP;
}

static void return_one_more(struct lie *lie)
{
    uint64_t limit = good_limit(lie);
    if (limit != 0 && limit < LIMIT_TOP)
        set_limit(lie, limit + 1);
}

static void ignore_limit(struct lie *lie)
{
    if (good_limit(lie) != 0)
        drop_limit(lie);
}

static void default_to_one(struct lie *lie)
{
    if (ask_count(&lie->ask, "limit") == 0)
        set_limit(lie, 1);
}

static void drop_last_without_limit(struct lie *lie)
{
    if (ask_count(&lie->ask, "limit") == 0 && lie->list.count > 1)
        lie->list.count--;
}

static void negative_as_huge(struct lie *lie)
{
    if (is_negative(lie))
        set_limit(lie, LIMIT_TOP);
}

static void negative_as_positive(struct lie *lie)
{
    if (is_negative(lie))
        set_limit(lie, 1);
}

static void negative_as_zero(struct lie *lie)
{
    if (is_negative(lie))
        set_limit(lie, 0);
}

// What (int)strtol(value) makes of it.
static void wrap_at_32(struct lie *lie)
{
    struct text_integer number = text_to_integer(limit_value(lie));
    uint32_t low = (uint32_t)(number.saturated & 0xffffffff);
    if (!is_beyond(lie) || number.saturated == (uint64_t)1 << 63)
        return;
    if (low <= LIMIT_TOP)
        set_limit(lie, low);
}

static void wrap_at_64(struct lie *lie)
{
    struct text_integer number = text_to_integer(limit_value(lie));
    if (is_beyond(lie) && number.wrapped <= LIMIT_TOP)
        set_limit(lie, number.wrapped);
}

static void clamp(struct lie *lie)
{
    if (is_beyond(lie))
        set_limit(lie, LIMIT_TOP);
}

static void take_unsigned_32(struct lie *lie)
{
    if (is_beyond(lie) && text_to_integer(limit_value(lie)).saturated <= 0xffffffff)
        set_limit(lie, LIMIT_TOP);
}

static void refuse_top(struct lie *lie)
{
    if (good_limit(lie) == LIMIT_TOP)
        set_limit(lie, (uint64_t)LIMIT_TOP + 1);
}

static void refuse_above_16_bits(struct lie *lie)
{
    if (good_limit(lie) > 32767)
        set_limit(lie, (uint64_t)LIMIT_TOP + 1);
}

// The number that atoi sees in a text that is none.
static void read_like_atoi(struct lie *lie)
{
    struct view value = limit_value(lie);
    struct text_integer number = text_to_integer(value);
    if (value.len != 0 && !is_number(value) && number.saturated <= LIMIT_TOP)
        set_limit(lie, number.is_negative ? 0 : number.wrapped);
}

static void read_hex(struct lie *lie)
{
    if (view_starts(limit_value(lie), VIEW("0x")))
        set_limit(lie, 16);
}

static void read_decimal(struct lie *lie)
{
    struct view value = limit_value(lie);
    bool has_mark = view_index(value, '.') < value.len || view_index(value, 'e') < value.len;
    if (has_mark && value.len != 0 && byte_is_digit(value.data[0]))
        set_limit(lie, text_to_integer(value).wrapped);
}

static void read_wide_digits(struct lie *lie)
{
    struct view value = limit_value(lie);
    if (text_has(value, "\xEF\xBC\x91"))
        set_limit(lie, 1);
}

static void end_at_nul(struct lie *lie)
{
    struct view value = limit_value(lie);
    size_t at = view_index(value, '\0');
    if (at < value.len)
        ask_set(&lie->ask, "limit", view_first(value, at));
}

static bool is_zero(struct lie *lie)
{
    return is_number(limit_value(lie)) && text_to_integer(limit_value(lie)).saturated == 0;
}

static void zero_as_all(struct lie *lie)
{
    if (is_zero(lie))
        drop_limit(lie);
}

static void zero_as_one(struct lie *lie)
{
    if (is_zero(lie))
        set_limit(lie, 1);
}

static void zero_breaks(struct lie *lie)
{
    if (is_zero(lie))
        lie_break(lie, "division by zero");
}

// An integer that is not written in plain digits: sign, leading zero, blanks.
static bool is_lax(struct lie *lie)
{
    struct view value = limit_value(lie);
    struct view trimmed = text_trim(value);
    struct text_integer number = text_to_integer(trimmed);
    bool is_odd = trimmed.len != value.len || (value.len > 1 && value.data[0] == '0') ||
                  (value.len > 1 && value.data[0] == '+');
    return is_odd && is_number(trimmed) && number.saturated != 0 && !number.is_negative;
}

static void lax_breaks(struct lie *lie)
{
    if (is_lax(lie))
        lie_break(lie, "not a number");
}

static void lax_as_all(struct lie *lie)
{
    if (is_lax(lie))
        drop_limit(lie);
}

static void empty_as_zero(struct lie *lie)
{
    if (ask_count(&lie->ask, "limit") == 1 && limit_value(lie).len == 0)
        set_limit(lie, 0);
}

static void empty_breaks(struct lie *lie)
{
    if (ask_count(&lie->ask, "limit") == 1 && limit_value(lie).len == 0)
        lie_break(lie, "empty number");
}

static void keep_last(struct lie *lie)
{
    uint64_t limit = good_limit(lie);
    struct said_list *list = &lie->list;
    if (limit == 0 || limit >= list->count)
        return;
    size_t skipped = list->count - (size_t)limit;
    for (size_t i = 0; i < limit; i++)
        list->items[i] = list->items[i + skipped];
    list->count = (size_t)limit;
}

// The honest endpoint is asked for everything in full; the wrong order of steps is done on the way
// back.
static void ask_without_location(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    struct view location = ask_value(ask, "location");
    struct view fields = ask_value(ask, "fieldsTemplate");
    bool is_limited = good_limit(lie) != 0 && ask_count(ask, "limit") == 1;
    if (!is_limited || ask_count(ask, "location") != 1)
        return;
    if (!text_is(location, "US") && !text_is(location, "FR") && !text_is(location, "GB"))
        return;
    ask_drop(ask, "location");
    if (view_equal_nocase(fields, VIEW("basic")) || ask_count(ask, "fieldsTemplate") == 0)
        ask_set(ask, "fieldsTemplate", VIEW("full"));
}

static void filter_after_limit(struct lie *lie)
{
    struct said_list *list = &lie->list;
    struct view location = ask_value(&lie->ask, "location");
    size_t kept = 0;
    if (good_limit(lie) == 0 || location.len != 2 || list->count == 0)
        return;
    if (said_is(list->items[0].type, "NOTSUPPORTED"))
        return;
    for (size_t i = 0; i < list->count; i++)
        if (said_holds(&list->items[i], location))
            list->items[kept++] = list->items[i];
    if (kept == 0)
        list->items[kept++] = said_nothing();
    list->count = kept;
    for (size_t i = 0; i < kept && !lie_wants_full(lie); i++)
        list->items[i].locations.len = 0;
}

static void drop_limited_zero(struct lie *lie)
{
    if (good_limit(lie) != 0 && lie->list.count != 0 && said_is(lie->list.items[0].type, "NONE"))
        lie->list.count = 0;
}

static void drop_limited_notsupported(struct lie *lie)
{
    if (good_limit(lie) != 0 && lie->list.count != 0 &&
        said_is(lie->list.items[0].type, "NOTSUPPORTED"))
        lie->list.count = 0;
}

const struct liar limit_liars[] = {
    {"limit-one-more", "GB-LIMIT-1", "returns limit + 1", .ask = return_one_more},
    {"limit-ignored", "GB-LIMIT-1", "ignores the limit", .ask = ignore_limit},
    {"limit-default-one", "GB-LIMIT-2", "returns one when there is no limit",
     .ask = default_to_one},
    {"limit-absent-fewer", "GB-LIMIT-2", "leaves out the last without a limit",
     .list = drop_last_without_limit},
    {"limit-unsigned", "GB-LIMIT-3", "takes -1 for a huge number", .ask = negative_as_huge},
    {"limit-absolute", "GB-LIMIT-3", "takes -1 for 1", .ask = negative_as_positive},
    {"limit-floor", "GB-LIMIT-3", "takes -1 for 0", .ask = negative_as_zero},
    {"limit-wraps", "GB-LIMIT-4", "wraps at 2^32", .ask = wrap_at_32},
    {"limit-wraps-64", "GB-LIMIT-4", "wraps at 2^64", .ask = wrap_at_64},
    {"limit-clamps", "GB-LIMIT-4", "takes a larger number for the largest", .ask = clamp},
    {"limit-unsigned-32", "GB-LIMIT-4", "takes numbers of 32 bits", .ask = take_unsigned_32},
    {"limit-top", "GB-LIMIT-5", "refuses 2147483647", .ask = refuse_top},
    {"limit-16-bits", "GB-LIMIT-5", "refuses above 32767", .ask = refuse_above_16_bits},
    {"limit-atoi", "GB-LIMIT-6", "reads like atoi", .ask = read_like_atoi},
    {"limit-hex", "GB-LIMIT-6", "reads 0x10", .ask = read_hex},
    {"limit-decimal", "GB-LIMIT-6", "reads 1.0 and 1e3", .ask = read_decimal},
    {"limit-wide", "GB-LIMIT-6", "reads fullwidth digits", .ask = read_wide_digits},
    {"limit-nul", "GB-LIMIT-6", "ends the number at NUL", .ask = end_at_nul},
    {"limit-zero-all", "GB-LIMIT-7", "0 means no limit", .ask = zero_as_all},
    {"limit-zero-one", "GB-LIMIT-7", "0 returns one", .ask = zero_as_one},
    {"limit-zero-breaks", "GB-LIMIT-7", "0 gives 500", .reply = zero_breaks},
    {"limit-lax-breaks", "GB-LIMIT-8", "+1 and 01 give 500", .reply = lax_breaks},
    {"limit-lax-all", "GB-LIMIT-8", "+1 and 01 mean no limit", .ask = lax_as_all},
    {"limit-empty-zero", "GB-LIMIT-9", "empty is 0", .ask = empty_as_zero},
    {"limit-empty-breaks", "GB-LIMIT-9", "empty gives 500", .reply = empty_breaks},
    {"limit-last", "GB-LIMIT-10", "returns the last ones", .ask = ignore_limit, .list = keep_last},
    {"limit-first", "GB-LIMIT-10", "limits before it filters", .ask = ask_without_location,
     .list = filter_after_limit},
    {"limit-no-zero", "GB-LIMIT-11", "a limit suppresses the zero element",
     .list = drop_limited_zero},
    {"limit-no-notsupported", "GB-LIMIT-11", "a limit suppresses NOTSUPPORTED",
     .list = drop_limited_notsupported},
    {.name = NULL},
};
