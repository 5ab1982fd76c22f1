// SPDX-License-Identifier: Apache-2.0
// The server in the clear: how bytes come and go, and how connections end.
#include "props/unit/served.h"
#include "props/unit/unit.h"

static char space[SERVED_SPACE_LEN];

#define GET_A SERVED_GET(SERVED_A "?limit=0", "")
#define GET_LAST SERVED_GET(SERVED_A "?limit=0", "Connection: close\r\n")

// What is sent, in pieces of so many octets (0: at once), and what comes of it.
static const struct {
    const char *request;
    size_t piece_len;
    bool finishes; // the client half-closes behind it
    size_t answer_count;
    unsigned status; // of the first answer
    bool is_closed;  // by the server, without more ado
} rows[] = {
    {GET_A, 0, false, 1, 200, false},
    {GET_A GET_A GET_A, 0, false, 3, 200, false},
    {GET_A GET_A GET_A, 1, false, 3, 200, false},
    {GET_A GET_A GET_A, 7, false, 3, 200, false},
    {GET_A GET_LAST, 0, false, 2, 200, true},
    {GET_A GET_LAST GET_A, 0, false, 2, 200, true},
    {GET_A, 0, true, 1, 200, true},
    {GET_A, 1, true, 1, 200, true},
    {GET_A "GET /v1/si", 0, true, 2, 200, true},
    {"GET /v1/si", 1, true, 1, 400, true},
    {"", 0, true, 0, 0, true},
    {"\r\n", 0, true, 0, 0, true},
    {SERVED_GET("/", ""), 0, false, 1, 404, false},
    {"GET / HTTP/1.1\r\n\r\n", 0, false, 1, 400, true},
    {"GET / HTTP/1.1\r\n\r\n" GET_A GET_A, 0, false, 1, 400, true},
    {"\x16\x03\x01 bytes", 0, true, 1, 400, true},
    {"POST " SERVED_A " HTTP/1.1\r\n" SERVED_HOST "Content-Length: 5\r\n\r\nhello" GET_A, 3, false,
     2, 405, false},
    {"POST " SERVED_A " HTTP/1.1\r\n" SERVED_HOST "Content-Length: 70000\r\n\r\nhello", 0, false, 1,
     413, true},
};

static void send_pieces(int fd, const char *text, size_t piece_len)
{
    struct view rest = view_of_text(text);
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on);
    while (rest.len != 0) {
        size_t len = piece_len == 0 || piece_len > rest.len ? rest.len : piece_len;
        if (!served_send(fd, view_first(rest, len)))
            return;
        rest = view_from(rest, len);
    }
}

static void test_rows(const struct served *served)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf answers = BUF(space);
        int fd = served_dial(served);
        send_pieces(fd, rows[i].request, rows[i].piece_len);
        if (rows[i].finishes)
            shutdown(fd, SHUT_WR);
        size_t wanted = rows[i].answer_count;
        int end =
            rows[i].is_closed ? served_hear(&answers, fd, 0) : served_hear(&answers, fd, wanted);
        CHECK_ROW(i, end == (rows[i].is_closed ? 1 : 0));
        CHECK_ROW(i, served_answer_count(buf_view(&answers)) == wanted);
        CHECK_ROW(i, served_status(buf_view(&answers)) == rows[i].status);
        close(fd);
    }
}

// A refusal in the middle of a long request is read by a client that goes on sending.
static void test_early(const struct served *served)
{
    static char junk[8 << 20];
    static const struct {
        const char *begin;
        unsigned status;
    } early[] = {
        {"GET /", 414},
        {"GET / HTTP/1.1\r\nHost: ", 431},
        {"POST / HTTP/1.1\r\n" SERVED_HOST "Content-Length: 90000000\r\n\r\n", 413},
    };
    memset(junk, 'a', sizeof junk);
    for (size_t i = 0; i < sizeof early / sizeof early[0]; i++) {
        struct buf answers = BUF(space);
        int fd = served_dial(served);
        CHECK_ROW(i, served_say(fd, early[i].begin));
        CHECK_ROW(i, served_send(fd, view_of(junk, sizeof junk)));
        CHECK_ROW(i, served_hear(&answers, fd, 0) == 1);
        CHECK_ROW(i, served_answer_count(buf_view(&answers)) == 1);
        CHECK_ROW(i, served_status(buf_view(&answers)) == early[i].status);
        CHECK_ROW(i, served_has(&answers, "Connection: close\r\n"));
        close(fd);
    }
}

enum { FLOOD_COUNT = 20000 };

static void *feed(void *context)
{
    const int *fd = context;
    static char bytes[64 * 1024];
    struct buf requests = BUF(bytes);
    for (unsigned n = 0; n < FLOOD_COUNT / 500; n++) {
        buf_clear(&requests);
        for (unsigned i = 0; i < 500; i++) {
            buf_put_text(&requests,
                         "GET " SERVED_A " HTTP/1.1\r\n" SERVED_HOST "X-MS-DM-TransactionId: t");
            buf_put_padded(&requests, n * 500 + i, 5);
            buf_put_text(&requests, "\r\n\r\n");
        }
        if (requests.overflow || !served_send(*fd, buf_view(&requests)))
            break;
    }
    return NULL;
}

static int64_t spent_us(void)
{
    struct timespec spent;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (int64_t)spent.tv_sec * 1000000 + spent.tv_nsec / 1000;
}

// Waits until answers have begun and none was made for three naps in a row, as a server that only
// has no processor looks at rest for one; how many there are then. While nobody takes answers the
// server sleeps.
static uint64_t wait_for_rest(const struct served *served, uint64_t before)
{
    const struct timespec nap = {.tv_nsec = 60000000};
    uint64_t last = before;
    unsigned quiet_count = 0;
    for (unsigned i = 0; i < 100; i++) {
        int64_t begin_us = spent_us();
        nanosleep(&nap, NULL);
        uint64_t now = served_counts(served).answer_count;
        quiet_count = now == last && now != before ? quiet_count + 1 : 0;
        if (quiet_count == 3) {
            CHECK(spent_us() - begin_us < 10000);
            break;
        }
        last = now;
    }
    return last;
}

// Twenty thousand requests in a row, more than fits anywhere: each is answered once, in order, and
// while the answers are not taken the server stops to read.
static void test_flood(const struct served *served)
{
    static char bytes[FLOOD_COUNT * 700];
    struct buf answers = BUF(bytes);
    pthread_t feeder;
    const int small = 131072;
    int fd = served_dial(served);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    uint64_t before = served_counts(served).answer_count;
    CHECK(pthread_create(&feeder, NULL, feed, &fd) == 0);
    uint64_t answered = wait_for_rest(served, before);
    CHECK(answered > before && answered < before + FLOOD_COUNT);
    while (answers.len < answers.cap) {
        ssize_t len = recv(fd, answers.data + answers.len, answers.cap - answers.len, 0);
        if (len <= 0)
            break;
        answers.len += (size_t)len;
        struct view tail = view_from(buf_view(&answers), answers.len < 700 ? 0 : answers.len - 700);
        size_t last = view_find(tail, VIEW("\r\nX-MS-DM-TransactionId: t19999\r\n"));
        if (last < tail.len && served_answer_len(view_from(tail, last)) != 0)
            break;
    }
    pthread_join(feeder, NULL);
    struct view rest = buf_view(&answers);
    unsigned count = 0;
    bool is_ordered = true;
    for (size_t len = served_answer_len(rest); len != 0; len = served_answer_len(rest)) {
        char want[64];
        snprintf(want, sizeof want, "\r\nX-MS-DM-TransactionId: t%05u\r\n", count++);
        struct view answer = view_first(rest, len);
        is_ordered = is_ordered && served_status(answer) == 200 &&
                     view_find(answer, view_of_text(want)) < len;
        rest = view_from(rest, len);
    }
    CHECK(count == FLOOD_COUNT && is_ordered && rest.len == 0);
    close(fd);
}

// Requests that arrive at once and whose answers fill the server's space more than once.
static void test_burst(const struct served *served)
{
    static char bytes[80000];
    struct buf requests = BUF(bytes);
    struct buf answers = BUF(space);
    size_t count = 0;
    for (; requests.cap - requests.len > 100; count++)
        buf_put_text(&requests, "GET " SERVED_A " HTTP/1.1\r\nHost: a\r\n\r\n");
    int fd = served_dial(served);
    CHECK(served_send(fd, buf_view(&requests)));
    CHECK(served_hear(&answers, fd, count) == 0 && count > 1000);
    CHECK(!served_has(&answers, "HTTP/1.1 408"));
    close(fd);
}

// Many idle connections, and one that asks meanwhile.
static void test_many(const struct served *served)
{
    enum { IDLE_COUNT = 400 };
    static int fds[IDLE_COUNT];
    CHECK(served_wait_open(served, 0));
    for (size_t i = 0; i < IDLE_COUNT; i++)
        fds[i] = served_dial(served);
    CHECK(served_wait_open(served, IDLE_COUNT));
    for (size_t i = 0; i < IDLE_COUNT; i += 40) {
        struct buf answers = BUF(space);
        CHECK(served_say(fds[i], GET_A) && served_hear(&answers, fds[i], 1) == 0);
    }
    for (size_t i = 0; i < IDLE_COUNT; i++)
        close(fds[i]);
    CHECK(served_wait_open(served, 0));
}

static void test_log(const struct served *served)
{
    size_t answered = 0;
    size_t silent = 0;
    for (size_t i = 0; i < served->access_count; i++) {
        const struct bp_access *access = &served->accesses[i];
        CHECK_ROW(i, access->connection >= 1 && access->at_ms > 0 && access->taken_us >= 0);
        CHECK_ROW(i, !access->is_secure);
        answered += access->status != 0;
        silent += access->status == 0;
        if (access->status == 0)
            CHECK_ROW(i, access->end.kind == BP_END_EOF && access->sent_len == 0);
        else
            CHECK_ROW(i, access->end.kind == BP_END_NONE && access->sent_len > 100);
    }
    CHECK(answered >= 25 && silent == 2);
}

int main(void)
{
    static struct served served;
    served_prepare(&served);
    served_start(&served);
    test_rows(&served);
    test_early(&served);
    test_flood(&served);
    test_burst(&served);
    test_many(&served);
    served_stop(&served);
    CHECK(served.is_run_well);
    CHECK(served_counts(&served).open_count == 0);
    test_log(&served);
    served_free(&served);
    return unit_end();
}
