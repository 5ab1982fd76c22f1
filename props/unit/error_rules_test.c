// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define BAD "400 Bad Request\r\n"
#define PLAIN_TEXT "400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
#define BAD_LIMIT .wishes = {{AXIS_LIMIT, SENSE_LIMIT_NEGATIVE}}
#define BAD_FIELDS .wishes = {{AXIS_FIELDS, SENSE_FIELDS_BAD}}
#define TWO_BAD .wishes = {{AXIS_LIMIT, SENSE_LIMIT_BAD}, {AXIS_LOCATION, SENSE_LOCATION_BAD}}
#define HEAD_REQUEST .wishes = {{AXIS_METHOD, SENSE_METHOD_HEAD}}
#define FIELDS_8 "A:1\r\nA:2\r\nA:3\r\nA:4\r\nA:5\r\nA:6\r\nA:7\r\nA:8\r\n"
#define FIELDS_32 FIELDS_8 FIELDS_8 FIELDS_8 FIELDS_8
#define CUT(status) "HTTP/1.1 " status "\r\nContent-Length: 100\r\n\r\nSorry"

static const struct judged_row rows[] = {
    {ROW("GB-ERR-1", PASS), PLAIN_TEXT, "limit must not be negative", BAD_LIMIT},
    {ROW("GB-ERR-1", PASS), BAD, "{\"errors\":{\"Limit\":[\"invalid\"]}}", BAD_LIMIT},
    {ROW("GB-ERR-1", PASS), BAD, "<p>FieldsTemplate?</p>", BAD_FIELDS},
    {ROW("GB-ERR-1", PASS), BAD, "location", TWO_BAD},
    {ROW("GB-ERR-1", PASS), BAD, "the limit", .role = ROLE_U, BAD_LIMIT},
    {ROW("GB-ERR-1", TOLERATED), BAD, "", BAD_LIMIT},
    {ROW("GB-ERR-1", TOLERATED), BAD, "bad request", BAD_LIMIT},
    {ROW("GB-ERR-1", TOLERATED), BAD, "location", BAD_LIMIT},
    {ROW("GB-ERR-1", FAIL), BAD, "bad request", BAD_LIMIT, .profile = "seed-literal"},
    {ROW("GB-ERR-1", NONE), BAD, "bad request", .raw = "GET /?limit=-1 HTTP/1.1\r\n\r\n"},
    {ROW("GB-ERR-1", NONE), BAD, "bad", .wishes = {{AXIS_HOST, SENSE_HOST_MISSING}}},
    {ROW("GB-ERR-1", NONE), BAD, "bad",
     .wishes = {{AXIS_HOST, SENSE_HOST_MISSING}, {AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-ERR-1", NONE), BAD, "bad"},
    {ROW("GB-ERR-1", NONE), "404 Not Found\r\n", "", BAD_LIMIT},
    {ROW("GB-ERR-3", PASS), JSON, LIST(PAYG)},
    {ROW("GB-ERR-3", PASS), "404 Not Found\r\n", "", .raw = "x"},
    {ROW("GB-ERR-3", PASS), "501 Not Implemented\r\n", "", .raw = "FOO / HTTP/1.1\r\n\r\n"},
    {ROW("GB-ERR-3", PASS), "505 HTTP Version Not Supported\r\n", "", .raw = "x"},
    {ROW("GB-ERR-3", INFO), "503 Service Unavailable\r\n", "", .raw = "x"},
    {ROW("GB-ERR-3", INFO), "504 Gateway Timeout\r\n", "<html>"},
    {ROW("GB-ERR-3", FAIL), "500 Internal Server Error\r\n", "", .raw = "x"},
    {ROW("GB-ERR-3", FAIL), "502 Bad Gateway\r\n", ""},
    {ROW("GB-ERR-3", FAIL), "599 Odd\r\n", ""},
    {ROW("GB-ERR-3", FAIL), "", NULL, BAD_LIMIT},
    {ROW("GB-ERR-3", NONE), "", NULL, .wishes = {{AXIS_FRAMING, SENSE_FRAMING_HUGE}}},
    {ROW("GB-ERR-3", NONE), "", NULL, .raw = "GET"},
    {ROW("GB-ERR-3", NONE), "", NULL, .is_failed = true},
    {ROW("GB-ERR-3", NONE), "nonsense", NULL, .raw = "x"},
    {ROW("GB-ERR-4", PASS), JSON, LIST("")},
    {ROW("GB-ERR-4", PASS), "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 \r\n\r\n", NULL},
    {ROW("GB-ERR-4", PASS), "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", NULL, HEAD_REQUEST},
    {ROW("GB-ERR-4", PASS), "500 Oops\r\n", ""},
    {ROW("GB-ERR-4", PASS), "201 Created\r\n", ""},
    {ROW("GB-ERR-4", PASS), "431 Too Large\r\n", "", .raw = "x"},
    {ROW("GB-ERR-4", TOLERATED), CUT("431 Too Large"), NULL,
     .wishes = {{AXIS_FRAMING, SENSE_FRAMING_HUGE}}},
    {ROW("GB-ERR-4", FAIL), CUT("431 Too Large"), NULL},
    {ROW("GB-ERR-4", FAIL), CUT("200 OK"), NULL, .wishes = {{AXIS_FRAMING, SENSE_FRAMING_HUGE}}},
    {ROW("GB-ERR-4", NONE), "<html>400</html>", NULL, .wishes = {{AXIS_LINE, SENSE_LINE_BLANK}}},
    {ROW("GB-ERR-4", FAIL), "HTTP/1.1 4", NULL, .wishes = {{AXIS_LINE, SENSE_LINE_BLANK}}},
    {ROW("GB-ERR-4", TOLERATED), "308 Permanent Redirect\r\n", ""},
    {ROW("GB-ERR-4", TOLERATED), "415 Unsupported Media Type\r\n", ""},
    {ROW("GB-ERR-4", FAIL), "402 Payment Required\r\n", ""},
    {ROW("GB-ERR-4", FAIL), "204 No Content\r\n", ""},
    {ROW("GB-ERR-4", FAIL), "422 Unprocessable\r\n", "", .raw = "x"},
    {ROW("GB-ERR-4", FAIL), "200 OK\r\n\r\n", NULL},
    {ROW("GB-ERR-4", FAIL), "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", NULL},
    {ROW("GB-ERR-4", NONE), "{}", NULL, .wishes = {{AXIS_LINE, SENSE_LINE_VERSION}}},
    {ROW("GB-ERR-4", NONE), "", NULL},
    {ROW("GB-ERR-4", INFO), "HTTP/1.1 200 OK\r\n" FIELDS_32 FIELDS_32 FIELDS_8 "\r\n", NULL},
    {ROW("GB-ERR-5", NONE), "", NULL},
    {ROW("GB-ERR-5", PASS), JSON, LIST(PAYG)},
    {ROW("GB-ERR-5", PASS), "404 Not Found\r\n", "", .raw = "GET / HTTP/1.1\r\n\r\n"},
    {ROW("GB-ERR-5", FAIL), "201 Created\r\n", LIST(PAYG)},
    {ROW("GB-ERR-5", FAIL), "201 Created\r\n", "", .raw = "GET / HTTP/1.1\r\n\r\n"},
    {ROW("GB-ERR-5", FAIL), "201 Created\r\n", "", HEAD_REQUEST},
    {ROW("GB-ERR-5", NONE), "201 Created\r\n", "", .raw = "POST / HTTP/1.1\r\n\r\n"},
    {ROW("GB-ERR-5", NONE), "201 Created\r\n", "", .wishes = {{AXIS_METHOD, SENSE_METHOD_KNOWN}}},
    {ROW("GB-ERR-6", PASS), PLAIN_TEXT, "<script>"},
    {ROW("GB-ERR-6", INFO), BAD, "limit"},
    {ROW("GB-ERR-6", NONE), BAD, ""},
    {ROW("GB-ERR-6", NONE), JSON, LIST("")},
};

#define ECHO "bad: <script>bp7q()</script>"

static const struct script scripts[] = {
    {ROW("GB-ERR-6", FAIL), TAPE(""), {LINE("400 Bad\r\nContent-Type: text/html\r\n", ECHO)}},
    {ROW("GB-ERR-6", FAIL), TAPE("\4"), {LINE("404 Not Found\r\n", ECHO)}},
    {ROW("GB-ERR-6", PASS),
     TAPE("\1"),
     {LINE("400 Bad\r\nContent-Type: application/json\r\n", ECHO)}},
    {ROW("GB-ERR-6", PASS),
     TAPE("\2"),
     {LINE("400 Bad\r\nContent-Type: text/html\r\n",
           "<script src='own.js'></script>&lt;script&gt;bp7q()&lt;/script&gt;")}},
    {ROW("GB-ERR-6", NONE), TAPE("\3"), {LINE("400 Bad\r\n", "")}},
};

int main(void)
{
    JUDGE_TABLE(rows);
    PLAY_SCRIPTS(scripts);
    return unit_end();
}
