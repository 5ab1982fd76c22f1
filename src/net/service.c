// SPDX-License-Identifier: Apache-2.0
#include "net/service.h"

static void start(void *context, void *conversation, enum bp_reason refusal)
{
    struct bp_conversation *c = conversation;
    (void)context;
    bp_conversation_start(c);
    c->refusal = refusal;
}

// bp_converse answers as often as BP_ANSWER_LEN_MAX bytes are free: once, in this much space.
static size_t converse(void *context, void *conversation, struct buf *out, struct view bytes,
                       bool at_end, int64_t now_ms)
{
    struct buf one = buf_of(out->data + out->len, BP_ANSWER_LEN_MAX);
    size_t used = bp_converse(conversation, context, &one, bytes, at_end, now_ms);
    out->len += one.len;
    return used;
}

static bool is_closed(const void *conversation)
{
    const struct bp_conversation *c = conversation;
    return c->is_closed;
}

static void finish(void *conversation)
{
    struct bp_conversation *c = conversation;
    c->is_last = true;
}

static void expire(void *context, struct buf *out, int64_t now_ms)
{
    bp_answer_slow(context, out, now_ms);
}

void bp_service_of_endpoint(struct bp_service *out, struct bp_endpoint *endpoint)
{
    *out = (struct bp_service){
        .conversation_size = (sizeof(struct bp_conversation) + 15) / 16 * 16,
        .start = start,
        .converse = converse,
        .is_closed = is_closed,
        .finish = finish,
        .expire = expire,
        .context = endpoint,
    };
}
