// SPDX-License-Identifier: Apache-2.0
// The mutator for libFuzzer, which finds these two functions by their names, and whether every
// relation is played. Linked into every target of that engine. With a custom mutator -len_control
// is 0 unless it is set.
#include <stdlib.h>

#include "fuzz.h"
#include "mutate.h"

// libFuzzer's own mutations, with its dictionary and the constants that it saw compared.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
                                 size_t size2, uint8_t *out, size_t max_out_size,
                                 unsigned int seed);

bool balprobe_plays_all(void)
{
    static bool is_known, is_set;
    if (!is_known)
        is_set = getenv("BALPROBE_PLAYS_ALL") != NULL;
    is_known = true;
    return is_set;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    enum { OWN_MUTATIONS_OF = 4 };
    if (seed % OWN_MUTATIONS_OF == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    return bp_mutate(data, size, max_size, seed);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
                                 size_t size2, uint8_t *out, size_t max_out_size, unsigned int seed)
{
    return bp_cross_over(data1, size1, data2, size2, out, max_out_size, seed);
}
