// SPDX-License-Identifier: Apache-2.0
// Precedence: which of several defects an endpoint answers.
//
// The documents give no order of checks, so any is right that is always the same (GB-QRY-8). Which
// one it is, is found with the program of that clause: each pair of defects is a case of it, and is
// asked twice. The status tells which of the two was answered, and among parameters the name in the
// body. A defect that never is, is asked by itself, for it may come last, or be overlooked:
//
//     authentication > path > SIM > fieldsTemplate > limit > location
#ifndef BP_PROPS_RUN_PRECEDENCE_H
#define BP_PROPS_RUN_PRECEDENCE_H

#include "props/rule/trial.h"

// The defects: an unknown SIM, and some of steady_defects.
enum { PRECEDENCE_COUNT_MAX = 10, PRECEDENCE_TAPE_LEN = 5 };

struct precedence {
    uint16_t used;     // bit per defect that is somewhere in the order
    uint16_t answered; // bit per defect that was seen to be answered
    uint16_t alone;    // bit per defect that was asked by itself
    unsigned single_count;
    bool is_paired; // all pairs were asked
    // Bit per defect that is answered instead of this one, where both are there.
    uint16_t behind[PRECEDENCE_COUNT_MAX];
    unsigned one, two;    // the pair that is asked
    unsigned heard_count; // its answers
    int told;             // +1: `one` was answered, -1: `two`, 0: it cannot be told
};

void precedence_start(struct precedence *p);

// precedence_next writes the next case, of at most 30, for the first world that asks
// for credentials, or else the first one. False: there are no more.
bool precedence_next(struct precedence *p, char tape[PRECEDENCE_TAPE_LEN],
                     const struct world *worlds, size_t world_count);

// precedence_hear takes one answer to the pair. precedence_end takes note of what they say; call it
// behind each case.
void precedence_hear(struct precedence *p, const struct exchange *x);
void precedence_end(struct precedence *p);

// precedence_put appends the order, those that cannot be told apart with a comma between them, and
// those among which there is no order as such. Nothing when no pair was told.
void precedence_put(struct buf *out, const struct precedence *p);

#endif
