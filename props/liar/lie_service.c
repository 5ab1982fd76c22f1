// SPDX-License-Identifier: Apache-2.0
#include "props/liar/lie_service.h"

#include <assert.h>
#include <stdalign.h>

#include "props/subject/arrival.h"
#include "props/subject/local.h"

enum {
    ALIGNMENT = 16,
    ROW_COUNT_MAX = 32, // requests of one exchange
    WAIT_MS = 1000,     // without a request: the tester waits
};

struct lie_service {
    struct fixture fixture;
    struct bp_endpoint *endpoint;
    struct bp_service honest;
    struct lie *lie;
    struct subject subject; // the lie
    struct arrival arrival; // of the lie's answers
    bool is_last;           // of the exchange under way
    int64_t now_ms;
    char dropped[BP_ANSWER_LEN_MAX]; // what the reader answers itself
};

// A talk reads requests with an honest conversation. Its refusal is the certificate's; without one
// it stands in for the lie, which answers instead.
struct talk {
    bool is_refused;
    bool is_closed;
    struct bp_conversation reading;
};

static size_t aligned(size_t len) { return (len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

size_t lie_service_size(void) { return aligned(sizeof(struct lie_service)) + lie_size(); }

static bool answer(void *context, struct buf *response, const struct sending *sending)
{
    const struct lie_service *lying = context;
    return local_answer(lying->endpoint, response, sending->request, lying->is_last, lying->now_ms);
}

struct lie_service *lie_service_open(void *space, const struct liar *liar,
                                     struct bp_endpoint *endpoint)
{
    struct lie_service *lying = space;
    assert((uintptr_t)space % alignof(struct lie_service) == 0);
    assert(liar->judge == NULL);
    fixture_from_inventory(&lying->fixture, endpoint->inventory);
    lying->fixture.credentials = endpoint->credentials;
    lying->endpoint = endpoint;
    lying->now_ms = 0;
    bp_service_of_endpoint(&lying->honest, endpoint);
    lying->lie = lie_init((char *)space + aligned(sizeof *lying), liar, &lying->fixture,
                          (struct subject){.exchange = answer, .context = lying});
    lying->subject = lie_subject(lying->lie);
    return lying;
}

static void start(void *context, void *conversation, enum bp_reason refusal)
{
    struct talk *talk = conversation;
    (void)context;
    talk->is_refused = refusal != BP_REASON_NONE;
    talk->is_closed = false;
    bp_conversation_start(&talk->reading);
    talk->reading.refusal = talk->is_refused ? refusal : BP_REASON_CERT_REFUSED;
}

// How many bytes the whole requests at the start of `bytes` take. Refusing them changes nothing in
// the endpoint, so it may be done to find where they end.
static size_t whole_len(struct lie_service *lying, struct talk *talk, unsigned *count,
                        struct view bytes, bool at_end)
{
    size_t len = 0;
    *count = 0;
    while (len < bytes.len && *count < ROW_COUNT_MAX) {
        struct buf dropped = BUF(lying->dropped);
        size_t step = bp_converse(&talk->reading, lying->endpoint, &dropped, view_from(bytes, len),
                                  at_end, lying->now_ms);
        if (step == 0)
            break;
        len += step;
        *count += dropped.len != 0;
    }
    return len;
}

// Whether another request may follow behind these answers.
static bool stays_open(struct lie_service *lying, struct view answers, unsigned count, bool to_head)
{
    arrival_start(&lying->arrival, count, to_head);
    return arrival_read(&lying->arrival, answers) == ARRIVAL_WHOLE && !lying->arrival.is_last;
}

static size_t converse(void *context, void *conversation, struct buf *out, struct view bytes,
                       bool at_end, int64_t now_ms)
{
    struct lie_service *lying = context;
    struct talk *talk = conversation;
    if (talk->is_refused)
        return lying->honest.converse(lying->honest.context, &talk->reading, out, bytes, at_end,
                                      now_ms);
    unsigned count;
    if (now_ms - lying->now_ms >= WAIT_MS)
        lie_settle(lying->lie);
    lying->now_ms = now_ms;
    lying->is_last = talk->reading.is_last;
    size_t len = whole_len(lying, talk, &count, bytes, at_end);
    if (count == 0) {
        if (len < bytes.len)
            lie_begin(lying->lie, view_from(bytes, len));
        return len;
    }
    struct buf answers = buf_of(out->data + out->len, BP_SERVICE_OUT_LEN);
    struct sending sending = {.request = view_first(bytes, len),
                              .answer_count = count,
                              .to_head = view_starts(bytes, VIEW("HEAD "))};
    // A lie that does not fit leaves an answer without an end.
    (void)lying->subject.exchange(lying->subject.context, &answers, &sending);
    out->len += answers.len;
    talk->is_closed =
        talk->reading.is_closed || !stays_open(lying, buf_view(&answers), count, sending.to_head);
    return talk->is_closed ? bytes.len : len;
}

static bool is_closed(const void *conversation)
{
    const struct talk *talk = conversation;
    return talk->is_refused ? talk->reading.is_closed : talk->is_closed;
}

static void finish(void *conversation)
{
    struct talk *talk = conversation;
    talk->reading.is_last = true;
}

static void expire(void *context, struct buf *out, int64_t now_ms)
{
    const struct lie_service *lying = context;
    lying->honest.expire(lying->honest.context, out, now_ms);
}

struct bp_service lie_service_of(struct lie_service *lying)
{
    return (struct bp_service){
        .conversation_size = aligned(sizeof(struct talk)),
        .start = start,
        .converse = converse,
        .is_closed = is_closed,
        .finish = finish,
        .expire = expire,
        .context = lying,
    };
}

struct bp_hooks lie_service_hooks(struct lie_service *lying, struct bp_hooks inner)
{
    return lie_hooks(lying->lie, inner);
}
