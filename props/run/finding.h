// SPDX-License-Identifier: Apache-2.0
// Findings: the cases that show a failure, one per clause and reason, the simplest of each.
#ifndef BP_PROPS_RUN_FINDING_H
#define BP_PROPS_RUN_FINDING_H

#include "props/rule/trial.h"

enum { FINDING_COUNT_MAX = 256, CASE_LEN_MAX = CHOICES_LEN_MAX, SHRINK_CALLS_MAX = 300 };

// A finding is one (clause, why): all its cases are counted, the simplest is kept.
struct finding {
    size_t clause;   // index in the clause table
    const char *why; // of the verdict
    uint64_t count;  // failing verdicts
    size_t case_len;
    uint8_t case_bytes[CASE_LEN_MAX]; // a trial's tape: replay it to see the failure
};

// finding_case is the tape as a view.
static inline struct view finding_case(const struct finding *finding)
{
    return view_of((const char *)finding->case_bytes, finding->case_len);
}

// finding_note counts a failure of the case `tape` among the `*count` findings in `rows`
// (FINDING_COUNT_MAX of them), and keeps the tape when it is simpler than the one kept: shorter, or
// as long and smaller. It returns false when there is no room for another finding.
bool finding_note(struct finding *rows, size_t *count, size_t clause, const char *why,
                  struct view tape);

// finding_name appends the name of its file: "GB-LIMIT-4-1f2e9a07.case". The same clause and case
// have the same name.
void finding_name(struct buf *out, const struct finding *finding);

// finding_is_for_good says that the case uses hooks in a world where nothing can be undone: it is
// neither made smaller nor shown again. Replaying it on purpose is another thing.
bool finding_is_for_good(const struct finding *finding, const struct world *worlds,
                         size_t world_count);

// finding_shrink makes the case smaller, as long as the same clause fails for the same reason, with
// at most `calls_max` runs, and one more to make sure. It returns how many of the former it used.
unsigned finding_shrink(struct finding *finding, struct trial *trial, const struct world *worlds,
                        size_t world_count, unsigned calls_max);

// finding_show runs the case once more and calls `show` at the first verdict that is the finding,
// with the exchange and its number among the case's requests (from 1). It returns false when the
// failure does not come again.
bool finding_show(const struct finding *finding, struct trial *trial, const struct world *worlds,
                  size_t world_count,
                  void (*show)(void *context, const struct exchange *x, const struct trial *trial),
                  void *context);

#endif
