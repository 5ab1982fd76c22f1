// SPDX-License-Identifier: Apache-2.0
// Thousands of idle connections over mutual TLS: what each costs the server, and whether a client
// that is not idle notices.
//
//   idle PORT FOLDER PID COUNT
//
// Each of COUNT connections sends one request, then nothing until the end, when each sends another.
// Exit status 1: a limit was not kept; 3: the machine does not allow so many open files.
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "meter.h"
#include "party.h"

enum {
    ROUND_COUNT = 12,
    REQUEST_COUNT = 1000, // of a round
    SPARE_FILE_COUNT = 64,
    RESIDENT_KIB_MAX = 32,
    P99_TIMES_MAX = 2,
};

struct figures {
    uint32_t p99_us; // of the quietest round: other load of the machine only adds
    uint64_t cpu_ns; // of the server, for a request
    size_t good_count;
};

static void measure(struct figures *out, struct party *party, struct bp_connection *active,
                    uint64_t pid)
{
    *out = (struct figures){.p99_us = UINT32_MAX, .cpu_ns = UINT64_MAX};
    for (unsigned i = 0; i < ROUND_COUNT; i++) {
        uint32_t p99_us = 0;
        uint64_t begin_ns = meter_cpu_ns(pid);
        out->good_count += party_measure(party, active, REQUEST_COUNT, &p99_us);
        uint64_t taken_ns = (meter_cpu_ns(pid) - begin_ns) / REQUEST_COUNT;
        out->p99_us = p99_us < out->p99_us ? p99_us : out->p99_us;
        out->cpu_ns = taken_ns < out->cpu_ns ? taken_ns : out->cpu_ns;
    }
}

// How many connections the limit of open files leaves, here and at the server, which has the same.
static size_t allowed_count(size_t wanted_count)
{
    struct rlimit limit = {0, 0};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted_count + SPARE_FILE_COUNT)
        return wanted_count;
    fprintf(stderr,
            "idle: this machine allows %llu open files a process, and %zu connections need %zu: "
            "raise it (ulimit -Hn as root, or LimitNOFILE); going on with fewer\n",
            (unsigned long long)limit.rlim_cur, wanted_count, wanted_count + SPARE_FILE_COUNT);
    return limit.rlim_cur > SPARE_FILE_COUNT ? (size_t)limit.rlim_cur - SPARE_FILE_COUNT : 0;
}

static size_t gather(struct party *party, struct bp_connection *crowd, size_t count)
{
    size_t i = 0;
    while (i < count && party_dial(party, &crowd[i])) {
        unsigned status = party_ask(party, &crowd[i++]);
        if (status != 200) {
            fprintf(stderr, "idle: connection %zu was answered %u\n", i, status);
            break;
        }
    }
    return i;
}

static size_t count_alive(struct party *party, struct bp_connection *crowd, size_t count)
{
    size_t alive_count = 0;
    for (size_t i = 0; i < count; i++)
        alive_count += party_ask(party, &crowd[i]) == 200;
    return alive_count;
}

static bool soak(struct party *party, struct bp_connection *crowd, size_t count, uint64_t pid)
{
    struct bp_connection active;
    struct figures alone;
    struct figures among;
    if (!party_dial(party, &active))
        return false;
    measure(&alone, party, &active, pid);
    uint64_t before_kib = meter_resident_kib(pid);
    int64_t begin_us = meter_now_us();
    size_t gathered_count = gather(party, crowd, count);
    meter_say("gathering the crowd", (double)(meter_now_us() - begin_us) / 1e6, "s");
    uint64_t with_kib = meter_resident_kib(pid);
    measure(&among, party, &active, pid);
    size_t alive_count = count_alive(party, crowd, gathered_count);
    uint64_t after_kib = meter_resident_kib(pid);
    for (size_t i = 0; i < gathered_count; i++)
        bp_connection_close(&crowd[i]);
    bp_connection_close(&active);
    double per_kib = (double)(with_kib - before_kib) / (double)(count == 0 ? 1 : count);
    double after_per_kib = (double)(after_kib - before_kib) / (double)(count == 0 ? 1 : count);
    bool ok =
        meter_at_least("idle connections", (double)gathered_count, "connections", (double)count);
    ok &= meter_at_most("resident memory of each", per_kib, "KiB", RESIDENT_KIB_MAX);
    ok &=
        meter_at_most("the same when all have asked again", after_per_kib, "KiB", RESIDENT_KIB_MAX);
    ok &= meter_at_least("alive at the end", (double)alive_count, "connections", (double)count);
    ok &=
        meter_at_least("active client answered 200", (double)(alone.good_count + among.good_count),
                       "requests", 2.0 * ROUND_COUNT * REQUEST_COUNT);
    meter_say("active client's p99, alone", alone.p99_us, "us");
    ok &= meter_at_most("active client's p99, among them", among.p99_us, "us",
                        P99_TIMES_MAX * (double)alone.p99_us);
    meter_say("server CPU a request, alone", (double)alone.cpu_ns / 1e3, "us");
    ok &= meter_at_most("server CPU a request, among them", (double)among.cpu_ns / 1e3, "us",
                        P99_TIMES_MAX * (double)alone.cpu_ns / 1e3);
    return ok;
}

int main(int argc, char **argv)
{
    uint64_t port = 0;
    uint64_t pid = 0;
    uint64_t count = 0;
    struct party party;
    bool is_command = argc == 5 && meter_number(&port, argv[1]) && port < 65536 &&
                      meter_number(&pid, argv[3]) && meter_number(&count, argv[4]);
    if (!is_command) {
        fprintf(stderr, "usage: idle PORT FOLDER PID COUNT\n");
        return 2;
    }
    size_t allowed = allowed_count(count);
    struct bp_connection *crowd = calloc(allowed + 1, sizeof *crowd);
    bool ok = crowd != NULL && party_init(&party, argv[2], (uint16_t)port) &&
              soak(&party, crowd, allowed, pid);
    if (crowd != NULL)
        party_free(&party);
    free(crowd);
    return !ok ? 1 : allowed < count ? 3 : 0;
}
