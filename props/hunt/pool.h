// SPDX-License-Identifier: Apache-2.0
// A pool: the inputs that showed something new, to be changed again and again.
#ifndef BP_PROPS_HUNT_POOL_H
#define BP_PROPS_HUNT_POOL_H

#include "props/hunt/sightings.h"

enum { POOL_COUNT_MAX = 1024, POOL_INPUT_LEN_MAX = 1024 };

struct pool_input {
    uint64_t picked_count;
    const struct sighting *rarest; // of the signatures that it showed
    bool is_founder;               // it was the first to show one
    uint16_t len;
    char bytes[POOL_INPUT_LEN_MAX];
};

struct pool {
    size_t count;
    size_t turn; // of pool_add where the pool is full
    struct pool_input inputs[POOL_COUNT_MAX];
};

// pool_add keeps an input. Where there is no room a founder takes the place of one that is not. It
// returns false when the input is not kept: it is too long, or there is no place.
bool pool_add(struct pool *pool, struct view bytes, const struct sighting *rarest, bool is_founder);

// pool_pick picks an input, those with rare signatures more often, and those that were picked often
// less. The pool is not empty.
struct pool_input *pool_pick(struct pool *pool, struct choices *dice);

static inline struct view pool_bytes(const struct pool_input *input)
{
    return view_of(input->bytes, input->len);
}

#endif
