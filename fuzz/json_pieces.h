// SPDX-License-Identifier: Apache-2.0
// JSON texts read whole and in pieces, by one of two readers.
#ifndef BP_FUZZ_JSON_PIECES_H
#define BP_FUZZ_JSON_PIECES_H

#include "fuzz.h"
#include "json_model.h"
#include "json/arena.h"
#include "json/json_read.h"

enum { JSON_PIECES_LEN_MAX = 1 << 19, JSON_PIECES_NODE_COUNT_MAX = 1 << 16 };

// A json_outcome is what became of a text. The nodes live until its reader is used again.
struct json_outcome {
    bool ok;
    struct bp_fault fault;
    size_t offset;
    const struct bp_json_node *nodes;
    size_t count;
};

static inline void *json_space(unsigned which)
{
    static void *spaces[2];
    if (spaces[which] == NULL)
        spaces[which] =
            aligned_alloc(16, bp_json_space(JSON_PIECES_LEN_MAX, JSON_PIECES_NODE_COUNT_MAX));
    return spaces[which];
}

static inline void json_ended(struct json_outcome *o, const struct bp_json_reader *reader)
{
    o->offset = bp_json_offset(reader);
    FUZZ_ASSERT(bp_json_arena(reader)->failure_count == 0);
}

// json_read_whole reads `text` at once with reader `which`, opened for these limits.
static inline struct json_outcome json_read_whole(unsigned which, struct view text, size_t len_max,
                                                  size_t node_count_max)
{
    struct json_outcome o = {0};
    struct bp_json_reader *reader = bp_json_open(json_space(which), len_max, node_count_max);
    o.ok = bp_json_read(reader, &o.fault, &o.nodes, &o.count, text);
    json_ended(&o, reader);
    return o;
}

// json_outcome_is_same says whether both texts have the same nodes or are refused for one reason.
static inline bool json_outcome_is_same(const struct json_outcome *a, const struct json_outcome *b)
{
    if (a->ok != b->ok)
        return false;
    return a->ok ? json_model_same(a->nodes, a->count, b->nodes, b->count)
                 : a->fault.reason == b->fault.reason;
}

// json_read_pieces feeds `text` to reader 1: `first` bytes, and then `step` at a time. A reader
// that has refused goes on refusing.
static inline struct json_outcome json_read_pieces(struct view text, size_t len_max, size_t first,
                                                   size_t step)
{
    struct json_outcome o = {.ok = true};
    struct bp_json_reader *reader = bp_json_open(json_space(1), len_max, text.len);
    for (size_t len = first; o.ok && text.len != 0; len = step) {
        len = len < text.len ? len : text.len;
        o.ok = bp_json_feed(reader, &o.fault, view_first(text, len));
        text = view_from(text, len);
    }
    o.ok = o.ok && bp_json_finish(reader, &o.fault, &o.nodes, &o.count);
    enum bp_reason reason = o.fault.reason;
    FUZZ_ASSERT(o.ok || !bp_json_feed(reader, &o.fault, VIEW(" ")));
    FUZZ_ASSERT(o.ok || !bp_json_finish(reader, &o.fault, &o.nodes, &o.count));
    FUZZ_ASSERT(o.ok || o.fault.reason == reason);
    json_ended(&o, reader);
    return o;
}

#endif
