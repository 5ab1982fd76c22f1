// SPDX-License-Identifier: Apache-2.0
// Comparing answers by what they mean: the status and the list of balances. Bytes, dates, ids of
// transactions, further members and the order of members do not count.
//
// Clocks tick between two reads of a remote endpoint, so the time of the later answer may be up to
// ANSWER_TICK_S_MAX lower.
#ifndef BP_PROPS_RULE_ANSWERS_H
#define BP_PROPS_RULE_ANSWERS_H

#include "props/rule/exchange.h"

enum { ANSWER_TICK_S_MAX = 5 };

// same_balance compares type, data, time, id and locations (in any order); a member that only one
// of them has makes them differ.
bool same_balance(const struct seen_balance *first, const struct seen_balance *later);

// same_basics compares type, data and time, and id when both have one.
bool same_basics(const struct seen_balance *first, const struct seen_balance *later);

// same_answer says that the statuses are equal and, where lists came back, that they have the same
// balances in the same order.
bool same_answer(const struct exchange *first, const struct exchange *later);

// same_lists compares two served lists with `same`.
bool same_lists(const struct exchange *first, const struct exchange *later,
                bool (*same)(const struct seen_balance *, const struct seen_balance *));

// has_balance says that the list of `x` has a balance with the same basics as `wanted`, which may
// be the later one.
bool has_balance(const struct exchange *x, const struct seen_balance *wanted);

// all_zero says that every balance of the list is zero (true for an empty list).
bool all_zero(const struct exchange *x);

#endif
