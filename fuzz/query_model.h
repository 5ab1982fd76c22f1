// SPDX-License-Identifier: Apache-2.0
// A second reading of query strings, slow and on its own: every item is decoded into space of its
// own first, and a limit is compared as text.
#ifndef BP_FUZZ_QUERY_MODEL_H
#define BP_FUZZ_QUERY_MODEL_H

#include "base/reason.h"
#include "http/query.h"
#include "value/country.h"

enum { QUERY_MODEL_LEN_MAX = 1 << 14 };

struct query_model {
    struct bp_query query;
    bool is_seen[3];
};

struct model_text {
    char data[QUERY_MODEL_LEN_MAX];
    size_t len;
    bool is_good; // no percent sign without its digits; one stands for itself otherwise
};

static inline void model_decode(struct model_text *out, struct view raw)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    out->len = 0;
    out->is_good = true;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.data[i];
        if (c == '%') {
            struct view pair = view_first(view_from(raw, i), raw.len - i < 3 ? raw.len - i : 3);
            size_t high = pair.len < 3 ? 32 : view_index(view_of(digits, 32), pair.data[1]);
            size_t low = pair.len < 3 ? 32 : view_index(view_of(digits, 32), pair.data[2]);
            out->is_good = out->is_good && high < 32 && low < 32;
            if (high < 32 && low < 32) {
                c = (char)(high % 16 * 16 + low % 16);
                i += 2;
            }
        }
        out->data[out->len++] = c;
    }
}

static inline bool model_is(const struct model_text *text, const char *word)
{
    return view_equal(view_of(text->data, text->len), view_of_text(word));
}

static inline enum bp_reason model_limit(struct bp_query *out, const struct model_text *value)
{
    static const char most[] = "2147483647";
    size_t begin = value->len > 1 && value->data[0] == '-' ? 1 : 0;
    for (size_t i = begin; i < value->len; i++)
        if (value->data[i] < '0' || value->data[i] > '9')
            return BP_REASON_LIMIT_SYNTAX;
    if (begin == 1)
        return BP_REASON_LIMIT_NEGATIVE;
    while (begin + 1 < value->len && value->data[begin] == '0')
        begin++;
    size_t len = value->len - begin;
    if (len > 10 || (len == 10 && memcmp(value->data + begin, most, 10) > 0))
        return BP_REASON_LIMIT_BEYOND;
    int64_t number = 0;
    for (size_t i = begin; i < value->len; i++)
        number = number * 10 + (value->data[i] - '0');
    out->has_limit = true;
    out->limit_count = (int32_t)number;
    return BP_REASON_NONE;
}

static inline enum bp_reason model_location(struct bp_query *out, const struct model_text *value)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (value->len != 2)
        return BP_REASON_LOCATION_SYNTAX;
    for (size_t i = 0; i < 2; i++) {
        size_t index = view_index(view_of(letters, 52), value->data[i]);
        if (index == 52)
            return BP_REASON_LOCATION_SYNTAX;
        out->location[i] = letters[index % 26];
    }
    out->has_location = bp_country_is_assigned(out->location);
    return out->has_location ? BP_REASON_NONE : BP_REASON_LOCATION_UNKNOWN;
}

static inline enum bp_reason model_fields(struct bp_query *out, struct model_text *value)
{
    for (size_t i = 0; i < value->len; i++)
        value->data[i] = byte_lower(value->data[i]);
    out->fields = model_is(value, "full") ? BP_FIELDS_FULL : BP_FIELDS_BASIC;
    bool is_known = model_is(value, "full") || model_is(value, "basic");
    return is_known ? BP_REASON_NONE : BP_REASON_FIELDS_UNKNOWN;
}

static inline enum bp_reason model_item(struct query_model *model, struct view item)
{
    static const char *const names[3] = {"fieldsTemplate", "limit", "location"};
    static const enum bp_reason reasons[3][3] = {
        {BP_REASON_FIELDS_TWICE, BP_REASON_FIELDS_UNKNOWN, BP_REASON_FIELDS_EMPTY},
        {BP_REASON_LIMIT_TWICE, BP_REASON_LIMIT_SYNTAX, BP_REASON_LIMIT_EMPTY},
        {BP_REASON_LOCATION_TWICE, BP_REASON_LOCATION_SYNTAX, BP_REASON_NONE},
    };
    static struct model_text name;
    static struct model_text value;
    size_t equals = view_index(item, '=');
    model_decode(&name, view_first(item, equals));
    model_decode(&value, view_from(item, equals == item.len ? equals : equals + 1));
    for (unsigned i = 0; i < 3; i++) {
        if (!name.is_good || !model_is(&name, names[i]))
            continue;
        if (model->is_seen[i])
            return reasons[i][0];
        model->is_seen[i] = true;
        if (!value.is_good)
            return reasons[i][1];
        if (value.len == 0)
            return reasons[i][2];
        if (i == 0)
            return model_fields(&model->query, &value);
        return i == 1 ? model_limit(&model->query, &value) : model_location(&model->query, &value);
    }
    return name.is_good && value.is_good ? BP_REASON_NONE : BP_REASON_QUERY_ESCAPE;
}

// query_model_read gives the reason of the first bad item, or NONE and the query.
static inline enum bp_reason query_model_read(struct query_model *model, struct view raw)
{
    enum bp_reason reason = BP_REASON_NONE;
    *model = (struct query_model){.query = {.fields = BP_FIELDS_BASIC}};
    while (raw.len != 0 && reason == BP_REASON_NONE) {
        size_t len = view_index(raw, '&');
        if (len != 0)
            reason = model_item(model, view_first(raw, len));
        raw = view_from(raw, len == raw.len ? len : len + 1);
    }
    return reason;
}

static inline bool query_model_same(const struct bp_query *a, const struct bp_query *b)
{
    return a->fields == b->fields && a->has_limit == b->has_limit &&
           a->has_location == b->has_location &&
           (!a->has_limit || a->limit_count == b->limit_count) &&
           (!a->has_location || memcmp(a->location, b->location, 2) == 0);
}

#endif
