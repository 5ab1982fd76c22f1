// SPDX-License-Identifier: Apache-2.0
// A hook runner: hook commands as the hooks of a world.
//
// Only ICCIDs of the inventory go to a command. A command that failed is not run again, so that the
// programs that need it are skipped; but what sets something back (a switch to off, no limit, undo)
// is tried whatever was before, also when the run is being interrupted. When an act failed half
// way, or undo did, and nothing can be undone, nobody knows what the endpoint should answer: the
// runner is spoilt, refuses further acts, and the run had better end.
#ifndef BP_PROPS_SUBJECT_HOOK_RUNNER_H
#define BP_PROPS_SUBJECT_HOOK_RUNNER_H

#include "props/case/fixture.h"
#include "props/subject/hook_command.h"
#include "props/subject/time_use.h"

enum { HOOK_FAILURE_LEN_MAX = 1280 };

struct hook_runner {
    const struct hook_commands *commands;
    struct view known[ROLE_COUNT]; // ICCIDs; empty ones are none
    int timeout_ms;                // of one command
    bool (*stopped)(void *context);
    void *context;
    struct time_use *use; // what commands take is added to; may be NULL
    bool only_pretends; // nothing is run, and every act counts as done: to list what would be sent
    bool has_changed;   // something was done since the start or the last undo
    bool has_spent;     // and some of it cannot be switched back
    bool is_spoilt;
    uint64_t done_counts[HOOK_COMMAND_COUNT];
    char failures[HOOK_COMMAND_COUNT][HOOK_FAILURE_LEN_MAX]; // the first of each; "" when none
    uint16_t
        on_roles[BP_HOOK_COUNT]; // WALLED, MICRO: a bit per role where it was switched on by us
    bool is_on[BP_HOOK_COUNT];   // LIMITER, FAULT: the same
};

// hook_runner_init takes the ICCIDs of `fixture`; `commands` is borrowed. The caller fills in
// `stopped` (NULL: never), `context` and `use`.
void hook_runner_init(struct hook_runner *out, const struct hook_commands *commands,
                      const struct fixture *fixture, int timeout_ms);

// hook_runner_hooks borrows the runner. There is an `undo` only with that command.
struct bp_hooks hook_runner_hooks(struct hook_runner *runner);

// hook_runner_settle is for the end of a run: what is not undone yet is undone, or where nothing
// can be, what was switched on is switched off; `has_changed` says then whether anything is left.
void hook_runner_settle(struct hook_runner *runner);

// hook_runner_failure is the row of a command that failed, or HOOK_COMMAND_COUNT.
unsigned hook_runner_failure(const struct hook_runner *runner);

#endif
