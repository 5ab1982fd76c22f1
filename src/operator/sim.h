// SPDX-License-Identifier: Apache-2.0
// What an operator knows of its subscribers: SIMs and the plans bought for them.
//
// A plan never changes with time; what remains of it is a function of the plan and the clock
// (balance.h). Data is counted in bytes, so that nothing is lost to rounding: one MB is BP_MB
// bytes.
#ifndef BP_OPERATOR_SIM_H
#define BP_OPERATOR_SIM_H

#include "value/iccid.h"

#define BP_MB ((int64_t)1000000)

enum bp_plan_type { BP_PLAN_MODIRECT, BP_PLAN_MODIRECTPAYG };

struct bp_plan {
    enum bp_plan_type type;
    uint8_t id_len;
    uint8_t country_count;
    char id[BP_BALANCE_ID_LEN_MAX];
    char countries[BP_COUNTRY_COUNT_MAX][2]; // assigned codes, upper case
    int64_t quota_bytes;                     // bought
    int64_t used_bytes;                      // consumed; may exceed the quota
    int64_t expires_ms;                      // Unix time
};

// bp_plan_left_bytes is what has not been consumed, never negative (GB-BODY-10).
static inline int64_t bp_plan_left_bytes(const struct bp_plan *plan)
{
    return plan->used_bytes < plan->quota_bytes ? plan->quota_bytes - plan->used_bytes : 0;
}

// bp_plan_left_s is the time left in whole seconds, rounded down, never negative (GB-BODY-12).
// `now_ms` is not negative.
static inline uint64_t bp_plan_left_s(const struct bp_plan *plan, int64_t now_ms)
{
    return plan->expires_ms > now_ms ? (uint64_t)(plan->expires_ms - now_ms) / 1000 : 0;
}

// bp_plan_is_active says whether the plan counts at `now_ms`: a whole second of time is left and,
// when it is PAYG, data too (GB-TYPE-2, GB-TYPE-3, GB-TYPE-5).
static inline bool bp_plan_is_active(const struct bp_plan *plan, int64_t now_ms)
{
    return bp_plan_left_s(plan, now_ms) != 0 &&
           (plan->type == BP_PLAN_MODIRECT || bp_plan_left_bytes(plan) != 0);
}

// bp_plan_holds_in says whether the plan may be used in `country`, two upper-case letters. Cost:
// linear in its countries.
bool bp_plan_holds_in(const struct bp_plan *plan, const char country[2]);

struct bp_sim {
    struct bp_iccid iccid;
    char role[4];      // label in the inventory: "A", "A1", "LOAD"; padded with zeros
    bool is_supported; // false: NOTSUPPORTED
    bool in_garden;    // confined to the walled garden: everything is reported as zero
    bool has_micro;    // a microbalance is granted: reported as zero
    uint8_t plan_count;
    struct bp_plan plans[BP_PLAN_COUNT_MAX]; // in the order in which they are used up
};

// A bp_sim_table finds SIMs by ICCID. The arrays are the caller's.
struct bp_sim_table {
    struct bp_sim *sims;
    size_t count;
    size_t cap;
    uint16_t *slots;   // hash table: index + 1, or 0; private to sim.c
    size_t slot_count; // power of two, at least twice `cap`
};

// bp_sim_table_init makes an empty table over the caller's arrays. `cap` is at most
// BP_SIM_COUNT_MAX.
void bp_sim_table_init(struct bp_sim_table *table, struct bp_sim *sims, size_t cap, uint16_t *slots,
                       size_t slot_count);

// bp_sim_add appends a copy of `sim`; false when the table is full or has that ICCID already.
BP_MUST_USE bool bp_sim_add(struct bp_sim_table *table, const struct bp_sim *sim);

// bp_sim_find is the SIM with that ICCID, or NULL. Cost: one or two comparisons.
struct bp_sim *bp_sim_find(const struct bp_sim_table *table, const struct bp_iccid *iccid);

// bp_sim_has_plan says whether one of the SIM's plans has that id.
bool bp_sim_has_plan(const struct bp_sim *sim, struct view id);

// bp_sim_consume books `bytes` of data (not negative) on the first plan of `sim` that is active at
// `now_ms` and has data left for `country` (two letters, or NULL for any), then on the next one,
// and what is left over on the last plan touched. MODIRECT plans are touched without data left,
// too. It returns false when no plan was active.
bool bp_sim_consume(struct bp_sim *sim, int64_t bytes, const char *country, int64_t now_ms);

// bp_sim_order appends a plan; false when there are BP_PLAN_COUNT_MAX already. It also ends a
// microbalance and lets the SIM out of the garden.
bool bp_sim_order(struct bp_sim *sim, const struct bp_plan *plan);

#endif
