// SPDX-License-Identifier: Apache-2.0
// A time use: for what a run at somebody's endpoint waited, added up where the waiting happens.
#ifndef BP_PROPS_SUBJECT_TIME_USE_H
#define BP_PROPS_SUBJECT_TIME_USE_H

#include <stddef.h>
#include <stdint.h>

enum time_kind {
    TIME_ENDPOINT, // for the endpoint: connecting, sending, answers, ends of connections
    TIME_PAUSE,    // on purpose: rate, Retry-After, what a clause asks for, between two tries
    TIME_HOOK,     // for the user's hook commands
    TIME_KIND_COUNT
};

// What is left of a run's time is our own work.
struct time_use {
    int64_t us[TIME_KIND_COUNT];
};

// time_use_add counts `us`; a `use` that is NULL counts nothing.
static inline void time_use_add(struct time_use *use, enum time_kind kind, int64_t us)
{
    if (use != NULL)
        use->us[kind] += us;
}

#endif
