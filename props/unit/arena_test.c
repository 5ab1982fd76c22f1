// SPDX-License-Identifier: Apache-2.0
// yajl's memory: never too little, and not twice as much as needed.
#include "json/arena.h"

#include "props/unit/fed.h"
#include "props/unit/unit.h"

#include <stdlib.h>

// Texts of exactly `len` bytes that ask most of yajl's buffers; the last ones break off.
static const struct {
    struct view head, tail;
    bool ok;
} worst[] = {
    {VIEW_INIT("\""), VIEW_INIT("\""), true},   {VIEW_INIT(" \""), VIEW_INIT("\""), true},
    {VIEW_INIT("[\""), VIEW_INIT("\"]"), true}, {VIEW_INIT("{\""), VIEW_INIT("\":0}"), true},
    {VIEW_INIT("\""), VIEW_INIT(""), false},    {VIEW_INIT("[\""), VIEW_INIT(""), false},
    {VIEW_INIT("[0]\""), VIEW_INIT(""), false}, {VIEW_INIT("[0,\"a\",1"), VIEW_INIT("1"), false},
    {VIEW_INIT("0"), VIEW_INIT(""), false},     {VIEW_INIT("[1"), VIEW_INIT("]"), false},
};

// `*widest` becomes the widest request for a slot.
static void check_worst(size_t *widest, struct bp_json_reader *reader, size_t len, size_t row)
{
    static const struct view fillers[] = {VIEW_INIT("1"), VIEW_INIT("\\n"), VIEW_INIT("a\\n"),
                                          VIEW_INIT("\\u20ac"), VIEW_INIT("\xe2\x82\xac")};
    static char text[BP_JSON_LEN_MAX];
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
        size_t at = worst[row].head.len;
        memcpy(text, worst[row].head.data, at);
        for (; at + fillers[i].len + worst[row].tail.len <= len; at += fillers[i].len)
            memcpy(text + at, fillers[i].data, fillers[i].len);
        memcpy(text + at, worst[row].tail.data, worst[row].tail.len);
        struct view whole = view_of(text, at + worst[row].tail.len);
        bool ok = bp_json_read(reader, &fault, &nodes, &count, whole);
        CHECK_ROW(row, ok == worst[row].ok);
        CHECK_ROW(row, ok == feed_pieces(reader, whole, 1, len > 100000 ? 977 : 1));
        CHECK_ROW(row, ok == feed_pieces(reader, whole, 1, len));
        CHECK_ROW(row, ok == feed_pieces(reader, whole, len / 2, len));
        size_t widest_len = bp_json_arena(reader)->widest_len;
        *widest = widest_len > *widest ? widest_len : *widest;
    }
}

// The arena never refuses, and its slots are not twice as wide as needed.
static void check_arena(void)
{
    static const size_t lens[] = {600,  2046, 2047, 2048,  2049,   2050,
                                  4095, 4096, 6000, 70000, 1 << 20};
    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        struct bp_json_reader *reader = open_reader(lens[i], 8);
        const struct bp_arena *arena = bp_json_arena(reader);
        size_t widest_len = 0;
        for (size_t row = 0; row < sizeof worst / sizeof worst[0]; row++)
            check_worst(&widest_len, reader, lens[i], row);
        CHECK_ROW(i, arena->failure_count == 0);
        CHECK_ROW(i, arena->small_used <= BP_ARENA_SMALL_LEN / 2);
        CHECK_ROW(i, widest_len <= bp_arena_slot_len(lens[i]));
        CHECK_ROW(i, widest_len * 2 > bp_arena_slot_len(lens[i]));
        printf("texts of %zu bytes: small blocks %zu of %d, widest block %zu of %zu\n", lens[i],
               arena->small_used, BP_ARENA_SMALL_LEN, widest_len, bp_arena_slot_len(lens[i]));
        free(reader);
    }
}

static void check_arena_blocks(void)
{
    struct bp_arena arena;
    char *space = aligned_alloc(16, bp_arena_space(100));
    bp_arena_init(&arena, space, 100);
    char *small = bp_arena_get(&arena, 100);
    CHECK(small != NULL && bp_arena_resize(&arena, small, 50) == NULL);
    CHECK(arena.failure_count == 1);
    char *slot = bp_arena_get(&arena, 2048);
    CHECK(slot != NULL && bp_arena_resize(&arena, slot, 1000) == slot);
    CHECK(bp_arena_resize(&arena, slot, 2049) == NULL && arena.failure_count == 2);
    CHECK(bp_arena_get(&arena, 513) != NULL && bp_arena_get(&arena, 513) == NULL);
    CHECK(bp_arena_get(&arena, 512) != NULL && bp_arena_get(&arena, 512) == NULL);
    CHECK(arena.failure_count == 4);
    bp_arena_reset(&arena);
    CHECK(bp_arena_resize(&arena, NULL, 10) == small);
    free(space);
}

// Small blocks are aligned, lie behind each other, and take all of the room.
static void check_small_blocks(void)
{
    static const size_t lens[] = {1, 16, 17, 100, 512, 336};
    struct bp_arena arena;
    char *space = aligned_alloc(16, bp_arena_space(100));
    bp_arena_init(&arena, space, 100);
    char *free_from = space;
    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        char *block = bp_arena_get(&arena, lens[i]);
        CHECK_ROW(i, block != NULL && (uintptr_t)block % 16 == 0 && block >= free_from);
        free_from = block + lens[i];
    }
    CHECK(free_from <= space + BP_ARENA_SMALL_LEN && bp_arena_get(&arena, 1) == NULL);
    free(space);
}

int main(void)
{
    check_arena();
    check_arena_blocks();
    check_small_blocks();
    return unit_end();
}
