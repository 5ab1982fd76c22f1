// SPDX-License-Identifier: Apache-2.0
// The programs of the clauses that need the back office: data_programs.c about amounts,
// time_programs.c about times. The clauses stand in state_rules.c, body_rules.c and type_rules.c.
#ifndef BP_PROPS_RULE_STATE_PROGRAMS_H
#define BP_PROPS_RULE_STATE_PROGRAMS_H

#include "props/rule/trial.h"

struct verdict run_garden(struct trial *trial);       // GB-STATE-1
struct verdict run_microbalance(struct trial *trial); // GB-STATE-2
struct verdict run_consume(struct trial *trial);      // GB-STATE-3
struct verdict run_purchase(struct trial *trial);     // GB-STATE-6
struct verdict run_first(struct trial *trial);        // GB-STATE-7
struct verdict run_overdraw(struct trial *trial);     // GB-BODY-10
struct verdict run_use_up(struct trial *trial);       // GB-TYPE-2

struct verdict run_clock(struct trial *trial);   // GB-STATE-4
struct verdict run_overdue(struct trial *trial); // GB-BODY-12
struct verdict run_expire(struct trial *trial);  // GB-TYPE-3

#endif
