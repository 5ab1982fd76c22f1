// SPDX-License-Identifier: Apache-2.0
// Endpoints in processes of their own, over mutual TLS.
#include "props/run/hosted.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "props/run/prove_tls.h"
#include "props/unit/pki_folder.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

static struct hosted hosted;
static struct pki_folder folder;

static struct world mounted(enum local_kind kind, const char *liar)
{
    struct world world = honest[kind];
    CHECK(hosted_mount(&hosted, &world, 1, liar == NULL ? NULL : liar_find(view_of_text(liar)),
                       NULL));
    return world;
}

static unsigned ask(const struct world *world, const char *query, enum fate *fate)
{
    struct trial *trial = trial_init(trial_space);
    trial_start(trial, NULL, world);
    struct buf *request = trial_request(trial, 0);
    buf_put(request, VIEW("GET "));
    buf_put(request, world->fixture.base);
    buf_put(request, VIEW("/sims/"));
    buf_put(request, world->fixture.iccid[ROLE_A]);
    buf_put_text(request, query);
    buf_put(request, VIEW(" HTTP/1.1\r\nHost: mo.example\r\n\r\n"));
    const struct exchange *x = trial_send(trial, 0, NULL);
    if (fate != NULL)
        *fate = x->fate;
    return x->status;
}

static void check_worlds(void)
{
    struct world world = mounted(LOCAL_OPEN, NULL);
    CHECK(ask(&world, "/balances", NULL) == 200);
    CHECK(ask(&world, "/balances?limit=-1", NULL) == 400);
    world = mounted(LOCAL_ROOT, NULL);
    CHECK(ask(&world, "/balances", NULL) == 200);
    world = mounted(LOCAL_BASIC, NULL);
    CHECK(ask(&world, "/balances", NULL) == 401);
    world = mounted(LOCAL_OPEN, "limit-absolute");
    CHECK(ask(&world, "/balances?limit=-1", NULL) == 200);
}

// A process that is gone is no answer, and nobody is left behind.
static void check_end(void)
{
    struct world world = mounted(LOCAL_OPEN, NULL);
    pid_t pid = hosted.worlds[0].host.pid;
    enum fate fate = FATE_ANSWERED;
    CHECK(pid > 0 && kill(pid, 0) == 0);
    host_stop(&hosted.worlds[0].host);
    CHECK(kill(pid, 0) != 0 && errno == ESRCH);
    CHECK(ask(&world, "/balances", &fate) == 0);
    CHECK(fate == FATE_FAILED);
    hosted_close(&hosted);
    hosted_close(&hosted);
}

static void check_trouble(void)
{
    struct host host;
    struct bp_trouble trouble = {""};
    struct host_options options = {
        .folder = folder.above.path, .sims = VIEW("{}"), .fixture = &honest[LOCAL_OPEN].fixture};
    CHECK(!host_start(&host, &trouble, &options));
    CHECK(strcmp(trouble.words, "the inventory is refused") == 0);
    host_stop(&host);
    options.sims = hosted.sims;
    CHECK(!host_start(&host, &trouble, &options));
    CHECK(strstr(trouble.words, "server.pem") != NULL);
    host_stop(&host);
}

// Two worlds are proved: the honest one passes, and its own clause catches a wrong one.
static void check_proof(void)
{
    struct prove_result *result = calloc(1, sizeof *result);
    CHECK(prove_tls_one(result,
                        &(struct prove_tls_options){.hosted = &hosted,
                                                    .open = &honest[LOCAL_OPEN],
                                                    .basic = &honest[LOCAL_BASIC],
                                                    .now_s = time(NULL)},
                        tls_liar_find(VIEW("tls-expired-403"))));
    CHECK(result->liar_count == 1 && prove_is_caught(&result->liars[0]));
    CHECK(result->liars[0].saw_200 && result->liars[0].failed_count == 0);
    free(result);
}

int main(void)
{
    CHECK(open_worlds());
    CHECK(pki_folder_open(&folder));
    const struct pki_options pki = {.now_s = time(NULL)};
    CHECK(pki_make(folder.path, &pki, folder.message, sizeof folder.message));
    CHECK(hosted_open(&hosted, folder.path,
                      view_of((const char *)sample_inventory_text, sample_inventory_len), NULL));
    check_worlds();
    check_end();
    check_trouble();
    check_proof();
    hosted_close(&hosted);
    pki_folder_close(&folder);
    close_worlds();
    return unit_end();
}
