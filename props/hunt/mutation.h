// SPDX-License-Identifier: Apache-2.0
// Mutation: a case that is a little unlike another one.
//
// A case is the answers to questions (choices.h), so that any bytes are a case: there is nothing to
// repair. Every change is decided by dice alone.
#ifndef BP_PROPS_HUNT_MUTATION_H
#define BP_PROPS_HUNT_MUTATION_H

#include "base/buf.h"
#include "props/choice/choices.h"

enum mutation {
    MUTATION_SET,      // one answer becomes another, most often a small one
    MUTATION_STEP,     // one answer becomes the next or the one before
    MUTATION_COPY,     // some answers are repeated elsewhere
    MUTATION_SPLICE,   // what follows comes from the other case
    MUTATION_TRUNCATE, // what follows is left out: those answers are 0
    MUTATION_EXTEND,   // a few answers are added
    MUTATION_DROP,     // some answers are taken out
    MUTATION_COUNT
};

// mutation_apply makes one change of that kind in `bytes`; what there is no room for is left out.
// `other` is another case, perhaps empty. Where there is nothing to change it extends.
void mutation_apply(struct buf *bytes, enum mutation mutation, struct view other,
                    struct choices *dice);

// mutation_make writes `base` with one to four changes of any kind to `out`, which it empties
// first. `dice` are of choices_from_seed and go on to their next seed.
void mutation_make(struct buf *out, struct view base, struct view other, struct choices *dice);

#endif
