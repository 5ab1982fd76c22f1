// SPDX-License-Identifier: Apache-2.0
// The server's deadlines, its bound of connections, and how it stops.
#include <errno.h>
#include <semaphore.h>

#include "props/unit/served.h"
#include "props/unit/unit.h"

static char space[SERVED_SPACE_LEN];

#define GET_A SERVED_GET(SERVED_A "?limit=0", "")

enum { SHORT_MS = 150, LATE_MS = 4000 }; // a deadline, and what a busy machine may add

static int64_t ms_since(int64_t begin_us) { return (bp_clock_us() - begin_us) / 1000; }

static bool is_in_time(int64_t ms) { return ms >= SHORT_MS - 20 && ms < SHORT_MS + LATE_MS; }

// Sends an octet every 20 ms until there is an answer.
static void trickle(int fd)
{
    const struct timespec nap = {.tv_nsec = 20000000};
    char first;
    for (unsigned n = 0; n < 200 && recv(fd, &first, 1, MSG_PEEK | MSG_DONTWAIT) != 1; n++) {
        nanosleep(&nap, NULL);
        CHECK(served_say(fd, "x"));
    }
}

// A request that does not end gets 408 at its deadline, however its bytes trickle in.
static void test_request(void)
{
    static struct served served;
    static const char *const begins[] = {
        "G", "GET / HTTP/1.1\r\nHost: a\r\n",
        "POST / HTTP/1.1\r\n" SERVED_HOST "Content-Length: 9\r\n\r\nhell", GET_A "GET"};
    served_prepare(&served);
    served.config.request_ms = SHORT_MS;
    served_start(&served);
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        struct buf answers = BUF(space);
        int fd = served_dial(&served);
        int64_t begin_us = bp_clock_us();
        CHECK_ROW(i, served_say(fd, begins[i]));
        if (i == 1)
            trickle(fd);
        CHECK_ROW(i, served_hear(&answers, fd, 0) == 1);
        CHECK_ROW(i, is_in_time(ms_since(begin_us)));
        CHECK_ROW(i, served_has(&answers, "HTTP/1.1 408 Request Timeout\r\n"));
        CHECK_ROW(i, served_has(&answers, "\"code\":\"http.slow\""));
        CHECK_ROW(i, served_has(&answers, "Connection: close\r\n"));
        CHECK_ROW(i, served_answer_count(buf_view(&answers)) == (i == 3 ? 2 : 1));
        close(fd);
    }
    served_stop(&served);
    CHECK(served_counts(&served).expired_count == sizeof begins / sizeof begins[0]);
    served_free(&served);
}

static void test_idle(void)
{
    static struct served served;
    struct buf answers = BUF(space);
    served_prepare(&served);
    served.config.idle_ms = SHORT_MS;
    served_start(&served);
    int fd = served_dial(&served);
    int64_t begin_us = bp_clock_us(); // when the answer is here, the server has long begun to wait
    CHECK(served_say(fd, GET_A) && served_hear(&answers, fd, 1) == 0);
    CHECK(served_hear(&answers, fd, 0) == 1);
    CHECK(is_in_time(ms_since(begin_us)));
    CHECK(served_answer_count(buf_view(&answers)) == 1);
    close(fd);
    served_stop(&served);
    served_free(&served);
}

// Whoever does not take answers is reset at the deadline, and holds no more than one turn's.
static void test_write(void)
{
    static struct served served;
    static char bytes[32768];
    struct buf requests = BUF(bytes);
    const int small = 4096;
    served_prepare(&served);
    served.config.write_ms = SHORT_MS;
    served_start(&served);
    while (requests.cap - requests.len > 200)
        buf_put_text(&requests, SERVED_GET(SERVED_A, ""));
    int fd = served_dial(&served);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    const struct timeval soon = {.tv_usec = 50000};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
    int64_t begin_us = bp_clock_us();
    bool is_sent = true;
    while (is_sent && ms_since(begin_us) < LATE_MS)
        is_sent = served_send(fd, buf_view(&requests));
    int error = errno;
    CHECK(!is_sent);
    CHECK(served_wait_open(&served, 0));
    CHECK(ms_since(begin_us) < SHORT_MS + LATE_MS);
    ssize_t len = 1;
    while (len > 0)
        len = recv(fd, space, sizeof space, 0);
    // Whichever call meets the reset first tells it.
    CHECK(error == ECONNRESET || error == EPIPE || (len < 0 && errno == ECONNRESET));
    close(fd);
    served_stop(&served);
    CHECK(served.accesses[0].status == 200);
    CHECK(served.last.end.kind == BP_END_TIMEOUT && !served.last.end.in_handshake);
    served_free(&served);
}

// The one that does not fit waits in the queue, and is served when there is room.
static void test_full(void)
{
    static struct served served;
    int fds[3];
    struct buf answers = BUF(space);
    const struct timeval soon = {.tv_usec = 100000};
    const struct timeval late = {.tv_sec = SERVED_PATIENCE_S};
    served_prepare(&served);
    served.config.connection_count_max = 2;
    served_start(&served);
    for (size_t i = 0; i < 3; i++)
        fds[i] = served_dial(&served);
    CHECK(served_wait_open(&served, 2));
    CHECK(served_say(fds[2], GET_A));
    setsockopt(fds[2], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
    CHECK(served_hear(&answers, fds[2], 1) == -1);
    CHECK(served_counts(&served).open_count == 2);
    setsockopt(fds[2], SOL_SOCKET, SO_RCVTIMEO, &late, sizeof late);
    close(fds[0]);
    CHECK(served_hear(&answers, fds[2], 1) == 0);
    close(fds[1]);
    close(fds[2]);
    served_stop(&served);
    served_free(&served);
}

// Idle connections end, a request that has begun is answered with its last bytes, one that was
// sent before the stop is answered, and nobody new gets in.
static void test_stop(void)
{
    static struct served served;
    struct buf answers = BUF(space);
    served_prepare(&served);
    served_start(&served);
    int idle = served_dial(&served);
    int half = served_dial(&served);
    CHECK(served_say(idle, GET_A) && served_hear(&answers, idle, 1) == 0);
    CHECK(served_say(half, GET_A "GET " SERVED_A) && served_hear(&answers, half, 1) == 0);
    bp_server_stop(served.server);
    bp_server_stop(served.server);
    CHECK(served_hear(&answers, idle, 0) == 1);
    buf_clear(&answers);
    CHECK(served_say(half, " HTTP/1.1\r\n" SERVED_HOST "\r\n"));
    CHECK(served_hear(&answers, half, 0) == 1);
    CHECK(served_status(buf_view(&answers)) == 200);
    CHECK(served_has(&answers, "Connection: close\r\n"));
    close(idle);
    close(half);
    served_join(&served);
    CHECK(served.is_run_well);
    served_free(&served);
}

// Waits until nobody new gets in: the stop has begun.
static void wait_for_stop(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bool is_in = true;
    for (unsigned tries = 0; tries < 1000 && is_in; tries++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        is_in = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
        close(fd);
        served_nap();
    }
    CHECK(!is_in);
}

// A request that has begun behind answers that nobody takes yet is under way, too.
static void test_stop_behind_answers(void)
{
    enum { ANSWERED_COUNT = 350 }; // more than the system takes, less than the server's space
    static struct served served;
    static char bytes[65536];
    struct buf requests = BUF(bytes);
    struct buf answers = BUF(space);
    const int small = 16384;
    served_prepare(&served);
    served_start(&served);
    for (size_t i = 0; i < ANSWERED_COUNT; i++)
        buf_put_text(&requests, SERVED_GET(SERVED_A, ""));
    buf_put_text(&requests, "GET " SERVED_A);
    uint16_t port = bp_server_port(served.server);
    int fd = served_dial(&served);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    CHECK(served_send(fd, buf_view(&requests)));
    int64_t begin_us = bp_clock_us();
    while (served_counts(&served).answer_count < ANSWERED_COUNT && ms_since(begin_us) < LATE_MS)
        served_nap();
    bp_server_stop(served.server);
    wait_for_stop(port);
    CHECK(served_hear(&answers, fd, ANSWERED_COUNT) == 0);
    CHECK(!served_has(&answers, "Connection: close\r\n"));
    buf_clear(&answers);
    CHECK(served_say(fd, " HTTP/1.1\r\n" SERVED_HOST "\r\n"));
    CHECK(served_hear(&answers, fd, 0) == 1);
    CHECK(served_answer_count(buf_view(&answers)) == 1);
    CHECK(served_has(&answers, "Connection: close\r\n"));
    close(fd);
    served_join(&served);
    served_free(&served);
}

static sem_t first_answered, second_answered, may_go_on;

// Holds the server inside its first two answers.
static void log_and_wait(void *context, const struct bp_access *access)
{
    served_log(context, access);
    if (access->connection > 2)
        return;
    sem_post(access->connection == 1 ? &first_answered : &second_answered);
    sem_wait(&may_go_on);
}

// What arrives while the server begins to stop is answered, too. The second answer is made in the
// turn of the loop that has met the stop; the third request comes behind that turn's beginning.
static void test_stop_late(void)
{
    static struct served served;
    struct buf answers = BUF(space);
    int fds[3];
    sem_init(&first_answered, 0, 0);
    sem_init(&second_answered, 0, 0);
    sem_init(&may_go_on, 0, 0);
    served_prepare(&served);
    served.config.log = log_and_wait;
    served_start(&served);
    for (size_t i = 0; i < 3; i++)
        fds[i] = served_dial(&served);
    CHECK(served_wait_open(&served, 3));
    CHECK(served_say(fds[0], GET_A));
    sem_wait(&first_answered);
    bp_server_stop(served.server);
    CHECK(served_say(fds[1], GET_A));
    sem_post(&may_go_on);
    sem_wait(&second_answered);
    CHECK(served_say(fds[2], GET_A));
    sem_post(&may_go_on);
    for (size_t i = 0; i < 3; i++) {
        buf_clear(&answers);
        CHECK_ROW(i, served_hear(&answers, fds[i], 0) == 1);
        CHECK_ROW(i, served_answer_count(buf_view(&answers)) == 1);
        CHECK_ROW(i, served_has(&answers, "Connection: close\r\n") == (i == 2));
        close(fds[i]);
    }
    served_join(&served);
    served_free(&served);
}

// A stop has an end even when the other side does nothing.
static void test_stop_by_force(void)
{
    static struct served served;
    served_prepare(&served);
    served.config.request_ms = SHORT_MS;
    served.config.write_ms = 50;
    served_start(&served);
    int half = served_dial(&served);
    int idle = served_dial(&served);
    CHECK(served_say(half, "GET"));
    CHECK(served_wait_open(&served, 2));
    int64_t begin_us = bp_clock_us();
    served_stop(&served);
    CHECK(ms_since(begin_us) < SHORT_MS + LATE_MS);
    CHECK(served_counts(&served).open_count == 0);
    close(half);
    close(idle);
    served_free(&served);
}

static void test_trouble(void)
{
    static struct served served, other;
    struct bp_trouble trouble = {""};
    served_prepare(&served);
    served_prepare(&other);
    served_start(&served);
    other.config.port = bp_server_port(served.server);
    CHECK(bp_server_new(&trouble, &other.config) == NULL);
    CHECK(strstr(trouble.words, "another program has this port") != NULL);
    other.config.address = "localhost";
    CHECK(bp_server_new(&trouble, &other.config) == NULL);
    CHECK(strstr(trouble.words, "no numeric address") != NULL);
    served_stop(&served);
    served_free(&served);
    served_free(&other);
}

int main(void)
{
    test_request();
    test_idle();
    test_write();
    test_full();
    test_stop();
    test_stop_behind_answers();
    test_stop_late();
    test_stop_by_force();
    test_trouble();
    return unit_end();
}
