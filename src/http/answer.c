// SPDX-License-Identifier: Apache-2.0
#include "http/answer.h"

#include <assert.h>

static const struct {
    unsigned status;
    struct view phrase;
} phrases[] = {
    {200, VIEW_INIT("OK")},
    {400, VIEW_INIT("Bad Request")},
    {404, VIEW_INIT("Not Found")},
    {401, VIEW_INIT("Unauthorized")},
    {403, VIEW_INIT("Forbidden")},
    {405, VIEW_INIT("Method Not Allowed")},
    {409, VIEW_INIT("Conflict")},
    {429, VIEW_INIT("Too Many Requests")},
    {500, VIEW_INIT("Internal Server Error")},
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
    {413, VIEW_INIT("Content Too Large")},
    {414, VIEW_INIT("URI Too Long")},
    {415, VIEW_INIT("Unsupported Media Type")},
    {417, VIEW_INIT("Expectation Failed")},
    {421, VIEW_INIT("Misdirected Request")},
    {422, VIEW_INIT("Unprocessable Content")},
    {426, VIEW_INIT("Upgrade Required")},
    {431, VIEW_INIT("Request Header Fields Too Large")},
    {501, VIEW_INIT("Not Implemented")},
    {502, VIEW_INIT("Bad Gateway")},
    {503, VIEW_INIT("Service Unavailable")},
    {504, VIEW_INIT("Gateway Timeout")},
    {505, VIEW_INIT("HTTP Version Not Supported")},
};

struct view bp_status_phrase(unsigned status)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return view_of(NULL, 0);
}

static void put_status_line(struct buf *out, unsigned status)
{
    if (status == 200) {
        buf_put(out, VIEW("HTTP/1.1 200 OK"));
        return;
    }
    buf_put(out, VIEW("HTTP/1.1 "));
    buf_put_unsigned(out, status);
    buf_put_byte(out, ' ');
    buf_put(out, bp_status_phrase(status));
}

// `name` begins with the line end of the field before.
static void put_field(struct buf *out, struct view name, struct view value)
{
    if (value.len == 0)
        return;
    buf_put(out, name);
    buf_put(out, value);
}

void bp_answer_write(struct buf *out, const struct bp_answer *answer)
{
    assert(answer->status >= 100 && answer->status <= 999);
    put_status_line(out, answer->status);
    put_field(out, VIEW("\r\nDate: "), answer->date);
    put_field(out, VIEW("\r\nContent-Type: "), answer->content_type);
    put_field(out, VIEW("\r\nX-MS-DM-TransactionId: "), answer->transaction_id);
    if (answer->has_retry_after) {
        buf_put(out, VIEW("\r\nRetry-After: "));
        buf_put_unsigned(out, answer->retry_after_s);
    }
    if (answer->asks_basic)
        buf_put(out, VIEW("\r\nWWW-Authenticate: Basic realm=\"mobile plans\", charset=\"UTF-8\""));
    if (answer->asks_certificate)
        buf_put(out, VIEW("\r\nWWW-Authenticate: ClientCertificate realm=\"mobileplans\""));
    if (answer->allows_get)
        buf_put(out, VIEW("\r\nAllow: GET, HEAD"));
    if (answer->closes)
        buf_put(out, VIEW("\r\nConnection: close"));
    buf_put(out, VIEW("\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
                      "\r\nContent-Length: "));
    buf_put_unsigned(out, answer->body.len);
    buf_put(out, VIEW("\r\n\r\n"));
    if (!answer->omits_body)
        buf_put(out, answer->body);
}
