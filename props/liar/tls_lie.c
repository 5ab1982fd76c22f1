// SPDX-License-Identifier: Apache-2.0
// The services of liars that talk differently.
#include "props/liar/tls_liars.h"

// What stands in front of the conversation with the service behind.
struct talk {
    const struct bp_service *service;
    enum bp_reason refusal;
    bool is_started;
    bool is_finishing; // was told to finish before its first byte
};

enum { ALIGNMENT = 16, TALK_LEN = (sizeof(struct talk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };

static void *behind(void *conversation) { return (char *)conversation + TALK_LEN; }

static void start(void *context, void *conversation, enum bp_reason refusal)
{
    struct tls_lie *lie = context;
    struct talk *talk = conversation;
    bool takes_certificate = lie->talk == TLS_TALK_OR && refusal == BP_REASON_NONE;
    talk->service = takes_certificate ? &lie->open_service : &lie->honest_service;
    talk->refusal = refusal;
    talk->is_started = false;
    talk->is_finishing = false;
}

// The conversation begins with its first bytes, because they decide what becomes of it.
static size_t converse(void *context, void *conversation, struct buf *out, struct view bytes,
                       bool at_end, int64_t now_ms)
{
    const struct tls_lie *lie = context;
    struct talk *talk = conversation;
    const struct bp_service *service = talk->service;
    if (!talk->is_started) {
        bool tells = lie->talk == TLS_TALK_TELLS && view_find(bytes, lie->unknown) < bytes.len;
        service->start(service->context, behind(talk), tells ? BP_REASON_NONE : talk->refusal);
        talk->is_started = true;
        if (talk->is_finishing && service->finish != NULL)
            service->finish(behind(talk));
    }
    return service->converse(service->context, behind(talk), out, bytes, at_end, now_ms);
}

static bool is_closed(const void *conversation)
{
    const struct talk *talk = conversation;
    return talk->is_started && talk->service->is_closed((const char *)conversation + TALK_LEN);
}

static void finish(void *conversation)
{
    struct talk *talk = conversation;
    talk->is_finishing = true;
    if (talk->is_started && talk->service->finish != NULL)
        talk->service->finish(behind(talk));
}

static void expire(void *context, struct buf *out, int64_t now_ms)
{
    const struct bp_service *honest = &((struct tls_lie *)context)->honest_service;
    honest->expire(honest->context, out, now_ms);
}

void tls_lie_start(struct tls_lie *out, const struct tls_liar *liar, struct bp_endpoint *endpoint,
                   struct view unknown)
{
    out->talk = liar->talk;
    out->unknown = unknown;
    out->open = *endpoint;
    out->open.credentials = view_of(NULL, 0);
    bp_service_of_endpoint(&out->honest_service, endpoint);
    bp_service_of_endpoint(&out->open_service, &out->open);
    out->service = out->honest_service;
    if (liar->talk == TLS_TALK_HONEST)
        return;
    out->service = (struct bp_service){
        .conversation_size = TALK_LEN + out->honest_service.conversation_size,
        .start = start,
        .converse = converse,
        .is_closed = is_closed,
        .finish = finish,
        .expire = expire,
        .context = out,
    };
}
