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

// A tour is what there is to play without inputs; only an implementer's program has one
// (endpoint_target.c).
struct fuzz_tour {
    bool (*play_next)(void);      // false when all cases have been played
    struct view (*playing)(void); // the case begun last, as an input; nothing (NULL) before the
                                  // first one; may be called at any time
    void (*tell)(void);           // prints what was played, and what could not be
};

extern const struct fuzz_tour balprobe_tour __attribute__((weak));

// balprobe_plays_all says whether every relation is played: always by the replay driver, with
// BALPROBE_PLAYS_ALL in the environment by libFuzzer (ci/triage.sh, ci/pr.sh), never by AFL++.
bool balprobe_plays_all(void) __attribute__((weak));

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

// A fuzz_turn is the relations of a target, by number, that are played with an input: `at` and
// those up to `end`, not included.
//
// An engine plays one of them an input, so that it makes several times as many inputs as it would
// otherwise; balprobe_plays_all plays all. Which one is decided by the bytes: the same bytes are
// always the same test, and what fails under an engine fails in the driver.
struct fuzz_turn {
    size_t at;
    size_t end;
};

// fuzz_turn is the turn of `bytes`, where there are `count` relations (at least one).
static inline struct fuzz_turn fuzz_turn(struct view bytes, size_t count)
{
    if (balprobe_plays_all != NULL && balprobe_plays_all())
        return (struct fuzz_turn){0, count};
    uint64_t hash = bytes.len;
    uint64_t word = 0;
    size_t i = 0;
    for (; bytes.len - i >= sizeof word; i += sizeof word) {
        memcpy(&word, bytes.data + i, sizeof word);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 32;
    }
    for (; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
    size_t at = hash % count;
    return (struct fuzz_turn){at, at + 1};
}

#endif
