// SPDX-License-Identifier: Apache-2.0
// Bodies: which framing a head has, and the bytes behind the framing at every split.
#include "http/body.h"
#include "props/unit/unit.h"

struct framing_row {
    struct view head;
    bool to_head;
    enum bp_reason reason; // NONE: taken
    enum bp_framing framing;
    uint64_t left;
};

#define OK11 "HTTP/1.1 200 OK\r\n"

static const struct framing_row responses[] = {
    {VIEW_INIT(OK11 "\r\n"), false, BP_REASON_NONE, BP_FRAMING_CLOSE, 0},
    {VIEW_INIT(OK11 "Content-Length: 0\r\n\r\n"), false, BP_REASON_NONE, BP_FRAMING_NONE, 0},
    {VIEW_INIT(OK11 "Content-Length: 12\r\n\r\n"), false, BP_REASON_NONE, BP_FRAMING_LENGTH, 12},
    {VIEW_INIT(OK11 "Content-Length: 9999999999999999999\n\n"), false, BP_REASON_NONE,
     BP_FRAMING_LENGTH, 9999999999999999999U},
    {VIEW_INIT(OK11 "Transfer-Encoding: Chunked\r\n\r\n"), false, BP_REASON_NONE,
     BP_FRAMING_CHUNKED, 0},
    {VIEW_INIT(OK11 "Content-Length: 12\r\n\r\n"), true, BP_REASON_NONE, BP_FRAMING_NONE, 0},
    {VIEW_INIT(OK11 "Content-Length: x\r\n\r\n"), true, BP_REASON_NONE, BP_FRAMING_NONE, 0},
    {VIEW_INIT("HTTP/1.1 100 \r\nContent-Length: 12\r\n\r\n"), false, BP_REASON_NONE,
     BP_FRAMING_NONE, 0},
    {VIEW_INIT("HTTP/1.1 199 \r\n\r\n"), false, BP_REASON_NONE, BP_FRAMING_NONE, 0},
    {VIEW_INIT("HTTP/1.1 204 \r\nTransfer-Encoding: chunked\r\n\r\n"), false, BP_REASON_NONE,
     BP_FRAMING_NONE, 0},
    {VIEW_INIT("HTTP/1.1 304 \r\nContent-Length: 12\r\n\r\n"), false, BP_REASON_NONE,
     BP_FRAMING_NONE, 0},
    {VIEW_INIT(OK11 "Content-Length: +1\r\n\r\n"), false, BP_REASON_HTTP_LENGTH, BP_FRAMING_NONE,
     0},
    {VIEW_INIT(OK11 "Content-Length: 1\r\nContent-Length: 1\r\n\r\n"), false,
     BP_REASON_HTTP_LENGTH_TWICE, BP_FRAMING_NONE, 0},
    {VIEW_INIT(OK11 "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"), false,
     BP_REASON_HTTP_LENGTH_AND_TRANSFER, BP_FRAMING_NONE, 0},
    {VIEW_INIT(OK11 "Transfer-Encoding: gzip, chunked\r\n\r\n"), false, BP_REASON_HTTP_TRANSFER,
     BP_FRAMING_NONE, 0},
    {VIEW_INIT(OK11 "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"), false,
     BP_REASON_HTTP_TRANSFER, BP_FRAMING_NONE, 0},
    {VIEW_INIT("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), false,
     BP_REASON_HTTP_TRANSFER, BP_FRAMING_NONE, 0},
};

static const struct framing_row requests[] = {
    {VIEW_INIT("GET / HTTP/1.0\r\n\r\n"), false, BP_REASON_NONE, BP_FRAMING_NONE, 0},
    {VIEW_INIT("GET / HTTP/1.0\r\nContent-Length: 0\r\n\r\n"), false, BP_REASON_NONE,
     BP_FRAMING_NONE, 0},
    {VIEW_INIT("GET / HTTP/1.0\r\nContent-Length: 5\r\n\r\n"), false, BP_REASON_NONE,
     BP_FRAMING_LENGTH, 5},
};

static void check_framing(const struct framing_row *rows, size_t count, enum bp_side side)
{
    static struct bp_head head;
    for (size_t i = 0; i < count; i++) {
        struct bp_head_reader reader;
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        struct bp_body body;
        size_t used;
        bp_head_start(&reader, &head, side);
        CHECK_ROW(i, bp_head_read(&head, &used, &fault, &reader, rows[i].head) == BP_READ_DONE);
        bool is_taken = bp_body_start(&body, &fault, &head, side, rows[i].to_head);
        CHECK_ROW(i, is_taken == (rows[i].reason == BP_REASON_NONE));
        CHECK_ROW(i, fault.reason == rows[i].reason);
        if (is_taken)
            CHECK_ROW(i, body.framing == rows[i].framing && body.left == rows[i].left);
    }
}

struct body_row {
    enum bp_framing framing;
    uint64_t left;
    struct view bytes;
    enum bp_read answer;
    enum bp_reason reason;
    size_t used; // also where the offence stands
    struct view body;
};

#define CHUNKED BP_FRAMING_CHUNKED, 0
#define BROKEN_AT(offset) BP_READ_BAD, BP_REASON_HTTP_CHUNK, offset
#define CUT_AT(offset) BP_READ_BAD, BP_REASON_HTTP_CUT, offset
#define DONE_AT(offset) BP_READ_DONE, BP_REASON_NONE, offset

static const struct body_row bodies[] = {
    {BP_FRAMING_NONE, 0, VIEW_INIT("next"), DONE_AT(0), VIEW_INIT("")},
    {BP_FRAMING_LENGTH, 5, VIEW_INIT("hellonext"), DONE_AT(5), VIEW_INIT("hello")},
    {BP_FRAMING_LENGTH, 5, VIEW_INIT("hello"), DONE_AT(5), VIEW_INIT("hello")},
    {BP_FRAMING_LENGTH, 5, VIEW_INIT("hell"), CUT_AT(4), VIEW_INIT("hell")},
    {BP_FRAMING_LENGTH, UINT64_MAX, VIEW_INIT("a\0b"), CUT_AT(3), VIEW_INIT("a\0b")},
    {BP_FRAMING_CLOSE, 0, VIEW_INIT("all\r\nof it"), DONE_AT(10), VIEW_INIT("all\r\nof it")},
    {BP_FRAMING_CLOSE, 0, VIEW_INIT(""), DONE_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("0\r\n\r\nnext"), DONE_AT(5), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("3\r\nabc\r\n0\r\n\r\n"), DONE_AT(13), VIEW_INIT("abc")},
    {CHUNKED, VIEW_INIT("1\r\na\r\n0b\r\n\r\n\r\n0\r\n1234\r\n000\r\n\r\n"), DONE_AT(30),
     VIEW_INIT("a\r\n\r\n0\r\n1234")},
    {CHUNKED, VIEW_INIT("A\r\n0123456789\r\n00\r\n\r\n"), DONE_AT(21), VIEW_INIT("0123456789")},
    {CHUNKED, VIEW_INIT("10\r\n0123456789abcdef\r\n0\r\n\r\n"), DONE_AT(27),
     VIEW_INIT("0123456789abcdef")},
    {CHUNKED, VIEW_INIT("0000000000000001\r\nx\r\n0\r\n\r\n"), DONE_AT(26), VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT("1;a=\"b\t\xff\"\r\nx\r\n0 \t ;c\r\nT: u\r\nV\r\n\r\n"), DONE_AT(33),
     VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT("0\t;\r\n\r\n"), DONE_AT(7), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("00000000000000001\r\n"), BROKEN_AT(16), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("ffffffffffffffff\r\nx"), CUT_AT(19), VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT(""), CUT_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("3\r\nab"), CUT_AT(5), VIEW_INIT("ab")},
    {CHUNKED, VIEW_INIT("0\r\n\r"), CUT_AT(4), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("0\r\nT: u\r\n"), CUT_AT(9), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("\r\n0\r\n\r\n"), BROKEN_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("x"), BROKEN_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT(";a\r\n"), BROKEN_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT(" 1\r\n"), BROKEN_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("-1\r\n"), BROKEN_AT(0), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("0x1\r\n"), BROKEN_AT(1), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1 \r\nx\r\n"), BROKEN_AT(2), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1 2\r\n"), BROKEN_AT(2), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1\nx\r\n"), BROKEN_AT(1), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1\rx"), BROKEN_AT(2), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1;\n"), BROKEN_AT(2), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1;\0\r\n"), BROKEN_AT(2), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("1\r\nx\r\n\r\n"), BROKEN_AT(6), VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT("1\r\nxy\r\n"), BROKEN_AT(4), VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT("1\r\nx\n0\r\n\r\n"), BROKEN_AT(4), VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT("1\r\nx\r0"), BROKEN_AT(5), VIEW_INIT("x")},
    {CHUNKED, VIEW_INIT("0\r\n\n"), BROKEN_AT(3), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("0\r\nT\n\r\n"), BROKEN_AT(4), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("0\r\nT\rU"), BROKEN_AT(5), VIEW_INIT("")},
    {CHUNKED, VIEW_INIT("0\r\n\rT"), BROKEN_AT(4), VIEW_INIT("")},
};

struct outcome {
    enum bp_read answer;
    enum bp_reason reason;
    size_t used;
    char space[64];
    struct buf body;
};

// Reads row by row: the bytes up to `at`, then the rest in steps.
static void feed(struct outcome *out, const struct body_row *row, size_t at, size_t step)
{
    struct bp_body body = {.framing = row->framing, .left = row->left};
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    out->answer = BP_READ_MORE;
    out->used = 0;
    out->body = BUF(out->space);
    for (size_t len = at; out->answer == BP_READ_MORE; len += step) {
        bool at_end = len >= row->bytes.len;
        struct view seen = view_first(row->bytes, at_end ? row->bytes.len : len);
        size_t used;
        out->answer =
            bp_body_read(&body, &out->body, &used, &fault, view_from(seen, out->used), at_end);
        out->used += used;
        if (out->answer == BP_READ_BAD)
            CHECK(fault.where.data == row->bytes.data + out->used &&
                  fault.where.len == (fault.reason == BP_REASON_HTTP_CHUNK));
        if (at_end)
            break;
    }
    out->reason = fault.reason;
}

static void check_bodies(void)
{
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const struct body_row *row = &bodies[i];
        for (size_t at = 0; at <= row->bytes.len; at++) {
            struct outcome o;
            feed(&o, row, at, at % 2 == 0 ? 1 : row->bytes.len);
            CHECK_ROW(i, o.answer == row->answer);
            CHECK_ROW(i, o.reason == row->reason);
            CHECK_ROW(i, o.used == row->used);
            CHECK_ROW(i, view_equal(buf_view(&o.body), row->body) && !o.body.overflow);
        }
    }
}

// Without a place for it the body is dropped; without an end there is more to come.
static void check_dropping(void)
{
    struct bp_body body = {.framing = BP_FRAMING_LENGTH, .left = 5};
    struct bp_fault fault;
    size_t used;
    CHECK(bp_body_read(&body, NULL, &used, &fault, VIEW("hel"), false) == BP_READ_MORE);
    CHECK(used == 3);
    CHECK(bp_body_read(&body, NULL, &used, &fault, VIEW("lo!"), true) == BP_READ_DONE);
    CHECK(used == 2);
    body = (struct bp_body){.framing = BP_FRAMING_CLOSE};
    CHECK(bp_body_read(&body, NULL, &used, &fault, VIEW("hel"), false) == BP_READ_MORE);
    CHECK(used == 3);
    body = (struct bp_body){.framing = BP_FRAMING_CHUNKED};
    CHECK(bp_body_read(&body, NULL, &used, &fault, VIEW("0\r\n"), false) == BP_READ_MORE);
}

// Extensions, blanks and trailer together may have BP_HEAD_LEN_MAX octets.
static void check_dropped_len(struct view begin, char filler, size_t room, struct view end)
{
    for (size_t len = room - 1; len <= room + 3; len++) {
        struct bp_body body = {.framing = BP_FRAMING_CHUNKED};
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        size_t used;
        enum bp_read answer = bp_body_read(&body, NULL, &used, &fault, begin, false);
        for (size_t i = 0; i < len && answer == BP_READ_MORE; i++)
            answer = bp_body_read(&body, NULL, &used, &fault, view_of(&filler, 1), false);
        CHECK_ROW(len, (answer == BP_READ_BAD) == (len == room + 3));
        if (answer == BP_READ_MORE)
            answer = bp_body_read(&body, NULL, &used, &fault, end, false);
        CHECK_ROW(len, answer == (len <= room ? BP_READ_DONE : BP_READ_BAD));
    }
}

int main(void)
{
    check_framing(responses, sizeof responses / sizeof responses[0], BP_RESPONSE);
    check_framing(requests, sizeof requests / sizeof requests[0], BP_REQUEST);
    check_bodies();
    check_dropping();
    // The CR behind an extension and the CR of the empty line count, the first blank does not.
    check_dropped_len(VIEW("0;"), 'x', BP_HEAD_LEN_MAX - 2, VIEW("\r\n\r\n"));
    check_dropped_len(VIEW("0"), ' ', BP_HEAD_LEN_MAX - 1, VIEW(";\r\n\r\n"));
    check_dropped_len(VIEW("0\r\nT"), 'x', BP_HEAD_LEN_MAX - 3, VIEW("\r\n\r\n"));
    return unit_end();
}
