// SPDX-License-Identifier: Apache-2.0
// Programs about paths that the grammar does not write. The clauses stand in path_rules.c.
#ifndef BP_PROPS_RULE_PATH_PROGRAMS_H
#define BP_PROPS_RULE_PATH_PROGRAMS_H

#include "props/rule/trial.h"

// run_near_sim asks for ids that are a known one to whoever compares numbers, looks at part of the
// digits, or hands the id to a database as a pattern or as part of a statement (GB-PATH-7).
struct verdict run_near_sim(struct trial *trial);

#endif
