// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "net/client.h"

#include <sys/time.h>

#include "net/clock.h"
#include "props/unit/pair.h"
#include "props/unit/scripted.h"
#include "props/unit/unit.h"

enum { HUGE_LEN = 8000000 };

static struct bp_tls server_tls;
static struct bp_tls client_tls;

// Both ways for everything.
static struct scripted server;
static struct bp_connection connection;
static struct bp_route route;

static bool open_to(uint16_t port, const struct bp_tls *tls, int connect_ms)
{
    struct bp_trouble trouble;
    struct bp_route_config config = {.host = "127.0.0.1", .port = port};
    struct bp_client_times times = {.connect_ms = connect_ms};
    return bp_route_find(&route, &trouble, &config) &&
           bp_connection_open(&connection, &route, tls, NULL, &times);
}

static bool start(const struct cue *acts, bool is_secure)
{
    return scripted_start(&server, is_secure ? &server_tls : NULL, acts) &&
           open_to(server.port, is_secure ? &client_tls : NULL, 3000);
}

static void stop(void)
{
    bp_connection_close(&connection);
    bp_connection_close(&connection);
    scripted_stop(&server);
}

// receive_all reads until the end, or nothing comes for `timeout_ms`.
static struct view receive_all(int timeout_ms)
{
    static char space[65536];
    size_t len = 0;
    for (size_t step = 1; step != 0 && len < sizeof space; len += step)
        step = bp_connection_receive(&connection, space + len, sizeof space - len, timeout_ms);
    return view_of(space, len);
}

static void check_pieces(bool is_secure)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {ACT(ECHO), CLOSE};
    static const size_t lens[] = {0, 1, 3, 7, 100};
    struct view text = VIEW("a\0b\r\n\r\nGET \377");
    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        CHECK_ROW(i, start(acts, is_secure));
        int64_t begin_ms = bp_clock_ms();
        CHECK_ROW(i, bp_connection_send(&connection, text, lens[i], 3, 2000));
        bool has_gaps = lens[i] == 1 || lens[i] == 3;
        CHECK_ROW(i, !has_gaps || bp_clock_ms() - begin_ms >= 3 * 3);
        bp_connection_finish(&connection);
        CHECK_ROW(i, view_equal(receive_all(2000), text));
        uint8_t want = is_secure ? BP_END_CLOSED : BP_END_EOF;
        CHECK_ROW(i, connection.stream.end.kind == want);
        stop();
    }
}

// The answer comes before the request is out, and the rest of it is never read.
static void check_early(bool is_secure)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {ACT(HEAR_BODY), SAY("HTTP/1.1 414 Long"),
                                                          PAUSE, PAUSE, CLOSE};
    static char huge[HUGE_LEN];
    CHECK(start(acts, is_secure));
    CHECK(!bp_connection_send(&connection, view_of(huge, sizeof huge), 0, 0, 3000));
    CHECK(connection.stream.end.kind != BP_END_TIMEOUT);
    CHECK(view_equal(receive_all(1000), VIEW("HTTP/1.1 414 Long")));
    stop();
}

// Both sides only speak: it ends, and what is kept has a bound.
static void check_talkers(bool is_secure)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {
        {ACT_REPEAT, VIEW_INIT("blah blah blah blah blah blah blah blah blah blah")}};
    static char huge[HUGE_LEN];
    CHECK(start(acts, is_secure));
    int64_t begin_ms = bp_clock_ms();
    CHECK(!bp_connection_send(&connection, view_of(huge, sizeof huge), 0, 0, 200));
    CHECK(connection.stream.end.kind == BP_END_TIMEOUT && bp_clock_ms() - begin_ms < 5000);
    CHECK(connection.early_len <= BP_EARLY_LEN_MAX);
    CHECK(view_starts(receive_all(2000), VIEW("blah blah")));
    stop();
}

// More than is kept comes in the gaps, and then the other side is gone: what was kept can be read.
static void check_flooded(bool is_secure, bool resets)
{
    static char flood[2 * BP_EARLY_LEN_MAX];
    const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {{ACT_SAY, view_of(flood, sizeof flood)},
                                                   {ACT_HEAR_TO, VIEW("c")},
                                                   {resets ? ACT_RESET : ACT_CLOSE, VIEW("")}};
    memset(flood, 'f', sizeof flood);
    CHECK(start(acts, is_secure));
    for (int tries = 0; tries < 200 && connection.early_len < BP_EARLY_LEN_MAX; tries++)
        if (!bp_connection_send(&connection, VIEW("ab"), 1, 5, 1000))
            break;
    CHECK(connection.early_len == BP_EARLY_LEN_MAX);
    bool is_sent = true;
    for (int tries = 0; tries < 200 && is_sent; tries++) {
        is_sent = bp_connection_send(&connection, VIEW("c"), 0, 0, 1000);
        scripted_sleep(1);
    }
    CHECK(!is_sent);
    CHECK(view_starts(receive_all(1000), VIEW("fff")));
    stop();
}

// What has come in the clear is not taken for what comes over TLS.
static void check_injected(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {SAY("HTTP/1.1 200 OK\r\n\r\n")};
    CHECK(start(acts, false));
    for (int tries = 0; tries < 200 && bp_connection_is_quiet(&connection); tries++)
        scripted_sleep(5);
    CHECK(!bp_connection_secure(&connection, &client_tls, "localhost", 2000));
    CHECK(connection.stream.end.kind == BP_END_PROTOCOL);
    stop();
}

static void check_quiet(bool is_secure)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {
        ACT(HEAR_BODY), SAY("1"), ACT(HEAR_BODY), SAY("23"), ACT(HEAR_BODY), CLOSE};
    char octet = 0;
    CHECK(start(acts, is_secure));
    CHECK(bp_connection_is_quiet(&connection));
    CHECK(bp_connection_receive(&connection, &octet, 1, 20) == 0);
    CHECK(connection.stream.end.kind == BP_END_TIMEOUT && bp_connection_is_quiet(&connection));
    CHECK(bp_connection_send(&connection, VIEW("a"), 0, 0, 1000));
    CHECK(bp_connection_receive(&connection, &octet, 1, 2000) == 1 && octet == '1');
    CHECK(bp_connection_is_quiet(&connection));
    CHECK(bp_connection_send(&connection, VIEW("b"), 0, 0, 1000));
    for (int tries = 0; tries < 200 && bp_connection_is_quiet(&connection); tries++)
        scripted_sleep(5);
    CHECK(!bp_connection_is_quiet(&connection) && bp_connection_buffered(&connection));
    CHECK(bp_connection_receive(&connection, &octet, 1, 0) == 1 && octet == '2');
    CHECK(!bp_connection_is_quiet(&connection));
    CHECK(bp_connection_receive(&connection, &octet, 1, 0) == 1 && octet == '3');
    CHECK(bp_connection_is_quiet(&connection));
    CHECK(bp_connection_send(&connection, VIEW("c"), 0, 0, 1000));
    for (int tries = 0; tries < 200 && bp_connection_is_quiet(&connection); tries++)
        scripted_sleep(5);
    CHECK(!bp_connection_is_quiet(&connection) && !bp_connection_buffered(&connection));
    CHECK(!bp_connection_send(&connection, VIEW("d"), 0, 0, 1000));
    stop();
}

// Neither what comes sooner or later than a read may wait, nor half a record, nor a timeout that is
// nearly as short as that, makes a difference; and what must not wait does not.
static void check_waits(bool is_secure)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {ACT(HEAR_BODY), SAY("1"), ACT(HEAR_BODY),
                                                          DRIP("23456789")};
    static const int timeouts_ms[] = {0, 49, 99, 100, 130};
    char octet = 0;
    CHECK(start(acts, is_secure));
    for (size_t i = 0; i < sizeof timeouts_ms / sizeof timeouts_ms[0]; i++) {
        int64_t begin_ms = bp_clock_ms();
        CHECK_ROW(i, bp_connection_receive(&connection, &octet, 1, timeouts_ms[i]) == 0);
        int64_t taken_ms = bp_clock_ms() - begin_ms;
        CHECK_ROW(i, taken_ms >= timeouts_ms[i] - 1 && taken_ms < timeouts_ms[i] + 2000);
        CHECK_ROW(i, connection.stream.end.kind == BP_END_TIMEOUT);
        CHECK_ROW(i, bp_connection_is_quiet(&connection));
    }
    CHECK(bp_connection_send(&connection, VIEW("a"), 0, 0, 1000));
    CHECK(bp_connection_receive(&connection, &octet, 1, 2000) == 1 && octet == '1');
    CHECK(bp_connection_send(&connection, VIEW("b"), 0, 0, 1000));
    for (char wanted = '2'; wanted <= '9'; wanted++)
        CHECK(bp_connection_receive(&connection, &octet, 1, 2000) == 1 && octet == wanted);
    stop();
}

static void ignore_signal(int number) { (void)number; }

// Signals neither end a wait nor make it longer.
static void check_signals(bool is_secure)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {DRIP("slowly")};
    struct sigaction action = {.sa_handler = ignore_signal};
    struct itimerval often = {{0, 2000}, {0, 2000}};
    struct itimerval never = {{0, 0}, {0, 0}};
    CHECK(start(acts, is_secure));
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    int64_t begin_ms = bp_clock_ms();
    CHECK(view_equal(receive_all(1000), VIEW("slowly")));
    int64_t taken_ms = bp_clock_ms() - begin_ms;
    setitimer(ITIMER_REAL, &never, NULL);
    CHECK(connection.stream.end.kind == BP_END_TIMEOUT && taken_ms >= 1000 && taken_ms < 5000);
    stop();
}

// How an attempt to connect ends.
static void check_ends(void)
{
    static const struct cue garbage[SCRIPT_ACT_COUNT_MAX] = {SAY("220 hello\r\n\r\n"), CLOSE};
    static const struct cue silence[SCRIPT_ACT_COUNT_MAX] = {ACT(END)};
    static const struct cue reset[SCRIPT_ACT_COUNT_MAX] = {RESET};
    static const struct {
        const struct cue *acts; // NULL: nobody is there
        enum bp_end_kind kind;
        int connect_ms;
    } rows[] = {
        {garbage, BP_END_PROTOCOL, 2000},
        {silence, BP_END_TIMEOUT, 60},
        {reset, BP_END_RESET, 2000},
        {NULL, BP_END_REFUSED, 2000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, scripted_start(&server, NULL, rows[i].acts != NULL ? rows[i].acts : silence));
        if (rows[i].acts == NULL)
            scripted_stop(&server);
        CHECK_ROW(i, !open_to(server.port, &client_tls, rows[i].connect_ms));
        CHECK_ROW(i, connection.stream.end.kind == rows[i].kind);
        CHECK_ROW(i, connection.stream.end.in_handshake && connection.address != NULL);
        bp_connection_close(&connection);
        if (rows[i].acts != NULL)
            scripted_stop(&server);
    }
}

// The second address is tried when the first refuses.
static void check_addresses(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {SAY("here"), CLOSE};
    struct bp_trouble trouble;
    struct bp_client_times times = {.connect_ms = 2000};
    char text[64];
    CHECK(scripted_start(&server, NULL, acts));
    snprintf(text, sizeof text, "mo.invalid:%u:127.0.0.9,127.0.0.1", (unsigned)server.port);
    struct bp_route_config config = {.host = "mo.invalid",
                                     .port = server.port,
                                     .overrides = {{text, false}},
                                     .override_count = 1};
    CHECK(bp_route_find(&route, &trouble, &config));
    CHECK(bp_connection_open(&connection, &route, NULL, NULL, &times));
    CHECK(connection.address == &route.addresses[1]);
    CHECK(view_equal(receive_all(2000), VIEW("here")));
    stop();
}

int main(void)
{
    struct pki_folder folder;
    struct bp_trouble trouble = {""};
    CHECK(pair_folder_make(&folder));
    struct bp_tls_server_config own = pair_server(&folder, PKI_SERVER);
    struct bp_tls_client_config other = pair_client(&folder, PKI_CLIENT);
    CHECK(bp_tls_server_init(&server_tls, &trouble, &own));
    CHECK(bp_tls_client_init(&client_tls, &trouble, &other));
    for (int is_secure = 0; is_secure < 2; is_secure++) {
        check_pieces(is_secure);
        check_early(is_secure);
        check_talkers(is_secure);
        check_flooded(is_secure, false);
        check_flooded(is_secure, true);
        check_quiet(is_secure);
        check_waits(is_secure);
        check_signals(is_secure);
    }
    check_injected();
    check_ends();
    check_addresses();
    bp_tls_free(&server_tls);
    bp_tls_free(&client_tls);
    pki_folder_close(&folder);
    return unit_end();
}
