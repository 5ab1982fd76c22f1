// SPDX-License-Identifier: Apache-2.0
// What balprobe fuzz --remote makes of an endpoint that went down, or that refuses what it served.
#ifndef BP_PROPS_CLI_FALL_H
#define BP_PROPS_CLI_FALL_H

#include "props/hunt/hunt.h"
#include "props/report/terminal.h"

// fall_settle writes into the result what the end of the hunt means for it. An input that brings
// the endpoint down is a failure of GB-ERR-3, which then is among the clauses of `only`; one behind
// which it refuses the sender is none. Silence cannot be told from a crash and counts as one, on
// purpose: an endpoint, or something before it, that bars a sender without a word fails GB-ERR-3.
void fall_settle(struct check_result *result, const struct hunt *hunt, bool *only);

// fall_put appends what is known, and writes the suspects as cases into `folder`, which it makes.
// False: the endpoint did not go down, and nothing is said.
bool fall_put(struct buf *out, const struct hunt *hunt, const struct terminal_run *run,
              const char *folder, const struct fixture *fixture);

#endif
