// SPDX-License-Identifier: Apache-2.0
// A liar that answers the connections of a server: driven by bytes, at every split.
#include "props/liar/lie_service.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

#define GET_A(query, fields)                                          \
    "GET /v1/sims/8988247000100003319/balances" query " HTTP/1.1\r\n" \
    "Host: mo.example\r\n" fields "\r\n"
#define CLOSE "Connection: close\r\n"

enum { NOW_S = 1767225600, SPLIT_NONE = 0 };

static struct bp_inventory inventory;
static struct bp_endpoint endpoint;
static void *lying_space;
static char answer_space[BP_SERVICE_OUT_LEN + 65536];
static char whole_space[BP_SERVICE_OUT_LEN];
static _Alignas(16) char conversation[4096];

static struct bp_service liar_service(const char *name)
{
    const struct liar *liar = liar_find(view_of_text(name));
    CHECK(liar != NULL);
    struct bp_service service = lie_service_of(lie_service_open(lying_space, liar, &endpoint));
    CHECK(service.conversation_size <= sizeof conversation);
    return service;
}

// Says `text` in two parts, as a server hands it over; true: the conversation ended.
static bool say(struct buf *out, const struct bp_service *service, enum bp_reason refusal,
                struct view text, size_t split)
{
    size_t used = 0;
    bool is_closed = false;
    service->start(service->context, conversation, refusal);
    for (size_t end = split; !is_closed; end = text.len) {
        size_t step = 1;
        while (used < end && step != 0 && !is_closed) {
            struct view bytes = view_of(text.data + used, end - used);
            step = service->converse(service->context, conversation, out, bytes, end == text.len,
                                     (int64_t)NOW_S * 1000);
            used += step;
            is_closed = service->is_closed(conversation);
            // A new request begins a new conversation.
            if (step != 0 && !is_closed)
                service->start(service->context, conversation, refusal);
        }
        if (end == text.len)
            break;
    }
    return is_closed;
}

static const struct {
    const char *liar;
    const char *request;
    const char *has; // in the answer
    bool closes;
} rows[] = {
    {"limit-ignored", GET_A("?limit=1", ""), "HTTP/1.1 200 OK\r\n", false},
    {"limit-ignored", GET_A("?limit=1", CLOSE), "HTTP/1.1 200 OK\r\n", true},
    {"limit-zero-all", GET_A("?limit=0", ""), "HTTP/1.1 200 OK\r\n", false},
    {"path-unknown-400", GET_A("", ""), "HTTP/1.1 200 OK\r\n", false},
    {"http-no-host", "GET /v1/sims/8988247000100003319/balances HTTP/1.1\r\n\r\n",
     "HTTP/1.1 200 OK\r\n", true},
    {"method-head-body",
     "HEAD /v1/sims/8988247000100003319/balances HTTP/1.1\r\n"
     "Host: mo.example\r\n\r\n",
     "\"balances\"", false},
    {"http-body-request",
     "POST /v1/sims/8988247000100003319/balances HTTP/1.1\r\nHost: mo.example\r\n"
     "Content-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n",
     "HTTP/1.1 400 Bad Request\r\n", false},
};

static void check_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_service service = liar_service(rows[i].liar);
        struct view text = view_of_text(rows[i].request);
        struct buf whole = BUF(whole_space);
        bool closes = say(&whole, &service, BP_REASON_NONE, text, SPLIT_NONE);
        CHECK_ROW(i, closes == rows[i].closes);
        CHECK_ROW(i, view_find(buf_view(&whole), view_of_text(rows[i].has)) < whole.len);
        for (size_t split = 1; split < text.len; split++) {
            struct buf out = BUF(answer_space);
            CHECK_ROW(i, say(&out, &service, BP_REASON_NONE, text, split) == closes);
            CHECK_ROW(i, view_equal(buf_view(&out), buf_view(&whole)));
        }
    }
}

// Requests that have come together are answered together.
static void check_pipelined(void)
{
    const char *const text = GET_A("?limit=1", "") GET_A("?limit=-1", "");
    struct bp_service service = liar_service("http-swapped");
    struct buf out = BUF(answer_space);
    CHECK(!say(&out, &service, BP_REASON_NONE, view_of_text(text), SPLIT_NONE));
    CHECK(view_starts(buf_view(&out), VIEW("HTTP/1.1 400")));
    CHECK(view_find(buf_view(&out), VIEW("HTTP/1.1 200")) < out.len);
    service = liar_service("http-once");
    buf_clear(&out);
    CHECK(say(&out, &service, BP_REASON_NONE, view_of_text(text), SPLIT_NONE));
    CHECK(view_starts(buf_view(&out), VIEW("HTTP/1.1 200")));
    CHECK(view_find(buf_view(&out), VIEW("HTTP/1.1 400")) == out.len);
}

// An answer whose end nobody sees ends the conversation, and so does none.
static void check_unframed(void)
{
    char huge[BP_HEAD_LEN_MAX + 64];
    struct buf request = BUF(huge);
    buf_put(&request, VIEW("GET /"));
    while (request.len < BP_HEAD_LEN_MAX + 32)
        buf_put_byte(&request, 'a');
    struct bp_service service = liar_service("http-huge-silent");
    struct buf out = BUF(answer_space);
    CHECK(say(&out, &service, BP_REASON_NONE, buf_view(&request), SPLIT_NONE));
    CHECK(out.len == 0);
}

// A refused certificate never meets the liar.
static void check_refusal(void)
{
    struct view text = VIEW(GET_A("", ""));
    struct bp_service service = liar_service("path-no-content");
    struct buf out = BUF(answer_space);
    CHECK(!say(&out, &service, BP_REASON_CERT_REFUSED, text, SPLIT_NONE));
    CHECK(view_starts(buf_view(&out), VIEW("HTTP/1.1 403 ")));
    buf_clear(&out);
    CHECK(!say(&out, &service, BP_REASON_NONE, text, SPLIT_NONE));
    CHECK(!view_starts(buf_view(&out), VIEW("HTTP/1.1 403 ")));
}

// Of a request that is not whole the lie is told, at every split; when it is whole that is over.
static void check_begun(void)
{
    struct view half = VIEW("GET /v1/sims/8988247000100003319/balances HTTP/1.1\r\nHost: mo.ex");
    struct view whole = VIEW(GET_A("?limit=1", ""));
    struct bp_service service = liar_service("together-blocks");
    static _Alignas(16) char other[4096];
    for (size_t split = 1; split <= half.len; split++) {
        struct buf out = BUF(answer_space);
        service.start(service.context, other, BP_REASON_NONE);
        CHECK_ROW(split, service.converse(service.context, other, &out, view_first(half, split),
                                          false, 0) == 0);
        bool is_part = view_starts(whole, view_first(half, split));
        CHECK_ROW(split, say(&out, &service, BP_REASON_NONE, whole, SPLIT_NONE) == !is_part);
        CHECK_ROW(split, (out.len == 0) == !is_part);
        // The service is free again, also for the one that is cut.
        CHECK_ROW(split, !say(&out, &service, BP_REASON_NONE, whole, SPLIT_NONE));
        CHECK_ROW(split, view_starts(buf_view(&out), VIEW("HTTP/1.1 200 ")));
        buf_clear(&out);
        CHECK_ROW(split, service.converse(service.context, other, &out, view_first(half, split),
                                          true, 0) == split);
        CHECK_ROW(split, service.is_closed(other));
        CHECK_ROW(split, view_starts(buf_view(&out), VIEW("HTTP/1.1 400 ")));
    }
}

// The server stops, or loses patience.
static void check_ends(void)
{
    struct view text = VIEW(GET_A("", ""));
    struct bp_service service = liar_service("limit-ignored");
    struct buf out = BUF(answer_space);
    service.start(service.context, conversation, BP_REASON_NONE);
    service.finish(conversation);
    CHECK(service.converse(service.context, conversation, &out, text, false, 0) == text.len);
    CHECK(service.is_closed(conversation));
    CHECK(view_find(buf_view(&out), VIEW("Connection: close\r\n")) < out.len);
    buf_clear(&out);
    service.expire(service.context, &out, 0);
    CHECK(view_starts(buf_view(&out), VIEW("HTTP/1.1 408 ")));
}

static bool count_act(void *context, const struct bp_act *act)
{
    *(int64_t *)context += act->bytes;
    return true;
}

// An act that is put off until the tester waits is done when nothing was asked for a second.
static void check_wait(void)
{
    static const struct {
        int64_t ms; // behind the request before
        int64_t done;
    } waits[] = {{0, 0}, {999, 0}, {999, 0}, {1000, 7}, {5000, 7}};
    int64_t done = 0;
    int64_t now_ms = (int64_t)NOW_S * 1000;
    struct view text = VIEW(GET_A("", ""));
    struct lie_service *lying =
        lie_service_open(lying_space, liar_find(VIEW("takes-a-moment")), &endpoint);
    struct bp_service service = lie_service_of(lying);
    struct bp_hooks hooks = lie_service_hooks(
        lying, (struct bp_hooks){.there = BP_HOOK_ALL, .act = count_act, .context = &done});
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        struct buf out = BUF(answer_space);
        now_ms += waits[i].ms;
        service.start(service.context, conversation, BP_REASON_NONE);
        CHECK_ROW(i, service.converse(service.context, conversation, &out, text, false, now_ms) ==
                         text.len);
        CHECK_ROW(i, done == waits[i].done);
        const struct bp_act act = {.hook = BP_HOOK_CONSUME, .bytes = 7};
        if (i == 0)
            CHECK(hooks.act(hooks.context, &act));
    }
}

int main(void)
{
    struct bp_fault fault;
    lying_space = malloc(lie_service_size());
    CHECK(sample_inventory_read(&inventory, &fault, sample_text(), (int64_t)NOW_S * 1000));
    bp_endpoint_init(&endpoint, &inventory);
    check_rows();
    check_pipelined();
    check_unframed();
    check_refusal();
    check_begun();
    check_ends();
    check_wait();
    free(lying_space);
    return unit_end();
}
