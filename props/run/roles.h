// SPDX-License-Identifier: Apache-2.0
// Are the test SIMs what the inventory says? Judged by plain comparisons, before any clause.
//
// The set-up is blamed before the endpoint, but never so that a broken endpoint hides. The rule: a
// role is taken out of the run only when its answer is well-formed, shows plainly another kind of
// SIM, and is not what a clause forbids for this very role. So
//
//     A, A1, P  are taken out when the answer is 404, NONE, NOTSUPPORTED, or of the other kind of
//               plan; A1 also when it lists another country. A with one balance stays.
//     Z, X, E   are taken out when the answer lists an active balance: data and time are left.
//               404, an empty list, MODIRECT with 0 or NOTSUPPORTED stay: GB-LOC-4, GB-ZERO-1,
//               GB-TYPE-1 to -3 forbid just that.
//     W, B, N   are never taken out: what they show is what GB-STATE-1, GB-STATE-2 and GB-TYPE-7
//               judge.
//     U         is never taken out: 200 is what GB-PATH-5 judges.
//
// An answer that is neither 200 with a sound list nor 404 shows nothing and stays.
#ifndef BP_PROPS_RUN_ROLES_H
#define BP_PROPS_RUN_ROLES_H

#include "props/rule/trial.h"

// What kind of SIM an answer shows.
enum role_kind {
    KIND_UNCLEAR,  // none of the others
    KIND_ACTIVE,   // at least one MODIRECTPAYG with data and time left
    KIND_POSTPAID, // MODIRECT only
    KIND_NOTHING,  // NONE with nothing left
    KIND_NO_PART,  // NOTSUPPORTED
    KIND_UNKNOWN,  // 404
    KIND_COUNT
};

enum role_state {
    ROLE_ABSENT,     // not in the inventory
    ROLE_AS_CLAIMED, //
    ROLE_OTHERWISE,  // the clauses will judge it
    ROLE_TAKEN_OUT   // the set-up is blamed
};

struct role_row {
    enum role_state state;
    enum role_kind kind;
    unsigned status; // of the last answer
};

struct roles {
    struct role_row rows[ROLE_COUNT];
    bool saw_200;
};

// roles_look asks for one role, in at most two ways, and keeps the better answer. The exchange is
// the last one.
const struct exchange *roles_look(struct roles *out, struct trial *trial, enum role role);

// roles_judge compares one answer with the claim: the kind it shows and what follows.
struct role_row roles_judge(const struct exchange *x, enum role role);

// role_kind_words is "a SIM with an active balance"; role_claim_words what the inventory claims.
const char *role_kind_words(enum role_kind kind);
const char *role_claim_words(enum role role);

#endif
