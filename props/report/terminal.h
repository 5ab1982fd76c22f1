// SPDX-License-Identifier: Apache-2.0
// The report of a check on a terminal, piece by piece. Each piece is appended to a buf; the last
// line of all is the verdict: ^(PASS|FAIL|PARTIAL|INCONCLUSIVE).
#ifndef BP_PROPS_REPORT_TERMINAL_H
#define BP_PROPS_REPORT_TERMINAL_H

#include "base/buf.h"
#include "props/run/check.h"
#include "props/subject/time_use.h"

enum { TERMINAL_LEN_MAX = 131072 }; // bytes of the largest piece

// What the report says about the run beside its result.
struct terminal_run {
    const char *version;
    const char *subject; // "reference endpoint, in process"
    const char *profile;
    enum bp_environment environment; // that the inventory says it is
    uint64_t seed;
    uint64_t elapsed_ms;
    const struct time_use *use; // of a run at a URL; NULL: in process
    const bool *only;           // clauses that were asked for
    const char *folder;         // where the cases of findings lie: "balprobe-out"; NULL: nowhere
    const char *again;          // what follows the file in the command that replays it; may be ""
    // put_command appends a command that sends the request of an exchange without balprobe, or
    // nothing. May be NULL.
    void (*put_command)(void *context, struct buf *out, const struct exchange *x);
    void *context;
};

void terminal_put_head(struct buf *out, const struct terminal_run *run);

// terminal_put_areas appends a line for each family with the clauses that failed or were not
// tested, and the readings that let deviations pass.
void terminal_put_areas(struct buf *out, const struct terminal_run *run,
                        const struct check_result *result);

// terminal_put_finding plays finding number `index` once more and shows it.
void terminal_put_finding(struct buf *out, const struct terminal_run *run,
                          const struct check_result *result, size_t index, struct trial *trial,
                          const struct world *worlds, size_t world_count);

// terminal_put_again appends the command that replays a finding, if it is kept.
void terminal_put_again(struct buf *out, const struct terminal_run *run,
                        const struct finding *finding);

void terminal_put_verdict(struct buf *out, const struct terminal_run *run,
                          const struct check_result *result);

// outcome_name is "PASS", "FAIL"...
const char *outcome_name(enum outcome outcome);

// strength_name is "MUST", "SHOULD"...
const char *strength_name(enum strength strength);

#endif
