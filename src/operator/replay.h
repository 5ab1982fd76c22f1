// SPDX-License-Identifier: Apache-2.0
// Memory of transaction ids: has this one been used before? (GB-TXN-1..4)
//
// Bounded: BP_REPLAY_COUNT_MAX ids for a time; the oldest gives way first. An id is remembered by
// a keyed 128-bit digest (SipHash), so its length costs nothing and strangers cannot make two
// collide.
#ifndef BP_OPERATOR_REPLAY_H
#define BP_OPERATOR_REPLAY_H

#include "base/bounds.h"
#include "base/view.h"

struct bp_replay_entry {
    uint64_t digest[2];
    int64_t seen_ms;
};

struct bp_replay {
    struct bp_replay_entry *entries; // the caller's, entry_count of them: a ring, oldest first
    uint32_t *slots;                 // the caller's, 2 x entry_count: hash table into the ring
    size_t entry_count;              // power of two, at most BP_REPLAY_COUNT_MAX
    uint64_t key[2];
    int64_t window_ms; // how long an id is remembered
    uint64_t written;  // ids remembered since the start or the last clear; the ring's head
};

// bp_replay_init takes the caller's arrays, whatever is in them; `key` should be secret where
// strangers send ids.
void bp_replay_init(struct bp_replay *replay, struct bp_replay_entry *entries, uint32_t *slots,
                    size_t entry_count, const uint64_t key[2], int64_t window_ms);

// bp_replay_clear forgets everything. Cost: linear in what was remembered since, not in the space.
void bp_replay_clear(struct bp_replay *replay);

// bp_replay_is_repeat says whether `id` was seen within the window before `now_ms`, and remembers
// it when it was not. A repeat does not prolong the memory. Cost: linear in the id, else constant.
bool bp_replay_is_repeat(struct bp_replay *replay, struct view id, int64_t now_ms);

// bp_replay_restore remembers the id of an entry that was taken from a memory with the same key,
// as bp_replay_is_repeat would have at `entry->seen_ms`; the oldest come first.
void bp_replay_restore(struct bp_replay *replay, const struct bp_replay_entry *entry);

// bp_siphash128 is SipHash-2-4 with 128 bits of output: out[0] holds the first eight octets of the
// digest, lowest first.
void bp_siphash128(uint64_t out[2], const uint64_t key[2], struct view bytes);

#endif
