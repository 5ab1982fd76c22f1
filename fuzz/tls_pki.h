// SPDX-License-Identifier: Apache-2.0
// A server and a client of the test PKI, made once; its files are gone before the first input.
#ifndef BP_FUZZ_TLS_PKI_H
#define BP_FUZZ_TLS_PKI_H

#include <time.h>

#include "certs/pki.h"
#include "fuzz.h"
#include "net/stream.h"
#include "tool/scratch.h"

// LLVMFuzzerInitialize is called by engines before the first input, and before they measure; the
// replay driver has none of it.
int LLVMFuzzerInitialize(int *argc, char ***argv);

struct tls_ends {
    struct bp_tls server, client;
};

enum { TLS_PATH_LEN_MAX = 320 };

// tls_shake carries what each of two streams says to the other until both are open, in at most ten
// turns.
static inline bool tls_shake(struct bp_stream *client, struct bp_stream *server)
{
    static char space[1 << 16];
    for (unsigned turn = 0; turn < 10 && (!client->is_open || !server->is_open); turn++) {
        (void)bp_stream_handshake(client);
        size_t len = bp_stream_drain(client, space, sizeof space);
        FUZZ_ASSERT(bp_stream_feed(server, view_of(space, len)));
        (void)bp_stream_handshake(server);
        len = bp_stream_drain(server, space, sizeof space);
        FUZZ_ASSERT(bp_stream_feed(client, view_of(space, len)));
    }
    return client->is_open && server->is_open;
}

// Two of them, left alone, open: what is asserted of hostile bytes can fail.
static inline void tls_check_open(const struct tls_ends *ends)
{
    struct bp_stream client, server;
    FUZZ_ASSERT(bp_stream_init_memory(&client, &ends->client, "localhost", NULL));
    FUZZ_ASSERT(bp_stream_init_memory(&server, &ends->server, NULL, NULL));
    FUZZ_ASSERT(tls_shake(&client, &server));
    bp_stream_close(&client);
    bp_stream_close(&server);
}

static inline void tls_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    FUZZ_ASSERT(file != NULL && fputs(text, file) >= 0);
    FUZZ_ASSERT(fclose(file) == 0);
}

// tls_open makes the two ends. `authority` is who may issue client certificates, with revocation
// lists, in PEM; NULL: the root of the PKI, without lists.
static inline void tls_open(struct tls_ends *out, const char *authority)
{
    static const char *const hosts[] = {"localhost"};
    const struct pki_options options = {time(NULL), hosts, 1};
    char message[PKI_MESSAGE_LEN_MAX];
    char folder[TLS_PATH_LEN_MAX - 32], root[TLS_PATH_LEN_MAX], issuer[TLS_PATH_LEN_MAX];
    char cert[TLS_PATH_LEN_MAX], key[TLS_PATH_LEN_MAX];
    struct scratch scratch;
    struct bp_trouble trouble;
    FUZZ_ASSERT(scratch_open(&scratch));
    snprintf(folder, sizeof folder, "%s/pki", scratch.path);
    FUZZ_ASSERT(pki_make(folder, &options, message, sizeof message));
    FUZZ_ASSERT(pki_path(root, sizeof root, folder, PKI_ROOT, ".pem"));
    FUZZ_ASSERT(pki_path(cert, sizeof cert, folder, PKI_SERVER, ".pem"));
    FUZZ_ASSERT(pki_path(key, sizeof key, folder, PKI_SERVER, ".key"));
    snprintf(issuer, sizeof issuer, "%s/issuer.pem", folder);
    if (authority != NULL)
        tls_write(issuer, authority);
    const struct bp_tls_server_config server = {.cert_path = cert,
                                                .key_path = key,
                                                .client_ca_path = authority != NULL ? issuer : root,
                                                .crl_path = authority != NULL ? issuer : NULL};
    const struct bp_tls_client_config client = {.ca_path = root};
    FUZZ_ASSERT(bp_tls_server_init(&out->server, &trouble, &server));
    FUZZ_ASSERT(bp_tls_client_init(&out->client, &trouble, &client));
    scratch_close(&scratch);
    tls_check_open(out);
}

#endif
