// SPDX-License-Identifier: Apache-2.0
// Whom a context trusts: authorities and revocation lists. Each function returns false with the
// trouble in words.
#ifndef BP_NET_TRUST_H
#define BP_NET_TRUST_H

#include <openssl/ssl.h>

#include "net/trouble.h"

// bp_trust_add_file adds the certificates of a PEM file.
BP_MUST_USE bool bp_trust_add_file(SSL_CTX *context, struct bp_trouble *trouble, const char *path);

// bp_trust_add_folder adds a folder in which `openssl rehash` has made its links.
BP_MUST_USE bool bp_trust_add_folder(SSL_CTX *context, struct bp_trouble *trouble,
                                     const char *path);

// bp_trust_add_system adds what this machine trusts, and says so when that is nobody.
BP_MUST_USE bool bp_trust_add_system(SSL_CTX *context, struct bp_trouble *trouble);

// bp_trust_add_crls adds the revocation lists of a PEM file. From then on each certificate of a
// chain needs a list of its issuer that is in force; without one it counts as wrong.
BP_MUST_USE bool bp_trust_add_crls(SSL_CTX *context, struct bp_trouble *trouble, const char *path);

#endif
