// SPDX-License-Identifier: Apache-2.0
// A stage: the reference endpoint in this process, in all its deployments, perhaps with a liar or a
// conforming variant around it.
#ifndef BP_PROPS_CLI_STAGE_H
#define BP_PROPS_CLI_STAGE_H

#include "props/liar/liar.h"
#include "props/run/check.h"
#include "props/subject/local.h"

struct stage {
    struct world worlds[LOCAL_KIND_COUNT];
    size_t world_count;
    struct trial *trial;
    const struct liar *liar; // NULL: the honest endpoint
    const char *profile;     // in force, as profile_read takes it
    char *sims;              // text of the inventory file, when one was given
    struct view inventory;   // text of the inventory in force
    void *trial_space;
    void *local_spaces[LOCAL_KIND_COUNT];
    void *lie_spaces[LOCAL_KIND_COUNT];
};

// stage_open builds the stage. Each name may be NULL: the sample inventory, the honest endpoint,
// the liar's profile or else `seed`. It returns an exit status: EXIT_PASSED, or another one after
// having told on standard error what is wrong. stage_close is to be called in any case.
int stage_open(struct stage *out, const char *sims_path, const char *fault_name,
               const char *profile_name);
void stage_close(struct stage *stage);

// stage_refuse_inventory tells what is wrong with an inventory file (NULL: the sample) and returns
// the exit status for it.
int stage_refuse_inventory(const char *path, const struct bp_fault *fault);

// stage_put_again appends the options that build the same stage again, each with a blank before it.
void stage_put_again(struct buf *out, const char *sims_path, const char *fault_name,
                     const char *profile_name);

#endif
