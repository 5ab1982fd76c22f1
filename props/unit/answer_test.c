// SPDX-License-Identifier: Apache-2.0
// Answers: byte for byte as they are written, and read back by our own reader.
#include "http/answer.h"
#include "http/body.h"
#include "props/unit/unit.h"

#define ALWAYS "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: "

static const struct {
    struct bp_answer answer;
    struct view text;
} rows[] = {
    {{.status = 200,
      .date = VIEW_INIT("Sun, 06 Nov 1994 08:49:37 GMT"),
      .content_type = VIEW_INIT("application/json"),
      .transaction_id = VIEW_INIT("MSFT-1"),
      .body = VIEW_INIT("{}")},
     VIEW_INIT("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT"
               "\r\nContent-Type: application/json"
               "\r\nX-MS-DM-TransactionId: MSFT-1" ALWAYS "2\r\n\r\n{}")},
    {{.status = 200}, VIEW_INIT("HTTP/1.1 200 OK" ALWAYS "0\r\n\r\n")},
    {{.status = 200, .body = VIEW_INIT("hello"), .omits_body = true},
     VIEW_INIT("HTTP/1.1 200 OK" ALWAYS "5\r\n\r\n")},
    {{.status = 429, .has_retry_after = true, .retry_after_s = 0},
     VIEW_INIT("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0" ALWAYS "0\r\n\r\n")},
    {{.status = 429, .has_retry_after = true, .retry_after_s = 4294967295U},
     VIEW_INIT("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 4294967295" ALWAYS "0\r\n\r\n")},
    {{.status = 401, .asks_basic = true},
     VIEW_INIT("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"mobile plans\", "
               "charset=\"UTF-8\"" ALWAYS "0\r\n\r\n")},
    {{.status = 401, .asks_certificate = true},
     VIEW_INIT("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: ClientCertificate "
               "realm=\"mobileplans\"" ALWAYS "0\r\n\r\n")},
    {{.status = 405, .allows_get = true, .closes = true},
     VIEW_INIT("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nConnection: close" ALWAYS
               "0\r\n\r\n")},
    {{.status = 199}, VIEW_INIT("HTTP/1.1 199 " ALWAYS "0\r\n\r\n")},
    {{.status = 201}, VIEW_INIT("HTTP/1.1 201 Created" ALWAYS "0\r\n\r\n")},
    {{.status = 599}, VIEW_INIT("HTTP/1.1 599 " ALWAYS "0\r\n\r\n")},
};

static void check_read_back(size_t row, struct view text, const struct bp_answer *answer)
{
    static struct bp_head head;
    struct bp_head_reader reader;
    struct bp_body body;
    struct bp_fault fault;
    size_t used;
    bp_head_start(&reader, &head, BP_RESPONSE);
    CHECK_ROW(row, bp_head_read(&head, &used, &fault, &reader, text) == BP_READ_DONE);
    CHECK_ROW(row, head.status == answer->status);
    CHECK_ROW(row, view_equal(head.phrase, bp_status_phrase(answer->status)));
    CHECK_ROW(row, head.keep_alive == !answer->closes);
    CHECK_ROW(row, head.has_length && head.length == answer->body.len);
    CHECK_ROW(row, bp_body_start(&body, &fault, &head, BP_RESPONSE, answer->omits_body));
    text = view_from(text, used);
    CHECK_ROW(row, bp_body_read(&body, NULL, &used, &fault, text, true) == BP_READ_DONE);
    CHECK_ROW(row, used == text.len);
}

// The statuses of the documents' error table, of HTTP itself that the endpoint gives, and those
// that are named in reports.
static void check_phrases(void)
{
    static const struct {
        unsigned status;
        struct view phrase;
    } phrases[] = {
        {200, VIEW_INIT("OK")},
        {400, VIEW_INIT("Bad Request")},
        {401, VIEW_INIT("Unauthorized")},
        {403, VIEW_INIT("Forbidden")},
        {404, VIEW_INIT("Not Found")},
        {405, VIEW_INIT("Method Not Allowed")},
        {409, VIEW_INIT("Conflict")},
        {413, VIEW_INIT("Content Too Large")},
        {414, VIEW_INIT("URI Too Long")},
        {429, VIEW_INIT("Too Many Requests")},
        {431, VIEW_INIT("Request Header Fields Too Large")},
        {500, VIEW_INIT("Internal Server Error")},
        {501, VIEW_INIT("Not Implemented")},
        {505, VIEW_INIT("HTTP Version Not Supported")},
        {100, VIEW_INIT("Continue")},
        {201, VIEW_INIT("Created")},
        {202, VIEW_INIT("Accepted")},
        {204, VIEW_INIT("No Content")},
        {206, VIEW_INIT("Partial Content")},
        {301, VIEW_INIT("Moved Permanently")},
        {302, VIEW_INIT("Found")},
        {303, VIEW_INIT("See Other")},
        {304, VIEW_INIT("Not Modified")},
        {307, VIEW_INIT("Temporary Redirect")},
        {308, VIEW_INIT("Permanent Redirect")},
        {402, VIEW_INIT("Payment Required")},
        {406, VIEW_INIT("Not Acceptable")},
        {408, VIEW_INIT("Request Timeout")},
        {410, VIEW_INIT("Gone")},
        {411, VIEW_INIT("Length Required")},
        {412, VIEW_INIT("Precondition Failed")},
        {415, VIEW_INIT("Unsupported Media Type")},
        {417, VIEW_INIT("Expectation Failed")},
        {421, VIEW_INIT("Misdirected Request")},
        {422, VIEW_INIT("Unprocessable Content")},
        {426, VIEW_INIT("Upgrade Required")},
        {502, VIEW_INIT("Bad Gateway")},
        {503, VIEW_INIT("Service Unavailable")},
        {504, VIEW_INIT("Gateway Timeout")},
        {299, VIEW_INIT("")},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        CHECK_ROW(i, view_equal(bp_status_phrase(phrases[i].status), phrases[i].phrase));
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[512];
        struct buf out = BUF(space);
        bp_answer_write(&out, &rows[i].answer);
        CHECK_ROW(i, view_equal(buf_view(&out), rows[i].text));
        check_read_back(i, buf_view(&out), &rows[i].answer);
        for (size_t cap = 0; cap <= rows[i].text.len; cap++) {
            out = buf_of(space, cap);
            bp_answer_write(&out, &rows[i].answer);
            CHECK_ROW(i, out.overflow == (cap < rows[i].text.len));
        }
    }
    check_phrases();
    return unit_end();
}
