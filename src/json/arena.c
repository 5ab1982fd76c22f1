// SPDX-License-Identifier: Apache-2.0
#include "json/arena.h"

size_t bp_arena_slot_len(size_t len_max)
{
    size_t len = BP_ARENA_SLOT_LEN_MIN;
    while (len < len_max)
        len *= 2;
    return len;
}

size_t bp_arena_space(size_t len_max)
{
    return BP_ARENA_SMALL_LEN + BP_ARENA_SLOT_COUNT * bp_arena_slot_len(len_max);
}

void bp_arena_init(struct bp_arena *arena, void *space, size_t len_max)
{
    *arena = (struct bp_arena){.small = space,
                               .slots = (char *)space + BP_ARENA_SMALL_LEN,
                               .slot_len = bp_arena_slot_len(len_max)};
}

static void *refuse(struct bp_arena *arena)
{
    arena->failure_count++;
    return NULL;
}

static void *get_slot(struct bp_arena *arena, size_t len)
{
    if (arena->slot_used == BP_ARENA_SLOT_COUNT || len > arena->slot_len)
        return refuse(arena);
    if (len > arena->widest_len)
        arena->widest_len = len;
    return arena->slots + arena->slot_len * arena->slot_used++;
}

void *bp_arena_get(void *context, size_t len)
{
    struct bp_arena *arena = context;
    if (len > BP_ARENA_BLOCK_LEN_MAX)
        return get_slot(arena, len);
    size_t padded = (len + 15) & ~(size_t)15;
    if (padded > BP_ARENA_SMALL_LEN - arena->small_used)
        return refuse(arena);
    char *block = arena->small + arena->small_used;
    arena->small_used += padded;
    return block;
}

void *bp_arena_resize(void *context, void *block, size_t len)
{
    struct bp_arena *arena = context;
    if (block == NULL)
        return bp_arena_get(arena, len);
    bool is_slot = (char *)block >= arena->slots;
    if (!is_slot || len > arena->slot_len)
        return refuse(arena);
    if (len > arena->widest_len)
        arena->widest_len = len;
    return block;
}

void bp_arena_drop(void *context, void *block)
{
    (void)context;
    (void)block;
}
