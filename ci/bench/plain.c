// SPDX-License-Identifier: Apache-2.0
// What the client of `check` costs on plain requests alone, which share connections: random cases,
// generated, sent, read and judged by all clauses, whatever is not plain left out unsent.
//
//   plain PORT FOLDER COUNT judged|sent|made
//
// `sent`: no case, the same plain request is sent COUNT times through the remote subject. `made`:
// the cases are made, and nothing is sent. It prints requests, connections, nanoseconds of own CPU.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "meter.h"
#include "party.h"
#include "props/run/check.h"
#include "props/subject/guard.h"
#include "props/subject/local.h"
#include "props/subject/remote.h"
#include "sample_inventory.h"

struct bench {
    struct world world;
    struct target target;
    struct guard guard;
    struct party party;
    struct remote *remote;
    void *trial_space;
    struct check_result result;
};

static bool prepare(struct bench *bench, const char *folder, uint16_t port)
{
    char url[64];
    struct bp_fault fault;
    struct view text = view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
    struct local *local = local_open(malloc(local_size()), &fault, text, LOCAL_OPEN);
    if (local == NULL || !party_init(&bench->party, folder, port))
        return false;
    local_world(&bench->world, local);
    snprintf(url, sizeof url, "https://127.0.0.1:%u/v1", port);
    if (!bp_url_read(&bench->target.url, &fault, view_of_text(url)))
        return false;
    bench->world.fixture.host = bench->target.url.authority;
    bench->target.route = bench->party.route;
    bench->target.tls = bench->party.tls;
    bench->target.times = bench->party.times;
    bench->trial_space = malloc(trial_size());
    bench->remote = remote_open(malloc(remote_size()), &bench->target);
    guard_init(&bench->guard, remote_subject(bench->remote), &bench->world.fixture);
    bench->guard.only_plain = true;
    bench->world.subject = guard_subject(&bench->guard);
    bench->world.subject.together = NULL; // these need connections of their own
    bench->world.subject.beside = NULL;
    return bench->trial_space != NULL;
}

static bool judge(struct bench *bench, uint64_t count)
{
    struct check_options options = {.seed = 0x5eed, .case_count = count, .run_cap = 1};
    for (size_t i = 0; i < CLAUSE_COUNT_MAX; i++)
        options.only[i] = true;
    check_run(&bench->result, &options, &bench->world, 1, bench->trial_space);
    return bench->result.saw_200 || bench->guard.list != NULL;
}

static bool send_only(struct bench *bench, uint64_t count)
{
    static char space[65536];
    char request[512];
    for (uint64_t i = 0; i < count; i++) {
        struct buf response = BUF(space);
        struct sending sending = {
            .request = party_request(&bench->party, request), .answer_count = 1, .is_plain = true};
        const struct subject *subject = &bench->world.subject;
        if (!subject->exchange(subject->context, &response, &sending))
            return false;
        if (!view_starts(buf_view(&response), VIEW("HTTP/1.1 200")))
            return false;
    }
    return true;
}

static void leave_out(void *context, const struct sending *sending)
{
    (void)sending;
    ++*(uint64_t *)context;
}

int main(int argc, char **argv)
{
    static struct bench bench;
    uint64_t port = 0;
    uint64_t count = 0;
    uint64_t made_count = 0;
    bool is_command =
        argc == 5 && meter_number(&port, argv[1]) && port < 65536 && meter_number(&count, argv[3]);
    if (!is_command || !prepare(&bench, argv[2], (uint16_t)port)) {
        fprintf(stderr, "usage: plain PORT FOLDER COUNT judged|sent|made\n");
        return 2;
    }
    bool only_sends = strcmp(argv[4], "sent") == 0;
    if (strcmp(argv[4], "made") == 0) {
        bench.guard.list = leave_out;
        bench.guard.context = &made_count;
    }
    uint64_t begin_ns = meter_own_cpu_ns();
    bool ok = only_sends ? send_only(&bench, count) : judge(&bench, count);
    uint64_t taken_ns = meter_own_cpu_ns() - begin_ns;
    const struct remote_counts *counts = remote_counts(bench.remote);
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
           made_count == 0 ? counts->request_count : made_count, counts->connection_count,
           taken_ns);
    remote_close(bench.remote);
    party_free(&bench.party);
    return ok ? 0 : 1;
}
