// SPDX-License-Identifier: Apache-2.0
// An act: what the operator's back office does behind the endpoint.
//
// The ways to it are called hooks, as in the ledger of clauses. At the reference operator they
// reach into its tables; at somebody's endpoint they are commands that the operator's staff gives.
#ifndef BP_OPERATOR_ACT_H
#define BP_OPERATOR_ACT_H

#include "operator/deployment.h"

// In the order of what they leave behind: where nothing can be undone, they are used in this order.
enum bp_hook {
    BP_HOOK_LIMITER, // requests beyond a rate are refused with 429
    BP_HOOK_FAULT,   // the back office breaks down
    BP_HOOK_WALLED,  // into the walled garden, or out of it
    BP_HOOK_MICRO,   // a microbalance is granted, or ended
    BP_HOOK_ORDER,   // a plan is bought
    BP_HOOK_CONSUME, // data is used up
    BP_HOOK_CLOCK,   // time passes
    BP_HOOK_COUNT
};

#define BP_HOOK_BIT(hook) ((uint8_t)(1u << (hook)))

enum { BP_HOOK_ALL = (1 << BP_HOOK_COUNT) - 1 }; // their bits

struct bp_act {
    enum bp_hook hook;
    struct view iccid;     // WALLED, MICRO, ORDER, CONSUME: whose
    bool is_on;            // FAULT, WALLED, MICRO
    uint32_t rate_per_s;   // LIMITER; 0: no limit
    int64_t bytes;         // ORDER: bought; CONSUME: used
    int64_t ms;            // ORDER: the plan's time; CLOCK: how much passes; not negative
    bool is_payg;          // ORDER: MODIRECTPAYG, else MODIRECT
    struct view id;        // ORDER: of the plan, unlike the SIM's others
    struct view countries; // ORDER: "US,CA"; CONSUME: "US", or empty for anywhere
};

enum { BP_ACT_TEXT_LEN_MAX = 64 };

// An act that is kept: its views point into the struct, which must not be moved.
struct bp_act_kept {
    struct bp_act act;
    char iccid[BP_ACT_TEXT_LEN_MAX];
    char id[BP_ACT_TEXT_LEN_MAX];
    char countries[BP_ACT_TEXT_LEN_MAX];
};

// bp_act_keep copies an act with its texts; longer ones than there is room for are cut.
void bp_act_keep(struct bp_act_kept *out, const struct bp_act *act);

// The hooks of one operator. What an act changes stays, until the operator is as at first again or
// `undo` is called.
struct bp_hooks {
    uint8_t there; // BP_HOOK_BITs
    // act returns false when it could not be done.
    bool (*act)(void *context, const struct bp_act *act);
    // undo brings back what was before the first act; false: it could not. NULL: nobody can, or
    // whoever has the operator does it in another way.
    bool (*undo)(void *context);
    void *context;
};

// bp_hook_name is the ledger's word: "consume".
const char *bp_hook_name(enum bp_hook hook);

// bp_act_refusal says in words why an act on a SIM cannot be done to a deployment at `now_ms`:
// there is no such SIM, no plan to book on, no room for a plan; a country that is none, an id that
// is taken, more data used than BP_DATA_MB_MAX. NULL: it can. Other acts always can. Cost: linear
// in the SIM's plans.
const char *bp_act_refusal(const struct bp_deployment *deployment, const struct bp_act *act,
                           int64_t now_ms);

// bp_act_apply does an act to a deployment of the reference operator. It returns false, and has
// changed nothing, where there is a bp_act_refusal, and for CLOCK: a deployment has none.
bool bp_act_apply(struct bp_deployment *deployment, const struct bp_act *act, int64_t now_ms);

#endif
