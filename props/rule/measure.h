// SPDX-License-Identifier: Apache-2.0
// Measures: what is left of a SIM's prepaid plans, and by how much two readings of the same truth
// may differ.
//
// The programs that look at the state over time need not know the SIM: they learn from the first
// answer and compare the later one. Endpoints round, in one way each and never against the course
// of things: amounts to whole MB or to hundredths, times to the smallest unit they print.
#ifndef BP_PROPS_RULE_MEASURE_H
#define BP_PROPS_RULE_MEASURE_H

#include "props/rule/program.h"

enum {
    MB_BYTES = 1000000,
    ADVANCE_S_MAX = 20 * 365 * DAY_S, // no plan is that long: a time beyond it is not waited out
};

// data_left_mb is the sum over the elements that promise an amount, all but MODIRECT.
double data_left_mb(const struct exchange *x);

// data_least_mb is the smallest positive amount among them, 0 without any: what a consumption takes
// off at least, on whatever plan it is booked.
double data_least_mb(const struct exchange *x);

// data_slack_mb is how far the sums of two readings may be off: as much as rounding can do, for
// each element, by the step that the finer of the two shows.
double data_slack_mb(const struct exchange *first, const struct exchange *later);

// data_step_mb is a step in which the amounts of the answer may be shown: the largest of 1024, 1000
// and 100 MB that divides each of them, else 10 MB, which are slices of a quota. Amounts of 0 do
// not count.
double data_step_mb(const struct exchange *x);

// is_prepaid says that no element is postpaid: consumption cannot be booked on one.
bool is_prepaid(const struct exchange *x);

// time_longest_s is the longest time left as it is shown, time_most_s the longest that may really
// be left: a rounded time hides up to one step.
uint64_t time_longest_s(const struct exchange *x);
uint64_t time_most_s(const struct exchange *x);

// find_same is the index in the later answer of balance number `i` of the first: by its id, or by
// its place when there are no ids and as many elements; seen_count(later) when it is not there.
size_t find_same(const struct exchange *first, size_t i, const struct exchange *later);

// weigh_empty_list judges an empty list, where an element with nothing left belongs, by the reading
// of zero.empty.
struct verdict weigh_empty_list(const struct exchange *x, const char *why);

// weigh_nothing_left judges the answer of a SIM of which nothing may be left: an empty list by the
// reading of zero.empty, anything left with `why`.
struct verdict weigh_nothing_left(const struct exchange *x, const char *why);

// weigh_type_none is weigh_nothing_left where the type has to be NONE too.
struct verdict weigh_type_none(const struct exchange *x, const char *why);

// weigh_used_up judges the answer of a SIM whose data is used up: NONE and no data. Its plan may
// have time left (GB-TYPE-4).
struct verdict weigh_used_up(const struct exchange *x);

// pick_prepaid makes the plain request of the role A or A1, chosen; false: it is not there.
BP_MUST_USE bool pick_prepaid(struct intent *out, struct trial *trial);

// How a program asks before and behind an act. Caches and second ways to the data show only in some
// forms of the request, or when it has been made often.
enum look {
    LOOK_PLAIN,
    LOOK_FULL,    // the full template
    LOOK_LOCATED, // for one country
    LOOK_OFTEN,   // plain, and several times before the act
    LOOK_COUNT
};

// pick_look chooses one and puts it into the plain request. look_first asks in slot 0, as often as
// it takes, and returns the last answer.
BP_MUST_USE enum look pick_look(struct intent *intent, struct trial *trial);
const struct exchange *look_first(struct trial *trial, struct intent *intent, enum look look);

// set_country asks for the balances of one country: "US".
void set_country(struct intent *intent, const char *code);

// The acts of the programs; false: they could not be done.
bool consume(struct trial *trial, const struct intent *whose, double mb);
bool advance(struct trial *trial, uint64_t seconds);
bool buy(struct trial *trial, const struct intent *whose, double mb, uint64_t seconds,
         const char *country);
bool turn(struct trial *trial, const struct intent *whose, enum bp_hook hook, bool is_on);

// no_act is the verdict where an act could not be done.
static inline struct verdict no_act(void)
{
    return skip("a step of the back office was not taken");
}

// no_role is the verdict where the fixture lacks the role.
static inline struct verdict no_role(void) { return skip("the fixture lacks the role"); }

#endif
