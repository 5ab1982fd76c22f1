// SPDX-License-Identifier: Apache-2.0
#include "net/identity.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "net/pem.h"

struct asking {
    const char *passphrase;
    bool has_asked;
};

// The shape is OpenSSL's pem_password_cb. A negative length is a refusal: nothing is tried.
static int give_passphrase(char *out, int cap, int is_for_writing, void *context)
{
    struct asking *asking = context;
    (void)is_for_writing;
    asking->has_asked = true;
    size_t len = asking->passphrase == NULL ? (size_t)-1 : strlen(asking->passphrase);
    if (len > (size_t)cap)
        return -1;
    memcpy(out, asking->passphrase, len);
    return (int)len;
}

static bool say_locked(struct bp_trouble *trouble, const char *path,
                       const struct bp_identity_source *source)
{
    ERR_clear_error();
    if (source->passphrase != NULL)
        return bp_trouble_say(trouble, "the passphrase does not open ", path,
                              ": check what --pass gives");
    char after[160];
    struct buf out = buf_of(after, sizeof after - 1);
    buf_put_text(&out, " is encrypted: ");
    buf_put_text(&out, source->remedy);
    after[out.len] = '\0';
    return bp_trouble_say(trouble, "the key in ", path, after);
}

static bool read_certificates(struct bp_identity *out, struct bp_trouble *trouble, BIO *bytes,
                              const char *path)
{
    struct asking nobody = {NULL, false};
    out->certificate = PEM_read_bio_X509(bytes, NULL, give_passphrase, &nobody);
    if (out->certificate == NULL && bp_pem_at_end())
        return bp_trouble_say(trouble, "there is no certificate in ", path,
                              ": PEM or PKCS#12 is expected");
    out->chain = out->certificate == NULL ? NULL : sk_X509_new_null();
    X509 *next = NULL;
    while (out->chain != NULL) {
        next = PEM_read_bio_X509(bytes, NULL, give_passphrase, &nobody);
        if (next == NULL || sk_X509_push(out->chain, next) == 0)
            break;
    }
    if (out->chain == NULL || next != NULL || !bp_pem_at_end()) {
        X509_free(next);
        return bp_trouble_tls(trouble, "cannot read the certificates in ", path);
    }
    return true;
}

static bool read_key(struct bp_identity *out, struct bp_trouble *trouble, BIO *bytes,
                     const struct bp_identity_source *source)
{
    const char *path = source->key_path != NULL ? source->key_path : source->cert_path;
    struct asking asking = {source->passphrase, false};
    out->key = PEM_read_bio_PrivateKey(bytes, NULL, give_passphrase, &asking);
    if (out->key != NULL)
        return true;
    if (asking.has_asked)
        return say_locked(trouble, path, source);
    ERR_clear_error();
    return bp_trouble_say(trouble, "there is no private key in ", path,
                          source->key_path != NULL ? ": PEM is expected"
                                                   : ": give the file that has it with --key");
}

static bool read_pkcs12(struct bp_identity *out, struct bp_trouble *trouble, PKCS12 *bag,
                        const struct bp_identity_source *source)
{
    // Without a password there are two ways to say so; PKCS12_parse tries both.
    const char *pass = source->passphrase;
    bool is_open = PKCS12_verify_mac(bag, pass, pass == NULL ? 0 : -1) == 1;
    if (!is_open && (pass == NULL || *pass == '\0'))
        is_open = PKCS12_verify_mac(bag, pass == NULL ? "" : NULL, 0) == 1;
    if (!is_open)
        return say_locked(trouble, source->cert_path, source);
    ERR_clear_error();
    if (PKCS12_parse(bag, pass, &out->key, &out->certificate, &out->chain) != 1) {
        ERR_clear_error();
        return bp_trouble_say(trouble, "the PKCS#12 file ", source->cert_path,
                              " has an encryption that is too old for OpenSSL 3: export it again");
    }
    ERR_clear_error();
    if (source->key_path != NULL) {
        EVP_PKEY_free(out->key);
        out->key = NULL;
    }
    if (out->certificate == NULL || (out->key == NULL && source->key_path == NULL))
        return bp_trouble_say(trouble, "the PKCS#12 file ", source->cert_path,
                              " lacks the certificate or its key: export it again with both");
    return true;
}

// DER: a PKCS#12 bag, or something that has to be converted.
static bool read_der(struct bp_identity *out, struct bp_trouble *trouble, BIO *bytes,
                     const struct bp_identity_source *source)
{
    PKCS12 *bag = d2i_PKCS12_bio(bytes, NULL);
    if (bag == NULL) {
        ERR_clear_error();
        return bp_trouble_say(trouble, "there is no certificate in ", source->cert_path,
                              ": it is binary but no PKCS#12; convert DER to PEM with"
                              " openssl x509 -inform DER");
    }
    bool ok = read_pkcs12(out, trouble, bag, source);
    PKCS12_free(bag);
    return ok;
}

static bool starts_der(BIO *bytes)
{
    char *data = NULL;
    long len = BIO_get_mem_data(bytes, &data);
    return len >= 2 && data[0] == 0x30 && ((unsigned char)data[1] & 0x80) != 0;
}

bool bp_identity_read(struct bp_identity *out, struct bp_trouble *trouble,
                      const struct bp_identity_source *source)
{
    *out = (struct bp_identity){NULL, NULL, NULL};
    ERR_clear_error();
    BIO *bytes = bp_pem_open(trouble, "the certificate", source->cert_path);
    if (bytes == NULL)
        return false;
    bool ok = starts_der(bytes) ? read_der(out, trouble, bytes, source)
                                : read_certificates(out, trouble, bytes, source->cert_path);
    BIO_free(bytes);
    if (!ok || out->key != NULL)
        return ok;
    const char *path = source->key_path != NULL ? source->key_path : source->cert_path;
    bytes = bp_pem_open(trouble, "the key", path);
    if (bytes == NULL)
        return false;
    ok = read_key(out, trouble, bytes, source);
    BIO_free(bytes);
    return ok;
}

void bp_identity_free(struct bp_identity *identity)
{
    X509_free(identity->certificate);
    sk_X509_pop_free(identity->chain, X509_free);
    EVP_PKEY_free(identity->key);
    *identity = (struct bp_identity){NULL, NULL, NULL};
}

int64_t bp_identity_time(const ASN1_TIME *time)
{
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int days = 0;
    int seconds = 0;
    bool ok = epoch != NULL && time != NULL && ASN1_TIME_diff(&days, &seconds, epoch, time) == 1;
    ASN1_TIME_free(epoch);
    ERR_clear_error();
    return ok ? (int64_t)days * 86400 + seconds : 0;
}
