// SPDX-License-Identifier: Apache-2.0
// A deployment: one operator with its inventory, its memory of transaction ids, its limiter and the
// endpoint in front of them, all in space that the caller gives.
#ifndef BP_OPERATOR_DEPLOYMENT_H
#define BP_OPERATOR_DEPLOYMENT_H

#include "operator/endpoint.h"

enum {
    BP_DEPLOYMENT_SIM_COUNT_MAX = 1200, // ten roles and the documents' 1,000 load SIMs, with room
    BP_DEPLOYMENT_REPLAY_COUNT = 4096,
    BP_DEPLOYMENT_REPLAY_WINDOW_MS = 600000,
    // Values in the longest text: plans of 16 countries, written tight, take 7 octets for each.
    BP_DEPLOYMENT_NODE_COUNT_MAX = BP_JSON_LEN_MAX / 6,
};

struct bp_deployment_config {
    int64_t start_ms;        // when the plans of the inventory begin
    uint64_t replay_key[2];  // secret where strangers send ids
    struct view credentials; // borrowed; empty: Basic is off
    uint32_t rate_per_s;     // of the limiter; 0: there is none
};

struct bp_deployment {
    struct bp_endpoint endpoint;
    struct bp_inventory inventory;
    struct bp_replay replay;
    struct bp_limiter limiter;
    struct bp_json_reader *reader; // free for other texts once the deployment is open
    struct bp_sim sims[BP_DEPLOYMENT_SIM_COUNT_MAX];
    uint16_t slots[4096];
    struct bp_replay_entry replay_entries[BP_DEPLOYMENT_REPLAY_COUNT];
    uint32_t replay_slots[2 * BP_DEPLOYMENT_REPLAY_COUNT];
};

// bp_deployment_size is the bytes of space for bp_deployment_open, aligned to 16.
size_t bp_deployment_size(void);

// bp_deployment_open reads the inventory `text` (JSON) and opens an endpoint with everything that
// `config` asks for. It returns NULL with a fault when the text is refused (bp_inventory_read).
// `text` is not needed afterwards.
struct bp_deployment *bp_deployment_open(void *space, struct bp_fault *fault, struct view text,
                                         const struct bp_deployment_config *config);

// bp_deployment_limit sets the limiter anew: `rate_per_s` requests a second (1..1,000,000) and as
// many at once, or no limit (0).
void bp_deployment_limit(struct bp_deployment *deployment, uint32_t rate_per_s, int64_t now_ms);

#endif
