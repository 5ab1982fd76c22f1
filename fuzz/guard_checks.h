// SPDX-License-Identifier: Apache-2.0
// A limiter and a memory of transaction ids beside their models, one step at a time.
#ifndef BP_FUZZ_GUARD_CHECKS_H
#define BP_FUZZ_GUARD_CHECKS_H

#include "fuzz.h"
#include "guard_model.h"
#include "operator/limiter.h"
#include "operator/replay.h"

// A memory with its own space, and its model.
struct guard_memory {
    struct bp_replay replay;
    struct bp_replay_entry entries[GUARD_MODEL_COUNT_MAX];
    uint32_t slots[2 * GUARD_MODEL_COUNT_MAX];
    struct memory_model model;
};

static inline void guard_open(struct guard_memory *memory, size_t count_max, int64_t window_ms)
{
    static const uint64_t key[] = {3, 4};
    memory->model = (struct memory_model){.count_max = count_max, .window_ms = window_ms};
    bp_replay_init(&memory->replay, memory->entries, memory->slots, count_max, key, window_ms);
}

static inline void guard_check_take(struct bp_limiter *limiter, struct bucket_model *bucket,
                                    int64_t now_ms)
{
    uint32_t retry_s = 0;
    bool has_token = bp_limiter_take(limiter, &retry_s, now_ms);
    FUZZ_ASSERT(has_token == bucket_model_take(bucket, now_ms));
    struct bp_limiter later = *limiter;
    FUZZ_ASSERT(has_token || retry_s >= 1);
    FUZZ_ASSERT(has_token || bp_limiter_take(&later, &retry_s, now_ms + (int64_t)retry_s * 1000));
}

static inline void guard_check_id(struct guard_memory *memory, struct view id, int64_t now_ms)
{
    bool is_repeat = bp_replay_is_repeat(&memory->replay, id, now_ms);
    FUZZ_ASSERT(is_repeat == memory_model_is_repeat(&memory->model, id, now_ms));
}

static inline void guard_clear(struct guard_memory *memory)
{
    bp_replay_clear(&memory->replay);
    memory->model.count = 0;
}

// guard_move: everything is taken out of the memory, the oldest first, and into another one, which
// goes on in its place.
static inline void guard_move(struct guard_memory *memory, size_t count_max)
{
    struct guard_memory old = *memory;
    bool is_full = old.replay.written >= old.model.count_max;
    const size_t live = is_full ? old.model.count_max : (size_t)old.replay.written;
    FUZZ_ASSERT(live == old.model.count);
    guard_open(memory, count_max, old.model.window_ms);
    for (size_t i = 0; i < live; i++) {
        size_t at = (size_t)(old.replay.written - live + i) % old.model.count_max;
        FUZZ_ASSERT(old.entries[at].seen_ms == old.model.seen[i].seen_ms);
        bp_replay_restore(&memory->replay, &old.entries[at]);
    }
    memory->model = old.model;
    memory_model_resize(&memory->model, count_max);
}

#endif
