// SPDX-License-Identifier: Apache-2.0
// A strict JSON reader (RFC 8259) that turns a text into a flat array of nodes.
//
//     {"balances":[{"type":"NONE","dataRemainingInMB":0,"timeRemaining":"PT0S"}]}
//
// yajl splits the text into tokens; everything it is too kind about is refused by a layer of our
// own (strict.h): UTF-8 that is not well formed, halves of surrogate pairs, depth, size, and, once
// a token is known, duplicate member names and numbers beyond a double. yajl allocates from a
// bounded arena inside the caller's space and can never run out of it (arena.h).
#ifndef BP_JSON_JSON_READ_H
#define BP_JSON_JSON_READ_H

#include "base/bounds.h"
#include "base/reason.h"
#include "base/view.h"

enum bp_json_kind {
    BP_JSON_NULL,
    BP_JSON_FALSE,
    BP_JSON_TRUE,
    BP_JSON_NUMBER,
    BP_JSON_STRING,
    BP_JSON_ARRAY,
    BP_JSON_OBJECT
};

// A bp_json_node is one value. Nodes stand in the order of the text: node 0 is the whole text, the
// first child of a container is the node behind it, and `next` skips over a value's children.
struct bp_json_node {
    enum bp_json_kind kind;
    uint32_t count;   // children of an array or object
    uint32_t next;    // index of the node behind this value and its children
    struct view name; // member name, decoded; meaningful for children of an object
    struct view text; // STRING: decoded octets; NUMBER: the literal as written
    double number;    // NUMBER
};

struct bp_json_reader; // opaque; lives at the start of the caller's space

// bp_json_space is how many bytes of space a reader needs for texts of at most `len_max` bytes
// (at most BP_JSON_LEN_MAX) with at most `node_count_max` values. Aligned to 16.
size_t bp_json_space(size_t len_max, size_t node_count_max);

// bp_json_open makes a reader in `space` (bp_json_space(len_max, node_count_max) bytes, aligned to
// 16). Nothing needs to be closed: the space is the caller's. A reader may be reused for any number
// of texts.
struct bp_json_reader *bp_json_open(void *space, size_t len_max, size_t node_count_max);

// bp_json_start forgets the former text; nodes and views of it become invalid.
void bp_json_start(struct bp_json_reader *reader);

// bp_json_feed takes the next bytes of the text. Any split gives the same nodes and the same
// refusal. It returns false with a fault at the first offence; `fault->where` is the part of it
// that lies within `bytes`, perhaps empty, and the reader refuses all further bytes. Cost: linear.
BP_MUST_USE bool bp_json_feed(struct bp_json_reader *reader, struct bp_fault *fault,
                              struct view bytes);

// bp_json_finish says that the text is whole. On success `*nodes` and `*node_count` describe it
// until the next bp_json_start; views point into the reader's space, not into the text. On failure
// `fault->where` is empty.
BP_MUST_USE bool bp_json_finish(struct bp_json_reader *reader, struct bp_fault *fault,
                                const struct bp_json_node **nodes, size_t *node_count);

// bp_json_read reads a text that is whole: start, feed and finish, with the same results;
// `fault->where` points into `text`. Compact ASCII texts take a short cut.
BP_MUST_USE bool bp_json_read(struct bp_json_reader *reader, struct bp_fault *fault,
                              const struct bp_json_node **nodes, size_t *node_count,
                              struct view text);

// bp_json_offset is how many bytes of the text were read; after a refusal it is where the offence
// starts: at an octet that no text has there, or at a token that has no place or no worth there.
// Whatever the split, it is the same.
size_t bp_json_offset(const struct bp_json_reader *reader);

// bp_json_find is the member of `object` (a node of an array of nodes) called `name`, exactly, or
// NULL.
const struct bp_json_node *bp_json_find(const struct bp_json_node *nodes,
                                        const struct bp_json_node *object, struct view name);

// bp_json_first and bp_json_next walk the children of a container:
//     for (n = bp_json_first(nodes, array); n != NULL; n = bp_json_next(nodes, array, n))
static inline const struct bp_json_node *bp_json_first(const struct bp_json_node *container)
{
    bool has_children = container->kind == BP_JSON_ARRAY || container->kind == BP_JSON_OBJECT;
    return has_children && container->count != 0 ? container + 1 : NULL;
}

static inline const struct bp_json_node *bp_json_next(const struct bp_json_node *nodes,
                                                      const struct bp_json_node *container,
                                                      const struct bp_json_node *child)
{
    return child->next < container->next ? &nodes[child->next] : NULL;
}

#endif
