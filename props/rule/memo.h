// SPDX-License-Identifier: Apache-2.0
// A memo of JSON texts that were read before, and of the balances that were seen in them.
//
// An endpoint says the same few things over and over, and reading JSON costs more than everything
// else about an answer. The nodes of a text are a function of its bytes, so a short text that is
// still known byte for byte is not read again.
#ifndef BP_PROPS_RULE_MEMO_H
#define BP_PROPS_RULE_MEMO_H

#include "props/rule/exchange.h"

enum {
    MEMO_ENTRY_COUNT = 512, // power of two
    MEMO_LEN_MAX = 1024,    // bytes of a text that is remembered
    MEMO_NODE_COUNT_MAX = 96,
    MEMO_BALANCE_COUNT_MAX = 8, // of a list that is remembered
};

// A memo_list is what was seen in the nodes of one text (struct exchange has the same members).
struct memo_list {
    bool is_kept;     // false: the rest means nothing yet
    unsigned reading; // what it depends on beside the text
    bool names_clash;
    bool has_list;
    struct view list_name;
    uint8_t kinds;
    size_t balance_count;
    struct seen_balance balances[MEMO_BALANCE_COUNT_MAX];
};

struct memo; // opaque; lives at the start of the caller's space

// memo_size is the bytes of space for memo_init, aligned to 16.
size_t memo_size(void);
struct memo *memo_init(void *space);

// memo_read is bp_json_read with the same result. A text that is too long or has too many values to
// be remembered is read with `reader`. Nodes stay valid until the next call.
BP_MUST_USE bool memo_read(struct memo *memo, struct bp_json_reader *reader, struct bp_fault *fault,
                           const struct bp_json_node **nodes, size_t *node_count, struct view text);

// memo_list is the place beside the text that memo_read has just taken, for its caller to keep what
// it saw there; it is there again whenever the text is. NULL when the text is not remembered.
struct memo_list *memo_list(struct memo *memo);

// memo_forget forgets all texts. Cost: constant.
void memo_forget(struct memo *memo);

// memo_hit_count is how many texts were not read again.
uint64_t memo_hit_count(const struct memo *memo);

#endif
