// SPDX-License-Identifier: Apache-2.0
// Liars below HTTP: servers each wrong in one way about TLS and certificates. They prove the
// clauses GB-TLS-*.
//
// A row spoils the configuration of a server that is right; a program starts that server on
// loopback and lets the certificate matrix and the probes loose on it. Some liars need more than a
// configuration: they talk differently, and are a service around the honest one.
//
//     struct tls_lie lie;
//     tls_liar_spoil(liar, &tls, &server);
//     tls_lie_start(&lie, liar, &endpoint, unknown_iccid);
//     server.service = lie.service;
#ifndef BP_PROPS_LIAR_TLS_LIARS_H
#define BP_PROPS_LIAR_TLS_LIARS_H

#include "certs/pki.h"
#include "net/server.h"
#include "net/tls.h"

// How the talk of a liar differs from that of an honest service.
enum tls_talk {
    TLS_TALK_HONEST,
    TLS_TALK_TELLS, // what was refused is told whether the SIM is known (GB-TLS-10)
    TLS_TALK_CLAIM, // a field that claims a certificate is believed (GB-TLS-2)
    TLS_TALK_PATH,  // the gate knows the path with bare digits only (GB-TLS-2)
    TLS_TALK_FIRST, // the first request of a connection only is refused (GB-TLS-2)
    TLS_TALK_OR,    // a good certificate is enough where Basic is asked for too (GB-TLS-12)
};

struct tls_liar {
    const char *name;    // "tls-any-certificate": lower case and dashes, unique
    const char *clause;  // the clause that must catch it; NULL: a conforming variant
    const char *words;   // what it does wrong, or differently
    const char *profile; // bundle under which it must be caught; NULL: seed
    // decide stands in for the documented gate; NULL: it stays.
    enum bp_reason (*decide)(const struct bp_gate *gate, const struct bp_presented *presented,
                             int64_t now_s);
    // spoil changes what is configured; NULL: nothing.
    void (*spoil)(struct bp_tls_server_config *tls, struct bp_server_config *server);
    enum pki_kind serves; // the certificate to serve instead; PKI_CLIENT: the right one
    enum tls_talk talk;
};

// The table and how many rows it has, liars first and conforming variants behind them.
extern const struct tls_liar tls_liars[];
size_t tls_liar_count(void);

// tls_liar_find is the row called `name`, NULL when there is none.
const struct tls_liar *tls_liar_find(struct view name);

// tls_liar_spoil changes both configurations. The paths of another certificate to serve
// (`liar->serves`) are the caller's to set: only he knows the folder.
void tls_liar_spoil(const struct tls_liar *liar, struct bp_tls_server_config *tls,
                    struct bp_server_config *server);

// A tls_lie is a liar's service. It stays where it is as long as the server runs.
struct tls_lie {
    struct bp_service service; // to be served
    enum tls_talk talk;
    struct bp_endpoint open; // the same endpoint without Basic
    struct bp_service honest_service;
    struct bp_service open_service;
    struct view unknown; // an ICCID that the operator does not know
};

// tls_lie_start fills `*out` around `endpoint`; both and `unknown` are borrowed. With
// TLS_TALK_HONEST the service is that of the endpoint.
void tls_lie_start(struct tls_lie *out, const struct tls_liar *liar, struct bp_endpoint *endpoint,
                   struct view unknown);

#endif
