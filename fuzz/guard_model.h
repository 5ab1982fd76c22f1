// SPDX-License-Identifier: Apache-2.0
// The limiter and the memory of transaction ids a second time, slow and obvious: a bucket that is
// filled millisecond by millisecond, and a list that is searched from its end.
#ifndef BP_FUZZ_GUARD_MODEL_H
#define BP_FUZZ_GUARD_MODEL_H

#include "base/view.h"

enum { GUARD_MODEL_COUNT_MAX = 8 };

struct bucket_model {
    uint64_t rate_per_s; // 0: no limit
    uint64_t full_milli;
    uint64_t milli;
    int64_t filled_ms;
};

static inline bool bucket_model_take(struct bucket_model *bucket, int64_t now_ms)
{
    for (; bucket->filled_ms < now_ms; bucket->filled_ms++) {
        bucket->milli += bucket->rate_per_s;
        if (bucket->milli > bucket->full_milli)
            bucket->milli = bucket->full_milli;
    }
    bucket->filled_ms = now_ms;
    if (bucket->rate_per_s == 0)
        return true;
    if (bucket->milli < 1000)
        return false;
    bucket->milli -= 1000;
    return true;
}

struct memory_model {
    size_t count_max; // at most GUARD_MODEL_COUNT_MAX
    size_t count;
    int64_t window_ms;
    struct {
        struct view id;
        int64_t seen_ms;
    } seen[GUARD_MODEL_COUNT_MAX]; // the oldest first
};

static inline void memory_model_add(struct memory_model *memory, struct view id, int64_t now_ms)
{
    if (memory->count == memory->count_max) {
        memory->count--;
        memmove(memory->seen, memory->seen + 1, memory->count * sizeof memory->seen[0]);
    }
    memory->seen[memory->count].id = id;
    memory->seen[memory->count++].seen_ms = now_ms;
}

static inline bool memory_model_is_repeat(struct memory_model *memory, struct view id,
                                          int64_t now_ms)
{
    for (size_t i = memory->count; i-- > 0;)
        if (view_equal(memory->seen[i].id, id) &&
            now_ms - memory->seen[i].seen_ms < memory->window_ms)
            return true;
    memory_model_add(memory, id, now_ms);
    return false;
}

// memory_model_resize keeps the newest ids that there is room for.
static inline void memory_model_resize(struct memory_model *memory, size_t count_max)
{
    struct memory_model old = *memory;
    memory->count_max = count_max;
    memory->count = 0;
    for (size_t i = 0; i < old.count; i++)
        memory_model_add(memory, old.seen[i].id, old.seen[i].seen_ms);
}

#endif
