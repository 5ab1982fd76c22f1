// SPDX-License-Identifier: Apache-2.0
// A test PKI in a temporary folder, and what its files hold.
#ifndef BP_PROPS_UNIT_PKI_FOLDER_H
#define BP_PROPS_UNIT_PKI_FOLDER_H

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "certs/pki.h"
#include "tool/files.h"
#include "tool/scratch.h"

enum { PKI_NOW_S = 1800000000, FOLDER_LEN_MAX = 264 };

struct pki_folder {
    struct scratch above;
    char path[FOLDER_LEN_MAX];
    char message[PKI_MESSAGE_LEN_MAX];
};

// Nothing is in it yet, not even the folder `path` itself.
static inline bool pki_folder_open(struct pki_folder *folder)
{
    folder->message[0] = '\0';
    if (!scratch_open(&folder->above))
        return false;
    snprintf(folder->path, sizeof folder->path, "%s/pki", folder->above.path);
    return true;
}

static inline bool pki_folder_make(struct pki_folder *folder, const char *const *hosts,
                                   size_t host_count)
{
    struct pki_options options = {PKI_NOW_S, hosts, host_count};
    return pki_make(folder->path, &options, folder->message, sizeof folder->message);
}

static inline void pki_folder_close(struct pki_folder *folder) { scratch_close(&folder->above); }

static inline BIO *pki_folder_read(const struct pki_folder *folder, const char *name)
{
    char path[FOLDER_LEN_MAX + 64];
    int len = snprintf(path, sizeof path, "%s/%s", folder->path, name);
    return len > 0 && (size_t)len < sizeof path ? BIO_new_file(path, "r") : NULL;
}

// The certificates of a kind's file, its own first; the caller frees them.
static inline STACK_OF(X509) * pki_folder_chain(const struct pki_folder *folder, enum pki_kind kind)
{
    char path[FOLDER_LEN_MAX + 64];
    STACK_OF(X509) *chain = sk_X509_new_null();
    BIO *bio =
        pki_path(path, sizeof path, folder->path, kind, ".pem") ? BIO_new_file(path, "r") : NULL;
    for (X509 *next = NULL; bio != NULL && (next = PEM_read_bio_X509(bio, NULL, NULL, NULL));)
        sk_X509_push(chain, next);
    BIO_free(bio);
    return chain;
}

static inline X509 *pki_folder_own(const struct pki_folder *folder, enum pki_kind kind)
{
    STACK_OF(X509) *chain = pki_folder_chain(folder, kind);
    X509 *own = sk_X509_shift(chain);
    sk_X509_pop_free(chain, X509_free);
    return own;
}

#endif
