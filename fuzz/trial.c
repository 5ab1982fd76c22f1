// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_converse and all below it; every rule and program of the clause table.
//
// The bytes are choices: world, program and what the program asks (props/rule/trial.h), so an input
// is a case of `balprobe replay`. Asserts the documents themselves: no clause fails the reference
// endpoint, with or without Basic, below a base path or at the root.
#include "fuzz.h"
#include "props/run/panel.h"
#include "props/subject/local.h"
#include "sample_inventory.h"

static struct world worlds[LOCAL_KIND_COUNT];
static struct trial *trial;
static struct panel panel;

static void *new_space(size_t size)
{
    void *space = malloc(size);
    FUZZ_ASSERT(space != NULL);
    return space;
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    (void)context;
    (void)x;
    if (verdict.grade == GRADE_FAIL)
        fprintf(stderr, "%s: %s\n", clause_at(clause)->id, verdict.why);
    FUZZ_ASSERT(verdict.grade != GRADE_FAIL);
}

// Before the first input, so that it takes the same steps as the others.
__attribute__((constructor)) static void open_worlds(void)
{
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    for (enum local_kind kind = 0; kind < LOCAL_KIND_COUNT; kind++) {
        struct bp_fault fault;
        struct local *local = local_open(new_space(local_size()), &fault, text, kind);
        FUZZ_ASSERT(local != NULL);
        local_world(&worlds[kind], local);
    }
    trial = trial_init(new_space(trial_size()));
    panel_init(&panel, NULL, hear, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct choices choices;
    trial_forget(trial);
    choices_from_bytes(&choices, fuzz_view(data, size));
    panel_play(&panel, trial, &choices, worlds, LOCAL_KIND_COUNT);
    // The next input finds nothing to undo, whatever this one did.
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++)
        worlds[i].subject.reset(worlds[i].subject.context);
    return 0;
}
