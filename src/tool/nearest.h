// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the known word closest to a mistyped one.
#ifndef BP_TOOL_NEAREST_H
#define BP_TOOL_NEAREST_H

#include <stddef.h>

enum { NEAREST_DISTANCE_MAX = 2, NEAREST_LEN_MAX = 64 };

// edit_distance is how many octets have to be added, left out or changed, or neighbours swapped, to
// make `b` of `a`. Words longer than NEAREST_LEN_MAX are infinitely far: NEAREST_LEN_MAX + 1.
size_t edit_distance(const char *a, const char *b);

// nearest_word is the one of `count` words that is closest to `word`, or NULL when all are further
// away than NEAREST_DISTANCE_MAX. `word_at` gives the words.
const char *nearest_word(const char *word, const char *(*word_at)(const void *table, size_t index),
                         const void *table, size_t count);

#endif
