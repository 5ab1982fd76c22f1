// SPDX-License-Identifier: Apache-2.0
// An account: what a tester knows of one SIM from its answers and from what was done to it since.
//
// It is a model of its own, made from the clauses and told nothing by the operator's code: the
// first answer is taken as it is, later ones have to follow from it. Private to sequences.
#ifndef BP_PROPS_CASE_ACCOUNT_H
#define BP_PROPS_CASE_ACCOUNT_H

#include "operator/sim.h"
#include "props/case/fixture.h"
#include "props/rule/exchange.h"
#include "props/subject/act.h"

struct account_plan {
    char id[BP_BALANCE_ID_LEN_MAX];
    uint8_t id_len;
    bool is_payg;
    int64_t left_bytes;
    int64_t left_ms_min; // what is left of its time, as far as whole seconds tell
    int64_t left_ms_max;
};

struct account {
    enum role role;
    bool is_known;  // `plans` are all that would be listed; else those that certainly would
    bool in_garden; // confined to the walled garden
    bool has_micro; // a microbalance is granted
    unsigned plan_count;
    struct account_plan plans[BP_PLAN_COUNT_MAX];
};

// account_init begins with what the role promises: W is in the garden, B has a microbalance.
void account_init(struct account *account, enum role role);

// account_see compares an answer with the account, and learns from it. `is_whole`: nothing was
// filtered. It returns NULL, or why the answer cannot be right.
const char *account_see(struct account *account, const struct exchange *x, bool is_whole);

// The steps that change what later answers must be; they were accepted by the operator.
void account_consume(struct account *account, int64_t bytes);
void account_advance(struct account *account, int64_t ms);
void account_order(struct account *account, const struct act *act);

#endif
