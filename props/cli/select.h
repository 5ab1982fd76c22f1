// SPDX-License-Identifier: Apache-2.0
// Which clauses: lists of ids on the command line.
#ifndef BP_PROPS_CLI_SELECT_H
#define BP_PROPS_CLI_SELECT_H

#include <stdbool.h>

// select_clauses sets `selected` (CLAUSE_COUNT_MAX of them) from `only` and `skip`, each NULL or a
// list of ids with commas between them. An id is a clause (GB-LIMIT-4) or the beginning of several
// up to a dash (GB-LIMIT). Letter case does not matter. Without `only` all are selected. It returns
// an exit status, after telling what is wrong.
int select_clauses(bool *selected, const char *only, const char *skip);

// select_refuse tells that there is no such clause, and returns the exit status for it.
int select_refuse(const char *id);

#endif
