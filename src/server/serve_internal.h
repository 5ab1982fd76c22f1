// SPDX-License-Identifier: Apache-2.0
// The inside of the command `serve`, shared by serve.c (the run), serve_config.c (what the options
// mean) and serve_operator.c (inventory and state).
#ifndef BP_SERVER_SERVE_INTERNAL_H
#define BP_SERVER_SERVE_INTERNAL_H

#include <stdio.h>

#include "server/control.h"
#include "server/serve.h"
#include "server/state.h"
#include "tool/files.h"

enum serve_pki { SERVE_PKI_CERT, SERVE_PKI_KEY, SERVE_PKI_CA, SERVE_PKI_CRL, SERVE_PKI_COUNT };

struct serve {
    const struct serve_hook *hook;
    struct options given;
    struct place place;
    struct place control_place;
    char pki[SERVE_PKI_COUNT][FILE_PATH_LEN_MAX];
    struct bp_tls_server_config tls_config;
    struct bp_tls tls;
    struct bp_server_config config;
    uint32_t rate_per_s;
    void *space;              // of the deployment
    struct bp_sim *kept_sims; // for the back office's undo
    struct office office;
    struct bp_server *server;
    struct control control;
    int signal_fd;
    int timer_fd;
    FILE *log;
    uint64_t saved_change_count; // what the state on disk knows
    uint64_t saved_id_count;
};

// serve_configure takes the options over into place, tls_config, config and rate. False with the
// exit status, and told.
BP_MUST_USE bool serve_configure(struct serve *serve, int *status);

// serve_open_operator opens the deployment from the state, the inventory or the sample. False with
// the exit status, and told.
BP_MUST_USE bool serve_open_operator(struct serve *serve, int *status);

// serve_save writes the state when it has changed since it was written. False, and told, when it
// cannot be written.
bool serve_save(struct serve *serve);

#endif
