// SPDX-License-Identifier: Apache-2.0
#include "operator/deployment.h"

#include <assert.h>
#include <stdalign.h>

// The reader stands behind the struct.
static size_t reader_offset(void) { return (sizeof(struct bp_deployment) + 15) / 16 * 16; }

size_t bp_deployment_size(void)
{
    return reader_offset() + bp_json_space(BP_JSON_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX);
}

void bp_deployment_limit(struct bp_deployment *deployment, uint32_t rate_per_s, int64_t now_ms)
{
    bp_limiter_init(&deployment->limiter, rate_per_s, rate_per_s == 0 ? 1 : rate_per_s, now_ms);
    deployment->endpoint.limiter = rate_per_s == 0 ? NULL : &deployment->limiter;
}

struct bp_deployment *bp_deployment_open(void *space, struct bp_fault *fault, struct view text,
                                         const struct bp_deployment_config *config)
{
    struct bp_deployment *deployment = space;
    assert((uintptr_t)space % alignof(struct bp_deployment) == 0);
    bp_sim_table_init(&deployment->inventory.table, deployment->sims, BP_DEPLOYMENT_SIM_COUNT_MAX,
                      deployment->slots, sizeof deployment->slots / sizeof deployment->slots[0]);
    deployment->reader = bp_json_open((char *)space + reader_offset(), BP_JSON_LEN_MAX,
                                      BP_DEPLOYMENT_NODE_COUNT_MAX);
    if (!bp_inventory_read(&deployment->inventory, fault, deployment->reader, text,
                           config->start_ms))
        return NULL;
    bp_replay_init(&deployment->replay, deployment->replay_entries, deployment->replay_slots,
                   BP_DEPLOYMENT_REPLAY_COUNT, config->replay_key, BP_DEPLOYMENT_REPLAY_WINDOW_MS);
    bp_endpoint_init(&deployment->endpoint, &deployment->inventory);
    deployment->endpoint.replay = &deployment->replay;
    deployment->endpoint.credentials = config->credentials;
    bp_deployment_limit(deployment, config->rate_per_s, config->start_ms);
    return deployment;
}
