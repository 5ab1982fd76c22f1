// SPDX-License-Identifier: Apache-2.0
// Shrinking: from a failing case to a smaller one that still fails.
//
// Works on the bytes alone: shorter is simpler, and of equal length the smaller byte string.
// Nothing about the generator needs to be known, because 0 is its simplest answer everywhere.
#ifndef BP_PROPS_CHOICE_SHRINK_H
#define BP_PROPS_CHOICE_SHRINK_H

#include "base/buf.h"

// A shrink_test says whether the case `bytes` still shows the failure. It may shorten the case:
// `*used` is set to the tape that the run recorded (not longer than CHOICES_LEN_MAX).
struct shrink_test {
    bool (*fails)(void *context, struct buf *used, struct view bytes);
    void *context;
};

// shrink makes the failing case in `best` smaller with at most `calls_max` calls of `test`, and
// returns how many it used. `best` always holds a case that failed.
unsigned shrink(struct buf *best, const struct shrink_test *test, unsigned calls_max);

#endif
