// SPDX-License-Identifier: Apache-2.0
// Comparing answers by what they mean: the status and the list of balances. Bytes, dates, ids of
// transactions, further members and the order of members do not count.
//
// Clocks tick between two reads of a remote endpoint, so the time of the later answer may be lower:
// by ANSWER_TICK_S_MAX seconds and as many as have passed between the Date fields of the two, and
// at least by one step of the endpoint's own granularity, which is the smallest unit that it shows
// (a day, an hour, a minute). It may be higher by one such step: the clocks of two servers behind a
// balancer differ a little, and each of them rounds.
#ifndef BP_PROPS_RULE_ANSWERS_H
#define BP_PROPS_RULE_ANSWERS_H

#include "props/rule/exchange.h"

enum { ANSWER_TICK_S_MAX = 5, ANSWER_GAP_S_MAX = 3600 };
enum { DAY_S = 86400, DAY_MS = DAY_S * 1000 };

// same_balance compares two balances, number `i` of the first answer and number `j` of the later
// one: type, data, time, id and locations (in any order); a member that only one of them has makes
// them differ.
bool same_balance(const struct exchange *first, const struct exchange *later, size_t i, size_t j);

// same_basics compares type, data and time, and id when both have one.
bool same_basics(const struct exchange *first, const struct exchange *later, size_t i, size_t j);

// same_answer says that the statuses are equal and, where lists came back, that they have the same
// balances in the same order.
bool same_answer(const struct exchange *first, const struct exchange *later);

// same_lists compares two served lists with `same`. Where a balance may have ended in between, and
// another may have begun, they cannot be compared and count as the same.
bool same_lists(const struct exchange *first, const struct exchange *later,
                bool (*same)(const struct exchange *, const struct exchange *, size_t, size_t));

// answer_unit_s is the seconds of the smallest unit that the time of a balance shows: the last one
// printed, or the largest of a day, an hour and a minute that it is a whole number of: whoever
// counts minutes may print seconds (PT7200S). The balance has_time.
uint64_t answer_unit_s(const struct seen_balance *b);

// answer_step_s is the step of the endpoint's clock, in seconds, as far as two durations tell.
uint64_t answer_step_s(const struct seen_balance *first, const struct seen_balance *later);

// has_risen says that the time of a balance, known by its place, is higher by more than
// ANSWER_TICK_S_MAX: where time is rounded coarsely that may be right once in a while.
bool has_risen(const struct exchange *first, const struct exchange *later);

// has_balance says that the list of `first` has a balance with the same basics as number `j` of the
// later answer.
bool has_balance(const struct exchange *first, const struct exchange *later, size_t j);

// same_but_numbers says that two texts are equal but for the characters of numbers, dates and
// correlation ids, which differ between any two answers.
bool same_but_numbers(struct view a, struct view b);

// all_zero says that every balance of the list is zero (true for an empty list).
bool all_zero(const struct exchange *x);

#endif
