// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_limiter_init, bp_limiter_take, bp_replay_init, bp_replay_is_repeat,
// bp_replay_clear, bp_siphash128.
//
// The first four bytes are sizes of a limiter and of a memory of transaction ids, each further pair
// a step: a request with a short id, one with an id of these bytes, time, or a clearing. Asserts:
//   independent model: guard_model.h grants the same requests and knows the same ids;
//   promise: when a request is refused, one is granted after the seconds that were named, and no
//   memory is needed for more ids than there is room for.
#include "fuzz.h"
#include "guard_model.h"
#include "operator/limiter.h"
#include "operator/replay.h"

static void check_take(struct bp_limiter *limiter, struct bucket_model *bucket, int64_t now_ms)
{
    uint32_t retry_s = 0;
    bool has_token = bp_limiter_take(limiter, &retry_s, now_ms);
    FUZZ_ASSERT(has_token == bucket_model_take(bucket, now_ms));
    struct bp_limiter later = *limiter;
    FUZZ_ASSERT(has_token || retry_s >= 1);
    FUZZ_ASSERT(has_token || bp_limiter_take(&later, &retry_s, now_ms + (int64_t)retry_s * 1000));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t rates[] = {1, 3, 0, 1000, 1000000};
    static const int64_t lengths_ms[] = {1000, 1, 9999, 333, 0, -10, 10000, 60000};
    uint8_t sizes[4] = {0};
    memcpy(sizes, data == NULL ? sizes : data, size < 4 ? size : 4);
    struct bp_replay_entry entries[GUARD_MODEL_COUNT_MAX];
    uint32_t slots[2 * GUARD_MODEL_COUNT_MAX];
    struct memory_model memory = {.count_max = (size_t)1 << sizes[0] % 4,
                                  .window_ms = lengths_ms[2 * (sizes[3] % 4)]};
    struct bucket_model bucket = {rates[sizes[1] % 5], 1000 + sizes[2] % 4 * 1000u,
                                  1000 + sizes[2] % 4 * 1000u, 100000};
    struct bp_limiter limiter;
    struct bp_replay replay;
    int64_t now_ms = bucket.filled_ms;
    bp_limiter_init(&limiter, (uint32_t)bucket.rate_per_s, 1 + sizes[2] % 4, now_ms);
    bp_replay_init(&replay, entries, slots, memory.count_max, (const uint64_t[]){3, 4},
                   memory.window_ms);
    for (size_t at = 4; at + 2 <= size; at += 2) {
        unsigned kind = data[at] % 8;
        struct view id =
            fuzz_view(data + at + 1, kind < 5 ? 1 : 1 + data[at] / 8 % (size - at - 1));
        if (kind == 6) {
            now_ms += lengths_ms[data[at + 1] % 8];
        } else if (kind == 7) {
            bp_replay_clear(&replay);
            memory.count = 0;
        } else {
            check_take(&limiter, &bucket, now_ms);
            bool is_repeat = bp_replay_is_repeat(&replay, id, now_ms);
            FUZZ_ASSERT(is_repeat == memory_model_is_repeat(&memory, id, now_ms));
        }
    }
    return 0;
}
