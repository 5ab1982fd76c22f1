// SPDX-License-Identifier: Apache-2.0
// The programs of the query's clauses. The clauses stand in query_rules.c.
#ifndef BP_PROPS_RULE_QUERY_JUDGES_H
#define BP_PROPS_RULE_QUERY_JUDGES_H

#include "props/rule/trial.h"

// weigh_stranger judges the answer to a parameter that is none of the API's (query.unknown).
struct verdict weigh_stranger(const struct exchange *x, const char *refused, const char *ignored);

struct verdict run_order(struct trial *trial);  // GB-QRY-1
struct verdict run_repeat(struct trial *trial); // GB-QRY-2
struct verdict weigh_repeat(const struct trial *trial);
struct verdict run_unknown(struct trial *trial);       // GB-QRY-3
struct verdict run_name_case(struct trial *trial);     // GB-QRY-4
struct verdict run_encoded_value(struct trial *trial); // GB-QRY-5
struct verdict run_steady(struct trial *trial);        // GB-QRY-8

// A defect that is combined with others to see which one is answered: the first row of its sense.
struct defect {
    enum axis axis;
    enum sense sense;
    const char *name;    // "limit", as people call it
    const char *word;    // stands in the body of a 400 that blames it; NULL: nothing says so
    status_set statuses; // that it is answered with
};
extern const struct defect steady_defects[];
extern const size_t steady_defect_count;

// The answers to the choices of run_steady are the index of a role here, and of two defects. With
// roles from STEADY_BRIEF on it asks twice, else four times.
enum { STEADY_PROGRAM = 25, STEADY_BRIEF = 4, STEADY_ROLE_COUNT = 6 };
extern const enum role steady_roles[STEADY_ROLE_COUNT];

#endif
