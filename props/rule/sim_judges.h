// SPDX-License-Identifier: Apache-2.0
// The judges of the clauses on the SIM id in the path. The clauses stand in path_rules.c.
#ifndef BP_PROPS_RULE_SIM_JUDGES_H
#define BP_PROPS_RULE_SIM_JUDGES_H

#include "props/rule/trial.h"

struct verdict judge_scheme(const struct exchange *x);      // GB-PATH-3
struct verdict judge_blank(const struct exchange *x);       // GB-PATH-4
struct verdict judge_unknown_sim(const struct exchange *x); // GB-PATH-5
struct verdict judge_malformed(const struct exchange *x);   // GB-PATH-6
struct verdict judge_neighbour(const struct exchange *x);   // GB-PATH-7
struct verdict judge_filler(const struct exchange *x);      // GB-PATH-8
struct verdict judge_luhn(const struct exchange *x);        // GB-PATH-9
struct verdict judge_escape(const struct exchange *x);      // GB-PATH-10

// run_sim_form judges that an id written in that sense, where it is served, is answered like the
// bare one.
struct verdict run_sim_form(struct trial *trial, enum sense sense, const char *why);
struct verdict run_scheme(struct trial *trial); // GB-PATH-3
struct verdict run_blank(struct trial *trial);  // GB-PATH-4
struct verdict run_filler(struct trial *trial); // GB-PATH-8

#endif
