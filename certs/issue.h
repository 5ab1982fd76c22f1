// SPDX-License-Identifier: Apache-2.0
// Making certificates and revocation lists by recipe, in memory.
//
// What fails here is OpenSSL: no memory, no randomness, or a policy of the machine that forbids an
// algorithm. Its error queue then tells why.
#ifndef BP_CERTS_ISSUE_H
#define BP_CERTS_ISSUE_H

#include <openssl/x509.h>

#include "certs/pki.h"

// A certificate and its private key. {NULL, NULL} is nothing made.
struct issued {
    X509 *certificate;
    EVP_PKEY *key;
};

// What the certificates of one PKI have in common.
struct issue_terms {
    int64_t now_s;
    const char *const *hosts; // each issue_is_host
    size_t host_count;
    struct view number; // behind the names of the authorities
};

// issue_is_host says whether a text is an IPv4 or IPv6 address or looks like a DNS name, which may
// begin with "*.".
bool issue_is_host(const char *host);

// issue_certificate makes a new key and its certificate. `issuer` is NULL when it signs itself. The
// caller frees `*out`, on failure too.
BP_MUST_USE bool issue_certificate(struct issued *out, const struct pki_recipe *recipe,
                                   const struct issued *issuer, const struct issue_terms *terms);

// issue_crl makes the list of the certificates of `issuer` that are revoked; the caller frees it.
// NULL on failure.
X509_CRL *issue_crl(const struct issued *issuer, X509 *const *revoked, size_t revoked_count,
                    int64_t now_s);

// issued_free frees both parts and forgets them.
void issued_free(struct issued *issued);

#endif
