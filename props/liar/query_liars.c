// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static const char *const names[] = {"fieldsTemplate", "limit", "location"};

// The number 0..2 of a known parameter, or 3.
static unsigned name_number(struct view name)
{
    unsigned i = 0;
    while (i < 3 && !text_is(name, names[i]))
        i++;
    return i;
}

static bool is_bad_value(struct lie *lie, unsigned number, struct view raw)
{
    struct view value = text_decode(&lie->ask.space, raw);
    struct text_integer limit = text_to_integer(value);
    bool is_template =
        view_equal_nocase(value, VIEW("basic")) || view_equal_nocase(value, VIEW("full"));
    if (number == 0)
        return !is_template;
    if (number == 1)
        return !text_is_digits(value) || limit.saturated > 2147483647;
    return value.len != 0 && (value.len != 2 || !byte_is_letter(value.data[0]) ||
                              !byte_is_letter(value.data[1]) || text_is(value, "ZZ"));
}

// Parameters are looked for in one order; one that comes earlier is missed.
static void read_in_order(struct lie *lie)
{
    struct view rest = ask_items(&lie->ask);
    struct ask_item item;
    unsigned next = 0;
    bool is_missed[3] = {false, false, false};
    while (ask_next(&rest, &item)) {
        unsigned number = name_number(item.name);
        if (number < next)
            is_missed[number] = true;
        else if (number < 3)
            next = number;
    }
    for (unsigned i = 0; i < 3; i++)
        if (is_missed[i])
            ask_drop(&lie->ask, names[i]);
}

static bool has_repeat(const struct lie *lie)
{
    for (unsigned i = 0; i < 3; i++)
        if (ask_count(&lie->ask, names[i]) > 1)
            return true;
    return false;
}

// The first value is checked, the last one is used: a bad one gets through.
static void check_first_use_last(struct lie *lie)
{
    static const char *const used[] = {"basic", "2147483647", "AQ"};
    for (unsigned i = 0; i < 3; i++) {
        if (ask_count(&lie->ask, names[i]) < 2)
            continue;
        ask_drop(&lie->ask, names[i]);
        ask_set(&lie->ask, names[i], view_of_text(used[i]));
    }
}

static void repeat_breaks(struct lie *lie)
{
    if (has_repeat(lie))
        lie_break(lie, "duplicate key");
}

static bool has_stranger(const struct lie *lie)
{
    struct view rest = ask_items(&lie->ask);
    struct ask_item item;
    while (ask_next(&rest, &item))
        if (item.name.len != 0 && name_number(item.name) == 3)
            return true;
    return false;
}

static void unknown_breaks(struct lie *lie)
{
    if (has_stranger(lie))
        lie_break(lie, "no such property");
}

static void unknown_as_404(struct lie *lie)
{
    if (has_stranger(lie) && lie_is_served(lie))
        reply_refuse(&lie->reply, 404, "no such route");
}

static void unknown_as_full(struct lie *lie)
{
    if (has_stranger(lie) && ask_count(&lie->ask, "fieldsTemplate") == 0)
        ask_set(&lie->ask, "fieldsTemplate", VIEW("full"));
}

static bool has_other_case(struct lie *lie)
{
    struct view rest = ask_items(&lie->ask);
    struct ask_item item;
    while (ask_next(&rest, &item))
        for (unsigned i = 0; i < 3; i++)
            if (view_equal_nocase(item.name, view_of_text(names[i])) &&
                !text_is(item.name, names[i]))
                return true;
    return false;
}

static void other_case_breaks(struct lie *lie)
{
    if (has_other_case(lie))
        lie_break(lie, "key not found");
}

static void other_case_as_404(struct lie *lie)
{
    if (has_other_case(lie) && lie_is_served(lie))
        reply_refuse(&lie->reply, 404, "key not found");
}

static bool has_broken_escape(struct lie *lie)
{
    struct view query = lie->ask.query;
    for (size_t i = 0; i < query.len; i++)
        if (query.data[i] == '%' && (query.len - i < 3 || byte_hex(query.data[i + 1]) < 0 ||
                                     byte_hex(query.data[i + 2]) < 0))
            return true;
    return false;
}

static void escape_breaks(struct lie *lie)
{
    if (has_broken_escape(lie))
        lie_break(lie, "index out of range");
}

static void escape_silences(struct lie *lie) { lie->reply.is_silent = has_broken_escape(lie); }

static bool has_escape(const struct lie *lie)
{
    return view_index(lie->ask.query, '%') < lie->ask.query.len;
}

static void never_decode(struct lie *lie)
{
    if (has_escape(lie) && lie_is_served(lie))
        reply_refuse(&lie->reply, 400, "query");
}

// Behind the first good parameter nothing is checked any more: what is bad there is ignored.
static void stop_at_first_good(struct lie *lie)
{
    struct view rest = ask_items(&lie->ask);
    struct ask_item item;
    bool saw_good = false;
    bool is_skipped[3] = {false, false, false};
    while (ask_next(&rest, &item)) {
        unsigned number = name_number(item.name);
        if (number == 3)
            continue;
        bool is_bad = is_bad_value(lie, number, item.value);
        saw_good = saw_good || !is_bad;
        is_skipped[number] = is_bad && saw_good;
    }
    for (unsigned i = 0; i < 3; i++)
        if (is_skipped[i])
            ask_drop(&lie->ask, names[i]);
}

// Two bad parameters cancel each other: the errors are counted in one bit.
static void cancel_two_bad(struct lie *lie)
{
    unsigned bad_count = 0;
    for (unsigned i = 0; i < 3; i++) {
        bool is_there = ask_count(&lie->ask, names[i]) == 1;
        if (is_there && is_bad_value(lie, i, ask_value(&lie->ask, names[i])))
            bad_count++;
    }
    for (unsigned i = 0; i < 3 && bad_count == 2; i++)
        ask_drop(&lie->ask, names[i]);
}

static void constant_text(struct lie *lie)
{
    if (lie->reply.status == 400)
        reply_say(&lie->reply, 400, "text/plain", VIEW("bad request"));
}

static void blame_other(struct lie *lie)
{
    if (lie->reply.status != 400)
        return;
    unsigned blamed = 3;
    for (unsigned i = 0; i < 3; i++)
        if (text_has(lie->reply.body, names[i]))
            blamed = i;
    if (blamed == 3)
        return;
    reply_refuse(&lie->reply, 400, names[(blamed + 1) % 3]);
}

static void flap(struct lie *lie)
{
    if (lie->reply.status == 400 && lie_role(lie) == ROLE_U && lie->count % 2 == 0)
        reply_refuse(&lie->reply, 404, "no such SIM");
}

static void two_defects_break(struct lie *lie)
{
    bool is_odd_sim = lie_role(lie) == ROLE_U || lie_role(lie) == ROLE_N;
    if (lie->reply.status == 400 && is_odd_sim)
        lie_break(lie, "unexpected state");
}

static void refuse_1_kib(struct lie *lie)
{
    if (lie->ask.path.len + lie->ask.query.len > 1024)
        reply_refuse(&lie->reply, 414, "the target is too long");
}

static void cut_at_4_kib(struct lie *lie)
{
    if (lie->ask.query.len > 4096)
        lie_break(lie, "buffer too small");
}

static void long_silences(struct lie *lie) { lie->reply.is_silent = lie->ask.query.len > 6000; }

const struct liar query_liars[] = {
    {"query-in-order", "GB-QRY-1", "reads parameters in one order only", .ask = read_in_order},
    {"query-repeat-mixed", "GB-QRY-2", "checks the first value, uses the last",
     .ask = check_first_use_last},
    {"query-repeat-breaks", "GB-QRY-2", "a repeated parameter gives 500", .reply = repeat_breaks},
    {"query-unknown-breaks", "GB-QRY-3", "an unknown parameter gives 500", .reply = unknown_breaks},
    {"query-unknown-404", "GB-QRY-3", "an unknown parameter gives 404", .reply = unknown_as_404},
    {"query-unknown-full", "GB-QRY-3", "an unknown parameter changes the fields",
     .ask = unknown_as_full},
    {"query-case-breaks", "GB-QRY-4", "another casing of a name gives 500",
     .reply = other_case_breaks},
    {"query-case-404", "GB-QRY-4", "another casing of a name gives 404",
     .reply = other_case_as_404},
    {"query-escape-breaks", "GB-QRY-5", "a broken escape gives 500", .reply = escape_breaks},
    {"query-escape-silent", "GB-QRY-5", "a broken escape gets no answer", .reply = escape_silences},
    {"query-undecoded", "GB-QRY-5", "a good escape is refused", .reply = never_decode},
    {"query-first-good", "GB-QRY-6", "checks up to the first good parameter",
     .ask = stop_at_first_good},
    {"query-two-bad", "GB-QRY-6", "two bad parameters cancel each other", .ask = cancel_two_bad},
    {"query-constant", "GB-QRY-7", "says bad request and no more", .reply = constant_text},
    {"query-blames-other", "GB-QRY-7", "names another parameter", .reply = blame_other},
    {"query-flaps", "GB-QRY-8", "answers 400 and 404 in turn", .reply = flap},
    {"query-two-break", "GB-QRY-8", "fails when two things are wrong", .reply = two_defects_break},
    {"query-1-kib", "GB-QRY-9", "refuses targets above 1 KiB", .reply = refuse_1_kib},
    {"query-4-kib", "GB-QRY-9", "fails at queries above 4 KiB", .reply = cut_at_4_kib},
    {"query-long-silent", "GB-QRY-9", "gives no answer to long queries", .reply = long_silences},
    {.name = NULL},
};
