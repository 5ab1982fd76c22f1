// SPDX-License-Identifier: Apache-2.0
// What is reported of a SIM: its balances at a point in time, for a checked query.
//
// A plan is active while it has not expired and, when it is PAYG, still has data. No active plan,
// the walled garden, or a microbalance: one NONE element with 0 and PT0S (GB-ZERO-1, GB-TYPE-1,2,3,
// GB-STATE-1,2). A SIM that shall not take part: one NOTSUPPORTED element, whatever the location
// (GB-TYPE-7..9). The limit is applied last (GB-LIMIT-10, GB-LIMIT-11).
#ifndef BP_OPERATOR_BALANCE_H
#define BP_OPERATOR_BALANCE_H

#include "base/buf.h"
#include "http/query.h"
#include "operator/sim.h"

enum bp_balance_type { BP_TYPE_MODIRECT, BP_TYPE_MODIRECTPAYG, BP_TYPE_NONE, BP_TYPE_NOTSUPPORTED };

struct bp_balance {
    enum bp_balance_type type;
    const struct bp_plan *plan; // NULL for NONE and NOTSUPPORTED; gives id and countries
    int64_t remaining_bytes;    // not negative
    uint64_t remaining_s;       // whole seconds, rounded down
};

struct bp_balance_list {
    size_t count;
    struct bp_balance items[BP_PLAN_COUNT_MAX];
};

// bp_balances_at lists what `sim` has at `now_ms` for `query`. The items borrow the SIM's plans.
// Cost: plans times countries.
void bp_balances_at(struct bp_balance_list *out, const struct bp_sim *sim,
                    const struct bp_query *query, int64_t now_ms);

// bp_balances_write appends the JSON of `list`: {"balances":[...]}. `id` is written in both
// templates, `locations` in full only.
void bp_balances_write(struct buf *out, const struct bp_balance_list *list, enum bp_fields fields);

#endif
