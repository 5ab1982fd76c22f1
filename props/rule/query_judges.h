// SPDX-License-Identifier: Apache-2.0
// The programs of the query's clauses. The clauses stand in query_rules.c.
#ifndef BP_PROPS_RULE_QUERY_JUDGES_H
#define BP_PROPS_RULE_QUERY_JUDGES_H

#include "props/rule/trial.h"

struct verdict run_order(struct trial *trial);         // GB-QRY-1
struct verdict run_repeat(struct trial *trial);        // GB-QRY-2
struct verdict run_unknown(struct trial *trial);       // GB-QRY-3
struct verdict run_name_case(struct trial *trial);     // GB-QRY-4
struct verdict run_encoded_value(struct trial *trial); // GB-QRY-5
struct verdict run_steady(struct trial *trial);        // GB-QRY-8

#endif
