// SPDX-License-Identifier: Apache-2.0
// TLS contexts: what a server or a client brings to every handshake. The only place, with stream.c,
// where OpenSSL's settings are made.
#ifndef BP_NET_TLS_H
#define BP_NET_TLS_H

#include "net/trouble.h"

struct ssl_ctx_st;
struct ssl_session_st;
struct bio_method_st;

enum bp_tls_version {
    BP_TLS_ANY, // as far as it goes: 1.2 and 1.3
    BP_TLS_1_0,
    BP_TLS_1_1,
    BP_TLS_1_2,
    BP_TLS_1_3
};

enum bp_client_auth {
    BP_CLIENT_AUTH_ASK,     // every handshake completes; the gate answers 401 or 403
    BP_CLIENT_AUTH_REQUIRE, // alerts instead: no certificate or a bad one ends the handshake
    BP_CLIENT_AUTH_NONE     // none is asked for (tests of others with plain TLS clients)
};

struct bp_tls_server_config {
    const char *cert_path;           // PEM: the server's own, then its chain
    const char *key_path;            // PEM
    const char *client_ca_path;      // PEM: who may issue client certificates
    const char *crl_path;            // PEM: a list of each authority; NULL: not checked. Without a
                                     // list in force a certificate counts as wrong
    enum bp_client_auth client_auth; //
    enum bp_tls_version min, max;    // BP_TLS_ANY: 1.2, 1.3. Below 1.2 only for wrong servers
    bool keeps_sessions; // false: no tickets, no cache; true is a fault that a liar wants
    bool takes_weak;    // false: security level 2; true: SHA-1 and 1,024 bits pass (a liar's fault)
    const char *suites; // of TLS 1.2, in OpenSSL's words (a liar's fault); NULL: good ones
};

struct bp_tls_client_config {
    const char *cert_path;  // PEM with its chain, or PKCS#12 (told apart by content); NULL: none
    const char *key_path;   // PEM; NULL: in cert_path
    const char *passphrase; // of the key or the PKCS#12; NULL: none. Never shown
    const char *ca_path;    // PEM; NULL: the system's
    const char *ca_folder;  // hashed folder; may be NULL
    bool is_insecure;       // -k: the server's certificate is not verified
    enum bp_tls_version min, max;
    bool takes_weak;     // any certificate of our own may be shown, weak ones too
    bool keeps_sessions; // to try resumption
    // What a server must refuse (GB-TLS-7). With `min` below 1.2 it only lowers what is taken, and
    // so do these versions alone; from 1.2 on the suites of TLS 1.2 are the anonymous, null and
    // other weak ones and nothing else. TLS 1.3 has no weak suites: leave it out with `max`.
    bool offers_weak;
};

struct bp_tls {
    struct ssl_ctx_st *context;
    bool is_server;
    struct bio_method_st *wire; // how TLS reaches a stream's socket or memory
    int64_t own_not_after_s;    // of our own certificate; 0 without one
};

// bp_tls_server_init and bp_tls_client_init read the files and make the context. They return false
// with the trouble in words: which file, what is wrong with it, what to do (a key that does not
// belong to the certificate, a passphrase that is wrong or missing, a file that is no PEM).
BP_MUST_USE bool bp_tls_server_init(struct bp_tls *out, struct bp_trouble *trouble,
                                    const struct bp_tls_server_config *config);
BP_MUST_USE bool bp_tls_client_init(struct bp_tls *out, struct bp_trouble *trouble,
                                    const struct bp_tls_client_config *config);

// bp_tls_free is called after the streams have been closed, and also after a failed init. A tls
// that is all zero is fine.
void bp_tls_free(struct bp_tls *tls);

// A session kept for resumption; NULL: there is none.
void bp_session_free(struct ssl_session_st *session);

#endif
