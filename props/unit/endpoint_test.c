// SPDX-License-Identifier: Apache-2.0
#include "operator/endpoint.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

static const int64_t now_ms = 1767225600000;

static struct bp_inventory inventory;

#define SIM_A "/v1/sims/8988247000100003319/balances"
#define SIM_U "/v1/sims/8988247009900001233/balances"
#define HOST "Host: mo.example\r\n"
#define ASK(method, target) method " " target " HTTP/1.1\r\n" HOST "\r\n"
#define GET(target) ASK("GET", target)
#define GET_WITH(target, fields) "GET " target " HTTP/1.1\r\n" HOST fields "\r\n"
#define NAMES(parameter) "\"parameter\":\"" parameter "\""
#define CODE(code) "{\"error\":{\"code\":\"" code "\""

// A table row: what is sent, the status, what must stand in the head and at the start of the body.
struct row {
    const char *request;
    unsigned status;
    const char *head;
    const char *body;
};

static const struct row rows[] = {
    {GET(SIM_A), 200, "Content-Type: application/json\r\n", "{\"balances\":[{\"type\":\""},
    {GET(SIM_A), 200, "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n", "{\"balances\""},
    {GET("/v1/sims/iccid:8988247000100003319/balances"), 200, "", "{\"balances\""},
    {GET("https://mo.example" SIM_A), 200, "", "{\"balances\""},
    {GET(SIM_A "?limit=0"), 200, "", "{\"balances\":[]}"},
    {GET("/v1/sims/8988247000100003555/balances"), 200, "",
     "{\"balances\":[{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\""},
    {GET("/v1/sims/89882470001000927487/balances"), 200, "", "{\"balances\":[{\"type\":\"NONE\""},
    {GET("/v1/sims/8988247000100105734/balances?location=FR"), 200, "",
     "{\"balances\":[{\"type\":\"NOTSUPPORTED\""},
    {GET(SIM_U), 404, "", CODE("sim.unknown") "," NAMES("sim id")},
    {GET("/v1/sims/898824700010000331/balances"), 404, "", CODE("sim.malformed")},
    {GET("/v1/sims"), 404, "Content-Type: application/json\r\n",
     CODE("path.unknown") ",\"message\":"},
    {GET("/"), 404, "", CODE("path.unknown")},
    {GET("/v1/sims/%/balances"), 400, "", CODE("target.escape")},
    {GET("*"), 400, "", CODE("target.form")},
    {GET(SIM_A "?limit=2147483648"), 400, "",
     CODE("limit.beyond") "," NAMES("limit") ",\"message\":\"limit must not exceed 2147483647\"}}"},
    {GET(SIM_A "?limit=-1&location=US"), 400, "", CODE("limit.negative") "," NAMES("limit")},
    {GET(SIM_A "?location=ZZ"), 400, "", CODE("location.unknown") "," NAMES("location")},
    {GET(SIM_A "?fieldsTemplate=bogus"), 400, "",
     CODE("fields.unknown") "," NAMES("fieldsTemp"
                                      "late")},
    {GET(SIM_U "?limit=x"), 400, "", CODE("limit.syntax")},
    {ASK("POST", SIM_A), 405, "Allow: GET, HEAD\r\n", CODE("method.known")},
    {ASK("OPTIONS", SIM_A), 405, "Allow: GET, HEAD\r\n", ""},
    {ASK("TRACE", SIM_A "?limit=x"), 405, "Allow: ", ""},
    {ASK("CONNECT", SIM_A), 405, "Allow: ", ""},
    {ASK("DELETE", "/v1/sims"), 404, "", CODE("path.unknown")},
    {ASK("FOO", "/v1/sims"), 501, "", CODE("method.unknown")},
    {ASK("get", SIM_A), 501, "", CODE("method.unknown")},
    {ASK("GETS", SIM_A), 501, "", ""},
    {ASK("HEAD", SIM_A "?limit=0"), 200, "Content-Length: 15\r\n", ""},
    {ASK("HEAD", SIM_U), 404, "Content-Length: ", ""},
    {"HEAD " SIM_A " HTTP/1.1\r\n" HOST "Content-Length: x\r\n\r\n", 400, "Content-Length: ", ""},
    {GET_WITH(SIM_A, "X-MS-DM-TransactionId: MSFT-1\r\n"), 200, "X-MS-DM-TransactionId: MSFT-1\r\n",
     ""},
    {GET_WITH("/x", "x-ms-dm-transactionid: \xe2\x80\x9c"
                    "a b\xe2\x80\x9d\r\n"),
     404,
     "X-MS-DM-TransactionId: \xe2\x80\x9c"
     "a b\xe2\x80\x9d\r\n",
     ""},
    {GET_WITH(SIM_A, "X-MS-DM-TransactionId: 1\r\nX-MS-DM-TransactionId: 1\r\n"), 400, "",
     CODE("transaction.twice") "," NAMES("X-MS-DM-TransactionId")},
    {GET_WITH(SIM_A "?limit=x", "X-MS-DM-TransactionId: 1\r\nX-MS-DM-TransactionId: 1\r\n"), 400,
     "", CODE("limit.syntax")},
    {GET_WITH(SIM_A, "Authorization: Bearer x\r\n"), 200, "", ""},
    {GET_WITH(SIM_A, "Connection: close\r\n"), 200, "Connection: close\r\n", ""},
    {"GET " SIM_A " HTTP/1.0\r\n" HOST "\r\n", 200, "Connection: close\r\n", ""},
    {"GET " SIM_A " HTTP/1.1\r\n\r\n", 400, "Connection: close\r\n",
     CODE("http.host_missing") "," NAMES("Host")},
    {"GET " SIM_A " HTTP/2.0\r\n" HOST "\r\n", 505, "Connection: close\r\n", CODE("http.version")},
    {"GET " SIM_A " HTTP/1.1\r\n" HOST, 400, "Connection: close\r\n", CODE("http.cut")},
    {"G", 400, "Connection: close\r\n", CODE("http.cut")},
    {GET_WITH(SIM_A, "Content-Length: 5\r\n") "hello", 200, "", "{\"balances\""},
    {GET_WITH(SIM_A, "Content-Length: 5\r\nX-MS-DM-TransactionId: t\r\n") "hell", 400,
     "X-MS-DM-TransactionId: t\r\nConnection: close\r\n", CODE("http.cut")},
    {GET_WITH(SIM_A, "Content-Length: 65537\r\nX-MS-DM-TransactionId: t\r\n"), 413,
     "X-MS-DM-TransactionId: t\r\nConnection: close\r\n", CODE("http.body_len")},
    {"HEAD " SIM_A " HTTP/1.1\r\n" HOST "Content-Length: 65537\r\n\r\n", 413,
     "Connection: close\r\n", ""},
    {"\r\n" GET(SIM_A "?limit=0"), 200, "", "{\"balances\":[]}"},
};

static char space[262144];

// All that is answered to `bytes`, sent in one go at `at_ms`.
static struct view answer_all(struct bp_endpoint *endpoint, struct view bytes, int64_t at_ms)
{
    struct buf out = BUF(space);
    struct bp_conversation conversation;
    bp_conversation_start(&conversation);
    CHECK(bp_converse(&conversation, endpoint, &out, bytes, true, at_ms) == bytes.len);
    CHECK(!out.overflow);
    return buf_view(&out);
}

static unsigned status_of(struct view answer)
{
    if (answer.len < 12 || !view_starts(answer, VIEW("HTTP/1.1 ")))
        return 0;
    return (unsigned)(answer.data[9] - '0') * 100 + (unsigned)(answer.data[10] - '0') * 10 +
           (unsigned)(answer.data[11] - '0');
}

static size_t answer_count(struct view answers)
{
    const struct view each = VIEW("\r\nDate: ");
    size_t count = 0;
    for (size_t at = view_find(answers, each); at < answers.len; at = view_find(answers, each)) {
        answers = view_from(answers, at + each.len);
        count++;
    }
    return count;
}

static bool has(struct view v, const char *text)
{
    return *text == '\0' || view_find(v, view_of_text(text)) < v.len;
}

static void check_row(size_t i, struct bp_endpoint *endpoint, const struct row *row)
{
    struct view answer = answer_all(endpoint, view_of_text(row->request), now_ms);
    size_t head_len = view_find(answer, VIEW("\r\n\r\n"));
    CHECK_ROW(i, status_of(answer) == row->status);
    CHECK_ROW(i, head_len < answer.len && has(view_first(answer, head_len + 2), row->head));
    struct view body = view_from(answer, head_len + 4);
    CHECK_ROW(i, view_starts(body, view_of_text(row->body)));
    CHECK_ROW(i, (body.len == 0) == (row->request[0] == 'H'));
    CHECK_ROW(i, answer_count(answer) == 1);
}

static void test_rows(void)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i, &endpoint, &rows[i]);
}

// Without the right credentials nothing else is said (GB-AUTH-5). mobileplans:a:b c
#define RIGHT "Authorization: Basic bW9iaWxlcGxhbnM6YTpiIGM=\r\n"
#define WRONG "Authorization: Basic bW9iaWxlcGxhbnM6YTpiIGQ=\r\n"
#define REFUSED 401, "WWW-Authenticate: Basic "
static const struct row basic_rows[] = {
    {GET_WITH(SIM_A, RIGHT), 200, "", ""},
    {GET_WITH(SIM_A, RIGHT RIGHT), REFUSED, CODE("auth.syntax")},
    {GET_WITH(SIM_A, WRONG), REFUSED, CODE("auth.wrong") "," NAMES("Authorization")},
    {GET_WITH(SIM_U, WRONG), REFUSED, CODE("auth.wrong")},
    {GET(SIM_A), REFUSED, CODE("auth.missing")},
    {GET(SIM_U), REFUSED, CODE("auth.missing")},
    {GET("/x"), REFUSED, CODE("auth.missing")},
    {ASK("FOO", "/x"), REFUSED, CODE("auth.missing")},
    {GET(SIM_A "?limit=x"), REFUSED, CODE("auth.missing")},
    {GET_WITH(SIM_A, "Authorization: Bearer x\r\n"), REFUSED, CODE("auth.scheme")},
    {ASK("HEAD", SIM_A), REFUSED, ""},
    {"GET " SIM_A " HTTP/1.1\r\n\r\n", 400, "", CODE("http.host_missing")},
};

static void test_basic(void)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    endpoint.credentials = VIEW("mobileplans:a:b c");
    for (size_t i = 0; i < sizeof basic_rows / sizeof basic_rows[0]; i++)
        check_row(1000 + i, &endpoint, &basic_rows[i]);
}

#define ID(id) "X-MS-DM-TransactionId: " id "\r\n"

// One conversation after the other with one memory and one limiter: the statuses.
static const struct {
    const char *request;
    int64_t after_ms;
    unsigned status;
} later_rows[] = {
    {GET_WITH(SIM_A, ID("1")), 0, 200},
    {GET_WITH(SIM_A, ID("1")), 0, 409},
    {GET_WITH(SIM_U, ID("1")), 0, 409},
    {GET(SIM_A), 0, 200},
    {GET(SIM_A), 0, 200},
    {GET_WITH(SIM_A "?limit=x", ID("2")), 0, 400},    // a refused request burns neither id
    {GET_WITH("/x", ID("2")), 0, 404},                // nor token (GB-TXN-4)
    {ASK("PUT", SIM_A), 0, 405},                      //
    {GET_WITH(SIM_A, ID("2")), 0, 429},               // five tokens are gone; the id is not burnt
    {GET_WITH(SIM_A, ID("2")), 1000, 200},            //
    {GET_WITH(SIM_A, ID("2")), 2000, 409},            //
    {GET_WITH(SIM_A "?limit=x", ID("2")), 2000, 400}, // the query stands before the memory
    {GET_WITH(SIM_A, ID("")), 3000, 200},             // an empty id is none
    {GET_WITH(SIM_A, ID("")), 4000, 200},             //
    {GET_WITH(SIM_A, ID("1")), 59999, 409},           //
    {GET_WITH(SIM_A, ID("1")), 60000, 200},           // the memory fades
};

static void test_memory(void)
{
    static struct bp_replay_entry entries[8];
    static uint32_t slots[16];
    static const uint64_t key[2] = {1, 2};
    struct bp_endpoint endpoint;
    struct bp_replay replay;
    struct bp_limiter limiter;
    bp_endpoint_init(&endpoint, &inventory);
    bp_replay_init(&replay, entries, slots, 8, key, 60000);
    bp_limiter_init(&limiter, 1, 5, now_ms);
    endpoint.replay = &replay;
    endpoint.limiter = &limiter;
    for (size_t i = 0; i < sizeof later_rows / sizeof later_rows[0]; i++) {
        struct view answer = answer_all(&endpoint, view_of_text(later_rows[i].request),
                                        now_ms + later_rows[i].after_ms);
        CHECK_ROW(i, status_of(answer) == later_rows[i].status);
        CHECK_ROW(i, has(answer, "Retry-After: 1\r\n") == (later_rows[i].status == 429));
    }
}

// A broken back office is told for every SIM, and only to requests that would have been answered.
static void test_broken(void)
{
    static const struct row broken_rows[] = {
        {GET(SIM_A), 500, "Content-Type: application/json\r\n", CODE("internal")},
        {GET(SIM_U), 500, "", CODE("internal") ",\"message\":\"the back office does not answer\""},
        {GET(SIM_A "?limit=x"), 400, "", CODE("limit.syntax")},
        {GET("/"), 404, "", CODE("path.unknown")},
    };
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    endpoint.is_broken = true;
    for (size_t i = 0; i < sizeof broken_rows / sizeof broken_rows[0]; i++)
        check_row(i, &endpoint, &broken_rows[i]);
}

// Of two ids neither is echoed, and none of a head that is not whole.
static void test_echo(void)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    CHECK(has(answer_all(&endpoint, VIEW(GET_WITH("/", ID("a"))), now_ms), "TransactionId: a"));
    CHECK(!has(answer_all(&endpoint, VIEW(GET_WITH("/", ID("a") ID("a"))), now_ms),
               "TransactionId:"));
    CHECK(!has(answer_all(&endpoint, VIEW("GET / HTTP/1.1\r\n" HOST ID("a")), now_ms),
               "TransactionId:"));
}

// The date follows the clock, also backwards.
static void test_date(void)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    CHECK(has(answer_all(&endpoint, VIEW(GET("/")), 0), "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"));
    CHECK(has(answer_all(&endpoint, VIEW(GET("/")), now_ms), "01 Jan 2026 00:00:00 GMT\r\n"));
    CHECK(has(answer_all(&endpoint, VIEW(GET("/")), now_ms + 999), "2026 00:00:00 GMT\r\n"));
    CHECK(has(answer_all(&endpoint, VIEW(GET("/")), now_ms + 1000), "2026 00:00:01 GMT\r\n"));
    CHECK(has(answer_all(&endpoint, VIEW(GET("/")), now_ms - 1), "2025 23:59:59 GMT\r\n"));
    CHECK(endpoint.date_s == now_ms / 1000 - 1);      // written once a second
    for (int64_t second = 0; second <= 1; second++) { // of time itself, and the first answer
        bp_endpoint_init(&endpoint, &inventory);
        CHECK(has(answer_all(&endpoint, VIEW(GET("/")), second * 1000),
                  second == 0 ? "Thu, 01 Jan 1970 00:00:00 GMT\r\n"
                              : "Thu, 01 Jan 1970 00:00:01 GMT\r\n"));
    }
}

static const struct {
    const char *requests;
    size_t count;
    const char *last; // stands in the answers, behind all others
} pipelines[] = {
    {"", 0, ""},
    {"\r", 0, ""},
    {"\r\n", 0, ""},
    {GET(SIM_A) "\r\n", 1, ""},
    {GET(SIM_A) GET(SIM_U) "\r\n" ASK("HEAD", SIM_A) GET("/"), 4, "path.unknown"},
    {GET_WITH(SIM_A, ID("a")) GET_WITH(SIM_A, ID("b")) GET_WITH(SIM_A, ID("c")), 3,
     "TransactionId: c\r\n"},
    {GET_WITH(SIM_A, "Content-Length: 60\r\n") GET("/aaaaaaaaaaaaaaaaaaaaaaaaaa") GET(SIM_U), 2,
     "sim.unknown"},
    {GET_WITH(SIM_A, "Connection: close\r\n") GET("/x"), 1, "balances"},
    {GET(SIM_A) "nonsense\r\n\r\n" GET("/x"), 2, "http.line"},
    {GET(SIM_A) "GET " SIM_A, 2, "http.cut"},
    {GET_WITH(SIM_A, "Content-Length: 99999\r\n") GET("/x"), 1, "http.body_len"},
    {GET_WITH(SIM_A, "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") GET("/x"), 1,
     "http.length_and_transfer"},
};

static void test_pipelines(void)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    for (size_t i = 0; i < sizeof pipelines / sizeof pipelines[0]; i++) {
        struct view requests = view_of_text(pipelines[i].requests);
        struct view answers = answer_all(&endpoint, requests, now_ms);
        CHECK_ROW(i, answer_count(answers) == pipelines[i].count);
        CHECK_ROW(i, has(answers, pipelines[i].last));
        CHECK_ROW(i, !has(answers, "/x"));
    }
}

// Every split of every pipeline into two pieces, and single octets, give the same answers; bytes
// that were used are not needed again, so they are overwritten.
static void test_splits(void)
{
    static char whole[262144];
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, &inventory);
    for (size_t i = 0; i < sizeof pipelines / sizeof pipelines[0]; i++) {
        char bytes[1024];
        struct view requests = view_of_text(pipelines[i].requests);
        struct view first = answer_all(&endpoint, requests, now_ms);
        memcpy(whole, first.data, first.len);
        for (size_t cut = 0; cut <= requests.len; cut++) {
            struct bp_conversation conversation;
            struct buf out = BUF(space);
            size_t used = 0;
            memcpy(bytes, requests.data, requests.len);
            bp_conversation_start(&conversation);
            for (size_t len = cut; len < requests.len; len = cut == 0 ? len + 1 : requests.len) {
                size_t step = bp_converse(&conversation, &endpoint, &out,
                                          view_between(bytes + used, bytes + len), false, now_ms);
                memset(bytes + used, '#', step);
                used += step;
            }
            used += bp_converse(&conversation, &endpoint, &out,
                                view_between(bytes + used, bytes + requests.len), true, now_ms);
            CHECK_ROW(i, used == requests.len);
            CHECK_ROW(i, view_equal(buf_view(&out), view_of(whole, first.len)));
        }
    }
}

// With little space left nothing is answered, nothing is lost, and it goes on with new space.
static void test_space(void)
{
    static char small[BP_ANSWER_LEN_MAX + 100];
    const struct view requests = VIEW(GET(SIM_A) GET(SIM_A) GET("/x"));
    struct bp_endpoint endpoint;
    struct bp_conversation conversation;
    struct buf out = buf_of(small, BP_ANSWER_LEN_MAX - 1);
    bp_endpoint_init(&endpoint, &inventory);
    bp_conversation_start(&conversation);
    CHECK(bp_converse(&conversation, &endpoint, &out, requests, true, now_ms) == 0);
    CHECK(out.len == 0);
    size_t used = 0;
    for (unsigned n = 0; n < 3; n++) {
        out = BUF(small);
        used +=
            bp_converse(&conversation, &endpoint, &out, view_from(requests, used), true, now_ms);
        CHECK_ROW(n, answer_count(buf_view(&out)) == 1);
    }
    CHECK(used == requests.len && has(buf_view(&out), "path.unknown"));
}

// The longest id is echoed, in the longest request; one octet more is refused.
static void test_longest(void)
{
    enum { ID_LEN_MAX = 8000 };
    static char bytes[BP_REQUEST_LEN_MAX];
    struct bp_endpoint endpoint;
    struct buf request = BUF(bytes);
    bp_endpoint_init(&endpoint, &inventory);
    memset(bytes, 'i', sizeof bytes);
    buf_put_text(&request, "GET " SIM_A " HTTP/1.1\r\n" HOST "Content-Length: 65536\r\n"
                           "X-MS-DM-TransactionId: ");
    char *id = buf_claim(&request, ID_LEN_MAX);
    buf_put_text(&request, "\r\nX-A:a");
    (void)buf_claim(&request, BP_HEAD_LEN_MAX - 4 - request.len);
    buf_put_text(&request, "\r\n\r\n");
    struct view answers = answer_all(&endpoint, view_of(bytes, sizeof bytes), now_ms);
    CHECK(status_of(answers) == 200 && answer_count(answers) == 1 && answers.len > ID_LEN_MAX);
    memcpy(id + ID_LEN_MAX, "i\r\nX-A:", 7);
    answers = answer_all(&endpoint, view_of(bytes, sizeof bytes), now_ms);
    CHECK(status_of(answers) == 400 && has(answers, "transaction.len"));
}

int main(void)
{
    struct bp_fault fault;
    CHECK(sample_inventory_read(&inventory, &fault, sample_text(), now_ms));
    test_rows();
    test_broken();
    test_basic();
    test_memory();
    test_echo();
    test_date();
    test_pipelines();
    test_splits();
    test_space();
    test_longest();
    return unit_end();
}
