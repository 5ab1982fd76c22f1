// SPDX-License-Identifier: Apache-2.0
// How runs that judge clauses end: findings on disk, and the exit status.
#ifndef BP_PROPS_CLI_ENDING_H
#define BP_PROPS_CLI_ENDING_H

#include "props/run/check.h"

// ending_keep writes the cases of the findings into `folder`, which it makes. False: there are
// none, or not all could be written.
bool ending_keep(const struct check_result *result, const char *folder);

// ending_keep_one writes the case of one finding into `folder`, which is there.
bool ending_keep_one(const struct finding *finding, const char *folder);

// ending_status is the exit status for what the run says about the clauses in `only`.
int ending_status(const struct check_result *result, const bool *only);

#endif
