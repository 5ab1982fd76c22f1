// SPDX-License-Identifier: Apache-2.0
// The bounded memory that yajl allocates from; yajl never looks whether an allocation failed.
//
// yajl 2.1 makes five small objects for a parser (handle, two buffer heads, lexer, stack of states;
// under 400 bytes together, and the stack does not grow below a depth of 128) and then at most two
// buffers. One is for a token that does not lie whole in the first piece of text, the other for the
// string that yajl decodes; both hold less than the text, because a token in the one is never the
// first of the text, and a string has quotes. A buffer starts at 2,048 bytes and doubles until it
// is larger than what it holds. So small blocks are cut from a small region, and each of the two
// large blocks has a slot as wide as it can ever become and grows in place. Nothing is freed before
// a reset.
#ifndef BP_JSON_ARENA_H
#define BP_JSON_ARENA_H

#include "base/view.h"

enum {
    BP_ARENA_SMALL_LEN = 1024,    // all small blocks
    BP_ARENA_BLOCK_LEN_MAX = 512, // wider blocks take a slot
    BP_ARENA_SLOT_COUNT = 2,
    BP_ARENA_SLOT_LEN_MIN = 2048,
};

struct bp_arena {
    char *small;
    char *slots;
    size_t slot_len;
    size_t small_used;
    size_t slot_used;
    size_t failure_count; // requests that were refused: 0, or the account above is wrong
    size_t widest_len;    // the widest request for a slot since the reset
};

// bp_arena_slot_len is how wide a slot must be for texts of at most `len_max` bytes.
size_t bp_arena_slot_len(size_t len_max);

// bp_arena_space is how many bytes bp_arena_init needs, a multiple of 16.
size_t bp_arena_space(size_t len_max);

// bp_arena_init makes an arena in `space`, aligned to 16.
void bp_arena_init(struct bp_arena *arena, void *space, size_t len_max);

// bp_arena_reset takes all blocks back.
static inline void bp_arena_reset(struct bp_arena *arena)
{
    arena->small_used = 0;
    arena->slot_used = 0;
    arena->widest_len = 0;
}

// bp_arena_get, bp_arena_resize and bp_arena_drop are malloc, realloc and free, with the arena as
// their context. Blocks are aligned to 16. Small blocks do not grow. NULL, counted, when there is
// no room.
void *bp_arena_get(void *arena, size_t len);
void *bp_arena_resize(void *arena, void *block, size_t len);
void bp_arena_drop(void *arena, void *block);

// bp_json_arena is the arena of a JSON reader, for tests to look at.
struct bp_json_reader;
const struct bp_arena *bp_json_arena(const struct bp_json_reader *reader);

#endif
