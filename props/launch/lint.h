// SPDX-License-Identifier: Apache-2.0
// What a lint of launch papers found, one line an item, written as it goes:
//
//       ok      COSA-2     line 2, DataMarketplaceRoamingUIEnabled: 1
//       FAILED  COSA-3     line 3, ICCID Range - End: does not end with 99: "8988...98"
//
// Only the first lines are written, all items are counted.
#ifndef BP_PROPS_LAUNCH_LINT_H
#define BP_PROPS_LAUNCH_LINT_H

#include "base/buf.h"

enum { LINT_LINE_COUNT_MAX = 200, LINT_WORDS_LEN_MAX = 400, LINT_ID_COUNT_MAX = 16 };

enum lint_grade { LINT_OK, LINT_WARNING, LINT_FAILED, LINT_GRADE_COUNT };

struct lint_item {
    enum lint_grade grade;
    const char *id;     // of the clause, or "CSV"
    size_t line;        // of the file; 0: the item is about all of it
    struct view column; // may be empty
    const char *words;  // one clause without a full stop
    struct view given;  // foreign bytes, quoted behind the words; not there when data is NULL
};

// How the items of one clause fared.
struct lint_tally {
    const char *id;
    size_t counts[LINT_GRADE_COUNT];
};

struct lint {
    struct buf *out;
    size_t line_count;
    size_t counts[LINT_GRADE_COUNT];
    size_t tally_count;
    struct lint_tally tallies[LINT_ID_COUNT_MAX]; // of the ids in the order of their first items
};

// lint_open begins to write to `out`.
void lint_open(struct lint *out, struct buf *text);

// lint_put writes an item and counts it. Lines are at most 80 columns wide, unless one word of them
// is wider. Foreign bytes are escaped and cut.
void lint_put(struct lint *lint, const struct lint_item *item);

// lint_tally is the tally of a clause, or NULL when no item was about it.
const struct lint_tally *lint_tally(const struct lint *lint, struct view id);

// lint_close writes the verdict, the last line: "PASS  12 ok, 1 warning, 0 failed". It passes when
// nothing failed and something was looked at.
bool lint_close(struct lint *lint);

#endif
