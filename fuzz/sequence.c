// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_sim_consume, bp_sim_order, bp_balances_at, bp_converse, bp_json_read and
// everything between, over time.
//
// The bytes are choices: up to 24 steps of requests and back office (props/case/sequence.h).
// Asserts an independent model: data falls by what is consumed and never rises without an order,
// time falls with the clock, garden and microbalance leave nothing, one SIM never moves another,
// and the same question gets the same bytes while nothing happens.
#include "props/case/sequence.h"
#include "fuzz.h"
#include "sample_inventory.h"

static struct local *open_local(void)
{
    struct bp_fault fault;
    void *space = malloc(local_size());
    FUZZ_ASSERT(space != NULL);
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    struct local *local = local_open(space, &fault, text, LOCAL_OPEN);
    FUZZ_ASSERT(local != NULL);
    return local;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct choices choices;
    static struct local *local;
    static void *space;
    if (local == NULL) {
        local = open_local();
        space = malloc(sequence_size());
        FUZZ_ASSERT(space != NULL);
    }
    choices_from_bytes(&choices, fuzz_view(data, size));
    const char *why = sequence_run(space, local, &choices);
    if (why != NULL)
        fprintf(stderr, "sequence: %s\n", why);
    FUZZ_ASSERT(why == NULL);
    return 0;
}
