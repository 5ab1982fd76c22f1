// SPDX-License-Identifier: Apache-2.0
// The record of the user cases that an operator ran on its web portal (PORTAL-1..5).
//
//     id,category,result,date,evidence
//     case-01,eSIM,passed,2026-03-02,install.mp4
//
// The category of a case is eSIM, warm SIM, top-up or cancel, or a word of the operator's own.
#ifndef BP_PROPS_LAUNCH_PORTAL_H
#define BP_PROPS_LAUNCH_PORTAL_H

#include "props/launch/csv.h"
#include "props/launch/lint.h"

enum { PORTAL_CASE_COUNT = 50 }; // what the documents ask for

// portal_lint looks at each case: id, category, result passed, an ISO date and evidence; then at
// the number of distinct ids that passed, and at the four categories; and puts a table of what is
// missing. `space` has text.len bytes. Cost: quadratic in the cases, of which there are at most
// CSV_ROW_COUNT_MAX.
void portal_lint(struct lint *lint, struct view text, char *space);

// portal_is_date says whether a text is a day as 2026-03-02 that exists.
bool portal_is_date(struct view text);

#endif
