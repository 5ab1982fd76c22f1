// SPDX-License-Identifier: Apache-2.0
// A client and a server that talk through memory.
#ifndef BP_PROPS_UNIT_PAIR_H
#define BP_PROPS_UNIT_PAIR_H

#include <time.h>

#include "net/stream.h"
#include "props/unit/pki_folder.h"

struct pair {
    struct bp_stream client;
    struct bp_stream server;
};

// The folder with certificates as of now.
static inline bool pair_folder_make(struct pki_folder *folder)
{
    static const char *const hosts[] = {"localhost", "127.0.0.1", "::1"};
    struct pki_options options = {time(NULL), hosts, 3};
    return pki_folder_open(folder) &&
           pki_make(folder->path, &options, folder->message, sizeof folder->message);
}

// Paths stay valid until the next call with the same slot.
static inline const char *pair_path(const struct pki_folder *folder, enum pki_kind kind,
                                    const char *ending, unsigned slot)
{
    static char paths[8][FOLDER_LEN_MAX + 64];
    return pki_path(paths[slot], sizeof paths[slot], folder->path, kind, ending) ? paths[slot] : "";
}

static inline const char *pair_file(const struct pki_folder *folder, enum pki_file file,
                                    unsigned slot)
{
    static char paths[8][FOLDER_LEN_MAX + 64];
    return pki_file_path(paths[slot], sizeof paths[slot], folder->path, file) ? paths[slot] : "";
}

// A server that asks, and a client that trusts it and shows a certificate.
static inline struct bp_tls_server_config pair_server(const struct pki_folder *folder,
                                                      enum pki_kind own)
{
    return (struct bp_tls_server_config){.cert_path = pair_path(folder, own, ".pem", 0),
                                         .key_path = pair_path(folder, own, ".key", 1),
                                         .client_ca_path = pair_path(folder, PKI_ROOT, ".pem", 2),
                                         .crl_path = pair_file(folder, PKI_CRL, 0)};
}

static inline struct bp_tls_client_config pair_client(const struct pki_folder *folder,
                                                      enum pki_kind kind)
{
    struct bp_tls_client_config config = {.ca_path = pair_path(folder, PKI_ROOT, ".pem", 3)};
    if (kind == PKI_NONE)
        return config;
    config.cert_path = pair_path(folder, kind, ".pem", 4);
    config.key_path = pair_path(folder, kind, ".key", 5);
    return config;
}

static inline bool pair_open(struct pair *pair, const struct bp_tls *client,
                             const struct bp_tls *server, const char *name,
                             struct ssl_session_st *session)
{
    bool ok = bp_stream_init_memory(&pair->client, client, name, session);
    return bp_stream_init_memory(&pair->server, server, NULL, NULL) && ok;
}

static inline void pair_close(struct pair *pair)
{
    bp_stream_close(&pair->client);
    bp_stream_close(&pair->server);
}

// Carries what `from` wants to send, in pieces of `piece_len`; false when there was nothing.
static inline bool pair_carry(struct bp_stream *from, struct bp_stream *to, size_t piece_len)
{
    char space[4096];
    size_t len = bp_stream_drain(from, space, piece_len);
    return len != 0 && bp_stream_feed(to, view_of(space, len));
}

// Both shake hands until nothing moves any more.
static inline void pair_shake(struct pair *pair, size_t piece_len)
{
    for (bool moves = true; moves;) {
        bp_stream_handshake(&pair->client);
        moves = pair_carry(&pair->client, &pair->server, piece_len);
        bp_stream_handshake(&pair->server);
        moves = pair_carry(&pair->server, &pair->client, piece_len) || moves;
    }
}

// Says something and gives what arrives at the other end, up to `cap` bytes.
static inline size_t pair_say(struct bp_stream *from, struct bp_stream *to, struct view bytes,
                              char *space, size_t cap, size_t piece_len)
{
    size_t said_len = 0;
    size_t heard_len = 0;
    for (bool moves = true; moves;) {
        size_t len = 0;
        moves = said_len < bytes.len &&
                bp_stream_write(from, view_from(bytes, said_len), &len) == BP_STEP_DONE;
        said_len += len;
        moves = pair_carry(from, to, piece_len) || moves;
        if (heard_len < cap &&
            bp_stream_read(to, space + heard_len, cap - heard_len, &len) == BP_STEP_DONE) {
            heard_len += len;
            moves = true;
        }
    }
    return heard_len;
}

#endif
