// SPDX-License-Identifier: Apache-2.0
// A remote subject without an endpoint: what fails, how long it is tried, and when it is given up.
#include "props/subject/remote.h"

#include "net/clock.h"
#include "props/unit/pair.h"
#include "props/unit/scripted.h"
#include "props/unit/unit.h"

#define GOOD "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

static struct target target;
static struct time_use use;
static struct scripted server;
static struct remote *remote;
static struct subject subject;

static bool is_told_to_stop(void *context)
{
    int *left_count = context;
    return (*left_count)-- <= 0;
}

static bool begin(uint16_t port, bool is_secure, unsigned rate)
{
    static uint64_t space[4096];
    struct bp_trouble trouble;
    struct bp_route_config config = {.host = "127.0.0.1", .port = port};
    target.url.is_secure = is_secure;
    target.times = (struct bp_client_times){.connect_ms = 2000, .answer_ms = 10000};
    target.rate = rate;
    target.stopped = NULL;
    target.use = &use;
    use = (struct time_use){{0}};
    if (remote_size() > sizeof space || !bp_route_find(&target.route, &trouble, &config))
        return false;
    remote = remote_open(space, &target);
    subject = remote_subject(remote);
    return true;
}

static bool start(const struct cue *acts, const struct bp_tls *tls, bool is_secure, unsigned rate)
{
    return scripted_start(&server, tls, acts) && begin(server.port, is_secure, rate);
}

static void end(void)
{
    remote_close(remote);
    scripted_stop(&server);
}

// Whether there was an exchange; `has_answer` says whether anything came back.
static bool has_answer;

static bool ask(void)
{
    static char space[4096];
    struct buf response = BUF(space);
    struct sending sending = {
        .request = VIEW("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), .answer_count = 1, .is_plain = true};
    bool is_exchanged = subject.exchange(subject.context, &response, &sending);
    has_answer = response.len != 0;
    return is_exchanged;
}

// Nobody listens: three tries, with time between them for somebody to come back.
static void check_refused(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {HEAR};
    CHECK(start(acts, NULL, false, 0));
    scripted_stop(&server);
    int64_t begin_ms = bp_clock_ms();
    CHECK(!ask());
    int64_t taken_ms = bp_clock_ms() - begin_ms;
    CHECK(taken_ms >= 500 && taken_ms < REMOTE_CONNECT_PATIENCE_MS);
    CHECK(remote_counts(remote)->failure_count == REMOTE_CONNECT_TRIES_MAX);
    CHECK(remote_last_end(remote)->kind == BP_END_REFUSED && !remote_is_lost(remote));
    CHECK(remote_counts(remote)->request_count == 0);
    remote_close(remote);
}

// No TLS is spoken there: another try would not help, and after some exchanges nobody asks.
static void check_lost(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {
        SAY("220 hello\r\n"), CLOSE, SAY("220 hello\r\n"), CLOSE, SAY("220 hello\r\n"), CLOSE,
        SAY("220 hello\r\n"), CLOSE, SAY("220 hello\r\n"), CLOSE};
    CHECK(start(acts, NULL, true, 0));
    for (unsigned i = 1; i <= REMOTE_LOST_COUNT + 2; i++) {
        CHECK_ROW(i, !ask());
        CHECK_ROW(i, remote_is_lost(remote) == (i >= REMOTE_LOST_COUNT));
    }
    CHECK(remote_counts(remote)->failure_count == REMOTE_LOST_COUNT);
    CHECK(remote_last_end(remote)->kind == BP_END_PROTOCOL);
    CHECK(remote_last_trip(remote)->end.kind == BP_END_PROTOCOL);
    remote_hope(remote);
    CHECK(!remote_is_lost(remote));
    end();
}

// A server that wants another certificate says so behind the handshake of TLS 1.3.
static void check_certificate(const struct pki_folder *folder)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {HEAR};
    struct bp_trouble trouble = {""};
    struct bp_tls tls;
    struct bp_tls_server_config config = pair_server(folder, PKI_SERVER);
    struct bp_tls_client_config other = pair_client(folder, PKI_NONE);
    config.client_auth = BP_CLIENT_AUTH_REQUIRE;
    CHECK(bp_tls_server_init(&tls, &trouble, &config));
    CHECK(bp_tls_client_init(&target.tls, &trouble, &other));
    CHECK(start(acts, &tls, true, 0));
    CHECK(!ask() && !has_answer);
    CHECK(remote_last_end(remote)->kind == BP_END_ALERT && remote_last_end(remote)->code == 116);
    CHECK(!remote_is_lost(remote) && remote_counts(remote)->connection_count == 1);
    end();
    bp_tls_free(&tls);
    bp_tls_free(&target.tls);
}

static void check_rate(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {
        HEAR, SAY(GOOD), HEAR, SAY(GOOD), HEAR, SAY(GOOD), HEAR, SAY(GOOD), HEAR, SAY(GOOD)};
    CHECK(start(acts, NULL, false, 20));
    int64_t begin_ms = bp_clock_ms();
    for (unsigned i = 0; i < 5; i++)
        CHECK_ROW(i, ask() && has_answer);
    CHECK(bp_clock_ms() - begin_ms >= 199);
    CHECK(use.us[TIME_PAUSE] > 0);
    CHECK(remote_counts(remote)->connection_count == 1);
    end();
}

// What is waited for an answer is counted at once, also on a connection that is kept.
static void check_slow(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {
        HEAR, SAY("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"), DRIP("{  }"), HEAR};
    CHECK(start(acts, NULL, false, 0));
    int64_t begin_us = bp_clock_us();
    CHECK(ask() && has_answer);
    int64_t taken_us = bp_clock_us() - begin_us;
    CHECK(use.us[TIME_ENDPOINT] > SCRIPT_DRIP_MS * 1000 && use.us[TIME_ENDPOINT] <= taken_us);
    CHECK(use.us[TIME_PAUSE] == 0 && use.us[TIME_HOOK] == 0);
    end();
}

static void check_stop(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {HEAR};
    int left_count = 0;
    CHECK(start(acts, NULL, false, 0));
    target.stopped = is_told_to_stop;
    target.context = &left_count;
    CHECK(!ask() && !subject.wait(subject.context, 5));
    CHECK(remote_counts(remote)->connection_count == 0);
    left_count = 2;
    int64_t begin_ms = bp_clock_ms();
    CHECK(!ask());
    CHECK(bp_clock_ms() - begin_ms < 5000 && remote_counts(remote)->connection_count == 1);
    end();
}

static void check_wait(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {HEAR};
    CHECK(start(acts, NULL, false, 0));
    int64_t begin_ms = bp_clock_ms();
    CHECK(subject.wait(subject.context, 0) && bp_clock_ms() - begin_ms < 1000);
    begin_ms = bp_clock_ms();
    CHECK(subject.wait(subject.context, 1) && bp_clock_ms() - begin_ms >= 1000);
    CHECK(remote_counts(remote)->throttled_count == 2);
    CHECK(use.us[TIME_PAUSE] >= 1000000 && use.us[TIME_ENDPOINT] == 0);
    uint64_t first = subject.first_serial;
    remote_close(remote);
    scripted_sleep(2);
    CHECK(begin(server.port, false, 0));
    CHECK(first != 0 && subject.first_serial > first);
    end();
}

int main(void)
{
    struct pki_folder folder;
    struct bp_trouble trouble = {""};
    CHECK(pair_folder_make(&folder));
    struct bp_tls_client_config config = pair_client(&folder, PKI_CLIENT);
    CHECK(bp_tls_client_init(&target.tls, &trouble, &config));
    check_refused();
    check_lost();
    check_rate();
    check_slow();
    check_stop();
    check_wait();
    bp_tls_free(&target.tls);
    check_certificate(&folder);
    pki_folder_close(&folder);
    return unit_end();
}
