// SPDX-License-Identifier: Apache-2.0
// Feeding a JSON reader in pieces, for the tests of the reader and of its arena.
#ifndef BP_PROPS_UNIT_FED_H
#define BP_PROPS_UNIT_FED_H

#include <stdlib.h>

#include "json/json_read.h"

static const struct bp_json_node *nodes;
static size_t count;
static struct bp_fault fault;

// open_reader makes a reader for texts of at most that size; it is never given back.
static inline struct bp_json_reader *open_reader(size_t len_max, size_t node_count_max)
{
    size_t space = bp_json_space(len_max, node_count_max);
    return bp_json_open(aligned_alloc(16, (space + 15) / 16 * 16), len_max, node_count_max);
}

// feed_pieces reads `text` from nothing: `first` bytes, then pieces of `step`.
static inline bool feed_pieces(struct bp_json_reader *reader, struct view text, size_t first,
                               size_t step)
{
    bp_json_start(reader);
    for (size_t len = first; text.len != 0; len = step) {
        len = len < text.len ? len : text.len;
        if (!bp_json_feed(reader, &fault, view_first(text, len)))
            return false;
        text = view_from(text, len);
    }
    return bp_json_finish(reader, &fault, &nodes, &count);
}

#endif
