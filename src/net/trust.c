// SPDX-License-Identifier: Apache-2.0
#include "net/trust.h"

#include <dirent.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <unistd.h>

#include "net/pem.h"

bool bp_trust_add_file(SSL_CTX *context, struct bp_trouble *trouble, const char *path)
{
    ERR_clear_error();
    BIO *bytes = bp_pem_open(trouble, "the CA file", path);
    if (bytes == NULL)
        return false;
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    size_t count = 0;
    X509 *ca;
    while ((ca = PEM_read_bio_X509(bytes, NULL, NULL, NULL)) != NULL) {
        int ok = X509_STORE_add_cert(store, ca);
        X509_free(ca);
        if (ok != 1)
            break;
        count++;
    }
    BIO_free(bytes);
    if (!bp_pem_at_end())
        return bp_trouble_tls(trouble, "cannot read the certificates in ", path);
    return count != 0 ||
           bp_trouble_say(trouble, "there is no certificate in ", path, ": PEM is expected");
}

bool bp_trust_add_crls(SSL_CTX *context, struct bp_trouble *trouble, const char *path)
{
    ERR_clear_error();
    BIO *bytes = bp_pem_open(trouble, "the revocation list", path);
    if (bytes == NULL)
        return false;
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    size_t count = 0;
    X509_CRL *crl;
    while ((crl = PEM_read_bio_X509_CRL(bytes, NULL, NULL, NULL)) != NULL) {
        int ok = X509_STORE_add_crl(store, crl);
        X509_CRL_free(crl);
        if (ok != 1)
            break;
        count++;
    }
    BIO_free(bytes);
    if (!bp_pem_at_end())
        return bp_trouble_tls(trouble, "cannot read the revocation lists in ", path);
    if (count == 0)
        return bp_trouble_say(trouble, "there is no revocation list in ", path,
                              ": PEM is expected");
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context),
                                X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    return true;
}

// The name of a certificate in a hashed folder: eight hexadecimal digits, a dot, a number.
static bool is_hashed(const char *name)
{
    for (size_t i = 0; i < 8; i++)
        if (byte_hex(name[i]) < 0)
            return false;
    return name[8] == '.' && byte_is_digit(name[9]);
}

enum folder { FOLDER_UNREADABLE, FOLDER_WITHOUT, FOLDER_HASHED };

static enum folder look_into(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return FOLDER_UNREADABLE;
    enum folder found = FOLDER_WITHOUT;
    const struct dirent *entry;
    while (found == FOLDER_WITHOUT && (entry = readdir(folder)) != NULL)
        if (is_hashed(entry->d_name))
            found = FOLDER_HASHED;
    closedir(folder);
    return found;
}

bool bp_trust_add_folder(SSL_CTX *context, struct bp_trouble *trouble, const char *path)
{
    enum folder found = look_into(path);
    if (found == FOLDER_UNREADABLE)
        return bp_trouble_say(trouble, "cannot read the CA folder ", path,
                              ": a folder of certificates is expected");
    if (found == FOLDER_WITHOUT)
        return bp_trouble_say(trouble, "there is no hashed certificate in the CA folder ", path,
                              ": run openssl rehash on it");
    ERR_clear_error();
    if (SSL_CTX_load_verify_dir(context, path) != 1)
        return bp_trouble_tls(trouble, "cannot use the CA folder ", path);
    return true;
}

static const char *from_environment(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value == NULL ? otherwise : value;
}

bool bp_trust_add_system(SSL_CTX *context, struct bp_trouble *trouble)
{
    const char *file =
        from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file());
    const char *folder =
        from_environment(X509_get_default_cert_dir_env(), X509_get_default_cert_dir());
    if (access(file, R_OK) != 0 && look_into(folder) != FOLDER_HASHED)
        return bp_trouble_say(trouble, "this machine trusts no authority (", folder,
                              " is empty): name the server's CA with --cacert, or install the"
                              " package ca-certificates");
    ERR_clear_error();
    if (SSL_CTX_set_default_verify_paths(context) != 1)
        return bp_trouble_tls(trouble, "cannot use the authorities of this machine in ", folder);
    return true;
}
