// SPDX-License-Identifier: Apache-2.0
// Programs about credentials. The clauses stand in auth_rules.c.
#ifndef BP_PROPS_RULE_AUTH_PROGRAMS_H
#define BP_PROPS_RULE_AUTH_PROGRAMS_H

#include "props/rule/trial.h"

// run_behind asks one target with right and with wrong credentials, in either order: what the first
// was answered is not the answer to the second (GB-AUTH-2).
struct verdict run_behind(struct trial *trial);

// run_nearly sends credentials that are right to whoever compares the text of the field in part or
// without regard to letter case, and those without a password (GB-AUTH-4).
struct verdict run_nearly(struct trial *trial);

#endif
