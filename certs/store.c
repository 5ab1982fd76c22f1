// SPDX-License-Identifier: Apache-2.0
#include "certs/store.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <sys/stat.h>

#include "tool/files.h"

enum { P12_ROUND_COUNT = 10000, MARK_LEN_MAX = 8192 };

static const char mark_name[] = "balprobe-pki.txt";
static const char mark_begin[] = "A throw-away test PKI, made by balprobe pki.\n";
static const char mark_words[] =
    "\nFor tests and staging only: never let anything in production trust ca.pem.\n"
    "Who has these keys is let in wherever ca.pem is trusted. Take that away again\n"
    "and remove this folder when the tests are over.\n\n";

bool store_is_ours(const char *folder)
{
    char path[FILE_PATH_LEN_MAX];
    struct stat status;
    int len = snprintf(path, sizeof path, "%s/%s", folder, mark_name);
    bool fits = len > 0 && (size_t)len < sizeof path;
    return fits && lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool store_begin(const char *folder)
{
    char space[MARK_LEN_MAX];
    struct buf mark = BUF(space);
    buf_put_text(&mark, mark_begin);
    buf_put_text(&mark, mark_words);
    pki_put_table(&mark);
    return !mark.overflow && file_write_in(folder, view_of_text(mark_name), buf_view(&mark)) &&
           file_write_in(folder, VIEW(".gitignore"), VIEW("*\n"));
}

static struct view written(BIO *bio)
{
    char *bytes = NULL;
    long len = BIO_get_mem_data(bio, &bytes);
    return view_of(bytes, len < 0 ? 0 : (size_t)len);
}

static enum pki_kind issuer_of(enum pki_kind kind) { return pki_row(kind)->recipe.issuer; }

// The next certificate of a chain below the one that signed itself; `kind` when there is none.
static enum pki_kind next_of(enum pki_kind kind)
{
    enum pki_kind issuer = issuer_of(kind);
    return issuer_of(issuer) == issuer ? kind : issuer;
}

static bool put_chain(BIO *bio, enum pki_kind kind, const struct issued *made)
{
    bool is_good = PEM_write_bio_X509(bio, made[kind].certificate) == 1;
    bool is_short = pki_row(kind)->recipe.is_short;
    for (enum pki_kind next = next_of(kind); is_good && !is_short && next != kind;) {
        is_good = PEM_write_bio_X509(bio, made[next].certificate) == 1;
        kind = next;
        next = next_of(kind);
    }
    return is_good;
}

static bool store_chain(const char *folder, enum pki_kind kind, const struct issued *made)
{
    char path[FILE_PATH_LEN_MAX];
    BIO *bio = BIO_new(BIO_s_mem());
    bool is_stored = bio != NULL && put_chain(bio, kind, made) &&
                     pki_path(path, sizeof path, folder, kind, ".pem") &&
                     file_write(path, written(bio));
    BIO_free(bio);
    return is_stored;
}

// Encrypted under PKI_PASSPHRASE with `cipher`, unless that is NULL. Memory of a BIO is cleared
// when it is freed.
static bool store_key(const char *path, EVP_PKEY *key, const EVP_CIPHER *cipher)
{
    static const char passphrase[] = PKI_PASSPHRASE;
    BIO *bio = BIO_new(BIO_s_mem());
    const char *given = cipher == NULL ? NULL : passphrase;
    int given_len = cipher == NULL ? 0 : (int)(sizeof passphrase - 1);
    bool is_stored =
        bio != NULL &&
        PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, given, given_len, NULL, NULL) == 1 &&
        file_write_private(path, written(bio));
    BIO_free(bio);
    return is_stored;
}

bool store_issued(const char *folder, enum pki_kind kind, const struct issued *made)
{
    char path[FILE_PATH_LEN_MAX];
    return store_chain(folder, kind, made) && pki_path(path, sizeof path, folder, kind, ".key") &&
           store_key(path, made[kind].key, NULL);
}

bool store_encrypted_key(const char *folder, const struct issued *issued)
{
    char path[FILE_PATH_LEN_MAX];
    return pki_file_path(path, sizeof path, folder, PKI_ENCRYPTED_KEY) &&
           store_key(path, issued->key, EVP_aes_256_cbc());
}

bool store_lists(const char *folder, X509_CRL *const *lists, size_t list_count)
{
    char path[FILE_PATH_LEN_MAX];
    BIO *bio = BIO_new(BIO_s_mem());
    bool is_good = bio != NULL && pki_file_path(path, sizeof path, folder, PKI_CRL);
    for (size_t i = 0; i < list_count && is_good; i++)
        is_good = PEM_write_bio_X509_CRL(bio, lists[i]) == 1;
    is_good = is_good && file_write(path, written(bio));
    BIO_free(bio);
    return is_good;
}

static PKCS12 *make_p12(enum pki_kind kind, const struct issued *made)
{
    STACK_OF(X509) *chain = sk_X509_new_null();
    bool is_good = chain != NULL;
    for (enum pki_kind at = kind; is_good && next_of(at) != at; at = next_of(at))
        is_good = sk_X509_push(chain, made[next_of(at)].certificate) > 0;
    PKCS12 *p12 = NULL;
    if (is_good)
        p12 = PKCS12_create(PKI_PASSPHRASE, pki_row(kind)->stem, made[kind].key,
                            made[kind].certificate, chain, NID_aes_256_cbc, NID_aes_256_cbc,
                            P12_ROUND_COUNT, P12_ROUND_COUNT, 0);
    sk_X509_free(chain);
    return p12;
}

bool store_p12(const char *folder, enum pki_file file, enum pki_kind kind,
               const struct issued *made)
{
    char path[FILE_PATH_LEN_MAX];
    PKCS12 *p12 = make_p12(kind, made);
    BIO *bio = BIO_new(BIO_s_mem());
    bool is_stored = p12 != NULL && bio != NULL && i2d_PKCS12_bio(bio, p12) == 1 &&
                     pki_file_path(path, sizeof path, folder, file) &&
                     file_write_private(path, written(bio));
    BIO_free(bio);
    PKCS12_free(p12);
    return is_stored;
}
