// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_limiter_init, bp_limiter_take, bp_replay_init, bp_replay_is_repeat,
// bp_replay_restore, bp_replay_clear, bp_siphash128.
//
// The first four bytes are sizes of a limiter and of a memory of transaction ids, each further pair
// a step: a request with a short id, one with an id of these bytes, time, a clearing, or a move of
// the memory to another one of any size. Asserts:
//   independent model: guard_model.h grants the same requests and knows the same ids;
//   promise: when a request is refused, one is granted after the seconds that were named, and no
//   memory is needed for more ids than there is room for.
#include "guard_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t rates[] = {1, 3, 0, 1000, 1000000};
    static const int64_t lengths_ms[] = {1000, 1, 9999, 333, 0, -10, 10000, 60000};
    uint8_t sizes[4] = {0};
    memcpy(sizes, data == NULL ? sizes : data, size < 4 ? size : 4);
    struct bucket_model bucket = {rates[sizes[1] % 5], 1000 + sizes[2] % 4 * 1000u,
                                  1000 + sizes[2] % 4 * 1000u, 100000};
    struct guard_memory memory;
    struct bp_limiter limiter;
    int64_t now_ms = bucket.filled_ms;
    bp_limiter_init(&limiter, (uint32_t)bucket.rate_per_s, 1 + sizes[2] % 4, now_ms);
    guard_open(&memory, (size_t)1 << sizes[0] % 4, lengths_ms[2 * (sizes[3] % 4)]);
    for (size_t at = 4; at + 2 <= size; at += 2) {
        unsigned kind = data[at] % 8;
        unsigned operand = data[at + 1];
        struct view id =
            fuzz_view(data + at + 1, kind < 5 ? 1 : 1 + data[at] / 8 % (size - at - 1));
        if (kind == 6) {
            now_ms += lengths_ms[operand % 8];
        } else if (kind == 7 && operand % 2 == 0) {
            guard_clear(&memory);
        } else if (kind == 7) {
            guard_move(&memory, (size_t)1 << operand / 2 % 4);
        } else {
            guard_check_take(&limiter, &bucket, now_ms);
            guard_check_id(&memory, id, now_ms);
        }
    }
    return 0;
}
