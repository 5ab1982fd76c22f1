// SPDX-License-Identifier: Apache-2.0
#include "http/query.h"

#include "http/octet.h"
#include "http/target.h"
#include "value/country.h"

enum parameter { FIELDS, LIMIT, LOCATION, PARAMETER_COUNT };

// An item is what stands between two '&'.
struct item {
    struct view whole;
    struct view name;
    struct view value; // behind the first '='; empty when there is none
};

static struct item split_item(struct view whole)
{
    size_t name_len = view_index(whole, '=');
    size_t value_at = name_len == whole.len ? name_len : name_len + 1;
    return (struct item){whole, view_first(whole, name_len), view_from(whole, value_at)};
}

// Decodes at most `cap` octets of `raw` into `text`; `*fits` says whether that was all.
static struct view decode_short(bool *fits, char *text, size_t cap, struct view raw)
{
    size_t len = 0;
    while (raw.len != 0 && len < cap)
        text[len++] = bp_percent_take(&raw);
    *fits = raw.len == 0;
    return view_of(text, len);
}

// The parameter called `name`, or PARAMETER_COUNT.
static enum parameter find_plain(struct view name)
{
    if (view_equal(name, VIEW("limit")))
        return LIMIT;
    if (view_equal(name, VIEW("location")))
        return LOCATION;
    return view_equal(name, VIEW("fieldsTemplate")) ? FIELDS : PARAMETER_COUNT;
}

// Spelt with percent signs it is the same parameter.
static enum parameter find_encoded(struct view name)
{
    char text[sizeof "fieldsTemplate"];
    bool fits;
    name = decode_short(&fits, text, sizeof text, name);
    return fits ? find_plain(name) : PARAMETER_COUNT;
}

static enum bp_reason read_fields(struct bp_query *out, struct view raw)
{
    char text[5];
    bool fits;
    struct view value = decode_short(&fits, text, sizeof text, raw);
    if (!fits)
        return BP_REASON_FIELDS_UNKNOWN;
    if (value.len == 5 && bp_octet_is_word(text, "basic", 5))
        out->fields = BP_FIELDS_BASIC;
    else if (value.len == 4 && bp_octet_is_word(text, "full", 4))
        out->fields = BP_FIELDS_FULL;
    else
        return BP_REASON_FIELDS_UNKNOWN;
    return BP_REASON_NONE;
}

static enum bp_reason read_limit(struct bp_query *out, struct view raw)
{
    struct view rest = raw;
    bool is_negative = bp_percent_take(&rest) == '-' && rest.len != 0;
    if (!is_negative)
        rest = raw;
    int64_t limit = 0;
    while (rest.len != 0) {
        char c = bp_percent_take(&rest);
        if (!byte_is_digit(c))
            return BP_REASON_LIMIT_SYNTAX;
        limit = limit > INT32_MAX ? limit : limit * 10 + (c - '0');
    }
    if (is_negative)
        return BP_REASON_LIMIT_NEGATIVE;
    if (limit > INT32_MAX)
        return BP_REASON_LIMIT_BEYOND;
    out->has_limit = true;
    out->limit_count = (int32_t)limit;
    return BP_REASON_NONE;
}

static enum bp_reason read_location(struct bp_query *out, struct view raw)
{
    char text[2];
    bool fits;
    struct view value = decode_short(&fits, text, sizeof text, raw);
    if (!fits || value.len != 2 || !byte_is_letter(text[0]) || !byte_is_letter(text[1]))
        return BP_REASON_LOCATION_SYNTAX;
    out->has_location = bp_country_read(out->location, value);
    return out->has_location ? BP_REASON_NONE : BP_REASON_LOCATION_UNKNOWN;
}

static const struct {
    enum bp_reason twice;
    enum bp_reason empty;
    enum bp_reason (*read)(struct bp_query *out, struct view raw);
} parameters[PARAMETER_COUNT] = {
    [FIELDS] = {BP_REASON_FIELDS_TWICE, BP_REASON_FIELDS_EMPTY, read_fields},
    [LIMIT] = {BP_REASON_LIMIT_TWICE, BP_REASON_LIMIT_EMPTY, read_limit},
    [LOCATION] = {BP_REASON_LOCATION_TWICE, BP_REASON_NONE, read_location},
};

// A bad percent sign stands for itself in the value of a parameter, which makes it a bad value.
static bool read_item(struct bp_query *out, unsigned *seen, struct bp_fault *fault,
                      struct item item, bool has_escape)
{
    enum parameter parameter = has_escape ? find_encoded(item.name) : find_plain(item.name);
    if (parameter == PARAMETER_COUNT) {
        size_t bad_at = has_escape ? bp_percent_find_bad(item.whole) : item.whole.len;
        struct view bad = view_from(item.whole, bad_at);
        if (bad.len != 0)
            return bp_refuse(fault, BP_REASON_QUERY_ESCAPE,
                             view_first(bad, bad.len < 3 ? bad.len : 3));
        return true;
    }
    if ((*seen >> parameter & 1) != 0)
        return bp_refuse(fault, parameters[parameter].twice, item.whole);
    *seen |= 1U << parameter;
    enum bp_reason reason = item.value.len == 0 ? parameters[parameter].empty
                                                : parameters[parameter].read(out, item.value);
    if (reason != BP_REASON_NONE)
        return bp_refuse(fault, reason, item.value.len == 0 ? item.whole : item.value);
    return true;
}

bool bp_query_read(struct bp_query *out, struct bp_fault *fault, struct view raw)
{
    *out = (struct bp_query){.fields = BP_FIELDS_BASIC};
    unsigned seen = 0;
    bool has_escape = view_index(raw, '%') != raw.len;
    while (raw.len != 0) {
        size_t len = view_index(raw, '&');
        if (!read_item(out, &seen, fault, split_item(view_first(raw, len)), has_escape))
            return false;
        raw = view_from(raw, len == raw.len ? len : len + 1);
    }
    return true;
}
