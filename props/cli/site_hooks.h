// SPDX-License-Identifier: Apache-2.0
// The hook commands of a site: read from its inventory file, and used on this machine, or off it
// when the user says --hooks, because they change SIMs.
#ifndef BP_PROPS_CLI_SITE_HOOKS_H
#define BP_PROPS_CLI_SITE_HOOKS_H

#include "props/rule/trial.h"
#include "props/subject/hook_runner.h"

enum { HOOK_TIMEOUT_DEFAULT_MS = 30000 };

struct site_hooks {
    struct hook_commands commands;
    struct hook_runner runner;
    bool are_used;
};

// site_hooks_read reads the hooks of the inventory `text` (empty: the sample, which has none) and
// `timeout`, the seconds of one command (NULL: the default). It returns an exit status:
// EXIT_PASSED, or another one after having told what is wrong. The hooks must not be moved.
int site_hooks_read(struct site_hooks *out, struct view text, const char *timeout,
                    const struct fixture *fixture, bool (*stopped)(void *context));

// site_hooks_use gives the world its hooks.
void site_hooks_use(struct site_hooks *hooks, struct world *world);

// site_hooks_put appends the commands that would be run, a line each; nothing when none would.
void site_hooks_put(struct buf *out, const struct site_hooks *hooks);

#endif
