// SPDX-License-Identifier: Apache-2.0
// An act: what a tester has the operator's back office do behind the endpoint.
//
// The ledger calls the ways to it hooks. In process they reach into the reference operator's
// tables; at somebody's endpoint they are commands that the operator's staff gives.
#ifndef BP_PROPS_SUBJECT_ACT_H
#define BP_PROPS_SUBJECT_ACT_H

#include "operator/deployment.h"

// In the order of what they leave behind: where nothing can be undone, they are used in this order.
enum hook {
    HOOK_LIMITER, // requests beyond a rate are refused with 429
    HOOK_FAULT,   // the back office breaks down
    HOOK_WALLED,  // into the walled garden, or out of it
    HOOK_MICRO,   // a microbalance is granted, or ended
    HOOK_ORDER,   // a plan is bought
    HOOK_CONSUME, // data is used up
    HOOK_CLOCK,   // time passes
    HOOK_COUNT
};

#define HOOK_BIT(hook) ((uint8_t)(1u << (hook)))

// Commands that do acts know whole seconds only (hook_command.h): they round `ms` up.
struct act {
    enum hook hook;
    struct view iccid;     // WALLED, MICRO, ORDER, CONSUME: whose
    bool is_on;            // FAULT, WALLED, MICRO
    uint32_t rate_per_s;   // LIMITER; 0: no limit
    int64_t bytes;         // ORDER: bought; CONSUME: used
    int64_t ms;            // ORDER: the plan's time; CLOCK: how much passes
    bool is_payg;          // ORDER: MODIRECTPAYG, else MODIRECT
    struct view id;        // ORDER: of the plan, unlike the SIM's others
    struct view countries; // ORDER: "US,CA"
};

enum { ACT_TEXT_LEN_MAX = 64 };

// An act that is kept: its views point into the struct, which must not be moved.
struct act_kept {
    struct act act;
    char iccid[ACT_TEXT_LEN_MAX];
    char id[ACT_TEXT_LEN_MAX];
    char countries[ACT_TEXT_LEN_MAX];
};

// act_keep copies an act with its texts; longer ones than there is room for are cut.
void act_keep(struct act_kept *out, const struct act *act);

// The hooks of one world. What an act changes stays, until the subject is reset or `undo` is
// called.
struct hooks {
    uint8_t there; // HOOK_BITs
    // act returns false when it could not be done.
    bool (*act)(void *context, const struct act *act);
    // undo brings back what was before the first act; false: it could not. NULL: nobody can, or the
    // subject's reset does.
    bool (*undo)(void *context);
    void *context;
};

// hook_name is the ledger's word: "consume".
const char *hook_name(enum hook hook);

// act_apply does an act other than CLOCK to a deployment of the reference operator. It returns
// false when the operator has no such SIM, no plan to book on, or no room for a plan.
bool act_apply(struct bp_deployment *deployment, const struct act *act, int64_t now_ms);

#endif
