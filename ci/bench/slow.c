// SPDX-License-Identifier: Apache-2.0
// Slow clients: a thousand that say nothing, or a byte a second, or never read, beside one that is
// healthy.
//
//   slow PORT FOLDER PID COUNT SECONDS
//
// Whoever is closed is replaced by another one of its kind until SECONDS are over; then the last
// ones are waited for. The server has its own deadlines, 10 seconds for each of these kinds.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "healthy.h"
#include "meter.h"
#include "party.h"

enum kind {
    KIND_SILENT,  // connected, and nothing
    KIND_HELLO,   // its handshake comes a byte a second
    KIND_REQUEST, // its request comes a byte a second
    KIND_DEAF,    // asks and asks, and never reads
    KIND_COUNT
};

enum {
    DEADLINE_MS = 10000,
    DEAF_DEADLINE_MS = 20000, // the last answers are with the system, which may take as long again
    EARLY_MS = 200,
    LATE_MS = 3000, // what a busy machine may take longer
    TURN_MS = 1000,
    START_TURN_COUNT = 10,
    DEAF_SPACE_LEN = 16384, // else the system would take megabytes of requests
    RESIDENT_KIB_MAX = 256, // of each, with what they have sent and do not take
};

static const char *const names[KIND_COUNT] = {
    [KIND_SILENT] = "silent",
    [KIND_HELLO] = "handshake by the byte",
    [KIND_REQUEST] = "request by the byte",
    [KIND_DEAF] = "never reading",
};

struct slow {
    enum kind kind;
    struct bp_stream stream;
    size_t sent_len;
    int64_t begun_ms; // when the server's clock for it began
    bool is_there;
    bool was_told; // 408
};

struct tally {
    size_t begun_count, closed_count, told_count, early_count, late_count, failed_count;
    int64_t longest_ms;
};

struct soak {
    struct party party;
    struct slow *slows;
    size_t count;
    int epoll_fd;
    bool is_ending;
    struct tally tallies[KIND_COUNT];
};

static int64_t now_ms(void) { return meter_now_us() / 1000; }

static bool is_secure(enum kind kind) { return kind == KIND_REQUEST || kind == KIND_DEAF; }

static bool dial(struct soak *soak, struct slow *slow)
{
    const struct bp_route *route = &soak->party.route;
    const struct bp_address *address = &route->addresses[0];
    const struct sockaddr *sockaddr = (const struct sockaddr *)(const void *)address->bytes;
    const struct bp_tls *tls = is_secure(slow->kind) ? &soak->party.tls : NULL;
    const int deaf_len = DEAF_SPACE_LEN;
    int fd = bp_route_socket(route, address);
    if (fd < 0)
        return false;
    if (!bp_stream_init(&slow->stream, tls, fd, route->config.host, NULL))
        return false;
    if (slow->kind == KIND_DEAF)
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &deaf_len, sizeof deaf_len);
    if (connect(fd, sockaddr, (socklen_t)address->len) != 0 && errno != EINPROGRESS)
        return false;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                .data.ptr = slow};
    return epoll_ctl(soak->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static void begin(struct soak *soak, struct slow *slow)
{
    enum kind kind = slow->kind;
    *slow = (struct slow){.kind = kind, .stream.fd = -1, .begun_ms = now_ms()};
    soak->tallies[kind].begun_count++;
    slow->is_there = dial(soak, slow);
    if (slow->is_there)
        return;
    bp_stream_close(&slow->stream);
    soak->tallies[kind].failed_count++;
}

static int64_t latest_ms(enum kind kind)
{
    return (kind == KIND_DEAF ? DEAF_DEADLINE_MS : DEADLINE_MS) + LATE_MS;
}

static void end(struct soak *soak, struct slow *slow)
{
    struct tally *tally = &soak->tallies[slow->kind];
    int64_t taken_ms = now_ms() - slow->begun_ms;
    tally->closed_count++;
    tally->failed_count += !slow->stream.is_open;
    tally->told_count += slow->was_told;
    tally->early_count += taken_ms < DEADLINE_MS - EARLY_MS;
    tally->late_count += taken_ms > latest_ms(slow->kind);
    if (taken_ms > tally->longest_ms)
        tally->longest_ms = taken_ms;
    bp_stream_close(&slow->stream);
    slow->is_there = false;
    if (!soak->is_ending)
        begin(soak, slow);
}

// Asks until nothing more is taken; false: it has been closed.
static bool ask_deaf(struct soak *soak, struct slow *slow)
{
    char request[512];
    for (;;) {
        size_t len = 0;
        struct view bytes = view_from(party_request(&soak->party, request), slow->sent_len);
        enum bp_step step = bp_stream_write(&slow->stream, bytes, &len);
        if (step != BP_STEP_DONE)
            return step == BP_STEP_WANT_WRITE;
        slow->sent_len = len == bytes.len ? 0 : slow->sent_len + len;
    }
}

// Reads what there is; false: it has been closed.
static bool hear(struct slow *slow)
{
    char answer[4096];
    size_t len = 0;
    enum bp_step step = BP_STEP_DONE;
    while (step == BP_STEP_DONE) {
        step = bp_stream_read(&slow->stream, answer, sizeof answer, &len);
        if (view_starts(view_of(answer, len), VIEW("HTTP/1.1 408")))
            slow->was_told = true;
    }
    return step != BP_STEP_ENDED;
}

// Something happened at a slow one.
static void look(struct soak *soak, struct slow *slow, uint32_t events)
{
    if (!slow->stream.is_open) {
        enum bp_step step = bp_stream_handshake(&slow->stream);
        if (step == BP_STEP_ENDED)
            end(soak, slow);
        if (step != BP_STEP_DONE)
            return;
        slow->begun_ms = now_ms();
    }
    bool is_gone = (events & (EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0;
    bool goes_on = slow->kind == KIND_DEAF ? !is_gone && ask_deaf(soak, slow) : hear(slow);
    if (!goes_on)
        end(soak, slow);
}

// One byte more of what comes slowly.
static void go_on(struct soak *soak, struct slow *slow)
{
    // The beginning of a ClientHello whose record would be 512 bytes long.
    static const char hello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03rrrrrrrrrrrrrrrr";
    char request[512];
    bool has_words = slow->kind == KIND_HELLO || slow->kind == KIND_REQUEST;
    if (!slow->is_there || !slow->stream.is_open || !has_words)
        return;
    struct view words = slow->kind == KIND_HELLO ? view_of(hello, sizeof hello - 1)
                                                 : party_request(&soak->party, request);
    struct view next = view_first(view_from(words, slow->sent_len), 1);
    size_t len = 0;
    if (slow->kind == KIND_REQUEST && slow->sent_len == 0)
        slow->begun_ms = now_ms();
    if (next.len != 0 && bp_stream_write(&slow->stream, next, &len) == BP_STEP_DONE)
        slow->sent_len += len;
}

static size_t there_count(const struct soak *soak)
{
    size_t count = 0;
    for (size_t i = 0; i < soak->count; i++)
        count += soak->slows[i].is_there;
    return count;
}

// One turn of a second: what happens meanwhile, then a byte of each.
static void turn(struct soak *soak)
{
    struct epoll_event events[256];
    int64_t end_ms = now_ms() + TURN_MS;
    for (int64_t left_ms = TURN_MS; left_ms > 0; left_ms = end_ms - now_ms()) {
        int count = epoll_wait(soak->epoll_fd, events, 256, (int)left_ms);
        for (int i = 0; i < count; i++)
            look(soak, events[i].data.ptr, events[i].events);
    }
    for (size_t i = 0; i < soak->count; i++)
        go_on(soak, &soak->slows[i]);
}

static bool say(const struct soak *soak)
{
    bool ok = true;
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        const struct tally *tally = &soak->tallies[kind];
        char name[80];
        snprintf(name, sizeof name, "%s, closed by the server", names[kind]);
        ok &= meter_at_least(name, (double)tally->closed_count, "connections",
                             (double)tally->begun_count);
        snprintf(name, sizeof name, "%s, closed early", names[kind]);
        ok &= meter_at_most(name, (double)tally->early_count, "connections", 0);
        snprintf(name, sizeof name, "%s, closed late", names[kind]);
        ok &= meter_at_most(name, (double)tally->late_count, "connections", 0);
        snprintf(name, sizeof name, "%s, longest", names[kind]);
        meter_say(name, (double)tally->longest_ms / 1e3, "s");
        snprintf(name, sizeof name, "%s, not connected", names[kind]);
        ok &= meter_at_most(name, (double)tally->failed_count, "connections", 0);
    }
    const struct tally *asked = &soak->tallies[KIND_REQUEST];
    return meter_at_least("request by the byte, answered 408", (double)asked->told_count,
                          "connections", (double)asked->begun_count) &&
           ok;
}

static bool run(struct soak *soak, uint64_t pid, uint64_t seconds)
{
    uint64_t before_kib = meter_resident_kib(pid);
    uint64_t most_kib = before_kib;
    int64_t end_ms = now_ms() + (int64_t)seconds * 1000;
    size_t begun_count = 0;
    int64_t last_ms = end_ms + DEAF_DEADLINE_MS + 2 * LATE_MS;
    while (!soak->is_ending || (there_count(soak) != 0 && now_ms() < last_ms)) {
        // A few at a time, so that their deadlines are not all the same.
        for (size_t i = 0; i <= soak->count / START_TURN_COUNT && begun_count < soak->count; i++) {
            struct slow *slow = &soak->slows[begun_count];
            slow->kind = (enum kind)(begun_count++ % KIND_COUNT);
            begin(soak, slow);
        }
        turn(soak);
        uint64_t kib = meter_resident_kib(pid);
        most_kib = kib > most_kib ? kib : most_kib;
        soak->is_ending = now_ms() >= end_ms;
    }
    bool ok = say(soak);
    ok &= meter_at_most("server's memory for each slow one",
                        (double)(most_kib - before_kib) / (double)soak->count, "KiB",
                        RESIDENT_KIB_MAX);
    return ok;
}

int main(int argc, char **argv)
{
    uint64_t port = 0;
    uint64_t pid = 0;
    uint64_t count = 0;
    uint64_t seconds = 0;
    struct soak soak = {.epoll_fd = epoll_create1(EPOLL_CLOEXEC)};
    bool is_command = argc == 6 && meter_number(&port, argv[1]) && port < 65536 &&
                      meter_number(&pid, argv[3]) && meter_number(&count, argv[4]) && count != 0 &&
                      meter_number(&seconds, argv[5]);
    if (!is_command) {
        fprintf(stderr, "usage: slow PORT FOLDER PID COUNT SECONDS\n");
        return 2;
    }
    soak.count = count;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    struct healthy *healthy = healthy_start(argv[2], (uint16_t)port);
    soak.slows = calloc(count, sizeof *soak.slows);
    bool ok =
        healthy != NULL && soak.slows != NULL && party_init(&soak.party, argv[2], (uint16_t)port);
    ok = ok && run(&soak, pid, seconds);
    ok &= healthy != NULL && healthy_end(healthy);
    if (soak.slows != NULL)
        party_free(&soak.party);
    free(soak.slows);
    close(soak.epoll_fd);
    return ok ? 0 : 1;
}
