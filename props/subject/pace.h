// SPDX-License-Identifier: Apache-2.0
// A pace: whoever speaks to a target waits for its turn, in short naps, so that the target can say
// stop.
#ifndef BP_PROPS_SUBJECT_PACE_H
#define BP_PROPS_SUBJECT_PACE_H

#include "props/subject/target.h"

struct pace {
    const struct target *target;
    int64_t due_us; // no request before that; of bp_clock_us
};

// pace_is_stopped asks the target whether to stop.
bool pace_is_stopped(const struct pace *pace);

// pace_sleep waits until `due_us`; pace_turn until the target's rate allows another request or
// connection. False: the target says stop.
BP_MUST_USE bool pace_sleep(struct pace *pace, int64_t due_us);
BP_MUST_USE bool pace_turn(struct pace *pace);

#endif
