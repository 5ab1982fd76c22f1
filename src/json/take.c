// SPDX-License-Identifier: Apache-2.0
#include "value/decimal.h"
#include "json/reader.h"

// Each callback returns 1 to go on and 0 when the token is refused.

static int refuse(struct bp_json_reader *r, enum bp_reason reason)
{
    r->reason = reason;
    return 0;
}

static size_t end_of_token(const struct bp_json_reader *r)
{
    return r->given_len + yajl_get_bytes_consumed(r->yajl);
}

// yajl shows octets in the text, or in a buffer of its own when it decoded them or when the
// token was the first of a piece. Then they are put where the token ends in the text, where
// they fit because decoding makes no string longer. `quote_len` is what stands behind them in
// the text.
static inline struct view keep_octets(struct bp_json_reader *r, const unsigned char *octets,
                                      size_t len, size_t quote_len)
{
    uintptr_t offset = (uintptr_t)octets - (uintptr_t)r->text;
    if (offset <= r->len_max) {
        r->token_end = offset + len + quote_len;
    } else {
        r->token_end = end_of_token(r);
        offset = r->token_end - quote_len - len;
        memcpy(r->text + offset, octets, len);
    }
    return view_of(r->text + offset, len);
}

static inline struct bp_json_node *append_node(struct bp_json_reader *r, enum bp_json_kind kind)
{
    if (r->node_count == r->node_count_max) {
        r->reason = BP_REASON_JSON_SPACE;
        return NULL;
    }
    struct bp_json_node *node = &r->nodes[r->node_count++];
    node->kind = kind;
    node->count = 0;
    node->next = (uint32_t)r->node_count;
    node->name = r->name;
    node->text = view_of(NULL, 0);
    node->number = 0;
    r->name = view_of(NULL, 0);
    r->accepted = r->token_end;
    r->container->count++;
    return node;
}

static int take_literal(struct bp_json_reader *r, enum bp_json_kind kind)
{
    r->token_end = end_of_token(r);
    return append_node(r, kind) != NULL;
}

static int take_null(void *context) { return take_literal(context, BP_JSON_NULL); }

static int take_boolean(void *context, int value)
{
    return take_literal(context, value ? BP_JSON_TRUE : BP_JSON_FALSE);
}

static int take_number(void *context, const char *octets, size_t len)
{
    struct bp_json_reader *r = context;
    struct view text = keep_octets(r, (const unsigned char *)octets, len, 0);
    double number;
    if (!bp_decimal_read(&number, text))
        return refuse(r, BP_REASON_JSON_NUMBER);
    struct bp_json_node *node = append_node(r, BP_JSON_NUMBER);
    if (node == NULL)
        return 0;
    node->text = text;
    node->number = number;
    return 1;
}

static int take_string(void *context, const unsigned char *octets, size_t len)
{
    struct bp_json_reader *r = context;
    struct view text = keep_octets(r, octets, len, 1);
    struct bp_json_node *node = append_node(r, BP_JSON_STRING);
    if (node == NULL)
        return 0;
    node->text = text;
    return 1;
}

static int take_name(void *context, const unsigned char *octets, size_t len)
{
    struct bp_json_reader *r = context;
    struct view name = keep_octets(r, octets, len, 1);
    bool is_new;
    if (r->container->count < BP_NAMES_FEW)
        is_new = !bp_names_has(r->container, r->nodes, name);
    else
        is_new = bp_names_add(&r->names, r->container, r->nodes, name, (uint32_t)r->node_count);
    if (!is_new)
        return refuse(r, BP_REASON_JSON_DUPLICATE);
    r->name = name;
    r->accepted = r->token_end;
    return 1;
}

static int open_container(struct bp_json_reader *r, enum bp_json_kind kind)
{
    if (r->depth == BP_JSON_DEPTH_MAX)
        return refuse(r, BP_REASON_JSON_DEPTH);
    if (!take_literal(r, kind))
        return 0;
    r->outer[r->depth++] = r->container;
    r->container = &r->nodes[r->node_count - 1];
    return 1;
}

static int open_object(void *context) { return open_container(context, BP_JSON_OBJECT); }

static int open_array(void *context) { return open_container(context, BP_JSON_ARRAY); }

static int close_container(void *context)
{
    struct bp_json_reader *r = context;
    r->container->next = (uint32_t)r->node_count;
    r->container = r->outer[--r->depth];
    r->accepted = end_of_token(r);
    return 1;
}

const yajl_callbacks bp_json_callbacks = {
    .yajl_null = take_null,
    .yajl_boolean = take_boolean,
    .yajl_number = take_number,
    .yajl_string = take_string,
    .yajl_start_map = open_object,
    .yajl_map_key = take_name,
    .yajl_end_map = close_container,
    .yajl_start_array = open_array,
    .yajl_end_array = close_container,
};
