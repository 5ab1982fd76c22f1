// SPDX-License-Identifier: Apache-2.0
// Requests that share a transaction id (GB-TXN-1): one behind the other for the same, for another
// SIM or with another query, and several at the same time.
//
// An endpoint that keeps its answers under the id alone gives one subscriber the balances of
// another: what is served for another request is compared with what that gets with an id of its
// own. Of several at the same time each is served or refused, and one of them is served.
#ifndef BP_PROPS_RULE_REPEAT_H
#define BP_PROPS_RULE_REPEAT_H

#include "props/rule/trial.h"

struct verdict run_same_id(struct trial *trial);
struct verdict weigh_same_id(const struct trial *trial);

#endif
