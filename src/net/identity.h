// SPDX-License-Identifier: Apache-2.0
// Who we are in a handshake: a certificate, its chain and its private key, read from files.
#ifndef BP_NET_IDENTITY_H
#define BP_NET_IDENTITY_H

#include <openssl/x509.h>

#include "net/trouble.h"

struct bp_identity {
    X509 *certificate;
    STACK_OF(X509) * chain; // without the certificate
    EVP_PKEY *key;
};

struct bp_identity_source {
    const char *cert_path;  // PEM or PKCS#12, told apart by content
    const char *key_path;   // PEM; NULL: in cert_path
    const char *passphrase; // NULL: none
    const char *remedy;     // what to do about a key that is encrypted: "give ... with --pass"
};

// bp_identity_read reads the files; the certificate may have expired. It returns false with the
// trouble in words. Nobody is ever asked for a passphrase. bp_identity_free is to be called in any
// case; it erases the key.
BP_MUST_USE bool bp_identity_read(struct bp_identity *out, struct bp_trouble *trouble,
                                  const struct bp_identity_source *source);
void bp_identity_free(struct bp_identity *identity);

// bp_identity_time is an ASN.1 time in seconds since 1970; 0 when it is malformed.
int64_t bp_identity_time(const ASN1_TIME *time);

#endif
