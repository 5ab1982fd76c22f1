// SPDX-License-Identifier: Apache-2.0
// The operator's back office: what its staff does to SIMs, clock and limiter, as lines of words.
//
//     consume ICCID MB [LOCATION]  data is used up
//     order ICCID ID TYPE MB DURATION LOCATIONS
//                                  a plan is bought: order 89... 7 MODIRECT 5 P1D US,CA
//     garden ICCID on|off          into the walled garden, or out of it
//     micro ICCID on|off           a microbalance is granted, or ended
//     clock +SECONDS               the operator's clock goes ahead
//     limiter N|off                requests a second
//     break on|off                 the back office answers nothing: 500
//     undo                         SIMs, clock, limiter and all as they were when it was started
//     state [ICCID]                what is set; one SIM as in an inventory
//
// Each is answered with one line: "ok", "ok WORDS" or "error WORDS".
#ifndef BP_SERVER_OFFICE_H
#define BP_SERVER_OFFICE_H

#include "operator/act.h"

struct office {
    struct bp_deployment *deployment;
    struct bp_hooks hooks; // what commands go through; office_open's may be wrapped
    int64_t ahead_ms;      // of the machine's clock
    uint64_t change_count; // acts and undos that changed what a state keeps
    // What `undo` brings back, see office_keep.
    struct bp_sim *kept; // NULL: nothing can be undone
    int64_t kept_ahead_ms;
    uint32_t kept_rate_per_s;
};

enum { OFFICE_LINE_LEN_MAX = 1024, OFFICE_ANSWER_LEN_MAX = 8192 };

#define OFFICE_AHEAD_MS_MAX ((int64_t)100 * 365 * 86400 * 1000) // how far the clock goes ahead

// office_open opens the office of a deployment, which is borrowed. Its hooks, all of them, act on
// the deployment and the office's clock; they borrow `out`, which must not be moved.
void office_open(struct office *out, struct bp_deployment *deployment);

// office_keep remembers how everything is now, for `undo`; `space` has room for every SIM of the
// deployment, and is borrowed. Transaction ids are not kept: undo forgets all of them.
void office_keep(struct office *office, struct bp_sim *space);

// office_now_ms is the operator's clock.
int64_t office_now_ms(const struct office *office);

// office_obey does what `line` (without its line end) says, by the hooks, and appends the answer
// with a line end; at least OFFICE_ANSWER_LEN_MAX bytes of `answer` are free.
void office_obey(struct buf *answer, struct office *office, struct view line);

#endif
