// SPDX-License-Identifier: Apache-2.0
// A host (props/run/host.h) with its certificates, and the target that points to it.
#ifndef BP_PROPS_UNIT_TLS_SERVER_H
#define BP_PROPS_UNIT_TLS_SERVER_H

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "operator/deployment.h"
#include "props/case/fixture.h"
#include "props/run/host.h"
#include "props/subject/target.h"
#include "props/unit/pki_folder.h"
#include "props/unit/unit.h"
#include "sample_inventory.h"

struct tls_server {
    struct pki_folder folder;
    bool has_crl;       // it gets the revocation list
    const char *trusts; // who may issue client certificates; NULL: the folder's CA
    struct host host;
    char url[64];
    char ca[FOLDER_LEN_MAX + 64];
    char cert[FOLDER_LEN_MAX + 64];
    char key[FOLDER_LEN_MAX + 64];
    struct target target;
    struct fixture fixture;
    struct bp_deployment *deployment; // names the roles
};

static inline void tls_server_stop(struct tls_server *server)
{
    bp_tls_free(&server->target.tls);
    memset(&server->target.tls, 0, sizeof server->target.tls);
    host_stop(&server->host);
}

static inline struct view tls_server_sims(void)
{
    return view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
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
    const struct host_options options = {.folder = server->folder.path,
                                         .sims = tls_server_sims(),
                                         .fixture = &server->fixture,
                                         .spoiler = liar,
                                         .client_ca_path = server->trusts,
                                         .ignores_crl = !server->has_crl};
    struct bp_trouble trouble;
    if (host_start(&server->host, &trouble, &options))
        return tls_server_aim(server, server->host.port);
    printf("%s\n", trouble.words);
    return false;
}

// tls_server_open makes the folder of certificates and reads the sample inventory.
static inline bool tls_server_open(struct tls_server *server)
{
    struct bp_fault fault;
    struct pki_options options = {.now_s = time(NULL)};
    struct pki_folder *folder = &server->folder;
    memset(server, 0, sizeof *server);
    signal(SIGPIPE, SIG_IGN);
    if (!pki_folder_open(folder) ||
        !pki_make(folder->path, &options, folder->message, sizeof folder->message))
        return false;
    struct bp_deployment_config config = {.start_ms = (int64_t)time(NULL) * 1000};
    server->deployment =
        bp_deployment_open(malloc(bp_deployment_size()), &fault, tls_server_sims(), &config);
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
