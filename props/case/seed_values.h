// SPDX-License-Identifier: Apache-2.0
// Seeds and dictionary tokens that no table of spellings has, and the names of both. For seeds.c
// and the mutator of the fuzz targets.
#ifndef BP_PROPS_CASE_SEED_VALUES_H
#define BP_PROPS_CASE_SEED_VALUES_H

#include "props/case/seeds.h"

struct seed_value {
    const char *words;
    struct view bytes;
};

// seed_values and seed_tokens are the further seeds and tokens of a target; `*count` may be 0.
const struct seed_value *seed_values(enum seed_target target, size_t *count);
const struct seed_value *seed_tokens(enum seed_target target, size_t *count);

// seed_name appends `words` with letters and digits only and `joint` between the words; other signs
// are spelt out, so that "limit -1" and "limit 1" stay apart.
void seed_name(struct buf *out, const char *words, char joint);

#endif
