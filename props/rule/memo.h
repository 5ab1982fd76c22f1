// SPDX-License-Identifier: Apache-2.0
// A memo of JSON texts that were read before.
//
// An endpoint says the same few things over and over, and reading JSON costs more than everything
// else about an answer. The nodes of a text are a function of its bytes, so a short text that is
// still known byte for byte is not read again.
#ifndef BP_PROPS_RULE_MEMO_H
#define BP_PROPS_RULE_MEMO_H

#include "json/json_read.h"

enum {
    MEMO_ENTRY_COUNT = 512, // power of two
    MEMO_LEN_MAX = 1024,    // bytes of a text that is remembered
    MEMO_NODE_COUNT_MAX = 96,
};

struct memo; // opaque; lives at the start of the caller's space

// memo_size is the bytes of space for memo_init, aligned to 16.
size_t memo_size(void);
struct memo *memo_init(void *space);

// memo_read is bp_json_read with the same result. A text that is too long or has too many values to
// be remembered is read with `reader`. Nodes stay valid until the next call.
BP_MUST_USE bool memo_read(struct memo *memo, struct bp_json_reader *reader, struct bp_fault *fault,
                           const struct bp_json_node **nodes, size_t *node_count, struct view text);

// memo_hit_count is how many texts were not read again.
uint64_t memo_hit_count(const struct memo *memo);

#endif
