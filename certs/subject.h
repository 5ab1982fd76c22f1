// SPDX-License-Identifier: Apache-2.0
// The names inside the certificates.
#ifndef BP_CERTS_SUBJECT_H
#define BP_CERTS_SUBJECT_H

#include <openssl/x509.h>

#include "certs/pki.h"

// subject_put appends the parts of a subject to an empty name: the country as PrintableString, all
// others as UTF8String. `number` ends the common names of authorities. False when OpenSSL fails.
BP_MUST_USE bool subject_put(X509_NAME *name, enum pki_subject subject, struct view number);

#endif
