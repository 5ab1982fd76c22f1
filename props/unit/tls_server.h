// SPDX-License-Identifier: Apache-2.0
// The reference endpoint over mutual TLS on loopback, right or as a liar, in a process of its own;
// and the target that points to it.
#ifndef BP_PROPS_UNIT_TLS_SERVER_H
#define BP_PROPS_UNIT_TLS_SERVER_H

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "operator/deployment.h"
#include "props/case/fixture.h"
#include "props/liar/tls_liars.h"
#include "props/subject/target.h"
#include "props/unit/pki_folder.h"
#include "props/unit/unit.h"
#include "sample_inventory.h"

struct tls_server {
    struct pki_folder folder;
    bool has_crl;            // it gets the revocation list
    bool checks_subject;     // tls.subject is on
    struct view credentials; // of Basic; empty: off
    const char *trusts;      // who may issue client certificates; NULL: the folder's CA
    pid_t pid;
    char url[64];
    char ca[FOLDER_LEN_MAX + 64];
    char cert[FOLDER_LEN_MAX + 64];
    char key[FOLDER_LEN_MAX + 64];
    struct target target;
    struct fixture fixture;
    struct bp_deployment *deployment; // names the roles
};

// In the child: serves until it is killed. The exit status is not 0 when it could not.
static inline int tls_server_serve(struct tls_server *server, const struct tls_liar *liar, int to)
{
    char crl[FOLDER_LEN_MAX + 64];
    char cert[FOLDER_LEN_MAX + 64];
    char key[FOLDER_LEN_MAX + 64];
    const char *folder = server->folder.path;
    enum pki_kind kind = liar == NULL || liar->serves == PKI_CLIENT ? PKI_SERVER : liar->serves;
    struct bp_tls_server_config tls_config = {
        .cert_path = cert,
        .key_path = key,
        .client_ca_path = server->trusts != NULL ? server->trusts : server->ca};
    if (!pki_path(cert, sizeof cert, folder, kind, ".pem") ||
        !pki_path(key, sizeof key, folder, kind, ".key") ||
        !pki_file_path(crl, sizeof crl, folder, PKI_CRL))
        return 1;
    if (server->has_crl)
        tls_config.crl_path = crl;
    static struct tls_lie lie;
    static const struct tls_liar honest = {.name = "honest"};
    struct bp_server_config config;
    struct bp_trouble trouble;
    struct bp_tls tls;
    bp_server_defaults(&config);
    config.gate.checks_subject = server->checks_subject;
    tls_liar_spoil(liar == NULL ? &honest : liar, &tls_config, &config);
    server->deployment->endpoint.credentials = server->credentials;
    tls_lie_start(&lie, liar == NULL ? &honest : liar, &server->deployment->endpoint,
                  server->fixture.iccid[ROLE_U]);
    config.service = lie.service;
    config.tls = &tls;
    if (!bp_tls_server_init(&tls, &trouble, &tls_config)) {
        fprintf(stderr, "%s\n", trouble.words);
        return 1;
    }
    struct bp_server *running = bp_server_new(&trouble, &config);
    if (running == NULL)
        return 1;
    uint16_t port = bp_server_port(running);
    if (write(to, &port, sizeof port) != sizeof port)
        return 1;
    return bp_server_run(running, &trouble) ? 0 : 1;
}

static inline void tls_server_stop(struct tls_server *server)
{
    bp_tls_free(&server->target.tls);
    memset(&server->target.tls, 0, sizeof server->target.tls);
    if (server->pid <= 0)
        return;
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    server->pid = 0;
}

static inline bool tls_server_aim(struct tls_server *server, uint16_t port)
{
    struct bp_fault fault;
    struct bp_trouble trouble;
    struct target *target = &server->target;
    snprintf(server->url, sizeof server->url, "https://127.0.0.1:%u/v1", (unsigned)port);
    target->times = (struct bp_client_times){.connect_ms = 5000, .answer_ms = 2000};
    target->tls_config = (struct bp_tls_client_config){
        .cert_path = server->cert, .key_path = server->key, .ca_path = server->ca};
    struct bp_route_config route = {.host = "127.0.0.1", .port = port};
    return bp_url_read(&target->url, &fault, view_of_text(server->url)) &&
           bp_route_find(&target->route, &trouble, &route) &&
           bp_tls_client_init(&target->tls, &trouble, &target->tls_config);
}

// tls_server_start starts a liar (NULL: the right server) and aims the target at it.
static inline bool tls_server_start(struct tls_server *server, const struct tls_liar *liar)
{
    int ends[2];
    uint16_t port = 0;
    if (pipe(ends) != 0)
        return false;
    server->pid = fork();
    if (server->pid == 0) {
        close(ends[0]);
        _exit(tls_server_serve(server, liar, ends[1]));
    }
    close(ends[1]);
    bool is_up = server->pid > 0 && read(ends[0], &port, sizeof port) == sizeof port;
    close(ends[0]);
    return is_up && tls_server_aim(server, port);
}

// tls_server_open makes the folder of certificates and reads the sample inventory.
static inline bool tls_server_open(struct tls_server *server)
{
    struct bp_fault fault;
    struct view text = view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
    struct pki_options options = {.now_s = time(NULL)};
    struct pki_folder *folder = &server->folder;
    memset(server, 0, sizeof *server);
    signal(SIGPIPE, SIG_IGN);
    if (!pki_folder_open(folder) ||
        !pki_make(folder->path, &options, folder->message, sizeof folder->message))
        return false;
    struct bp_deployment_config config = {.start_ms = (int64_t)time(NULL) * 1000};
    server->deployment = bp_deployment_open(malloc(bp_deployment_size()), &fault, text, &config);
    if (server->deployment == NULL)
        return false;
    fixture_from_inventory(&server->fixture, &server->deployment->inventory);
    return pki_path(server->ca, sizeof server->ca, folder->path, PKI_ROOT, ".pem") &&
           pki_path(server->cert, sizeof server->cert, folder->path, PKI_CLIENT, ".pem") &&
           pki_path(server->key, sizeof server->key, folder->path, PKI_CLIENT, ".key");
}

static inline void tls_server_close(struct tls_server *server)
{
    tls_server_stop(server);
    pki_folder_close(&server->folder);
    free(server->deployment);
}

#endif
