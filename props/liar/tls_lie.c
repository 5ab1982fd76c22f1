// SPDX-License-Identifier: Apache-2.0
// The services of liars that talk differently.
#include "props/liar/tls_liars.h"

// What stands in front of the conversation with the service behind.
struct talk {
    const struct bp_service *service;
    enum bp_reason refusal;
    bool is_started;
    bool is_first;     // its first request is to be refused
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

static bool has_text(struct view bytes, struct view text)
{
    return view_find(bytes, text) < bytes.len;
}

// Whether the refusal of the certificate is forgotten.
static bool forgets(const struct tls_lie *lie, enum bp_reason refusal, struct view bytes)
{
    bool is_missing = refusal == BP_REASON_CERT_MISSING;
    switch (lie->talk) {
    case TLS_TALK_TELLS:
        return has_text(bytes, lie->unknown);
    case TLS_TALK_CLAIM:
        return is_missing && has_text(bytes, VIEW("X-SSL-Client-Verify: SUCCESS"));
    case TLS_TALK_PATH:
        return is_missing && has_text(bytes, VIEW("/sims/iccid:"));
    case TLS_TALK_FIRST:
        return is_missing;
    default:
        return false;
    }
}

// The first request is refused here, and its length is returned.
static size_t refuse_first(struct buf *out, struct view bytes)
{
    static const struct view end = VIEW_INIT("\r\n\r\n");
    size_t len = view_find(bytes, end);
    if (len == bytes.len)
        return 0;
    buf_put_text(out, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    return len + end.len;
}

// The conversation begins with its first bytes, because they decide what becomes of it.
static size_t converse(void *context, void *conversation, struct buf *out, struct view bytes,
                       bool at_end, int64_t now_ms)
{
    const struct tls_lie *lie = context;
    struct talk *talk = conversation;
    const struct bp_service *service = talk->service;
    if (!talk->is_started) {
        bool forgotten = forgets(lie, talk->refusal, bytes);
        service->start(service->context, behind(talk), forgotten ? BP_REASON_NONE : talk->refusal);
        talk->is_started = true;
        talk->is_first = lie->talk == TLS_TALK_FIRST && forgotten;
        if (talk->is_finishing && service->finish != NULL)
            service->finish(behind(talk));
    }
    if (talk->is_first) {
        size_t len = refuse_first(out, bytes);
        talk->is_first = len == 0 && !at_end;
        return len;
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
