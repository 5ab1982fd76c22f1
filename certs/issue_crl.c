// SPDX-License-Identifier: Apache-2.0
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "certs/issue.h"

enum { BACK_S = 3600 };

static bool add_reason(X509_REVOKED *entry)
{
    ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();
    bool is_added = reason != NULL && ASN1_ENUMERATED_set(reason, CRL_REASON_KEY_COMPROMISE) == 1 &&
                    X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0) == 1;
    ASN1_ENUMERATED_free(reason);
    return is_added;
}

static bool add_entry(X509_CRL *crl, X509 *certificate, ASN1_TIME *time)
{
    X509_REVOKED *entry = X509_REVOKED_new();
    bool is_added = entry != NULL &&
                    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate)) == 1 &&
                    X509_REVOKED_set_revocationDate(entry, time) == 1 && add_reason(entry) &&
                    X509_CRL_add0_revoked(crl, entry) == 1;
    if (!is_added)
        X509_REVOKED_free(entry);
    return is_added;
}

static bool add_number(X509_CRL *crl, int64_t number)
{
    ASN1_INTEGER *value = ASN1_INTEGER_new();
    bool is_added = value != NULL && ASN1_INTEGER_set_int64(value, number) == 1 &&
                    X509_CRL_add1_ext_i2d(crl, NID_crl_number, value, 0, 0) == 1;
    ASN1_INTEGER_free(value);
    return is_added;
}

static bool add_issuer_key(X509_CRL *crl, X509 *issuer)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, NULL, NULL, crl, 0);
    X509_EXTENSION *extension =
        X509V3_EXT_nconf_nid(NULL, &context, NID_authority_key_identifier, "keyid:always");
    bool is_added = extension != NULL && X509_CRL_add_ext(crl, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

static bool fill(X509_CRL *crl, const struct issued *issuer, X509 *const *revoked,
                 size_t revoked_count, int64_t now_s)
{
    ASN1_TIME *begin = ASN1_TIME_set(NULL, (time_t)(now_s - BACK_S));
    ASN1_TIME *end = ASN1_TIME_set(NULL, (time_t)(now_s + PKI_LIFE_S));
    bool is_good =
        begin != NULL && end != NULL && X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
        X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer->certificate)) == 1 &&
        X509_CRL_set1_lastUpdate(crl, begin) == 1 && X509_CRL_set1_nextUpdate(crl, end) == 1 &&
        add_issuer_key(crl, issuer->certificate) && add_number(crl, now_s);
    for (size_t i = 0; i < revoked_count && is_good; i++)
        is_good = add_entry(crl, revoked[i], begin);
    ASN1_TIME_free(begin);
    ASN1_TIME_free(end);
    return is_good && X509_CRL_sort(crl) == 1 && X509_CRL_sign(crl, issuer->key, EVP_sha256()) > 0;
}

X509_CRL *issue_crl(const struct issued *issuer, X509 *const *revoked, size_t revoked_count,
                    int64_t now_s)
{
    X509_CRL *crl = X509_CRL_new();
    if (crl != NULL && fill(crl, issuer, revoked, revoked_count, now_s))
        return crl;
    X509_CRL_free(crl);
    return NULL;
}
