// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define BAD "400 Bad Request\r\nConnection: close\r\n"
#define OFF(axis, which) .wishes = {{AXIS_##axis, SENSE_##which}}
#define CUT(status) "HTTP/1.1 " status "\r\nContent-Length: 100\r\n\r\nSorry"
#define SECOND .behind = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

static const struct judged_row line_rows[] = {
    {ROW("GB-HTTP-1", PASS), BAD, "", OFF(HOST, HOST_MISSING)},
    {ROW("GB-HTTP-1", PASS), BAD, "<html>", OFF(HOST, HOST_TWICE)},
    {ROW("GB-HTTP-1", PASS), BAD, "", OFF(HOST, HOST_BAD)},
    {ROW("GB-HTTP-1", PASS), BAD, "", OFF(HOST, HOST_LAX)},
    {ROW("GB-HTTP-1", TOLERATED), JSON, LIST(PAYG), OFF(HOST, HOST_LAX)},
    {ROW("GB-HTTP-1", FAIL), "500 Oops\r\n", "", OFF(HOST, HOST_LAX)},
    {ROW("GB-HTTP-1", TOLERATED), "421 Misdirected\r\n", "", OFF(HOST, HOST_BAD)},
    {ROW("GB-HTTP-1", TOLERATED), "", NULL, OFF(HOST, HOST_MISSING)},
    {ROW("GB-HTTP-1", FAIL), JSON, LIST(PAYG), OFF(HOST, HOST_MISSING)},
    {ROW("GB-HTTP-1", FAIL), JSON, LIST(PAYG), OFF(HOST, HOST_TWICE)},
    {ROW("GB-HTTP-1", FAIL), "500 Oops\r\n", "", OFF(HOST, HOST_BAD)},
    {ROW("GB-HTTP-1", FAIL), JSON, LIST(PAYG),
     .wishes = {{AXIS_HOST, SENSE_HOST_BAD}, {AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-HTTP-1", NONE), "404 Not Found\r\n", "", .role = ROLE_U, OFF(HOST, HOST_BAD)},
    {ROW("GB-HTTP-1", NONE), JSON, LIST(PAYG),
     .wishes = {{AXIS_HOST, SENSE_HOST_MISSING}, {AXIS_LINE, SENSE_LINE_OLD}}},
    {ROW("GB-HTTP-1", NONE), BAD, ""},
    {ROW("GB-HTTP-2", PASS), BAD, "", OFF(FRAMING, FRAMING_BLANK)},
    {ROW("GB-HTTP-2", PASS), BAD, "", OFF(FRAMING, FRAMING_FOLD)},
    {ROW("GB-HTTP-2", PASS), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_FOLD)},
    {ROW("GB-HTTP-2", TOLERATED), "431 Too Large\r\n", "", OFF(FRAMING, FRAMING_FOLD)},
    {ROW("GB-HTTP-2", FAIL), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_BLANK)},
    {ROW("GB-HTTP-2", FAIL), "500 Oops\r\n", "", OFF(FRAMING, FRAMING_FOLD)},
    {ROW("GB-HTTP-2", NONE), JSON, LIST(PAYG), .role = ROLE_U, OFF(FRAMING, FRAMING_FOLD)},
    {ROW("GB-HTTP-2", NONE), BAD, ""},
    {ROW("GB-HTTP-3", PASS), JSON, LIST(PAYG), OFF(HOST, HOST_ABSOLUTE)},
    {ROW("GB-HTTP-3", FAIL), BAD, "", OFF(HOST, HOST_ABSOLUTE)},
    {ROW("GB-HTTP-3", FAIL), "404 Not Found\r\n", "", OFF(HOST, HOST_ABSOLUTE)},
    {ROW("GB-HTTP-3", NONE), "401 No\r\n", "", OFF(HOST, HOST_ABSOLUTE)},
    {ROW("GB-HTTP-3", NONE), "404 Not Found\r\n", ""},
    {ROW("GB-HTTP-4", PASS), BAD, "", OFF(LINE, LINE_BLANK)},
    {ROW("GB-HTTP-4", PASS), "301 Moved\r\n", "", OFF(LINE, LINE_BLANK)},
    {ROW("GB-HTTP-4", TOLERATED), "404 Not Found\r\n", "", OFF(LINE, LINE_BLANK)},
    {ROW("GB-HTTP-4", FAIL), JSON, LIST(PAYG), OFF(LINE, LINE_BLANK)},
    {ROW("GB-HTTP-4", NONE), JSON, LIST(PAYG), OFF(LINE, LINE_OLD)},
    // As HTTP/0.9, without a head.
    {ROW("GB-HTTP-4", TOLERATED), "<html>400</html>", NULL, OFF(LINE, LINE_BLANK)},
    {ROW("GB-HTTP-4", FAIL), LIST(PAYG), NULL, OFF(LINE, LINE_BLANK)},
    {ROW("GB-HTTP-4", FAIL), "HTTP/1.1 4", NULL, OFF(LINE, LINE_BLANK)},
};

static const struct judged_row framing_rows[] = {
    {ROW("GB-HTTP-5", PASS), BAD, "", OFF(FRAMING, FRAMING_LENGTH)},
    {ROW("GB-HTTP-5", PASS), BAD, "", OFF(FRAMING, FRAMING_BOTH)},
    {ROW("GB-HTTP-5", PASS), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_CHUNKED)},
    {ROW("GB-HTTP-5", PASS), "411 Length Required\r\n", "", OFF(FRAMING, FRAMING_CHUNKED)},
    {ROW("GB-HTTP-5", PASS), "501 Not Implemented\r\n", "", OFF(FRAMING, FRAMING_CHUNKED)},
    {ROW("GB-HTTP-5", TOLERATED), "413 Too Large\r\n", "", OFF(FRAMING, FRAMING_LENGTH)},
    {ROW("GB-HTTP-5", TOLERATED), "501 Not Implemented\r\n", "", OFF(FRAMING, FRAMING_BOTH)},
    {ROW("GB-HTTP-5", TOLERATED), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_BOTH)},
    {ROW("GB-HTTP-5", TOLERATED), "", NULL, OFF(FRAMING, FRAMING_LENGTH)},
    {ROW("GB-HTTP-5", TOLERATED), "405 No\r\n", "", OFF(FRAMING, FRAMING_CHUNKED)},
    {ROW("GB-HTTP-5", FAIL), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_LENGTH)},
    {ROW("GB-HTTP-5", FAIL), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_BOTH), SECOND},
    {ROW("GB-HTTP-5", FAIL), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_CHUNKED), SECOND},
    {ROW("GB-HTTP-5", FAIL), BAD, "", OFF(FRAMING, FRAMING_LENGTH), SECOND},
    {ROW("GB-HTTP-5", FAIL), "500 Oops\r\n", "", OFF(FRAMING, FRAMING_CHUNKED)},
    {ROW("GB-HTTP-5", NONE), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_BODY), SECOND},
    {ROW("GB-HTTP-5", NONE), JSON, LIST(PAYG), .role = ROLE_U, OFF(FRAMING, FRAMING_CHUNKED)},
    {ROW("GB-HTTP-6", PASS), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", PASS), "413 Too Large\r\n", "", OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", PASS), "415 Unsupported\r\n", "", OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", TOLERATED), "405 No\r\n", "", OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", FAIL), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_BODY), SECOND},
    {ROW("GB-HTTP-6", FAIL), "500 Oops\r\n", "", OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", FAIL), "", NULL, OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", NONE), "503 Busy\r\n", "", OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", NONE), JSON, LIST(PAYG), SECOND},
    {ROW("GB-HTTP-6", NONE), "404 Not Found\r\n", "", .role = ROLE_U, OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-6", NONE), JSON, LIST(PAYG), .role = ROLE_U, OFF(FRAMING, FRAMING_BODY)},
    {ROW("GB-HTTP-7", PASS), JSON, LIST(PAYG)},
    {ROW("GB-HTTP-7", PASS), "404 Not Found\r\n", "", .role = ROLE_U},
    {ROW("GB-HTTP-7", FAIL), JSON, LIST(PAYG), SECOND},
    {ROW("GB-HTTP-7", FAIL), BAD, "", OFF(LIMIT, LIMIT_BAD), .behind = "\n"},
    {ROW("GB-HTTP-7", NONE), JSON, LIST(PAYG), SECOND, .raw = "x"},
    {ROW("GB-HTTP-7", NONE), JSON, LIST(PAYG), OFF(METHOD, METHOD_HEAD)},
    {ROW("GB-HTTP-7", NONE), BAD, "", OFF(LINE, LINE_BLANK), SECOND},
    {ROW("GB-HTTP-8", PASS), "414 Too Long\r\n", "", OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", PASS), "431 Too Large\r\n", "", OFF(FRAMING, FRAMING_HUGE)},
    {ROW("GB-HTTP-8", PASS), BAD, "", OFF(FRAMING, FRAMING_HUGE)},
    {ROW("GB-HTTP-8", TOLERATED), "413 Too Large\r\n", "", OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", FAIL), "", NULL, OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", TOLERATED), JSON, LIST(PAYG), OFF(FRAMING, FRAMING_HUGE)},
    {ROW("GB-HTTP-8", FAIL), "500 Oops\r\n", "", OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", FAIL), "HTTP/1.1 4", NULL, OFF(FRAMING, FRAMING_HUGE)},
    // The reset overtook the end of the answer.
    {ROW("GB-HTTP-8", TOLERATED), CUT("431 Too Large"), NULL, OFF(FRAMING, FRAMING_HUGE)},
    {ROW("GB-HTTP-8", TOLERATED), "HTTP/1.1 414 Too Long\r\nDate", NULL, OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", FAIL), CUT("500 Oops"), NULL, OFF(FRAMING, FRAMING_HUGE)},
    {ROW("GB-HTTP-8", FAIL), CUT("200 OK"), NULL, OFF(FRAMING, FRAMING_HUGE)},
    {ROW("GB-HTTP-5", TOLERATED), CUT("400 Bad"), NULL, OFF(FRAMING, FRAMING_LENGTH)},
    {ROW("GB-HTTP-8", NONE), "404 Not Found\r\n", "", .role = ROLE_U, OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", NONE), JSON, LIST(PAYG), .role = ROLE_U, OFF(EXTRA, EXTRA_HUGE)},
    {ROW("GB-HTTP-8", NONE), BAD, ""},
};

#define TELL(head, len, body) "HTTP/1.1 " head "Content-Length: " len "\r\n\r\n" body
#define ONE TELL(JSON, "18", "{\"balances\":[{} ]}")
#define TWO TELL(JSON, "20", "{\"balances\":[{},{}]}")
#define CLOSED TELL(JSON "Connection: close\r\n", "18", "{\"balances\":[{} ]}")

#define DUE TELL(BAD, "0", "")
#define BUSY TELL("503 Busy\r\n", "0", "")
#define FAULTY TELL("500 Oops\r\n", "0", "")
#define SEVEN(answer) answer, answer, answer, answer, answer, answer, answer

static const struct script scripts[] = {
    {ROW("GB-HTTP-3", PASS), TAPE("\0\1"), {ONE}},
    {ROW("GB-HTTP-3", FAIL), TAPE("\0\1"), {ONE, TWO}},
    {ROW("GB-HTTP-3", NONE), TAPE("\0\1"), {ONE, LINE("503 Busy\r\n", "")}},
    {ROW("GB-HTTP-7", PASS), TAPE(""), {ONE TWO, ONE, TWO}},
    {ROW("GB-HTTP-7", PASS), TAPE("\3\2"), {ONE TWO ONE, ONE, TWO, ONE}},
    {ROW("GB-HTTP-7", PASS), TAPE("\0\3"), {ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE, ONE}},
    {ROW("GB-HTTP-6", PASS), TAPE(""), {ONE}},
    {ROW("GB-HTTP-6", FAIL), TAPE("\0\0\2"), {ONE ONE}},
    {ROW("GB-HTTP-6", FAIL), TAPE("\0\3"), {ONE ONE}},
    {ROW("GB-HTTP-6", NONE), TAPE(""), {""}},
    {ROW("GB-HTTP-7", PASS), TAPE("\0\4"), {DUE ONE, DUE, ONE}},
    {ROW("GB-HTTP-7", PASS), TAPE("\0\5"), {DUE ONE, DUE, ONE}},
    {ROW("GB-HTTP-7", TOLERATED), TAPE("\0\4"), {DUE, DUE}},
    {ROW("GB-HTTP-7", FAIL), TAPE("\0\4"), {DUE DUE, DUE, ONE}},
    {ROW("GB-HTTP-7", TOLERATED), TAPE(""), {CLOSED, ONE}},
    {ROW("GB-HTTP-7", FAIL), TAPE(""), {TWO ONE, ONE, TWO}},
    {ROW("GB-HTTP-7", FAIL), TAPE(""), {ONE, ONE}},
    {ROW("GB-HTTP-7", FAIL), TAPE(""), {ONE TWO TWO, ONE, TWO}},
    {ROW("GB-HTTP-7", FAIL), TAPE(""), {ONE "HTTP", ONE, TWO}},
    {ROW("GB-HTTP-7", NONE), TAPE(""), {LINE("503 Busy\r\n", "")}},
    {ROW("GB-HTTP-7", NONE), TAPE(""), {""}},
    {ROW("GB-HTTP-7", NONE), TAPE(""), {ONE TWO, ""}},
    {ROW("GB-HTTP-7", NONE), TAPE(""), {TELL("429 Slow\r\n", "0", "") ONE, ONE, ONE}},
    // Eight at the same time, and each again alone, from the last one on.
    {ROW("GB-HTTP-7", PASS), TAPE("\0\1"), {ONE}},
    {ROW("GB-HTTP-7", PASS), TAPE("\0\1"), {"", BUSY, ONE}},
    {ROW("GB-HTTP-7", PASS), TAPE("\0\1"), {TWO, SEVEN(ONE), SEVEN(ONE), TWO}},
    {ROW("GB-HTTP-7", FAIL), TAPE("\0\1"), {SEVEN(ONE), TWO, ONE}},
    {ROW("GB-HTTP-7", FAIL), TAPE("\0\1"), {TWO, ONE}},
    {ROW("GB-HTTP-7", FAIL), TAPE("\0\1"), {ONE, FAULTY, ONE}},
    {ROW("GB-HTTP-7", NONE), TAPE("\0\1"), {BUSY}},
    {ROW("GB-HTTP-7", NONE), TAPE("\0\1"), {""}},
    {ROW("GB-HTTP-7", NONE), TAPE("\0\1"), {SEVEN(TWO), ONE, BUSY}},
    // The answer, what is said to the cut request, and the answer alone; twice to fail.
    {ROW("GB-HTTP-9", PASS), TAPE("\0"), {ONE, ""}},
    {ROW("GB-HTTP-9", PASS), TAPE("\1"), {ONE, CUT("400 Bad")}},
    {ROW("GB-HTTP-9", PASS), TAPE("\2"), {"", "", ONE, ONE, ""}},
    {ROW("GB-HTTP-9", TOLERATED), TAPE(""), {ONE, ONE}},
    {ROW("GB-HTTP-9", FAIL), TAPE(""), {"", "", ONE, "", "", ONE}},
    {ROW("GB-HTTP-9", FAIL), TAPE(""), {FAULTY, "", ONE, FAULTY, "", ONE}},
    {ROW("GB-HTTP-9", NONE), TAPE(""), {"", "", FAULTY}},
    {ROW("GB-HTTP-9", NONE), TAPE(""), {"", "", ONE, "", "", FAULTY}},
    {ROW("GB-HTTP-9", NONE), TAPE(""), {BUSY, "", ONE}},
};

// An endpoint that answers two requests on one connection in the other order, each with its id.
static bool swap(void *context, struct buf *response, const struct sending *sending)
{
    struct view request = sending->request;
    const bool *is_swapped = context;
    struct view name = VIEW("X-MS-DM-TransactionId: ");
    struct view ids[2];
    size_t count = 0;
    for (struct view left = request; count < 2; count++) {
        size_t at = view_find(left, name);
        if (at == left.len)
            break;
        left = view_from(left, at + name.len);
        ids[count] = view_first(left, view_index(left, '\r'));
    }
    for (size_t i = 0; i < count; i++) {
        size_t which = *is_swapped ? count - 1 - i : i;
        buf_put_text(response, "HTTP/1.1 " JSON "X-MS-DM-TransactionId: ");
        buf_put(response, ids[which]);
        buf_put_text(response, "\r\nContent-Length: 18\r\n\r\n{\"balances\":[{} ]}");
    }
    return true;
}

// The same with each on a connection of its own.
static bool swap_together(void *context, struct buf *const responses[],
                          const struct sending *sendings, size_t count)
{
    const bool *is_swapped = context;
    bool is_right = false;
    for (size_t i = 0; i < count; i++) {
        size_t which = *is_swapped ? count - 1 - i : i;
        (void)!swap(&is_right, responses[i], &sendings[which]);
    }
    return true;
}

static bool fail_together(void *context, struct buf *const responses[],
                          const struct sending *sendings, size_t count)
{
    (void)context, (void)responses, (void)sendings, (void)count;
    return false;
}

// What cannot be done is skipped.
static void check_unable(void)
{
    bool is_swapped = false;
    struct subject subject = {.exchange = swap, .context = &is_swapped};
    CHECK(play_program("GB-HTTP-7", NULL, false, VIEW("\0\1"), subject).grade == GRADE_SKIP);
    CHECK(play_program("GB-HTTP-9", NULL, false, VIEW("\0"), subject).grade == GRADE_SKIP);
    subject.together = fail_together;
    CHECK(play_program("GB-HTTP-7", NULL, false, VIEW("\0\1"), subject).grade == GRADE_SKIP);
}

int main(void)
{
    JUDGE_TABLE(line_rows);
    JUDGE_TABLE(framing_rows);
    PLAY_SCRIPTS(scripts);
    bool is_swapped = false;
    struct subject subject = {.exchange = swap, .context = &is_swapped};
    CHECK(play_program("GB-HTTP-7", NULL, false, VIEW("\0"), subject).grade == GRADE_PASS);
    is_swapped = true;
    CHECK(play_program("GB-HTTP-7", NULL, false, VIEW("\0"), subject).grade == GRADE_FAIL);
    subject.together = swap_together;
    CHECK(play_program("GB-HTTP-7", NULL, false, VIEW("\0\1"), subject).grade == GRADE_FAIL);
    is_swapped = false;
    CHECK(play_program("GB-HTTP-7", NULL, false, VIEW("\0\1"), subject).grade == GRADE_PASS);
    check_unable();
    return unit_end();
}
