// SPDX-License-Identifier: Apache-2.0
// The reference endpoint behind the seam for implementers: shows that nothing gets lost there.
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "props/subject/local.h"

static void *open_local(const struct balprobe_deployment *deployment)
{
    struct view text = view_of(deployment->inventory, deployment->inventory_len);
    enum local_kind kind = deployment->credentials[0] != '\0' ? LOCAL_BASIC : LOCAL_OPEN;
    struct bp_fault fault;
    void *space = malloc(local_size());
    return space == NULL ? NULL : local_open(space, &fault, text, kind);
}

static struct world world_of(struct local *local)
{
    struct world world;
    local_world(&world, local);
    return world;
}

static size_t answer_local(void *endpoint, char *response, size_t response_cap, const char *request,
                           size_t request_len, int64_t now_ms)
{
    struct subject subject = world_of(endpoint).subject;
    struct bp_act clock = {.hook = BP_HOOK_CLOCK, .ms = now_ms - local_now_ms(endpoint)};
    struct buf out = buf_of(response, response_cap);
    struct sending sending = {.request = view_of(request, request_len), .answer_count = 1};
    bool is_done = local_act(endpoint, &clock);
    return is_done && subject.exchange(subject.context, &out, &sending) ? out.len : 0;
}

static void reset_local(void *endpoint)
{
    struct subject subject = world_of(endpoint).subject;
    subject.reset(subject.context);
}

static int act_local(void *endpoint, const struct balprobe_act *act, int64_t now_ms)
{
    static const enum bp_hook hooks[] = {
        [BALPROBE_ACT_LIMITER] = BP_HOOK_LIMITER, [BALPROBE_ACT_FAULT] = BP_HOOK_FAULT,
        [BALPROBE_ACT_WALLED] = BP_HOOK_WALLED,   [BALPROBE_ACT_MICRO] = BP_HOOK_MICRO,
        [BALPROBE_ACT_ORDER] = BP_HOOK_ORDER,     [BALPROBE_ACT_CONSUME] = BP_HOOK_CONSUME,
        [BALPROBE_ACT_CLOCK] = BP_HOOK_CLOCK};
    struct bp_act clock = {.hook = BP_HOOK_CLOCK, .ms = now_ms - local_now_ms(endpoint)};
    struct bp_act out = {.hook = hooks[act->kind],
                         .iccid = view_of_text(act->iccid),
                         .is_on = act->is_on != 0,
                         .rate_per_s = act->rate_per_s,
                         .bytes = act->bytes,
                         .ms = act->ms,
                         .is_payg = act->is_payg != 0,
                         .id = view_of_text(act->id),
                         .countries = view_of_text(act->countries)};
    bool is_done = local_act(endpoint, &clock);
    if (act->kind != BALPROBE_ACT_CLOCK)
        is_done = is_done && local_act(endpoint, &out);
    return is_done ? 0 : -1;
}

const struct balprobe_endpoint *balprobe_endpoint_get(void)
{
    static const struct balprobe_endpoint endpoint = {open_local, answer_local, reset_local,
                                                      act_local, NULL};
    return &endpoint;
}
