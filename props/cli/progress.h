// SPDX-License-Identifier: Apache-2.0
// Progress of a long run on standard error: silent for the first two seconds, then a line now and
// then. It also ends the run when a signal has come.
#ifndef BP_PROPS_CLI_PROGRESS_H
#define BP_PROPS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    const char *done;  // what is counted first: "cases"
    const char *found; // and second: "findings"
    uint64_t started_ms;
    uint64_t told_ms;
};

// progress_start begins to count the time.
void progress_start(struct progress *progress, const char *done, const char *found);

// progress_is_due says that it is time for a line: the last one was told at least `interval_ms`
// ago.
bool progress_is_due(struct progress *progress, uint64_t interval_ms);

// progress_goes_on is the `goes_on` of a run; `context` is the progress.
bool progress_goes_on(void *context, uint64_t done_count, size_t found_count);

// progress_tell says what is being done, once the first two seconds are over.
void progress_tell(const struct progress *progress, const char *step);

// progress_ms is the milliseconds since the start.
uint64_t progress_ms(const struct progress *progress);

#endif
