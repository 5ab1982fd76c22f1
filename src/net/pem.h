// SPDX-License-Identifier: Apache-2.0
// Files of certificates, keys and revocation lists, read whole into memory.
#ifndef BP_NET_PEM_H
#define BP_NET_PEM_H

#include <openssl/bio.h>

#include "net/trouble.h"

// The largest file that is read: the authorities of a whole operating system take 0.3 MiB.
enum { BP_PEM_LEN_MAX = 8 << 20 };

// bp_pem_open reads a file, which may be a pipe, and gives its bytes as a source that erases them
// when it is freed. `what` says in the trouble what was looked for: "the key". NULL with the
// trouble in words when it cannot be read, is a folder, is empty or too long.
BIO *bp_pem_open(struct bp_trouble *trouble, const char *what, const char *path);

// bp_pem_at_end says, after a PEM reader of OpenSSL gave nothing, that there was no further object;
// false: there was one and it is broken. It empties the error queue when it is true.
bool bp_pem_at_end(void);

#endif
