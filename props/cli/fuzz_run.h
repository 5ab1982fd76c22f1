// SPDX-License-Identifier: Apache-2.0
// A run of `balprobe fuzz`: targets one after the other or side by side, the screen, the files.
#ifndef BP_PROPS_CLI_FUZZ_RUN_H
#define BP_PROPS_CLI_FUZZ_RUN_H

#include "props/engine/engine.h"

struct fuzz_run {
    struct engine_plan plan;
    size_t job_count; // targets at a time
    size_t campaign_count;
    struct campaign *campaigns;
    struct view settings; // for the page: engine, time, seed
};

// fuzz_run_go fuzzes all targets and tells: rows on standard error while it runs, the table, the
// findings and the verdict on standard output. The folder plan.out, which has to be there, gets
// fuzz.jsonl (appended), fuzz.prom and fuzz.html. It returns the exit status.
int fuzz_run_go(struct fuzz_run *run);

#endif
