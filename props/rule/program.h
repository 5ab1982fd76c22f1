// SPDX-License-Identifier: Apache-2.0
// Words for programs: short sequences of exchanges that judge one clause.
//
// A program takes its freedom from the trial's choices and from small sets, so that an odometer
// visits all of it. When the plain answer it compares with is not a list, it says nothing: other
// clauses judge that.
#ifndef BP_PROPS_RULE_PROGRAM_H
#define BP_PROPS_RULE_PROGRAM_H

#include "props/rule/answers.h"
#include "props/rule/facts.h"
#include "props/rule/trial.h"

// plain_for makes the plain request of that role.
void plain_for(struct intent *out, enum role role);

// plain_for_any is plain_for a role that the operator knows, chosen among those that are there. It
// returns false when there is none.
BP_MUST_USE bool plain_for_any(struct intent *out, struct trial *trial);

// pick_sense sets `axis` to one of its rows of that sense, chosen.
void pick_sense(struct intent *intent, struct trial *trial, enum axis axis, enum sense sense);

// pick_few is pick_sense among the first `count_max` of them: it keeps products small.
void pick_few(struct intent *intent, struct trial *trial, enum axis axis, enum sense sense,
              unsigned count_max);

// pick_good sets `axis` to one of its rows that must be served, row 0 included, chosen.
void pick_good(struct intent *intent, struct trial *trial, enum axis axis);

// row_of_text is the row of `axis` with that text and no refusals, or axis_row_count when there is
// none.
unsigned row_of_text(enum axis axis, struct view text);

// ask closes `intent` for the deployment and sends it.
const struct exchange *ask(struct trial *trial, unsigned slot, struct intent *intent);

// same_where_served judges that `other`, where it is answered with 200, is answered like `plain`.
struct verdict same_where_served(struct trial *trial, struct intent *plain, struct intent *other,
                                 const char *why);

// same_always judges that `other` is answered like `plain`, which is served.
struct verdict same_always(struct trial *trial, struct intent *plain, struct intent *other,
                           const char *why);

#endif
