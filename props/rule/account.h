// SPDX-License-Identifier: Apache-2.0
// An account: what a tester knows of one SIM from its answers and from what was done to it since.
//
// It is a model of its own, made from the clauses and told nothing by the operator's code: the
// first answer is taken as it is, later ones have to follow from it. Private to sequences.
//
// An account is exact or rough. An exact one is for the reference operator: booked to the byte, on
// the plans in the order of the list, and told to the byte and to the second, rounded down. A rough
// one (account_rough.c) knows nothing of how an operator books, rounds and orders, and says only
// what can be right nowhere.
#ifndef BP_PROPS_RULE_ACCOUNT_H
#define BP_PROPS_RULE_ACCOUNT_H

#include "base/bounds.h"
#include "operator/act.h"
#include "props/case/fixture.h"
#include "props/rule/exchange.h"

// Who rounds down, or is a moment ahead, may leave a plan out that early.
enum { ACCOUNT_END_MS = 60000 };

struct account_plan {
    char id[BP_BALANCE_ID_LEN_MAX];
    uint8_t id_len;
    bool is_payg;
    int64_t left_bytes;  // at most, when rough
    int64_t left_ms_min; // what is left of its time, as far as whole seconds tell
    int64_t left_ms_max;
    // Of rough accounts:
    int64_t least_bytes;
    int64_t shown_bytes; // in the last answer
    int64_t spent_bytes; // since then: by this plan or another one of the SIM
    uint64_t shown_s;
    uint64_t shown_unit_s; // answer_unit_s of that
    bool is_seen;          // in the answer at hand
};

struct account {
    enum role role;
    bool is_exact;
    bool is_known;  // `plans` are all that would be listed; else those that certainly would
    bool is_lost;   // nothing can be told any more; only when rough
    bool in_garden; // confined to the walled garden
    bool has_micro; // a microbalance is granted
    unsigned plan_count;
    struct account_plan plans[BP_PLAN_COUNT_MAX];
};

// account_init begins with what the role promises: W is in the garden, B has a microbalance.
void account_init(struct account *account, enum role role, bool is_exact);

// account_see compares an answer with the account, and learns from it. `is_whole`: nothing was
// filtered. It returns NULL, or why the answer cannot be right. Of an answer that is not about the
// SIM (429, a broken back office) nothing is learned.
const char *account_see(struct account *account, const struct exchange *x, bool is_whole);

// The steps that change what later answers must be; they were accepted by the operator.
void account_consume(struct account *account, int64_t bytes);
void account_advance(struct account *account, int64_t ms);
void account_order(struct account *account, const struct bp_act *act);

// account_is_plan says that an element is a plan that can be told from others, account_bytes is its
// amount.
bool account_is_plan(const struct seen_balance *b);
int64_t account_bytes(const struct seen_balance *b);

// What rough accounts do instead; private to account.c.
const char *account_see_roughly(struct account *account, const struct exchange *x, bool is_whole);
// account_consume_roughly returns whether a plan may be used up now: another one may begin then.
bool account_consume_roughly(struct account *account, int64_t bytes);

#endif
