// SPDX-License-Identifier: Apache-2.0
// Sightings: which signatures an endpoint has shown, how often, and beside which requests.
#ifndef BP_PROPS_HUNT_SIGHTINGS_H
#define BP_PROPS_HUNT_SIGHTINGS_H

#include "props/hunt/signature.h"

enum {
    SIGHTING_COUNT_MAX = 512,        // signatures; more are not told apart
    SIGHTING_PAIR_COUNT_MAX = 12288, // of what was asked with what came; more are not new
    SIGHTING_SLOT_COUNT = 16384,     // power of two
    SIGHTING_WORDS_LEN_MAX = 64
};

struct sighting {
    uint64_t key;
    uint64_t count;
    struct signature signature;
    uint8_t words_len;
    char words[SIGHTING_WORDS_LEN_MAX]; // what was asked when it came first
};

struct sightings {
    size_t count;
    struct sighting rows[SIGHTING_COUNT_MAX];
    size_t pair_count;
    uint64_t pairs[SIGHTING_SLOT_COUNT]; // a hash table of keys; 0 is free
};

// sightings_find is the row of a signature, or NULL.
struct sighting *sightings_find(struct sightings *sightings, const struct signature *signature);

// sightings_see counts a signature. It returns its row, with `*is_new` when it was not there; NULL
// when there is no room for it. Cost: the number of rows.
struct sighting *sightings_see(struct sightings *sightings, const struct signature *signature,
                               bool *is_new);

// sightings_see_pairs notes the signature's `key` beside each thing about the request that is not
// as usual, and returns how many of these pairs are new.
size_t sightings_see_pairs(struct sightings *sightings, const struct intent *intent, uint64_t key);

// sighting_describe keeps what was asked: the request's intent in words.
void sighting_describe(struct sighting *row, const struct exchange *x);

#endif
