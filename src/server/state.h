// SPDX-License-Identifier: Apache-2.0
// A state: what an operator's deployment must not forget over a restart. A file that is an
// inventory, with one member more:
//
//     {"operator":{"clockMs":1767225600000,"aheadMs":0,"replayKey":"HEX32","seen":["HEX32 MS",..]},
//      "base":"/v1","host":"mo.example","sims":[...]}
//
// SIMs, plans, garden, microbalances, the operator's clock and the remembered transaction ids (as
// keyed digests) are kept; the limiter and a broken back office are not. The clock goes on while
// nothing runs. It is written before a command of the back office is answered, once a second while
// ids come, and at the end. The key of the digests is a secret: the file is the owner's alone (mode
// 0600).
#ifndef BP_SERVER_STATE_H
#define BP_SERVER_STATE_H

#include "server/office.h"

// The longest state: 1,200 SIMs would not fit, but what a JSON reader takes does.
enum { STATE_LEN_MAX = BP_JSON_LEN_MAX };

struct state {
    int64_t clock_ms; // the operator's clock when it was written
    int64_t ahead_ms;
    uint64_t replay_key[2];
    size_t seen_count;
    struct bp_replay_entry seen[BP_DEPLOYMENT_REPLAY_COUNT]; // oldest first
};

// state_put appends the state of `office`; `out` overflows when it is longer than there is space.
void state_put(struct buf *out, const struct office *office);

// state_read reads what is not the inventory; false when the text is no state. `reader` has room
// for it.
BP_MUST_USE bool state_read(struct state *out, struct bp_json_reader *reader, struct view text);

// state_restore gives a deployment opened at `state->clock_ms` its memory back.
void state_restore(struct office *office, const struct state *state);

#endif
