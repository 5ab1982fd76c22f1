// SPDX-License-Identifier: Apache-2.0
#include "certs/issue.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "certs/subject.h"

enum { DAY_S = 86400, SERIAL_BITS = 128, HOST_LEN_MAX = 253 };

static const struct {
    int64_t begin_s;
    int64_t end_s;
} times[] = {
    [PKI_TIME_NOW] = {-3600, PKI_LIFE_S},
    [PKI_TIME_PAST] = {-31 * DAY_S, -DAY_S},
    [PKI_TIME_FUTURE] = {PKI_LIFE_S, 2 * PKI_LIFE_S},
};

static const struct {
    const char *basic_constraints;
    const char *key_usage;
    const char *extended_key_usage; // or NULL
} uses[] = {
    [PKI_USE_CLIENT] = {"critical,CA:FALSE", "critical,digitalSignature", "clientAuth"},
    [PKI_USE_SERVER] = {"critical,CA:FALSE", "critical,digitalSignature", "serverAuth"},
    [PKI_USE_ISSUER] = {"critical,CA:TRUE,pathlen:0", "critical,keyCertSign,cRLSign", NULL},
    [PKI_USE_ROOT] = {"critical,CA:TRUE,pathlen:1", "critical,keyCertSign,cRLSign", NULL},
};

static EVP_PKEY *make_key(enum pki_key key)
{
    if (key == PKI_KEY_P256)
        return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    size_t bits = key == PKI_KEY_RSA_1024 ? 1024 : 2048;
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static bool set_serial(X509 *certificate)
{
    BIGNUM *number = BN_new();
    bool is_set = number != NULL &&
                  BN_rand(number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
                  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return is_set;
}

static bool set_times(X509 *certificate, enum pki_time time, int64_t now_s)
{
    ASN1_TIME *begin = X509_getm_notBefore(certificate);
    ASN1_TIME *end = X509_getm_notAfter(certificate);
    return ASN1_TIME_set(begin, (time_t)(now_s + times[time].begin_s)) != NULL &&
           ASN1_TIME_set(end, (time_t)(now_s + times[time].end_s)) != NULL;
}

// Unless `value` is NULL.
static bool add_extension(X509 *certificate, X509V3_CTX *context, int nid, const char *value)
{
    if (value == NULL)
        return true;
    X509_EXTENSION *extension = X509V3_EXT_nconf_nid(NULL, context, nid, value);
    bool is_added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

static bool add_extensions(X509 *certificate, X509 *issuer, enum pki_use use)
{
    const struct {
        int nid;
        const char *value;
    } rows[] = {
        {NID_basic_constraints, uses[use].basic_constraints}, {NID_key_usage, uses[use].key_usage},
        {NID_ext_key_usage, uses[use].extended_key_usage},    {NID_subject_key_identifier, "hash"},
        {NID_authority_key_identifier, "keyid:always"},
    };
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!add_extension(certificate, &context, rows[i].nid, rows[i].value))
            return false;
    return true;
}

bool issue_is_host(const char *host)
{
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(host);
    ASN1_OCTET_STRING_free(address);
    struct view name = view_of_text(host);
    struct view rest = view_starts(name, VIEW("*.")) ? view_from(name, 2) : name;
    bool is_name = rest.len != 0 && name.len <= HOST_LEN_MAX && rest.data[0] != '.';
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.data[i];
        bool is_good = byte_is_letter(c) || byte_is_digit(c) || c == '.' || c == '-' || c == '_';
        is_name = is_name && is_good;
    }
    return address != NULL || is_name;
}

static GENERAL_NAME *make_name(const char *host)
{
    int type = GEN_IPADD;
    ASN1_STRING *value = a2i_IPADDRESS(host);
    if (value == NULL) {
        type = GEN_DNS;
        value = ASN1_IA5STRING_new();
        if (value != NULL && ASN1_STRING_set(value, host, -1) != 1) {
            ASN1_STRING_free(value);
            value = NULL;
        }
    }
    GENERAL_NAME *name = value == NULL ? NULL : GENERAL_NAME_new();
    if (name == NULL)
        ASN1_STRING_free(value);
    else
        GENERAL_NAME_set0_value(name, type, value);
    return name;
}

static bool push_name(GENERAL_NAMES *names, const char *host)
{
    GENERAL_NAME *name = make_name(host);
    if (name != NULL && sk_GENERAL_NAME_push(names, name) > 0)
        return true;
    GENERAL_NAME_free(name);
    return false;
}

static bool add_hosts(X509 *certificate, const char *const *hosts, size_t host_count)
{
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    bool is_good = names != NULL;
    for (size_t i = 0; i < host_count && is_good; i++)
        is_good = push_name(names, hosts[i]);
    is_good = is_good && X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0) == 1;
    GENERAL_NAMES_free(names);
    return is_good;
}

static bool add_server_names(X509 *certificate, const struct pki_recipe *recipe,
                             const struct issue_terms *terms)
{
    static const char *const elsewhere = "wrong-name.invalid";
    if (recipe->subject != PKI_SUBJECT_SERVER)
        return true;
    if (recipe->is_for_elsewhere)
        return add_hosts(certificate, &elsewhere, 1);
    return add_hosts(certificate, terms->hosts, terms->host_count);
}

// The last octet of a certificate is the last one of its signature.
static bool break_signature(X509 **certificate)
{
    unsigned char *der = NULL;
    int len = i2d_X509(*certificate, &der);
    if (len <= 0)
        return false;
    der[len - 1] ^= 1;
    const unsigned char *at = der;
    X509 *broken = d2i_X509(NULL, &at, len);
    OPENSSL_free(der);
    X509_free(*certificate);
    *certificate = broken;
    return broken != NULL;
}

bool issue_certificate(struct issued *out, const struct pki_recipe *recipe,
                       const struct issued *issuer, const struct issue_terms *terms)
{
    *out = (struct issued){X509_new(), make_key(recipe->key)};
    if (out->certificate == NULL || out->key == NULL)
        return false;
    const struct issued *signer = issuer != NULL ? issuer : out;
    X509 *made = out->certificate;
    X509_NAME *subject = X509_get_subject_name(made);
    // Self-signed: the issuer's name is the subject, so that has to be there first.
    bool is_good = subject_put(subject, recipe->subject, terms->number) &&
                   X509_set_issuer_name(made, X509_get_subject_name(signer->certificate)) == 1 &&
                   X509_set_version(made, X509_VERSION_3) == 1 &&
                   X509_set_pubkey(made, out->key) == 1 && set_serial(made) &&
                   set_times(made, recipe->time, terms->now_s) &&
                   add_extensions(made, signer->certificate, recipe->use) &&
                   add_server_names(made, recipe, terms) &&
                   X509_sign(made, signer->key, recipe->is_sha1 ? EVP_sha1() : EVP_sha256()) > 0;
    return is_good && (!recipe->is_broken || break_signature(&out->certificate));
}

void issued_free(struct issued *issued)
{
    X509_free(issued->certificate);
    EVP_PKEY_free(issued->key);
    *issued = (struct issued){NULL, NULL};
}
