// SPDX-License-Identifier: Apache-2.0
// The command `serve`: the reference endpoint over mutual TLS, with what belongs to a deployment
// around it: a control port, an access log, a state that survives a restart.
#ifndef BP_SERVER_SERVE_H
#define BP_SERVER_SERVE_H

#include "net/server.h"
#include "operator/act.h"
#include "tool/cli.h"

enum serve_row {
    SERVE_LISTEN,
    SERVE_READY_FILE,
    SERVE_PKI,
    SERVE_CERT,
    SERVE_KEY,
    SERVE_CLIENT_CA,
    SERVE_CRL,
    SERVE_CLIENT_AUTH,
    SERVE_SUBJECT,
    SERVE_TLS_1_2,
    SERVE_TLS_1_3,
    SERVE_TLS_MAX,
    SERVE_PLAIN,
    SERVE_SIMS,
    SERVE_USER,
    SERVE_RATE,
    SERVE_STATE,
    SERVE_CONTROL,
    SERVE_ACCESS_LOG,
    SERVE_MAX_CONNECTIONS,
    SERVE_HANDSHAKE_TIME,
    SERVE_IDLE_TIME,
    SERVE_REQUEST_TIME,
    SERVE_WRITE_TIME,
    SERVE_CONFIG,
    SERVE_ROW_COUNT
};

// SERVE_ROWS are the rows of the command's table; a program with more options puts its own behind
// them, at SERVE_ROW_COUNT and on.
#define SERVE_ROWS                                                                                \
    [SERVE_LISTEN] = {"--listen", "ADDR:PORT",                                                    \
                      "where to listen; 127.0.0.1:0, any free port, by default"},                 \
    [SERVE_READY_FILE] = {"--ready-file", "FILE",                                                 \
                          "written once it listens: lines url, port and control"},                \
    [SERVE_PKI] = {"--pki", "DIR", "certificates from a folder that balprobe pki has made"},      \
    [SERVE_CERT] = {"--cert", "FILE", "the server's certificate and its chain, PEM"},             \
    [SERVE_KEY] = {"--key", "FILE", "its private key, PEM"},                                      \
    [SERVE_CLIENT_CA] = {"--client-ca", "FILE", "who may issue client certificates, PEM"},        \
    [SERVE_CRL] = {"--crl", "FILE", "revoked client certificates, PEM"},                          \
    [SERVE_CLIENT_AUTH] =                                                                         \
        {"--client-auth", "ask|require|none",                                                     \
         "bad certificates get 401 or 403, or an alert, or none is asked for; ask by default"},   \
    [SERVE_SUBJECT] = {"--subject", NULL, "only the documented subject is let in (GB-TLS-5)"},    \
    [SERVE_TLS_1_2] = {"--tlsv1.2", NULL, "TLS 1.2 or later, the default"},                       \
    [SERVE_TLS_1_3] = {"--tlsv1.3", NULL, "TLS 1.3 or later"},                                    \
    [SERVE_TLS_MAX] = {"--tls-max", "1.2|1.3", "nothing later"},                                  \
    [SERVE_PLAIN] = {"--plain", NULL, "HTTP in the clear, for standing behind a TLS terminator"}, \
    [SERVE_SIMS] = {"--sims", "FILE", "the operator's inventory; a sample by default"},           \
    [SERVE_USER] = {"--user", "NAME:PASS",                                                        \
                    "ask for these Basic credentials; ${VAR} reads the environment"},             \
    [SERVE_RATE] = {"--rate", "N", "answer 429 beyond N requests a second"},                      \
    [SERVE_STATE] = {"--state", "FILE", "SIMs, clock and transaction ids survive a restart"},     \
    [SERVE_CONTROL] = {"--control", "ADDR:PORT",                                                  \
                       "the back office: a port on loopback for balprobe control"},               \
    [SERVE_ACCESS_LOG] = {"--access-log", "FILE|-", "one line of JSON for each request"},         \
    [SERVE_MAX_CONNECTIONS] = {"--max-connections", "N", "further ones wait; 20000 by default"},  \
    [SERVE_HANDSHAKE_TIME] = {"--handshake-time", "SECONDS",                                      \
                              "to complete a handshake; 10 by default"},                          \
    [SERVE_IDLE_TIME] = {"--idle-time", "SECONDS", "between two requests; 60 by default"},        \
    [SERVE_REQUEST_TIME] = {"--request-time", "SECONDS",                                          \
                            "for a whole request, then 408; 10 by default"},                      \
    [SERVE_WRITE_TIME] = {"--write-time", "SECONDS", "to take an answer; 10 by default"},         \
    [SERVE_CONFIG] = {"-K, --config", "FILE...", "read further options from a file"}

// A serve_hook lets a program that knows more (wrong endpoints) change what is served. Each
// function may be NULL.
struct serve_hook {
    // prepare looks at the options of its own rows, first of all; false: it has told what is wrong,
    // and `*status` is the exit status.
    bool (*prepare)(void *context, int *status, const struct options *given);
    void (*change_tls)(void *context, struct bp_tls_server_config *config);
    // change_server may replace service, gate and switches, and the hooks that the control port's
    // commands go through; `config->service` and `*hooks` are the honest ones.
    void (*change_server)(void *context, struct bp_server_config *config, struct bp_hooks *hooks,
                          struct bp_deployment *deployment);
    void *context;
};

// serve_run runs the command until a signal: exit status 0. `hook` may be NULL.
int serve_run(const struct command *command, int argc, char **argv, const struct serve_hook *hook);

extern const struct command serve_command;
extern const struct command control_command;

#endif
