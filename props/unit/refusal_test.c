// SPDX-License-Identifier: Apache-2.0
// Conversations whose owner refuses: the certificate of the connection, the end of a server, time.
#include "operator/endpoint.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

static const int64_t now_ms = 1767225600000;

static struct bp_inventory inventory;
static char space[262144];

#define SIM_A "/v1/sims/8988247000100003319/balances"
#define SIM_U "/v1/sims/8988247009900001233/balances"
#define HOST "Host: mo.example\r\n"
#define GET(target, fields) "GET " target " HTTP/1.1\r\n" HOST fields "\r\n"
#define ID "X-MS-DM-TransactionId: t\r\n"
#define RIGHT "Authorization: Basic YTpi\r\n"

static struct view answer_all(struct bp_endpoint *endpoint, enum bp_reason refusal, bool is_last,
                              const char *request)
{
    struct buf out = BUF(space);
    struct bp_conversation conversation;
    struct view bytes = view_of_text(request);
    bp_conversation_start(&conversation);
    conversation.refusal = refusal;
    conversation.is_last = is_last;
    CHECK(bp_converse(&conversation, endpoint, &out, bytes, true, now_ms) == bytes.len);
    return buf_view(&out);
}

static bool has(struct view answers, const char *text)
{
    return view_find(answers, view_of_text(text)) < answers.len;
}

// Whatever is asked for, the answer is the same as long as the HTTP is right.
static const struct {
    enum bp_reason refusal;
    const char *status;
    const char *challenge; // "": none
} refusals[] = {
    {BP_REASON_CERT_MISSING, "HTTP/1.1 401 ", "ClientCertificate realm=\"mobileplans\"\r\n"},
    {BP_REASON_CERT_EXPIRED, "HTTP/1.1 401 ", "ClientCertificate realm=\"mobileplans\"\r\n"},
    {BP_REASON_CERT_REFUSED, "HTTP/1.1 403 ", ""},
    {BP_REASON_CERT_SUBJECT, "HTTP/1.1 403 ", ""},
};

static void test_equal(struct bp_endpoint *endpoint)
{
    static const char *const requests[] = {
        GET(SIM_A, ""),
        GET(SIM_U, ""),
        GET(SIM_A "?limit=x", ""),
        GET("/", ""),
        GET(SIM_A, RIGHT),
        GET("%", ""),
        "FOO / HTTP/1.1\r\n" HOST "\r\n",
        "PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx",
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        static char first[4096];
        size_t first_len = 0;
        for (size_t j = 0; j < sizeof requests / sizeof requests[0]; j++) {
            struct view answer = answer_all(endpoint, refusals[i].refusal, false, requests[j]);
            CHECK_ROW(i, view_starts(answer, view_of_text(refusals[i].status)));
            CHECK_ROW(i, has(answer, "WWW-Authenticate: ") == (refusals[i].challenge[0] != '\0'));
            CHECK_ROW(i, has(answer, refusals[i].challenge));
            CHECK_ROW(i, !has(answer, "Connection: close"));
            if (j == 0) {
                first_len = answer.len;
                memcpy(first, answer.data, answer.len < sizeof first ? answer.len : 0);
            }
            CHECK_ROW(j, view_equal(answer, view_of(first, first_len)));
        }
    }
}

// Basic is on: its challenge, but still the certificate's refusal, with right credentials too.
static void test_basic(struct bp_endpoint *endpoint)
{
    endpoint->credentials = VIEW("a:b");
    static const char *const requests[] = {GET(SIM_A, RIGHT), GET(SIM_A, "")};
    for (size_t i = 0; i < 2; i++) {
        struct view answer = answer_all(endpoint, BP_REASON_CERT_MISSING, false, requests[i]);
        CHECK_ROW(i, has(answer, "cert.missing") && has(answer, "WWW-Authenticate: Basic "));
        CHECK_ROW(i, !has(answer, "ClientCertificate"));
    }
    CHECK(has(answer_all(endpoint, BP_REASON_NONE, false, requests[0]), "HTTP/1.1 200 "));
    endpoint->credentials = view_of(NULL, 0);
}

// What HTTP refuses is refused as ever, ids are echoed, HEAD has no body, and all requests of the
// conversation are refused.
static void test_http(struct bp_endpoint *endpoint)
{
    const enum bp_reason refusal = BP_REASON_CERT_REFUSED;
    CHECK(has(answer_all(endpoint, refusal, false, "GET / HTTP/1.1\r\n\r\n"), "http.host_missing"));
    CHECK(has(answer_all(endpoint, refusal, false, "GET"), "http.cut"));
    CHECK(has(answer_all(endpoint, refusal, false, GET("/", ID)), "X-MS-DM-TransactionId: t\r\n"));
    CHECK(has(answer_all(endpoint, refusal, false, GET("/", "Connection: close\r\n")),
              "Connection: close\r\n"));
    struct view head = answer_all(endpoint, refusal, false, "HEAD / HTTP/1.1\r\n" HOST "\r\n");
    CHECK(view_find(head, VIEW("\r\n\r\n")) == head.len - 4);
    struct view two = answer_all(endpoint, refusal, false, GET(SIM_A, "") GET(SIM_A, ""));
    size_t first_len = view_find(two, VIEW("}}HTTP/1.1 403 ")) + 2;
    CHECK(first_len * 2 == two.len);
}

static void test_last(struct bp_endpoint *endpoint)
{
    struct view answer = answer_all(endpoint, BP_REASON_NONE, true, GET(SIM_A, "") GET(SIM_A, ""));
    CHECK(has(answer, "HTTP/1.1 200 ") && has(answer, "Connection: close\r\n"));
    CHECK(view_find(view_from(answer, 1), VIEW("HTTP/1.1 ")) == answer.len - 1);
}

static void test_slow(struct bp_endpoint *endpoint)
{
    struct buf out = BUF(space);
    bp_answer_slow(endpoint, &out, now_ms);
    CHECK(has(buf_view(&out), "HTTP/1.1 408 Request Timeout\r\nDate: Thu, 01 Jan 2026 "));
    CHECK(has(buf_view(&out), "Connection: close\r\n"));
    CHECK(has(buf_view(&out), "{\"error\":{\"code\":\"http.slow\",\"message\":"));
}

int main(void)
{
    struct bp_endpoint endpoint;
    struct bp_fault fault;
    CHECK(sample_inventory_read(&inventory, &fault, sample_text(), now_ms));
    bp_endpoint_init(&endpoint, &inventory);
    test_equal(&endpoint);
    test_basic(&endpoint);
    test_http(&endpoint);
    test_last(&endpoint);
    test_slow(&endpoint);
    return unit_end();
}
