// SPDX-License-Identifier: Apache-2.0
// What the contexts of servers and clients have in common; for tls_server.c and tls_client.c.
#ifndef BP_NET_TLS_CONTEXT_H
#define BP_NET_TLS_CONTEXT_H

#include <openssl/ssl.h>

#include "net/identity.h"
#include "net/tls.h"

struct bp_tls_terms {
    bool is_server;
    enum bp_tls_version min, max;
    bool is_weak;     // security level 0: what is too weak otherwise passes
    bool offers_weak; // the suites that must be refused
    bool keeps_sessions;
    const char *suites; // instead of all that follows from the rest; NULL: that
};

// bp_tls_begin makes a context by its terms. False with the trouble; bp_tls_free is to be called in
// any case.
BP_MUST_USE bool bp_tls_begin(struct bp_tls *out, struct bp_trouble *trouble,
                              const struct bp_tls_terms *terms);

// bp_tls_identify reads who we are and puts it into the context.
BP_MUST_USE bool bp_tls_identify(struct bp_tls *tls, struct bp_trouble *trouble,
                                 const struct bp_identity_source *source);

// The signatures that are taken in TLS 1.2 and 1.3: no DSA, no SHA-1, no SHA-224.
#define BP_TLS_SIGNATURES                                                                 \
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:RSA-PSS+SHA256:RSA-PSS+SHA384:" \
    "RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512"

#endif
