// SPDX-License-Identifier: Apache-2.0
// Asking before anything leaves this machine.
#ifndef BP_PROPS_CLI_CONSENT_H
#define BP_PROPS_CLI_CONSENT_H

#include "props/cli/site.h"

// consent_ask asks on the terminal whether requests may be sent to the site, and returns
// EXIT_PASSED when they may: the site is on this machine, `says_yes` (--yes), or the answer begins
// with y. Otherwise EXIT_USAGE, after having said so; also when nobody can be asked because
// standard input is no terminal.
int consent_ask(const struct site *site, bool says_yes);

// consent_production returns EXIT_PASSED unless the inventory says that its SIMs are of the
// production environment and --production was not given: then EXIT_USAGE, after having said so
// (ENV-1).
int consent_production(const struct site *site);

// consent_put is the asking alone: it puts a question that ends with [y/N] and returns EXIT_PASSED
// when the answer begins with y. Otherwise EXIT_USAGE; `nobody` is told when standard input is no
// terminal.
int consent_put(struct view question, const char *nobody);

#endif
