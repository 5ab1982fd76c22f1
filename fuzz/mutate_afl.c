// SPDX-License-Identifier: Apache-2.0
// The mutator for AFL++, which does not look for libFuzzer's names: a shared object.
//
//     AFL_CUSTOM_MUTATOR_LIBRARY=$PWD/build/afl/fuzz/libbalprobe_mutator.so afl-fuzz ...
//
// These are the functions that AFL++ looks up in it; its headers are not needed. The buffer is our
// own and stays as it is until the next call.
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

#define FOUND_BY_AFL __attribute__((visibility("default")))

struct mutator {
    uint64_t count; // calls so far: the seeds
    uint64_t seed;
    uint8_t *bytes;
    size_t cap;
    uint8_t *crossed;
};

FOUND_BY_AFL void *afl_custom_init(void *afl, unsigned int seed);
FOUND_BY_AFL size_t afl_custom_fuzz(void *data, uint8_t *bytes, size_t len, uint8_t **out,
                                    uint8_t *further, size_t further_len, size_t len_max);
FOUND_BY_AFL const char *afl_custom_describe(void *data, size_t len_max);
FOUND_BY_AFL void afl_custom_deinit(void *data);

void *afl_custom_init(void *afl, unsigned int seed)
{
    (void)afl;
    struct mutator *mutator = calloc(1, sizeof *mutator);
    if (mutator != NULL)
        mutator->seed = (uint64_t)seed << 32;
    return mutator;
}

static int make_room(struct mutator *mutator, size_t cap)
{
    if (cap <= mutator->cap)
        return 1;
    uint8_t *bytes = malloc(cap);
    uint8_t *crossed = malloc(cap);
    if (bytes == NULL || crossed == NULL) {
        free(bytes);
        free(crossed);
        return 0;
    }
    free(mutator->bytes);
    free(mutator->crossed);
    mutator->bytes = bytes;
    mutator->crossed = crossed;
    mutator->cap = cap;
    return 1;
}

// afl_custom_fuzz makes one to five changes, as libFuzzer does between two inputs of its corpus.
size_t afl_custom_fuzz(void *data, uint8_t *bytes, size_t len, uint8_t **out, uint8_t *further,
                       size_t further_len, size_t len_max)
{
    enum { ROUND_COUNT_MAX = 5, OWN_MUTATIONS_OF = 4, CROSS_OVERS_OF = 4 };
    struct mutator *mutator = data;
    *out = bytes;
    if (!make_room(mutator, len_max))
        return len < len_max ? len : len_max;
    len = len < len_max ? len : len_max;
    memcpy(mutator->bytes, bytes, len);
    uint64_t rounds = 1 + (mutator->count * 0x9E3779B97F4A7C15U >> 32) % ROUND_COUNT_MAX;
    for (; rounds != 0; rounds--) {
        uint64_t seed = mutator->seed + mutator->count++;
        uint64_t mixed = seed * 0x9E3779B97F4A7C15U >> 32;
        if (mixed % OWN_MUTATIONS_OF == 0) {
            len = bp_mutate_bytes(mutator->bytes, len, len_max, seed);
        } else if (further != NULL && mixed / OWN_MUTATIONS_OF % CROSS_OVERS_OF == 0) {
            len = bp_cross_over(mutator->bytes, len, further, further_len, mutator->crossed,
                                len_max, seed);
            memcpy(mutator->bytes, mutator->crossed, len);
        } else {
            len = bp_mutate(mutator->bytes, len, len_max, seed);
        }
    }
    *out = mutator->bytes;
    return len;
}

// What was done, as part of the names of the files that AFL++ keeps.
const char *afl_custom_describe(void *data, size_t len_max)
{
    (void)data;
    return len_max < sizeof "balprobe" ? "" : "balprobe";
}

void afl_custom_deinit(void *data)
{
    struct mutator *mutator = data;
    free(mutator->bytes);
    free(mutator->crossed);
    free(mutator);
}
