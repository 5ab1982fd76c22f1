// SPDX-License-Identifier: Apache-2.0
// balprobe serve: the reference endpoint, right, or wrong on purpose.
#include "server/serve.h"

#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/liar/lie_service.h"
#include "props/liar/tls_liars.h"
#include "tool/files.h"
#include "tool/nearest.h"

enum { FAULT = SERVE_ROW_COUNT, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    SERVE_ROWS,
    [FAULT] = {"--fault", "NAME",
               "be wrong on purpose, as this liar; balprobe explain CLAUSE lists them"},
};

// A fault is one of the two kinds of liars.
struct fault {
    const struct liar *liar;        // NULL: another kind
    const struct tls_liar *spoiler; //
    struct tls_lie tls_lie;
    struct fixture fixture;
    void *space; // of the liar
    struct bp_tls_server_config *tls_config;
    char cert[FILE_PATH_LEN_MAX]; // of another certificate to serve
    char key[FILE_PATH_LEN_MAX];
};

static const char *name_at(const void *table, size_t index)
{
    (void)table;
    if (index < liar_count())
        return liar_at(index)->name;
    index -= liar_count();
    return index < variant_count() ? variant_at(index)->name
                                   : tls_liars[index - variant_count()].name;
}

static bool refuse(int *status, const char *words, const char *given, const char *nearest)
{
    *status = cli_refuse(words, given, nearest);
    return false;
}

static bool find_fault(struct fault *fault, int *status, const char *name)
{
    fault->liar = liar_find(view_of_text(name));
    fault->spoiler = tls_liar_find(view_of_text(name));
    if (fault->liar == NULL && fault->spoiler == NULL) {
        size_t count = liar_count() + variant_count() + tls_liar_count();
        return refuse(status, "there is no liar called ", name,
                      nearest_word(name, name_at, NULL, count));
    }
    if (fault->liar != NULL && fault->liar->judge != NULL)
        return refuse(status, "this liar is a wrong judge, not an endpoint: ", name, NULL);
    return true;
}

static bool prepare(void *context, int *status, const struct options *given)
{
    struct fault *fault = context;
    const char *name = given->values[FAULT];
    if (name == NULL)
        return true;
    if (!find_fault(fault, status, name))
        return false;
    fault->space = malloc(lie_service_size());
    if (fault->space == NULL) {
        *status = cli_out_of_memory();
        return false;
    }
    if (fault->spoiler != NULL && given->values[SERVE_PLAIN] != NULL)
        return refuse(status, "this liar is wrong about TLS, and --plain is without: ", name, NULL);
    if (fault->spoiler == NULL || fault->spoiler->serves == PKI_CLIENT)
        return true;
    const char *folder = given->values[SERVE_PKI];
    if (folder == NULL)
        return refuse(status, "this liar has another certificate and needs --pki DIR: ", name,
                      NULL);
    return (pki_path(fault->cert, sizeof fault->cert, folder, fault->spoiler->serves, ".pem") &&
            pki_path(fault->key, sizeof fault->key, folder, fault->spoiler->serves, ".key")) ||
           refuse(status, "the path is too long: ", folder, NULL);
}

// Both configurations are spoilt together, before either is used.
static void change_tls(void *context, struct bp_tls_server_config *config)
{
    struct fault *fault = context;
    fault->tls_config = config;
}

static void change_server(void *context, struct bp_server_config *config, struct bp_hooks *hooks,
                          struct bp_deployment *deployment)
{
    struct fault *fault = context;
    struct bp_endpoint *endpoint = &deployment->endpoint;
    if (fault->liar != NULL) {
        struct lie_service *lying = lie_service_open(fault->space, fault->liar, endpoint);
        config->service = lie_service_of(lying);
        *hooks = lie_service_hooks(lying, *hooks);
    }
    if (fault->spoiler == NULL)
        return;
    tls_liar_spoil(fault->spoiler, fault->tls_config, config);
    if (fault->cert[0] != '\0') {
        fault->tls_config->cert_path = fault->cert;
        fault->tls_config->key_path = fault->key;
    }
    fixture_from_inventory(&fault->fixture, &deployment->inventory);
    tls_lie_start(&fault->tls_lie, fault->spoiler, endpoint, fault->fixture.iccid[ROLE_U]);
    config->service = fault->tls_lie.service;
}

static int run_serve(const struct command *command, int argc, char **argv)
{
    struct fault *fault = calloc(1, sizeof *fault);
    if (fault == NULL)
        return cli_out_of_memory();
    const struct serve_hook hook = {prepare, change_tls, change_server, fault};
    int status = serve_run(command, argc, argv, &hook);
    free(fault->space);
    free(fault);
    return status;
}

const struct command serve_fault_command = {
    "serve",
    "",
    "Serves the reference endpoint, or a wrong one, over mutual TLS until SIGTERM or SIGINT, and "
    "then answers what is under way.",
    rows,
    ROW_COUNT,
    run_serve};
