// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_sim_consume, bp_sim_order, bp_balances_at, bp_converse, bp_json_read and
// everything between, over time.
//
// The bytes are choices: up to 24 steps of requests and back office (props/rule/sequence.h).
// Asserts an independent model: data falls by what is consumed and never rises without an order,
// time falls with the clock, garden and microbalance leave nothing, one SIM never moves another,
// and the same question gets the same bytes while nothing happens.
#include "props/rule/sequence.h"
#include "fuzz.h"
#include "props/subject/local.h"
#include "sample_inventory.h"

static struct world world;
static struct trial *trial;

// Before the first input, so that it takes the same steps as the others.
__attribute__((constructor)) static void open_world(void)
{
    struct bp_fault fault;
    void *space = malloc(local_size());
    void *trial_space = malloc(trial_size());
    FUZZ_ASSERT(space != NULL && trial_space != NULL);
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    struct local *local = local_open(space, &fault, text, LOCAL_OPEN);
    FUZZ_ASSERT(local != NULL);
    local_world(&world, local);
    trial = trial_init(trial_space);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct choices choices;
    trial_forget(trial);
    choices_from_bytes(&choices, fuzz_view(data, size));
    trial->serial = 0;
    trial_start(trial, &choices, &world);
    const char *why = sequence_run(trial, true);
    if (why != NULL)
        fprintf(stderr, "sequence: %s\n", why);
    FUZZ_ASSERT(why == NULL);
    world.subject.reset(world.subject.context); // so that the next input finds nothing to undo
    return 0;
}
