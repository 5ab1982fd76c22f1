// SPDX-License-Identifier: Apache-2.0
// Heads of requests and responses: what is taken, what is refused and where, at every split.
#include <stdlib.h>

#include "base/buf.h"
#include "http/head.h"
#include "props/unit/unit.h"

#define H "Host: a\r\n"
#define GET "GET / HTTP/1.1\r\n"
#define OK11 "HTTP/1.1 200 OK\r\n"
#define OK_ROW(text)                                                 \
    {                                                                \
        VIEW_INIT(text), BP_READ_DONE, BP_REASON_NONE, VIEW_INIT("") \
    }
#define MORE_ROW(text)                                               \
    {                                                                \
        VIEW_INIT(text), BP_READ_MORE, BP_REASON_NONE, VIEW_INIT("") \
    }
#define BAD_ROW(text, reason, where)                                       \
    {                                                                      \
        VIEW_INIT(text), BP_READ_BAD, BP_REASON_##reason, VIEW_INIT(where) \
    }

struct row {
    struct view text;
    enum bp_read answer;
    enum bp_reason reason;
    struct view where;
};

static const struct row requests[] = {
    OK_ROW(GET H "\r\n"),
    OK_ROW("\r\n" GET H "\r\n"),
    OK_ROW("GET / HTTP/1.0\r\n\r\n"),
    OK_ROW("!#$%&'*+-.^_`|~09AZaz / HTTP/1.1\r\n" H "\r\n"),
    OK_ROW("GET https://mo.example/v1 HTTP/1.1\r\nhOsT: mo.example:443\r\n\r\n"),
    OK_ROW(GET H "X:\r\nY: \t \r\nZ:\ta\tb \xe2\x80\x9c\x80\xff~\t \r\n\r\n"),
    OK_ROW(GET H "Content-Length: 0\r\n\r\nrest"),
    OK_ROW(GET H "Content-Length: 9999999999999999999\r\n\r\n"),
    OK_ROW(GET H "Content-Length:\t0000000000000000005 \r\n\r\nhello"),
    OK_ROW("get /\xc3\xa9\t HTTP/1.1\r\n" H "\r\n"),

    MORE_ROW(""),
    MORE_ROW("\r"),
    MORE_ROW("\r\n"),
    MORE_ROW("GET / HTTP/1.1\r"),
    MORE_ROW(GET H),
    MORE_ROW(GET H "\r"),
    MORE_ROW("G\x01T / nonsense"),

    BAD_ROW("\r\n\r\n" GET H "\r\n", HTTP_LINE, ""),
    BAD_ROW("\n" GET H "\r\n", HTTP_LINE_END, "\n"),
    BAD_ROW("GET / HTTP/1.1\n" H "\r\n", HTTP_LINE_END, "\n"),
    BAD_ROW(GET "Host: a\n\r\n", HTTP_LINE_END, "\n"),
    BAD_ROW(GET H "\n", HTTP_LINE_END, "\n"),
    BAD_ROW("GET / HTTP/1.1\r\r\n" H "\r\n", HTTP_LINE_END, "\r"),
    BAD_ROW("GET /\ra HTTP/1.1\r\n" H "\r\n", HTTP_LINE_END, "\r"),
    BAD_ROW("GET /\0a HTTP/1.1\r\n" H "\r\n", HTTP_LINE, "\0"),
    BAD_ROW("GET / HTTP/1.1\x7f\r\n" H "\r\n", HTTP_LINE, "\x7f"),
    BAD_ROW("G@T / HTTP/1.1\r\n", HTTP_LINE, "G@T / HTTP/1.1"),
    BAD_ROW(" GET / HTTP/1.1\r\n", HTTP_LINE, " GET / HTTP/1.1"),
    BAD_ROW("GET\r\n", HTTP_LINE, "GET"),
    BAD_ROW("GET \r\n", HTTP_LINE, ""),
    BAD_ROW("GET /\r\n", HTTP_LINE, "/"),
    BAD_ROW("GET / \r\n", HTTP_LINE, ""),
    BAD_ROW("GET  / HTTP/1.1\r\n", HTTP_LINE, " / HTTP/1.1"),
    BAD_ROW("GET /  HTTP/1.1\r\n", HTTP_LINE, " HTTP/1.1"),
    BAD_ROW("GET / HTTP/1.1 \r\n", HTTP_LINE, "HTTP/1.1 "),
    BAD_ROW("GET /sims/iccid: 8988/balances HTTP/1.1\r\n", HTTP_LINE, "8988/balances HTTP/1.1"),
    BAD_ROW("GET / http/1.1\r\n", HTTP_LINE, "http/1.1"),
    BAD_ROW("GET / HTTP/1.10\r\n", HTTP_LINE, "HTTP/1.10"),
    BAD_ROW("GET / HTTP/1,1\r\n", HTTP_LINE, "HTTP/1,1"),
    BAD_ROW("GET / HTTP/x.1\r\n", HTTP_LINE, "HTTP/x.1"),
    BAD_ROW("GET / HTTP/1.x\r\n", HTTP_LINE, "HTTP/1.x"),
    BAD_ROW("GET / HTTP/1.2\r\n", HTTP_VERSION, "HTTP/1.2"),
    BAD_ROW("GET / HTTP/2.0\r\n", HTTP_VERSION, "HTTP/2.0"),
    BAD_ROW("GET / HTTP/0.9\r\n", HTTP_VERSION, "HTTP/0.9"),
    BAD_ROW("GET /\x01 HTTP/2.0\r\n", HTTP_LINE, "\x01"),

    BAD_ROW(GET H "X : a\r\n\r\n", HTTP_FIELD_BLANK, " "),
    BAD_ROW(GET H "X \t: a\r\n\r\n", HTTP_FIELD_BLANK, " \t"),
    BAD_ROW(GET H "X y: a\r\n\r\n", HTTP_FIELD_NAME, " "),
    BAD_ROW(GET H "X \r\n\r\n", HTTP_FIELD_NAME, " "),
    BAD_ROW(GET H "X\r\n\r\n", HTTP_FIELD_NAME, ""),
    BAD_ROW(GET H ": a\r\n\r\n", HTTP_FIELD_NAME, ":"),
    BAD_ROW(GET H "X@: a\r\n\r\n", HTTP_FIELD_NAME, "@"),
    BAD_ROW(GET H "X\x80: a\r\n\r\n", HTTP_FIELD_NAME, "\x80"),
    BAD_ROW(GET H "X\0: a\r\n\r\n", HTTP_FIELD_NAME, "\0"),
    BAD_ROW(GET H " folded\r\n\r\n", HTTP_FIELD_FOLD, " "),
    BAD_ROW(GET H "\t\r\n\r\n", HTTP_FIELD_FOLD, "\t"),
    BAD_ROW(GET " Host: a\r\n\r\n", HTTP_FIELD_FOLD, " "),
    BAD_ROW(GET H "X: a\rb\r\n\r\n", HTTP_FIELD_VALUE, "\r"),
    BAD_ROW(GET H "X: a\r\r\n\r\n", HTTP_FIELD_VALUE, "\r"),
    BAD_ROW(GET H "X: a\0\r\n\r\n", HTTP_FIELD_VALUE, "\0"),
    BAD_ROW(GET H "X: 0123456789abcdef\x1f\x01\r\n\r\n", HTTP_FIELD_VALUE, "\x1f"),
    BAD_ROW(GET H "X: \x02\x01\r\n\r\n", HTTP_FIELD_VALUE, "\x02"),
    BAD_ROW(GET H "X: \x7f\r\n\r\n", HTTP_FIELD_VALUE, "\x7f"),

    BAD_ROW(GET "\r\n", HTTP_HOST_MISSING, ""),
    BAD_ROW(GET "Hos: a\r\nHostt: a\r\nXost: a\r\n\r\n", HTTP_HOST_MISSING, ""),
    BAD_ROW(GET H "host:a\r\n\r\n", HTTP_HOST_TWICE, "host:a"),
    BAD_ROW("GET / HTTP/1.0\r\n" H H "\r\n", HTTP_HOST_TWICE, "Host: a"),
    BAD_ROW(GET "Host:\r\n\r\n", HTTP_HOST, ""),
    BAD_ROW(GET "Host: a b\r\n\r\n", HTTP_HOST, "a b"),
    BAD_ROW("GET / HTTP/1.0\r\nHost: a/\r\n\r\n", HTTP_HOST, "a/"),

    BAD_ROW(GET H "Content-Length:\r\n\r\n", HTTP_LENGTH, ""),
    BAD_ROW(GET H "Content-Length: +5\r\n\r\n", HTTP_LENGTH, "+5"),
    BAD_ROW(GET H "Content-Length: -1\r\n\r\n", HTTP_LENGTH, "-1"),
    BAD_ROW(GET H "Content-Length: 0x5\r\n\r\n", HTTP_LENGTH, "0x5"),
    BAD_ROW(GET H "Content-Length: 5 5\r\n\r\n", HTTP_LENGTH, "5 5"),
    BAD_ROW(GET H "Content-Length: 5, 5\r\n\r\n", HTTP_LENGTH, "5, 5"),
    BAD_ROW(GET H "Content-Length: 10000000000000000000\r\n\r\n", HTTP_LENGTH,
            "10000000000000000000"),
    BAD_ROW(GET H "Content-Length: 5\r\ncontent-length: 5\r\n\r\n", HTTP_LENGTH_TWICE,
            "content-length: 5"),
    BAD_ROW(GET H "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", HTTP_LENGTH_TWICE,
            "Content-Length: 6"),
    BAD_ROW(GET H "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            HTTP_LENGTH_AND_TRANSFER, "Transfer-Encoding: chunked"),
    BAD_ROW(GET H "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", HTTP_TRANSFER,
            "Transfer-Encoding: chunked"),
    BAD_ROW(GET H "tRANSFER-eNCODING: identity\r\n\r\n", HTTP_TRANSFER,
            "tRANSFER-eNCODING: identity"),
    BAD_ROW("GET / HTTP/1.0\r\nTransfer-Encoding:\r\n\r\n", HTTP_TRANSFER, "Transfer-Encoding:"),

    // The first of several offences.
    BAD_ROW("GET / HTTP/3.0\r\nX : a\r\n\r\n", HTTP_VERSION, "HTTP/3.0"),
    BAD_ROW(GET "Content-Length: x\r\nX : a\r\n\r\n", HTTP_LENGTH, "x"),
    BAD_ROW(GET "X : a\n\r\n", HTTP_FIELD_BLANK, " "),
    BAD_ROW(GET H "Host: b\n\r\n", HTTP_HOST_TWICE, "Host: b"),
    BAD_ROW(GET "Host: a b\x01\r\n\r\n", HTTP_FIELD_VALUE, "\x01"),
    BAD_ROW(GET "\n", HTTP_LINE_END, "\n"),
};

static const struct row responses[] = {
    OK_ROW(OK11 "\r\n"),
    OK_ROW("HTTP/1.0 404\n\n"),
    OK_ROW("HTTP/1.1 999 \r\n\n"),
    OK_ROW("HTTP/1.1 200 caf\xc3\xa9\tau lait\r\nA: b\nC: d\r\n\r\n{}"),
    OK_ROW(OK11 "Host: a\r\nHost: a\r\nContent-Length: x\r\nTransfer-Encoding: y\r\n\r\n"),
    MORE_ROW(OK11),
    BAD_ROW("\r\n" OK11 "\r\n", HTTP_STATUS_LINE, ""),
    BAD_ROW("HTTP/1.2 200 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.2 200 OK"),
    BAD_ROW("HTTP/2 200 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/2 200 OK"),
    BAD_ROW("http/1.1 200 OK\r\n\r\n", HTTP_STATUS_LINE, "http/1.1 200 OK"),
    BAD_ROW("HTTP/1.1 20 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1 20 OK"),
    BAD_ROW("HTTP/1.1 2x0 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1 2x0 OK"),
    BAD_ROW("HTTP/1.1/200 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1/200 OK"),
    BAD_ROW("HTTP/1.1 2000 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1 2000 OK"),
    BAD_ROW("HTTP/1.1 099 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1 099 OK"),
    BAD_ROW("HTTP/1.1  200 OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1  200 OK"),
    BAD_ROW("HTTP/1.1 200OK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1 200OK"),
    BAD_ROW("HTTP/1.1 200 O\rK\r\n\r\n", HTTP_STATUS_LINE, "HTTP/1.1 200 O\rK"),
    BAD_ROW(OK11 "A : b\r\n\r\n", HTTP_FIELD_BLANK, " "),
    BAD_ROW(OK11 "A: b\r\n c\r\n\r\n", HTTP_FIELD_FOLD, " "),
    BAD_ROW(OK11 "A: b\x01\n\r\n", HTTP_FIELD_VALUE, "\x01"),
};

struct outcome {
    enum bp_read answer;
    size_t used;
    struct bp_fault fault;
    struct bp_head head;
};

// Feeds the first `begin` bytes, then one step of bytes more each time.
static void feed(struct outcome *out, enum bp_side side, struct view text, size_t begin,
                 size_t step)
{
    struct bp_head_reader reader;
    *out = (struct outcome){.answer = BP_READ_MORE};
    bp_head_start(&reader, &out->head, side);
    for (size_t len = begin; out->answer == BP_READ_MORE; len += step) {
        len = len < text.len ? len : text.len;
        out->answer =
            bp_head_read(&out->head, &out->used, &out->fault, &reader, view_first(text, len));
        if (len == text.len)
            break;
    }
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
    return a->answer == b->answer && a->used == b->used && a->fault.reason == b->fault.reason &&
           a->fault.where.data == b->fault.where.data && a->fault.where.len == b->fault.where.len &&
           a->head.field_count == b->head.field_count && a->head.length == b->head.length &&
           a->head.keep_alive == b->head.keep_alive && a->head.status == b->head.status;
}

static void check_rows(const struct row *rows, size_t count, enum bp_side side)
{
    static struct outcome whole;
    static struct outcome split;
    for (size_t i = 0; i < count; i++) {
        struct view text = rows[i].text;
        feed(&whole, side, text, text.len, 1);
        CHECK_ROW(i, whole.answer == rows[i].answer);
        CHECK_ROW(i, whole.fault.reason == rows[i].reason);
        CHECK_ROW(i, view_equal(whole.fault.where, rows[i].where));
        for (size_t at = 0; at <= text.len; at++) {
            feed(&split, side, text, at, text.len);
            CHECK_ROW(i, is_same(&whole, &split));
        }
        feed(&split, side, text, 0, 1);
        CHECK_ROW(i, is_same(&whole, &split));
    }
}

// Every prefix stands in a block of its own, so that a look behind its end is seen by ASan.
static void check_prefixes(struct view text)
{
    static struct outcome prefix;
    for (size_t len = 0; len <= text.len; len++) {
        char *block = malloc(len + (len == 0));
        if (len != 0)
            memcpy(block, text.data, len);
        feed(&prefix, BP_REQUEST, view_of(block, len), len, 1);
        CHECK(prefix.answer == (len == text.len ? BP_READ_DONE : BP_READ_MORE));
        free(block);
    }
}

static void check_content(void)
{
    static const char text[] = "\r\nPOST /a?b HTTP/1.1\r\nHost:  h \t\r\ncontent-length:12\r\n"
                               "X-Ms-Dm-TransactionId:!1\r\nX-MS-DM-TransactionId: 2\r\n\r\nGET";
    static struct outcome o;
    feed(&o, BP_REQUEST, view_of_text(text), 0, 1);
    CHECK(o.answer == BP_READ_DONE && o.used == sizeof text - 1 - 3);
    CHECK(view_equal(o.head.method, VIEW("POST")));
    CHECK(view_equal(o.head.target, VIEW("/a?b")));
    CHECK(o.head.version_minor == 1 && o.head.keep_alive);
    CHECK(o.head.has_length && o.head.length == 12);
    CHECK(o.head.field_count == 4);
    CHECK(view_equal(o.head.fields[0].name, VIEW("Host")));
    CHECK(view_equal(bp_head_known(&o.head, BP_KNOWN_HOST), VIEW("h")));
    CHECK(view_equal(bp_head_known(&o.head, BP_KNOWN_TRANSACTION_ID), VIEW("!1")));
    CHECK(o.head.known_count[BP_KNOWN_TRANSACTION_ID] == 2);
    CHECK(o.head.known_first[BP_KNOWN_TRANSACTION_ID] == 2);
    CHECK(o.head.known_count[BP_KNOWN_AUTHORIZATION] == 0);
    CHECK(bp_head_known(&o.head, BP_KNOWN_AUTHORIZATION).len == 0);
    CHECK(bp_head_find(&o.head, VIEW("CONTENT-length")) == &o.head.fields[1].value);
    CHECK(bp_head_find(&o.head, VIEW("X")) == NULL);

    feed(&o, BP_RESPONSE, VIEW("HTTP/1.0 503 Try later\nRetry-After: 5\n\n{}"), 0, 1);
    CHECK(o.answer == BP_READ_DONE && o.used == 39 && o.head.field_count == 1);
    CHECK(o.head.status == 503 && o.head.version_minor == 0);
    CHECK(view_equal(o.head.phrase, VIEW("Try later")));
    CHECK(!o.head.has_length && !o.head.is_chunked && !o.head.keep_alive);
}

// A request line without a method does not get the one of the message before.
static void check_start_again(void)
{
    static struct bp_head head;
    struct bp_head_reader reader;
    struct bp_fault fault;
    size_t used;
    bp_head_start(&reader, &head, BP_REQUEST);
    struct view text = VIEW("HEAD / HTTP/1.1\r\n" H "\r\n");
    CHECK(bp_head_read(&head, &used, &fault, &reader, text) == BP_READ_DONE);
    bp_head_start(&reader, &head, BP_REQUEST);
    CHECK(bp_head_read(&head, &used, &fault, &reader, VIEW("nonsense\r\n")) == BP_READ_BAD);
    CHECK(head.method.len == 0);
}

static void check_length(void)
{
    uint64_t length = 7;
    CHECK(bp_length_read(&length, VIEW("12")) && length == 12);
}

static void check_known(void)
{
    static const struct {
        struct view name;
        enum bp_known known;
    } rows[] = {
        {VIEW_INIT("hOST"), BP_KNOWN_HOST},
        {VIEW_INIT("CONTENT-LENGTH"), BP_KNOWN_CONTENT_LENGTH},
        {VIEW_INIT("Transfer-Encoding"), BP_KNOWN_TRANSFER_ENCODING},
        {VIEW_INIT("connection"), BP_KNOWN_CONNECTION},
        {VIEW_INIT("AuthorizatioN"), BP_KNOWN_AUTHORIZATION},
        {VIEW_INIT("x-ms-dm-transactionid"), BP_KNOWN_TRANSACTION_ID},
        {VIEW_INIT("Content-Type"), BP_KNOWN_CONTENT_TYPE},
        {VIEW_INIT("hos"), BP_KNOWN_COUNT},
        {VIEW_INIT("Content-Lengti"), BP_KNOWN_COUNT},
        {VIEW_INIT("Content-Tzpe"), BP_KNOWN_COUNT},
        {VIEW_INIT("cookies123"), BP_KNOWN_COUNT},
        {VIEW_INIT("x-ms-dm-transactionie"), BP_KNOWN_COUNT},
        {VIEW_INIT("x-ms-dm_transactionid"), BP_KNOWN_COUNT},
        {VIEW_INIT("host56789012345678901234567890123456"), BP_KNOWN_COUNT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct outcome o;
        char space[128];
        struct buf text = BUF(space);
        buf_put(&text, VIEW("HTTP/1.1 200\r\n"));
        buf_put(&text, rows[i].name);
        buf_put(&text, VIEW(": 1\r\n\r\n"));
        feed(&o, BP_RESPONSE, buf_view(&text), 0, 1);
        for (unsigned known = 0; known < BP_KNOWN_COUNT; known++)
            CHECK_ROW(i, o.head.known_count[known] == (known == rows[i].known));
    }
}

static void check_keep_alive(void)
{
    static const struct {
        struct view text;
        bool keeps;
    } rows[] = {
        {VIEW_INIT(GET H "\r\n"), true},
        {VIEW_INIT("GET / HTTP/1.0\r\n\r\n"), false},
        {VIEW_INIT(GET H "Connection: close\r\n\r\n"), false},
        {VIEW_INIT(GET H "Connection: CLOSE\r\n\r\n"), false},
        {VIEW_INIT(GET H "Connection: a, \tclose ,b\r\n\r\n"), false},
        {VIEW_INIT(GET H "Connection: closed, xclose, clos, cloze, closf\r\n\r\n"), true},
        {VIEW_INIT(GET H "Connection: keep-alive\r\nX: y\r\nconnection: close\r\n\r\n"), false},
        {VIEW_INIT("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"), true},
        {VIEW_INIT("GET / HTTP/1.0\r\nConnection: ,,keep-alive,close,\r\n\r\n"), false},
        {VIEW_INIT("GET / HTTP/1.0\r\nConnection:\r\nConnection: keep-alive\r\n\r\n"), true},
        {VIEW_INIT("GET / HTTP/1.0\r\nConnection: keep_alive, keep-alivf\r\n\r\n"), false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct outcome o;
        feed(&o, BP_REQUEST, rows[i].text, 0, 1);
        CHECK_ROW(i, o.answer == BP_READ_DONE);
        CHECK_ROW(i, o.head.keep_alive == rows[i].keeps);
    }
}

int main(void)
{
    check_rows(requests, sizeof requests / sizeof requests[0], BP_REQUEST);
    check_rows(responses, sizeof responses / sizeof responses[0], BP_RESPONSE);
    check_prefixes(VIEW(GET "X: 0123456789abcdefghi\tj\r\nConnection: close\r\n" H "\r\n"));
    check_content();
    check_start_again();
    check_length();
    check_known();
    check_keep_alive();
    return unit_end();
}
