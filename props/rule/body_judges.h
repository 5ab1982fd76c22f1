// SPDX-License-Identifier: Apache-2.0
// The judges of the body's clauses: body_text.c looks at the body as a text, body_member.c at the
// members of the balances. The clauses stand in body_rules.c.
#ifndef BP_PROPS_RULE_BODY_JUDGES_H
#define BP_PROPS_RULE_BODY_JUDGES_H

#include "props/rule/exchange.h"
#include "props/rule/verdict.h"

struct verdict judge_strict_json(const struct exchange *x);  // GB-BODY-3
struct verdict judge_unique_names(const struct exchange *x); // GB-BODY-4
struct verdict judge_decimal_sign(const struct exchange *x); // GB-BODY-16
struct verdict judge_escapes(const struct exchange *x);      // GB-BODY-17

struct verdict judge_ids(const struct exchange *x);              // GB-BODY-6
struct verdict judge_types(const struct exchange *x);            // GB-BODY-7
struct verdict judge_data_member(const struct exchange *x);      // GB-BODY-8
struct verdict judge_data_range(const struct exchange *x);       // GB-BODY-9
struct verdict judge_data_sign(const struct exchange *x);        // GB-BODY-10
struct verdict judge_time_member(const struct exchange *x);      // GB-BODY-11
struct verdict judge_time_sign(const struct exchange *x);        // GB-BODY-12
struct verdict judge_time_grammar(const struct exchange *x);     // GB-BODY-13
struct verdict judge_locations(const struct exchange *x);        // GB-BODY-14
struct verdict judge_usable_somewhere(const struct exchange *x); // GB-BODY-15

#endif
