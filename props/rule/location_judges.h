// SPDX-License-Identifier: Apache-2.0
// The programs of the clauses on location. The clauses stand in location_rules.c.
#ifndef BP_PROPS_RULE_LOCATION_JUDGES_H
#define BP_PROPS_RULE_LOCATION_JUDGES_H

#include "props/rule/trial.h"

struct verdict judge_zero_there(const struct exchange *x);  // GB-LOC-3
struct verdict run_location_subset(struct trial *trial);    // GB-LOC-2
struct verdict run_elsewhere(struct trial *trial);          // GB-LOC-3
struct verdict run_empty_location(struct trial *trial);     // GB-LOC-7
struct verdict run_lower_case(struct trial *trial);         // GB-LOC-8
struct verdict weigh_lower_case(const struct trial *trial); //
struct verdict run_uk(struct trial *trial);                 // GB-LOC-9
struct verdict weigh_uk(const struct trial *trial);         //

#endif
