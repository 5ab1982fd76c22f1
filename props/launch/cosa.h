// SPDX-License-Identifier: Apache-2.0
// Lint of the rows that an operator submits to the Windows COSA database (COSA-1..4).
//
// The spreadsheet saved as CSV, a column a setting under the names of the documents. Rows whose
// UpdateType is Delete are passed over.
#ifndef BP_PROPS_LAUNCH_COSA_H
#define BP_PROPS_LAUNCH_COSA_H

#include "props/launch/csv.h"
#include "props/launch/lint.h"
#include "props/launch/ranges.h"

struct cosa_config {
    bool accepts_true; // SupportDataMarketplace may be true, as the later settings page has it: the
                       // key cosa.flag
    // Gives the bytes of an icon file, valid until the next call, or false; NULL: icons are not
    // looked at. `name` is a relative path that stays within the spreadsheet's folder.
    bool (*read_icon)(void *context, struct view *bytes, struct view name);
    void *context;
};

// cosa_lint looks at each row of `text` and puts what it finds; the ranges that can be used are
// added to `*ranges`, whose operators borrow from `text` and `space` (text.len bytes). An ICCID
// range stands in two columns, "ICCID Range - Start" and "ICCID Range - End", or, as operators
// mailed it in 2017, in one called "ICCID Range": "a-b; c-d;". Cost: linear in the text, quadratic
// in the ranges.
void cosa_lint(struct lint *lint, struct ranges *ranges, struct view text, char *space,
               const struct cosa_config *config);

#endif
