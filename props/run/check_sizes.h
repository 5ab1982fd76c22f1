// SPDX-License-Identifier: Apache-2.0
// How much of the tour a run of `balprobe check` visits when its user does not say.
#ifndef BP_PROPS_RUN_CHECK_SIZES_H
#define BP_PROPS_RUN_CHECK_SIZES_H

#include <stdint.h>

struct check_size {
    uint64_t run_cap;      // enumerated runs of one program
    uint64_t pair_cap;     // enumerated pairs; 0: all
    uint64_t case_count;   // random cases
    unsigned shrink_calls; // for one finding; 0: the usual
};

static const struct check_size check_local = {0, 0, 100000, 0};     // in process
static const struct check_size check_near = {200, 420, 12000, 150}; // a URL on this machine
static const struct check_size check_far = {8, 300, 300, 40};       // a URL elsewhere

#endif
