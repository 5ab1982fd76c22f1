// SPDX-License-Identifier: Apache-2.0
// The targets that a folder of programs has: programs fuzz_NAME, and files fuzz_NAME.options, which
// stand there also when the program was not built.
#ifndef BP_PROPS_CLI_FUZZ_TARGETS_H
#define BP_PROPS_CLI_FUZZ_TARGETS_H

#include "props/engine/campaign.h"

struct fuzz_target {
    char name[CAMPAIGN_NAME_LEN_MAX]; // letters, digits, - and _
    bool has_limits;                  // fuzz_NAME.options is there: --all means it
};

struct fuzz_targets {
    size_t count;
    struct fuzz_target *list; // by their names
};

// fuzz_targets_find lists those of the folder `programs`; none when there is no such folder. False:
// no memory. Ended with fuzz_targets_end.
BP_MUST_USE bool fuzz_targets_find(struct fuzz_targets *out, const char *programs);

void fuzz_targets_end(struct fuzz_targets *targets);

// fuzz_targets_name is the name of the target `index`, for nearest_word.
const char *fuzz_targets_name(const void *targets, size_t index);

#endif
