// SPDX-License-Identifier: Apache-2.0
// What every fuzz target includes: the engine's entry point and an assertion that is always on.
#ifndef BP_FUZZ_FUZZ_H
#define BP_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/view.h"

// LLVMFuzzerTestOneInput runs one input. libFuzzer, AFL++ and the replay driver all call it.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// balprobe_tour plays what there is to play without inputs, and returns the exit status; only an
// implementer's program has it (endpoint_target.c).
int balprobe_tour(void) __attribute__((weak));

// FUZZ_ASSERT ends the program when the documented behaviour does not hold.
#define FUZZ_ASSERT(condition) \
    ((condition) ? (void)0 : fuzz_assert_failed(#condition, __FILE__, __LINE__))

static inline void fuzz_assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

// fuzz_view is the input as a view.
static inline struct view fuzz_view(const uint8_t *data, size_t size)
{
    return view_of((const char *)data, size);
}

#endif
