// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/signature.h"

uint64_t digest_mix(uint64_t a, uint64_t b)
{
    uint64_t z = a + 0x9E3779B97F4A7C15u + b * 0xD6E8FEB86659FD93u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

// Each run of digits counts as one: numbers in names are values.
static uint64_t name_digest(struct view name)
{
    uint64_t digest = 14695981039346656037u;
    bool was_digit = false;
    for (size_t i = 0; i < name.len; i++) {
        bool is_digit = byte_is_digit(name.data[i]);
        unsigned char octet = is_digit ? '0' : (unsigned char)name.data[i];
        if (!is_digit || !was_digit)
            digest = (digest ^ octet) * 1099511628211u;
        was_digit = is_digit;
    }
    return digest;
}

// Names of fields are the same in small letters.
static uint64_t field_digest(struct view name)
{
    char space[64];
    struct buf low = BUF(space);
    for (size_t i = 0; i < name.len && i < sizeof space; i++)
        buf_put_byte(&low, byte_lower(name.data[i]));
    return name_digest(buf_view(&low));
}

static uint64_t object_digest(const struct shaper *shaper, const struct bp_json_node *nodes,
                              const struct bp_json_node *object)
{
    uint64_t sum = 0;
    for (const struct bp_json_node *n = bp_json_first(object); n != NULL;
         n = bp_json_next(nodes, object, n))
        sum += digest_mix(name_digest(n->name), shaper->digests[n - nodes]);
    return digest_mix(BP_JSON_OBJECT, sum);
}

// The least and the greatest digest and a bit for each: neither order nor number counts.
static uint64_t array_digest(const struct shaper *shaper, const struct bp_json_node *nodes,
                             const struct bp_json_node *array)
{
    uint64_t least = UINT64_MAX;
    uint64_t greatest = 0;
    uint64_t bits = 0;
    for (const struct bp_json_node *n = bp_json_first(array); n != NULL;
         n = bp_json_next(nodes, array, n)) {
        uint64_t digest = shaper->digests[n - nodes];
        least = digest < least ? digest : least;
        greatest = digest > greatest ? digest : greatest;
        bits |= (uint64_t)1 << digest % 64;
    }
    return digest_mix(digest_mix(BP_JSON_ARRAY, least), digest_mix(greatest, bits));
}

uint64_t shape_digest(struct shaper *shaper, const struct bp_json_node *nodes, size_t node_count)
{
    for (size_t i = node_count; i != 0; i--) {
        const struct bp_json_node *node = &nodes[i - 1];
        enum bp_json_kind kind = node->kind == BP_JSON_TRUE ? BP_JSON_FALSE : node->kind;
        uint64_t *digest = &shaper->digests[i - 1];
        if (kind == BP_JSON_OBJECT)
            *digest = object_digest(shaper, nodes, node);
        else if (kind == BP_JSON_ARRAY)
            *digest = array_digest(shaper, nodes, node);
        else
            *digest = digest_mix(kind, 0);
    }
    return node_count == 0 ? 0 : shaper->digests[0];
}

static uint64_t fields_digest(const struct bp_head *head)
{
    uint64_t digests[BP_FIELD_COUNT_MAX];
    uint64_t sum = 0;
    for (unsigned i = 0; i < head->field_count; i++) {
        digests[i] = field_digest(head->fields[i].name);
        unsigned first = 0;
        while (digests[first] != digests[i])
            first++;
        if (first == i)
            sum += digest_mix(digests[i], 1);
    }
    return sum;
}

static enum signature_end end_of(const struct bp_end *end)
{
    switch ((enum bp_end_kind)end->kind) {
    case BP_END_NONE:
        return SIGNATURE_KEPT;
    case BP_END_CLOSED:
    case BP_END_EOF:
        return SIGNATURE_CLOSED;
    case BP_END_RESET:
        return SIGNATURE_RESET;
    case BP_END_ALERT:
        return SIGNATURE_ALERT;
    case BP_END_TIMEOUT:
        return SIGNATURE_TIMEOUT;
    default:
        return SIGNATURE_BROKEN;
    }
}

static void read_body(struct signature *out, struct shaper *shaper, const struct exchange *x)
{
    if (x->has_json) {
        out->body = SIGNATURE_JSON;
        out->shape = shape_digest(shaper, x->nodes, x->node_count);
    } else if (x->body.len != 0) {
        out->body = SIGNATURE_TEXT;
        for (size_t len = x->body.len; len != 0; len >>= 1)
            out->len_bits++;
    }
}

void signature_read(struct signature *out, struct shaper *shaper, const struct exchange *x,
                    const struct bp_end *end)
{
    *out = (struct signature){.fate = (uint8_t)x->fate, .end = (uint8_t)end_of(end)};
    if (x->fate == FATE_MALFORMED)
        out->reason = (uint16_t)x->fault.reason;
    if (x->fate != FATE_ANSWERED)
        return;
    out->status = (uint16_t)x->status;
    out->has_rest = x->rest.len != 0;
    out->fields = fields_digest(&x->head);
    read_body(out, shaper, x);
}

uint64_t signature_key(const struct signature *signature)
{
    uint64_t small = (uint64_t)signature->status << 48 | (uint64_t)signature->reason << 32 |
                     (uint64_t)signature->fate << 24 | (uint64_t)signature->end << 16 |
                     (uint64_t)signature->body << 8 | (uint64_t)signature->len_bits;
    uint64_t rest = (uint64_t)signature->tempo << 1 | (uint64_t)signature->has_rest;
    return digest_mix(digest_mix(small, rest), digest_mix(signature->shape, signature->fields));
}

bool signature_is_bad(const struct signature *signature)
{
    if (signature->fate != FATE_ANSWERED || signature->status >= 500)
        return true;
    return signature->end == SIGNATURE_RESET || signature->end == SIGNATURE_ALERT;
}

const char *signature_end_name(enum signature_end end)
{
    static const char *const names[SIGNATURE_END_COUNT] = {
        [SIGNATURE_KEPT] = "kept",   [SIGNATURE_CLOSED] = "closed",   [SIGNATURE_RESET] = "reset",
        [SIGNATURE_ALERT] = "alert", [SIGNATURE_TIMEOUT] = "timeout", [SIGNATURE_BROKEN] = "broken",
    };
    return names[end];
}

const char *signature_body_name(enum signature_body body)
{
    static const char *const names[SIGNATURE_BODY_COUNT] = {
        [SIGNATURE_EMPTY] = "none", [SIGNATURE_JSON] = "JSON", [SIGNATURE_TEXT] = "text"};
    return names[body];
}
