// SPDX-License-Identifier: Apache-2.0
// The reference endpoint in all its deployments for unit tests, and the same with a liar around it.
#ifndef BP_PROPS_UNIT_STAGE_H
#define BP_PROPS_UNIT_STAGE_H

#include <stdlib.h>

#include "props/liar/liar.h"
#include "props/subject/local.h"
#include "sample_inventory.h"

static struct world honest[LOCAL_KIND_COUNT];
static struct world lying[LOCAL_KIND_COUNT];
static void *local_spaces[LOCAL_KIND_COUNT];
static void *lie_spaces[LOCAL_KIND_COUNT];
static void *trial_space;

// open_worlds fills `honest`; false when the sample inventory is refused.
static inline bool open_worlds(void)
{
    struct view text = view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
    trial_space = malloc(trial_size());
    bool is_open = trial_space != NULL;
    for (size_t i = 0; i < LOCAL_KIND_COUNT && is_open; i++) {
        struct bp_fault fault;
        local_spaces[i] = malloc(local_size());
        lie_spaces[i] = malloc(lie_size());
        struct local *local = local_open(local_spaces[i], &fault, text, (enum local_kind)i);
        is_open = local != NULL;
        if (is_open)
            local_world(&honest[i], local);
    }
    return is_open;
}

// wrap_worlds fills `lying` with the liar called `name` around `honest`. It returns the liar.
static inline const struct liar *wrap_worlds(const char *name)
{
    const struct liar *liar = liar_find(view_of_text(name));
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        lying[i] = honest[i];
        struct lie *lie = lie_init(lie_spaces[i], liar, &lying[i].fixture, lying[i].subject);
        lying[i].subject = lie_subject(lie);
        lying[i].hooks = lie_hooks(lie, lying[i].hooks);
    }
    return liar;
}

// hear_nothing is for who wants no verdicts told.
static inline void hear_nothing(void *context, size_t clause, struct verdict verdict,
                                const struct exchange *x)
{
    (void)context;
    (void)clause;
    (void)verdict;
    (void)x;
}

static inline void close_worlds(void)
{
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        free(local_spaces[i]);
        free(lie_spaces[i]);
    }
    free(trial_space);
}

#endif
