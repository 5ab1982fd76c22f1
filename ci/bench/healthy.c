// SPDX-License-Identifier: Apache-2.0
#include "healthy.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "meter.h"
#include "party.h"

enum {
    GAP_MS = 5,
    REQUEST_COUNT = 50,        // on one connection
    LATENCY_COUNT_MAX = 65536, // the last ones are kept
};

struct healthy {
    pid_t pid;
    int fd; // the end of it is the word to stop
};

struct report {
    uint64_t asked_count;
    uint64_t good_count;
    uint32_t p99_us;
    uint32_t longest_us;
};

static bool must_stop(int fd)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    return poll(&poller, 1, GAP_MS) != 0;
}

static void ask_once(struct report *report, struct party *party, struct bp_connection *connection,
                     uint32_t *latencies_us)
{
    int64_t begin_us = meter_now_us();
    if (report->asked_count % REQUEST_COUNT == 0) {
        bp_connection_close(connection);
        *connection = (struct bp_connection){.stream.fd = -1};
        if (!party_dial(party, connection))
            *connection = (struct bp_connection){.stream.fd = -1};
    }
    report->good_count += party_ask(party, connection) == 200;
    latencies_us[report->asked_count % LATENCY_COUNT_MAX] = (uint32_t)(meter_now_us() - begin_us);
    report->asked_count++;
}

// What the process does; it reports through `fd`.
static int live(const char *folder, uint16_t port, int fd)
{
    static uint32_t latencies_us[LATENCY_COUNT_MAX];
    struct report report = {.asked_count = 0};
    struct bp_connection connection = {.stream.fd = -1};
    struct party party;
    if (!party_init(&party, folder, port))
        return 1;
    do
        ask_once(&report, &party, &connection, latencies_us);
    while (!must_stop(fd));
    size_t count = report.asked_count < LATENCY_COUNT_MAX ? report.asked_count : LATENCY_COUNT_MAX;
    report.p99_us = meter_percentile(latencies_us, count, 99);
    report.longest_us = latencies_us[count - 1];
    bp_connection_close(&connection);
    party_free(&party);
    return write(fd, &report, sizeof report) == sizeof report ? 0 : 1;
}

struct healthy *healthy_start(const char *folder, uint16_t port)
{
    int fds[2];
    struct healthy *healthy = malloc(sizeof *healthy);
    if (healthy == NULL || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) {
        free(healthy);
        return NULL;
    }
    healthy->pid = fork();
    if (healthy->pid == 0) {
        close(fds[0]);
        _exit(live(folder, port, fds[1]));
    }
    close(fds[1]);
    healthy->fd = fds[0];
    return healthy;
}

bool healthy_end(struct healthy *healthy)
{
    struct report report;
    memset(&report, 0, sizeof report);
    shutdown(healthy->fd, SHUT_WR);
    bool has_report = read(healthy->fd, &report, sizeof report) == sizeof report;
    waitpid(healthy->pid, NULL, 0);
    close(healthy->fd);
    free(healthy);
    bool ok = meter_at_least("healthy client, answered 200", (double)report.good_count, "requests",
                             (double)(report.asked_count == 0 ? 1 : report.asked_count));
    meter_say("healthy client's p99", (double)report.p99_us / 1e3, "ms");
    meter_say("healthy client's longest, connecting included", (double)report.longest_us / 1e3,
              "ms");
    return ok && has_report;
}
