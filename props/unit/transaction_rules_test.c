// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define REPEAT "409 Conflict\r\n"
#define BUSY "503 Busy\r\n"
#define TXN(which) .wishes = {{AXIS_TXN, SENSE_##which}}

static const struct judged_row rows[] = {
    {ROW("GB-TXN-2", PASS), JSON, LIST(PAYG)},
    {ROW("GB-TXN-2", PASS), JSON, LIST(PAYG), TXN(ABSENT)},
    {ROW("GB-TXN-2", FAIL), REPEAT, ""},
    {ROW("GB-TXN-2", FAIL), REPEAT, "", TXN(ABSENT)},
    {ROW("GB-TXN-2", FAIL), REPEAT, "", TXN(TXN_NAME)},
    {ROW("GB-TXN-2", NONE), REPEAT, "", .raw = "GET / HTTP/1.1\r\n\r\n"},
    {ROW("GB-TXN-2", NONE), "404 Not Found\r\n", "", .role = ROLE_U},
    {ROW("GB-TXN-2", NONE), "", NULL},
};

#define OK(body) LINE(JSON, body)
#define OTHER_SIM TAPE("\1")
#define OTHER_QUERY TAPE("\2")
#define SAME_TIME TAPE("\3") // four requests
#define REFUSED LINE(REPEAT, "")

static const struct script scripts[] = {
    {ROW("GB-TXN-1", PASS), TAPE(""), {OK(LIST(PAYG)), LINE(REPEAT, "")}},
    {ROW("GB-TXN-1", TOLERATED), TAPE(""), {OK(LIST(PAYG))}},
    {ROW("GB-TXN-1", TOLERATED), OTHER_SIM, {OK(LIST(PAYG)), OK(LIST(NONE))}},
    {ROW("GB-TXN-1", FAIL), TAPE(""), {OK(LIST(PAYG)), OK(LIST(NONE))}},
    {ROW("GB-TXN-1", FAIL), TAPE(""), {OK(LIST(PAYG)), LINE("500 Oops\r\n", "")}},
    {ROW("GB-TXN-1", FAIL), TAPE(""), {OK(LIST(PAYG)), ""}},
    {ROW("GB-TXN-1", FAIL), TAPE(""), {OK(LIST(PAYG))}, .profile = "seed-literal"},
    {ROW("GB-TXN-1", TOLERATED), OTHER_SIM, {OK(LIST(PAYG))}, .profile = "seed-literal"},
    {ROW("GB-TXN-1", PASS),
     OTHER_SIM,
     {OK(LIST(PAYG)), LINE(REPEAT, "")},
     .profile = "seed-literal"},
    {ROW("GB-TXN-1", FAIL),
     OTHER_SIM,
     {OK(LIST(PAYG)), LINE(REPEAT, "")},
     .profile = "txn.scope=id+sim"},
    {ROW("GB-TXN-1", PASS), OTHER_SIM, {OK(LIST(PAYG))}, .profile = "txn.scope=id+sim"},
    {ROW("GB-TXN-1", PASS),
     OTHER_QUERY,
     {OK(LIST(PAYG)), LINE(REPEAT, "")},
     .profile = "txn.scope=id+sim"},
    {ROW("GB-TXN-1", FAIL),
     OTHER_QUERY,
     {OK(LIST(PAYG)), LINE(REPEAT, "")},
     .profile = "txn.scope=id+url"},
    {ROW("GB-TXN-1", PASS),
     TAPE(""),
     {OK(LIST(PAYG)), LINE(REPEAT, "")},
     .profile = "txn.scope=id+url"},
    {ROW("GB-TXN-1", FAIL),
     TAPE(""),
     {OK(LIST(PAYG)), LINE(REPEAT, "")},
     .profile = "txn.repeat=200"},
    {ROW("GB-TXN-1", PASS), TAPE(""), {OK(LIST(PAYG))}, .profile = "txn.repeat=200"},
    {ROW("GB-TXN-1", NONE), TAPE(""), {OK(LIST(PAYG)), LINE("429 Slow\r\n", "")}},
    {ROW("GB-TXN-1", NONE), TAPE(""), {LINE("404 Not Found\r\n", "")}},
    // What is served for another request is that request's own.
    {ROW("GB-TXN-1", FAIL), OTHER_SIM, {OK(LIST(PAYG)), OK(LIST(PAYG)), OK(LIST(NONE))}},
    {ROW("GB-TXN-1", FAIL), OTHER_QUERY, {OK(LIST(PAYG)), OK(LIST(PAYG)), OK(LIST(NONE))}},
    {ROW("GB-TXN-1", TOLERATED), OTHER_SIM, {OK(LIST(PAYG)), OK(LIST(PAYG)), LINE(BUSY, "")}},
    {ROW("GB-TXN-1", PASS), SAME_TIME, {OK(LIST(PAYG)), REFUSED}},
    {ROW("GB-TXN-1", PASS), SAME_TIME, {REFUSED, REFUSED, REFUSED, OK(LIST(PAYG))}},
    {ROW("GB-TXN-1", PASS), SAME_TIME, {OK(LIST(PAYG)), LINE(BUSY, ""), "", REFUSED}},
    {ROW("GB-TXN-1", TOLERATED), SAME_TIME, {OK(LIST(PAYG)), OK(LIST(PAYG)), REFUSED}},
    {ROW("GB-TXN-1", FAIL), SAME_TIME, {OK(LIST(PAYG)), LINE("500 Oops\r\n", ""), REFUSED}},
    {ROW("GB-TXN-1", FAIL), SAME_TIME, {OK(LIST(PAYG)), OK(LIST(NONE)), REFUSED}},
    {ROW("GB-TXN-1", FAIL), SAME_TIME, {REFUSED}},
    {ROW("GB-TXN-1", NONE), SAME_TIME, {REFUSED, REFUSED, LINE(BUSY, ""), ""}},
    {ROW("GB-TXN-1", NONE), SAME_TIME, {OK(LIST(PAYG)), LINE(BUSY, "")}},
    {ROW("GB-TXN-1", NONE), SAME_TIME, {""}},
    {ROW("GB-TXN-1", FAIL),
     SAME_TIME,
     {OK(LIST(PAYG)), OK(LIST(PAYG)), REFUSED},
     .profile = "seed-literal"},
    {ROW("GB-TXN-1", PASS), SAME_TIME, {OK(LIST(PAYG)), REFUSED}, .profile = "seed-literal"},
    {ROW("GB-TXN-1", PASS), SAME_TIME, {OK(LIST(PAYG))}, .profile = "txn.repeat=200"},
    {ROW("GB-TXN-1", FAIL), SAME_TIME, {OK(LIST(PAYG)), REFUSED}, .profile = "txn.repeat=200"},
    {ROW("GB-TXN-2", PASS), TAPE(""), {OK(LIST(PAYG))}},
    {ROW("GB-TXN-2", NONE), TAPE("\6"), {OK(LIST(PAYG)), LINE("431 Large\r\n", "")}},
    {ROW("GB-TXN-2", FAIL), TAPE("\1"), {OK(LIST(PAYG)), LINE(REPEAT, "")}},
    {ROW("GB-TXN-2", FAIL), TAPE("\4"), {OK(LIST(PAYG)), LINE(REPEAT, "")}},
    {ROW("GB-TXN-2", PASS), TAPE("\4"), {OK(LIST(PAYG))}},
    {ROW("GB-TXN-2", NONE), TAPE("\2"), {OK(LIST(PAYG)), LINE("500 Oops\r\n", "")}},
    {ROW("GB-TXN-2", NONE), TAPE("\3"), {LINE(REPEAT, "")}},
};

// An endpoint that remembers one id, cut to `id_len_max` octets, and notes what it was sent.
struct memory {
    size_t id_len_max;
    char id[2048];
    size_t id_len;
    size_t host_count;
};

static bool remember(void *context, struct buf *response, const struct sending *sending)
{
    struct view request = sending->request;
    struct memory *memory = context;
    struct view name = VIEW("\r\nX-MS-DM-TransactionId: ");
    size_t at = view_find(request, name);
    memory->host_count += view_find(request, VIEW("\r\nHost: mo.example\r\n")) < request.len;
    struct view id = view_of(NULL, 0);
    if (at < request.len) {
        id = view_from(request, at + name.len);
        id = view_first(id, view_index(id, '\r'));
    }
    size_t len = id.len < memory->id_len_max ? id.len : memory->id_len_max;
    bool is_repeat =
        len != 0 && view_equal(view_first(id, len), view_of(memory->id, memory->id_len));
    if (len != 0)
        memcpy(memory->id, id.data, memory->id_len = len);
    buf_put_text(response, is_repeat ? LINE(REPEAT, "") : OK(LIST(PAYG)));
    return true;
}

// How the pairs of ids do with memories that cut an id.
static void check_memory(void)
{
    enum { PAIR_COUNT = 9, WITHOUT = 4, LONG = 5, LONGER = 6 };
    static const bool collides_at_24[PAIR_COUNT] = {true, true, false, true, false,
                                                    true, true, true,  false};
    for (unsigned which = 0; which < PAIR_COUNT; which++) {
        char tape = (char)which;
        struct memory memory = {.id_len_max = sizeof memory.id};
        struct subject subject = {.exchange = remember, .context = &memory};
        struct verdict got = play_program("GB-TXN-2", NULL, false, view_of(&tape, 1), subject);
        CHECK_ROW(which, got.grade == GRADE_PASS);
        CHECK_ROW(which, memory.host_count == 2);
        CHECK_ROW(which, (memory.id_len > 20) == (which != WITHOUT));
        memory = (struct memory){.id_len_max = 1024};
        got = play_program("GB-TXN-2", NULL, false, view_of(&tape, 1), subject);
        CHECK_ROW(which, (got.grade == GRADE_FAIL) == (which == LONGER));
        memory = (struct memory){.id_len_max = 255};
        got = play_program("GB-TXN-2", NULL, false, view_of(&tape, 1), subject);
        CHECK_ROW(which, (got.grade == GRADE_FAIL) == (which == LONG || which == LONGER));
        memory = (struct memory){.id_len_max = 24};
        got = play_program("GB-TXN-2", NULL, false, view_of(&tape, 1), subject);
        CHECK_ROW(which, got.grade == (collides_at_24[which] ? GRADE_FAIL : GRADE_PASS));
    }
    struct memory memory = {.id_len_max = 64};
    struct subject subject = {.exchange = remember, .context = &memory};
    CHECK(play_program("GB-TXN-1", NULL, false, view_of(NULL, 0), subject).grade == GRADE_PASS);
    CHECK(play_program("GB-TXN-1", NULL, false, VIEW("\1"), subject).grade == GRADE_PASS);
}

int main(void)
{
    JUDGE_TABLE(rows);
    PLAY_SCRIPTS(scripts);
    check_memory();
    return unit_end();
}
