// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define ECHOED JSON "X-MS-DM-TransactionId: {t}\r\n"
#define OTHER JSON "x-ms-dm-transactionid: 12345\r\n"
#define TXN(which) .wishes = {{AXIS_TXN, SENSE_##which}}
#define LONG_ID .wishes = {{AXIS_TXN, SENSE_TXN_OPAQUE}}, .nth = 4
#define EMPTY_ID .wishes = {{AXIS_TXN, SENSE_TXN_OPAQUE}}, .nth = 5
#define BAD "400 Bad Request\r\n"
#define CONTROL(octet) "HTTP/1.1 200 OK\r\nX-MS-DM-TransactionId: a" octet "b\r\n\r\n"
#define LITERAL .profile = "seed-literal"
#define HEAD_REQUEST .wishes = {{AXIS_METHOD, SENSE_METHOD_HEAD}}
#define HTML "200 OK\r\nContent-Type: text/html\r\n"

static const struct judged_row rows[] = {
    {ROW("GB-HDR-1", PASS), JSON, LIST(PAYG), TXN(ABSENT)},
    {ROW("GB-HDR-1", FAIL), BAD, "", TXN(ABSENT)},
    {ROW("GB-HDR-1", NONE), BAD, ""},
    {ROW("GB-HDR-1", NONE), "404 Not Found\r\n", "", TXN(ABSENT)},
    {ROW("GB-HDR-1", NONE), BAD, "",
     .wishes = {{AXIS_TXN, SENSE_ABSENT}, {AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-HDR-2", PASS), ECHOED, LIST(PAYG)},
    {ROW("GB-HDR-2", PASS), ECHOED, LIST(PAYG), TXN(TXN_NAME), LITERAL},
    {ROW("GB-HDR-2", TOLERATED), JSON, LIST(PAYG)},
    {ROW("GB-HDR-2", TOLERATED), OTHER, LIST(PAYG)},
    {ROW("GB-HDR-2", TOLERATED), ECHOED "X-MS-DM-TransactionId: 1\r\n", LIST(PAYG)},
    {ROW("GB-HDR-2", TOLERATED), JSON, LIST(PAYG), .profile = "field"},
    {ROW("GB-HDR-2", FAIL), JSON, LIST(PAYG), LITERAL},
    {ROW("GB-HDR-2", FAIL), OTHER, LIST(PAYG), TXN(TXN_NAME), LITERAL},
    {ROW("GB-HDR-2", NONE), OTHER, LIST(PAYG), TXN(ABSENT), LITERAL},
    {ROW("GB-HDR-2", NONE), "404 Not Found\r\n", "", LITERAL},
    {ROW("GB-HDR-2", NONE), JSON, LIST(PAYG), .raw = "GET / HTTP/1.1\r\n\r\n", LITERAL},
    {ROW("GB-HDR-3", PASS), ECHOED, LIST(PAYG), TXN(TXN_OPAQUE), LITERAL},
    {ROW("GB-HDR-3", PASS), JSON, LIST(PAYG), TXN(TXN_OPAQUE), LITERAL},
    {ROW("GB-HDR-3", PASS), BAD, "", TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", TOLERATED), OTHER, LIST(PAYG), TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", TOLERATED), "431 Too Large\r\n", "", TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", FAIL), OTHER, LIST(PAYG), TXN(TXN_OPAQUE), LITERAL},
    {ROW("GB-HDR-3", FAIL), "500 Oops\r\n", "", TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", FAIL), "404 Not Found\r\n", "", TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", FAIL), "", NULL, TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", PASS), "431 Too Large\r\n", "", LONG_ID},
    {ROW("GB-HDR-3", TOLERATED), "", NULL, LONG_ID},
    {ROW("GB-HDR-3", PASS), OTHER, LIST(PAYG), EMPTY_ID, LITERAL},
    {ROW("GB-HDR-3", NONE), "404 Not Found\r\n", "", .role = ROLE_U, TXN(TXN_OPAQUE)},
    {ROW("GB-HDR-3", NONE), "500 Oops\r\n", ""},
    {ROW("GB-HDR-4", PASS), ECHOED, LIST(PAYG), TXN(TXN_INJECT)},
    {ROW("GB-HDR-4", PASS), JSON "Set-Cookie: lb=1\r\n", LIST(PAYG), TXN(TXN_INJECT)},
    {ROW("GB-HDR-4", PASS), BAD, "", TXN(TXN_CONTROL)},
    {ROW("GB-HDR-4", FAIL), JSON "X-MS-DM-TransactionId: a\r\nSet-Cookie: a=b\r\n", LIST(PAYG),
     TXN(TXN_INJECT)},
    {ROW("GB-HDR-4", FAIL), CONTROL("\r"), NULL, TXN(TXN_CONTROL)},
    {ROW("GB-HDR-4", FAIL), CONTROL("\r"), NULL, .raw = "x"},
    {ROW("GB-HDR-4", FAIL), CONTROL("\x02"), NULL, TXN(TXN_CONTROL)},
    {ROW("GB-HDR-4", NONE), JSON "Set-Cookie: a=b\r\n", LIST(PAYG)},
    {ROW("GB-HDR-4", NONE), "nonsense", NULL, TXN(TXN_CONTROL)},
    {ROW("GB-HDR-4", NONE), "", NULL, TXN(TXN_NUL)},
    {ROW("GB-HDR-5", PASS), BAD, "", TXN(TXN_NUL)},
    {ROW("GB-HDR-5", PASS), "401 No\r\n", "", .has_basic = true,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_SYNTAX}}},
    {ROW("GB-HDR-5", PASS), BAD, "", .has_basic = true, .wishes = {{AXIS_AUTH, SENSE_AUTH_SYNTAX}}},
    {ROW("GB-HDR-5", TOLERATED), "431 Too Large\r\n", "", TXN(TXN_NUL)},
    {ROW("GB-HDR-5", TOLERATED), "", NULL, TXN(TXN_NUL)},
    {ROW("GB-HDR-5", FAIL), JSON, LIST(PAYG), TXN(TXN_NUL)},
    {ROW("GB-HDR-5", FAIL), "500 Oops\r\n", "", TXN(TXN_NUL)},
    {ROW("GB-HDR-5", FAIL), "nonsense", NULL, TXN(TXN_NUL)},
    {ROW("GB-HDR-5", FAIL), JSON, LIST(PAYG), .has_basic = true,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_SYNTAX}}},
    {ROW("GB-HDR-5", NONE), JSON, LIST(PAYG), .wishes = {{AXIS_AUTH, SENSE_AUTH_SYNTAX}}},
    {ROW("GB-HDR-5", NONE), "404 Not Found\r\n", "", .role = ROLE_U, TXN(TXN_NUL)},
    {ROW("GB-HDR-5", NONE), "429 Slow\r\n", "", TXN(TXN_NUL)},
    {ROW("GB-HDR-6", PASS), ECHOED, LIST(PAYG), TXN(TXN_NAME)},
    {ROW("GB-HDR-6", FAIL), BAD, "", TXN(TXN_NAME)},
    {ROW("GB-HDR-6", NONE), "429 Slow\r\n", "", TXN(TXN_NAME)},
    {ROW("GB-HDR-6", NONE), BAD, ""},
    {ROW("GB-HDR-6", NONE), BAD, "",
     .wishes = {{AXIS_TXN, SENSE_TXN_NAME}, {AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-HDR-7", PASS), JSON, LIST(PAYG)},
    {ROW("GB-HDR-7", PASS), "200 OK\r\ncontent-type:Application/JSON;charset=utf-8\r\n", LIST("")},
    {ROW("GB-HDR-7", PASS), "200 OK\r\nContent-Type: application/json ; charset=utf-8\r\n", "x"},
    {ROW("GB-HDR-7", PASS), "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", NULL,
     HEAD_REQUEST},
    {ROW("GB-HDR-7", FAIL), HTML, LIST(PAYG)},
    {ROW("GB-HDR-7", FAIL), "200 OK\r\nContent-Type: application/jsonp\r\n", LIST(PAYG)},
    {ROW("GB-HDR-7", FAIL), "200 OK\r\nContent-Type: application/json-seq\r\n", LIST(PAYG)},
    {ROW("GB-HDR-7", FAIL), "200 OK\r\n", LIST(PAYG), .raw = "GET / HTTP/1.1\r\n\r\n"},
    {ROW("GB-HDR-7", FAIL), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", NULL,
     HEAD_REQUEST},
    {ROW("GB-HDR-7", NONE), "HTTP/1.1 200 OK\r\n\r\n", NULL, HEAD_REQUEST},
    {ROW("GB-HDR-7", NONE), HTML, "", .raw = "OPTIONS * HTTP/1.1\r\n\r\n"},
    {ROW("GB-HDR-7", NONE), BAD, "text"},
};

#define ANSWER(body) LINE(JSON, body)

static const struct script scripts[] = {
    {ROW("GB-HDR-1", PASS), TAPE("\0\2"), {ANSWER(LIST(PAYG))}},
    {ROW("GB-HDR-1", FAIL), TAPE(""), {ANSWER(LIST(PAYG)), ANSWER(LIST(NONE))}},
    {ROW("GB-HDR-1", FAIL), TAPE(""), {ANSWER(LIST(PAYG)), LINE(BAD, "")}},
    {ROW("GB-HDR-1", NONE), TAPE(""), {ANSWER(LIST(PAYG)), LINE("429 Slow\r\n", "")}},
    {ROW("GB-HDR-1", NONE), TAPE(""), {LINE(BAD, "")}},
    {ROW("GB-HDR-2", NONE), TAPE(""), {ANSWER(LIST(PAYG))}},
    {ROW("GB-HDR-2", NONE), TAPE(""), {LINE(JSON "X-MS-DM-TransactionId: 12345\r\n", LIST(PAYG))}},
    {ROW("GB-HDR-2", NONE), TAPE(""), {LINE(BAD, "")}},
    {ROW("GB-HDR-6", PASS), TAPE("\0\0\1"), {ANSWER(LIST(PAYG))}},
    {ROW("GB-HDR-6", PASS), TAPE("\0\1\3"), {ANSWER(LIST(PAYG))}},
    {ROW("GB-HDR-6", FAIL), TAPE("\0\1\3"), {ANSWER(LIST(PAYG)), ANSWER(LIST(NONE))}},
    {ROW("GB-HDR-6", PASS), TAPE("\0\2"), {ANSWER(LIST(PAYG))}},
    {ROW("GB-HDR-6", FAIL), TAPE("\0\2"), {ANSWER(LIST(PAYG)), LINE(BAD, "")}},
    {ROW("GB-HDR-6", NONE), TAPE("\0\2"), {ANSWER(LIST(PAYG)), LINE("429 Slow\r\n", "")}},
};

// Answers that depend on the transaction id sent: an endpoint that echoes.
enum echo { ECHO_OWN, ECHO_FORMER, ECHO_EXACT_NAME };

struct echoer {
    enum echo kind;
    char former[64];
    size_t former_len;
};

static bool echo(void *context, struct buf *response, const struct sending *sending)
{
    struct view request = sending->request;
    struct echoer *echoer = context;
    struct view name = VIEW("X-MS-DM-TransactionId: ");
    size_t at = echoer->kind == ECHO_EXACT_NAME ? view_find(request, name)
                                                : view_find_nocase(request, name);
    struct view id = view_of(NULL, 0);
    if (at < request.len) {
        id = view_from(request, at + name.len);
        id = view_first(id, view_index(id, '\r'));
    }
    buf_put_text(response, "HTTP/1.1 " JSON);
    if (echoer->kind == ECHO_FORMER && echoer->former_len != 0) {
        buf_put(response, name);
        buf_put(response, view_of(echoer->former, echoer->former_len));
    } else if (id.len != 0) {
        buf_put(response, name);
        buf_put(response, id);
    }
    if (id.len != 0 && id.len <= sizeof echoer->former)
        memcpy(echoer->former, id.data, echoer->former_len = id.len);
    buf_put_text(response, "\r\n\r\n" LIST(PAYG));
    return true;
}

static const struct echo_row {
    const char *clause;
    enum grade want;
    enum echo kind;
    const char *tape;
    size_t tape_len;
} echo_rows[] = {
    {"GB-HDR-2", GRADE_PASS, ECHO_OWN, TAPE("")},
    {"GB-HDR-2", GRADE_FAIL, ECHO_FORMER, TAPE("")},
    {"GB-HDR-6", GRADE_PASS, ECHO_OWN, TAPE("")},
    {"GB-HDR-6", GRADE_FAIL, ECHO_EXACT_NAME, TAPE("")},
    {"GB-HDR-1", GRADE_PASS, ECHO_OWN, TAPE("")},
};

int main(void)
{
    JUDGE_TABLE(rows);
    PLAY_SCRIPTS(scripts);
    for (size_t i = 0; i < sizeof echo_rows / sizeof echo_rows[0]; i++) {
        const struct echo_row *row = &echo_rows[i];
        struct echoer echoer = {.kind = row->kind};
        struct subject subject = {.exchange = echo, .context = &echoer};
        struct verdict got =
            play_program(row->clause, NULL, false, view_of(row->tape, row->tape_len), subject);
        CHECK_ROW(i, got.grade == row->want);
    }
    return unit_end();
}
