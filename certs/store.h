// SPDX-License-Identifier: Apache-2.0
// The files of the test PKI. Each is written whole or not at all; what holds a key has mode 0600.
// False when OpenSSL or the disk fails; what the system says is told on standard error.
#ifndef BP_CERTS_STORE_H
#define BP_CERTS_STORE_H

#include "certs/issue.h"

// store_is_ours says whether pki_make made what is in a folder.
bool store_is_ours(const char *folder);

// store_begin writes what marks the folder as ours, tells people what it is, and makes git ignore
// it. It comes first, so that a folder left half written is ours too.
BP_MUST_USE bool store_begin(const char *folder);

// store_issued writes the .pem, with the chain unless the recipe leaves it out, and the .key of one
// kind. `made` has every kind.
BP_MUST_USE bool store_issued(const char *folder, enum pki_kind kind, const struct issued *made);

// store_lists writes PKI_CRL.
BP_MUST_USE bool store_lists(const char *folder, X509_CRL *const *lists, size_t list_count);

// store_p12 writes a kind's certificate, key and chain as PKCS#12 under PKI_PASSPHRASE: AES-256,
// PBKDF2 and SHA-256.
BP_MUST_USE bool store_p12(const char *folder, enum pki_file file, enum pki_kind kind,
                           const struct issued *made);

// store_encrypted_key writes PKI_ENCRYPTED_KEY: PKCS#8, AES-256 and PBKDF2 under PKI_PASSPHRASE.
BP_MUST_USE bool store_encrypted_key(const char *folder, const struct issued *issued);

#endif
