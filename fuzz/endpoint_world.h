// SPDX-License-Identifier: Apache-2.0
// An implementer's endpoint as worlds of the oracle: what props/subject/local.c is for the
// reference endpoint.
#ifndef BP_FUZZ_ENDPOINT_WORLD_H
#define BP_FUZZ_ENDPOINT_WORLD_H

#include "endpoint.h"
#include "fuzz.h"
#include "props/subject/local.h"
#include "sample_inventory.h"

enum { ENDPOINT_TEXT_LEN_MAX = 1 << 14, ENDPOINT_WAIT_S_MAX = 86400 };

#define ENDPOINT_NOW_MS_MAX (LOCAL_START_MS + (int64_t)100 * 366 * 86400 * 1000)

struct endpoint_world {
    const struct balprobe_endpoint *endpoint;
    void *self; // what its open returned
    int64_t now_ms;
    char *response; // space for it
    struct world world;
};

// endpoint_stop ends the program: the endpoint breaks the rules of the seam itself, or who runs it
// said `word`, which is wrong.
static inline void endpoint_stop_at(const char *what, struct view word)
{
    fprintf(stderr, "endpoint: %s%.*s\n", what, (int)word.len, word.data);
    abort();
}

static inline void endpoint_stop(const char *what) { endpoint_stop_at(what, view_of("", 0)); }

// endpoint_answer is what is answered to `request` on a new connection; it is valid until the next
// call. The request stands in a block of its size, so that a sanitizer sees what is read behind it.
static inline struct view endpoint_answer(struct endpoint_world *w, struct view request)
{
    char *copy = malloc(request.len == 0 ? 1 : request.len);
    if (copy == NULL)
        endpoint_stop("no memory");
    if (request.len != 0)
        memcpy(copy, request.data, request.len);
    size_t len = w->endpoint->answer(w->self, w->response, BALPROBE_RESPONSE_MIN, copy, request.len,
                                     w->now_ms);
    free(copy);
    if (len > BALPROBE_RESPONSE_MIN)
        endpoint_stop("answer returned more than response_cap");
    return view_of(w->response, len);
}

static inline bool endpoint_exchange(void *context, struct buf *response,
                                     const struct sending *sending)
{
    buf_put(response, endpoint_answer(context, sending->request));
    return true;
}

static inline void endpoint_reset(void *context)
{
    struct endpoint_world *w = context;
    w->now_ms = LOCAL_START_MS;
    if (w->endpoint->reset != NULL)
        w->endpoint->reset(w->self);
}

// Time passes at once, and stays within a century.
static inline bool endpoint_pass(struct endpoint_world *w, int64_t ms)
{
    if (ms < 0 || ms > ENDPOINT_NOW_MS_MAX - w->now_ms)
        return false;
    w->now_ms += ms;
    return true;
}

static inline bool endpoint_wait(void *context, int64_t seconds)
{
    int64_t s = seconds < ENDPOINT_WAIT_S_MAX ? seconds : ENDPOINT_WAIT_S_MAX;
    (void)endpoint_pass(context, s * 1000);
    return true;
}

static inline void endpoint_put_text(char out[64], struct view text)
{
    FUZZ_ASSERT(text.len < 64);
    if (text.len != 0)
        memcpy(out, text.data, text.len);
    out[text.len] = '\0';
}

static inline bool endpoint_act(void *context, const struct bp_act *act)
{
    static const enum balprobe_act_kind kinds[BP_HOOK_COUNT] = {
        [BP_HOOK_LIMITER] = BALPROBE_ACT_LIMITER, [BP_HOOK_FAULT] = BALPROBE_ACT_FAULT,
        [BP_HOOK_WALLED] = BALPROBE_ACT_WALLED,   [BP_HOOK_MICRO] = BALPROBE_ACT_MICRO,
        [BP_HOOK_ORDER] = BALPROBE_ACT_ORDER,     [BP_HOOK_CONSUME] = BALPROBE_ACT_CONSUME,
        [BP_HOOK_CLOCK] = BALPROBE_ACT_CLOCK};
    struct endpoint_world *w = context;
    struct balprobe_act out = {.kind = kinds[act->hook],
                               .is_on = act->is_on,
                               .rate_per_s = act->rate_per_s,
                               .bytes = act->bytes,
                               .ms = act->ms,
                               .is_payg = act->is_payg};
    endpoint_put_text(out.iccid, act->iccid);
    endpoint_put_text(out.id, act->id);
    endpoint_put_text(out.countries, act->countries);
    int64_t before_ms = w->now_ms;
    if (act->hook == BP_HOOK_CLOCK && !endpoint_pass(w, act->ms))
        return false;
    if (w->endpoint->act(w->self, &out, w->now_ms) == 0)
        return true;
    w->now_ms = before_ms;
    return false;
}

// The sample inventory as text; without its base path for a world at the root.
static inline struct view endpoint_inventory(char space[ENDPOINT_TEXT_LEN_MAX], bool at_root)
{
    const struct view base = VIEW("\"base\": \"/v1\",");
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    size_t at = view_find(text, base);
    FUZZ_ASSERT(text.len <= ENDPOINT_TEXT_LEN_MAX && at < text.len);
    memcpy(space, text.data, text.len);
    if (at_root)
        memset(space + at, ' ', base.len);
    return view_of(space, text.len);
}

// endpoint_world_open opens the world of that kind; false: the endpoint does not serve it. It asks
// `act` for everything where there is one.
static inline bool endpoint_world_open(struct endpoint_world *w, enum local_kind kind)
{
    static char space[ENDPOINT_TEXT_LEN_MAX];
    const struct balprobe_endpoint *endpoint = balprobe_endpoint_get();
    struct view text = endpoint_inventory(space, kind == LOCAL_ROOT);
    struct bp_fault fault;
    if (endpoint == NULL || endpoint->open == NULL || endpoint->answer == NULL)
        endpoint_stop("balprobe_endpoint_get() lacks open or answer");
    if (endpoint->act != NULL && endpoint->reset == NULL)
        endpoint_stop("act needs reset");
    struct local *local = local_open(malloc(local_size()), &fault, text, kind);
    FUZZ_ASSERT(local != NULL);
    local_world(&w->world, local);
    struct balprobe_deployment deployment = {.inventory = text.data,
                                             .inventory_len = text.len,
                                             .base = kind == LOCAL_ROOT ? "" : "/v1",
                                             .credentials =
                                                 kind == LOCAL_BASIC ? "mobileplans:a:b c" : "",
                                             .now_ms = LOCAL_START_MS};
    w->endpoint = endpoint;
    w->self = endpoint->open(&deployment);
    w->now_ms = LOCAL_START_MS;
    w->response = malloc(BALPROBE_RESPONSE_MIN);
    FUZZ_ASSERT(w->response != NULL);
    w->world.subject = (struct subject){.exchange = endpoint_exchange,
                                        .reset = endpoint_reset,
                                        .wait = endpoint_wait,
                                        .context = w};
    w->world.hooks = (struct bp_hooks){
        .there = endpoint->act == NULL ? 0 : BP_HOOK_ALL, .act = endpoint_act, .context = w};
    if (endpoint->profile != NULL) {
        struct profile profile;
        if (!profile_read(&profile, view_of_text(endpoint->profile)))
            endpoint_stop_at("balprobe_endpoint_get() names a profile that does not exist: ",
                             view_of_text(endpoint->profile));
        world_read_as(&w->world, &profile);
    }
    return w->self != NULL;
}

#endif
