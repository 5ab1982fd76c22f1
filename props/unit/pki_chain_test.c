// SPDX-License-Identifier: Apache-2.0
// What OpenSSL finds wrong with each certificate: every error, at its depth, and nothing else.
#include <openssl/x509v3.h>

#include "props/unit/pki_folder.h"
#include "props/unit/unit.h"

enum { ERROR_COUNT_MAX = 8, DAY_S = 86400, SERVER_LEVEL = 2 };

struct error {
    int error;
    int depth;
};

struct found {
    size_t count;
    struct error errors[ERROR_COUNT_MAX];
};

// How a certificate is verified.
struct terms {
    bool trusts_ca;
    bool reads_crl;
    int purpose;
    const char *host; // NULL: no name is asked for
    int64_t now_s;
};

#define NOTHING      \
    {                \
        0,           \
        {            \
            {        \
                0, 0 \
            }        \
        }            \
    }
#define ENDED(depth)                       \
    {                                      \
        X509_V_ERR_CERT_HAS_EXPIRED, depth \
    }
#define EARLY                            \
    {                                    \
        X509_V_ERR_CERT_NOT_YET_VALID, 0 \
    }
#define NO_ISSUER                                       \
    {                                                   \
        X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0 \
    }
#define NO_FIRST                                      \
    {                                                 \
        X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0 \
    }
#define NO_CRL                          \
    {                                   \
        X509_V_ERR_UNABLE_TO_GET_CRL, 0 \
    }
#define SELF                                      \
    {                                             \
        X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, 0 \
    }
#define BROKEN                               \
    {                                        \
        X509_V_ERR_CERT_SIGNATURE_FAILURE, 0 \
    }
#define PURPOSE                       \
    {                                 \
        X509_V_ERR_INVALID_PURPOSE, 0 \
    }
#define WEAK_KEY                       \
    {                                  \
        X509_V_ERR_EE_KEY_TOO_SMALL, 0 \
    }
#define WEAK_HASH                    \
    {                                \
        X509_V_ERR_CA_MD_TOO_WEAK, 0 \
    }
#define REVOKED                    \
    {                              \
        X509_V_ERR_CERT_REVOKED, 0 \
    }
#define NAME                            \
    {                                   \
        X509_V_ERR_HOSTNAME_MISMATCH, 0 \
    }

static const struct {
    enum pki_kind kind;
    struct found without_crl;
    struct found with_crl;
} rows[] = {
    {PKI_CLIENT, NOTHING, NOTHING},
    {PKI_CLIENT_RSA, NOTHING, NOTHING},
    {PKI_CLIENT_CHAIN, NOTHING, NOTHING},
    {PKI_CLIENT_REORDERED, NOTHING, NOTHING},
    {PKI_EXPIRED, {1, {ENDED(0)}}, {1, {ENDED(0)}}},
    {PKI_NOT_YET_VALID, {1, {EARLY}}, {1, {EARLY}}},
    {PKI_OTHER_CA, {2, {NO_ISSUER, NO_FIRST}}, {3, {NO_ISSUER, NO_FIRST, NO_CRL}}},
    {PKI_SELF_SIGNED, {1, {SELF}}, {2, {SELF, NO_CRL}}},
    {PKI_BROKEN_SIGNATURE, {1, {BROKEN}}, {1, {BROKEN}}},
    {PKI_SERVER_EKU, {1, {PURPOSE}}, {1, {PURPOSE}}},
    {PKI_LEAF_ONLY, {2, {NO_ISSUER, NO_FIRST}}, {3, {NO_ISSUER, NO_FIRST, NO_CRL}}},
    {PKI_EXPIRED_ISSUER, {1, {ENDED(1)}}, {1, {ENDED(1)}}},
    {PKI_CA_AS_LEAF, {1, {PURPOSE}}, {1, {PURPOSE}}},
    {PKI_WEAK, {2, {WEAK_KEY, WEAK_HASH}}, {2, {WEAK_KEY, WEAK_HASH}}},
    {PKI_REVOKED, NOTHING, {1, {REVOKED}}},
    {PKI_EXPIRED_OTHER_CA,
     {3, {NO_ISSUER, NO_FIRST, ENDED(0)}},
     {4, {NO_ISSUER, NO_FIRST, ENDED(0), NO_CRL}}},
    {PKI_EXPIRED_REVOKED, {1, {ENDED(0)}}, {2, {ENDED(0), REVOKED}}},
    {PKI_OTHER_SUBJECT, NOTHING, NOTHING},
    {PKI_NUL_SUBJECT, NOTHING, NOTHING},
    {PKI_SERVER, NOTHING, NOTHING},
    {PKI_SERVER_RSA, NOTHING, NOTHING},
    {PKI_SERVER_CHAIN, NOTHING, NOTHING},
    {PKI_SERVER_EXPIRED, {1, {ENDED(0)}}, {1, {ENDED(0)}}},
    {PKI_SERVER_WRONG_NAME, {1, {NAME}}, {1, {NAME}}},
    {PKI_SERVER_SELF_SIGNED, {1, {SELF}}, {2, {SELF, NO_CRL}}},
    {PKI_SERVER_LEAF_ONLY, {2, {NO_ISSUER, NO_FIRST}}, {3, {NO_ISSUER, NO_FIRST, NO_CRL}}},
};
static const size_t row_count = sizeof rows / sizeof rows[0];

static bool has_error(const struct found *found, struct error error)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->errors[i].error == error.error && found->errors[i].depth == error.depth)
            return true;
    return false;
}

static bool is_same(const struct found *a, const struct found *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = has_error(b, a->errors[i]);
    return same;
}

static int note(int is_good, X509_STORE_CTX *context)
{
    struct found *found = X509_STORE_CTX_get_app_data(context);
    struct error error = {X509_STORE_CTX_get_error(context),
                          X509_STORE_CTX_get_error_depth(context)};
    if (is_good == 0 && !has_error(found, error) && found->count < ERROR_COUNT_MAX)
        found->errors[found->count++] = error;
    return 1;
}

static X509_STORE *open_store(const struct pki_folder *folder, const struct terms *terms)
{
    X509_STORE *store = X509_STORE_new();
    X509 *root = pki_folder_own(folder, PKI_ROOT);
    if (terms->trusts_ca)
        X509_STORE_add_cert(store, root);
    X509_free(root);
    BIO *bio = pki_folder_read(folder, pki_file_name(PKI_CRL));
    for (X509_CRL *crl = NULL; (crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)) != NULL;) {
        X509_STORE_add_crl(store, crl);
        X509_CRL_free(crl);
    }
    BIO_free(bio);
    if (terms->reads_crl)
        X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
    return store;
}

// Everything that is wrong with the certificate at the head of `chain`.
static struct found verify(const struct pki_folder *folder, STACK_OF(X509) * chain,
                           const struct terms *terms)
{
    struct found found = NOTHING;
    X509_STORE *store = open_store(folder, terms);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, sk_X509_value(chain, 0), chain);
    X509_STORE_CTX_set_purpose(context, terms->purpose);
    X509_STORE_CTX_set_app_data(context, &found);
    X509_STORE_CTX_set_verify_cb(context, note);
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_auth_level(param, SERVER_LEVEL);
    X509_VERIFY_PARAM_set_time(param, (time_t)terms->now_s);
    if (terms->host != NULL)
        X509_VERIFY_PARAM_set1_host(param, terms->host, 0);
    CHECK(X509_verify_cert(context) == 1); // The callback goes on whatever there is.
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return found;
}

static struct found verify_kind(const struct pki_folder *folder, enum pki_kind kind,
                                const struct terms *terms)
{
    STACK_OF(X509) *chain = pki_folder_chain(folder, kind);
    struct found found = verify(folder, chain, terms);
    sk_X509_pop_free(chain, X509_free);
    return found;
}

static void test_errors(const struct pki_folder *folder)
{
    unsigned tried = 0;
    for (size_t i = 0; i < row_count; i++) {
        bool is_client = rows[i].kind < PKI_CLIENT_COUNT;
        struct terms terms = {true, false,
                              is_client ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER,
                              is_client ? NULL : "localhost", PKI_NOW_S};
        struct found found = verify_kind(folder, rows[i].kind, &terms);
        CHECK_ROW(i, is_same(&found, &rows[i].without_crl));
        terms.reads_crl = true;
        found = verify_kind(folder, rows[i].kind, &terms);
        CHECK_ROW(i, is_same(&found, &rows[i].with_crl));
        tried |= 1u << rows[i].kind;
    }
    CHECK(tried == (((1u << PKI_SERVER_END) - 1) & ~(1u << PKI_NONE)));
}

// Good as long as the CA; never good by waiting.
static void test_later(const struct pki_folder *folder)
{
    struct terms terms = {true, true, X509_PURPOSE_SSL_CLIENT, NULL, PKI_NOW_S + 60 * DAY_S};
    CHECK(verify_kind(folder, PKI_CLIENT_CHAIN, &terms).count == 0);
    CHECK(verify_kind(folder, PKI_NOT_YET_VALID, &terms).count == 1);
    terms.now_s = PKI_NOW_S + 62 * DAY_S;
    for (unsigned kind = 0; kind < PKI_CLIENT_COUNT; kind++)
        CHECK_ROW(kind, kind == PKI_NONE || verify_kind(folder, kind, &terms).count != 0);
    terms.now_s = PKI_NOW_S - 2 * 3600;
    CHECK(verify_kind(folder, PKI_CLIENT, &terms).count != 0);
}

// GB-TLS-5 written down once more: the five documented parts, in any order, and no other.
static bool is_documented(const X509_NAME *name)
{
    static const struct {
        int nid;
        const char *text;
    } parts[] = {{NID_countryName, "US"},
                 {NID_stateOrProvinceName, "WA"},
                 {NID_localityName, "Redmond"},
                 {NID_organizationName, "Microsoft Corporation"},
                 {NID_commonName, "partners.datamart.windows.com"}};
    bool is_good = X509_NAME_entry_count(name) == 5;
    for (size_t i = 0; i < 5 && is_good; i++) {
        int at = X509_NAME_get_index_by_NID(name, parts[i].nid, -1);
        const X509_NAME_ENTRY *entry = at < 0 ? NULL : X509_NAME_get_entry(name, at);
        const ASN1_STRING *text = entry == NULL ? NULL : X509_NAME_ENTRY_get_data(entry);
        size_t len = strlen(parts[i].text);
        is_good = text != NULL && ASN1_STRING_length(text) == (int)len &&
                  memcmp(ASN1_STRING_get0_data(text), parts[i].text, len) == 0;
    }
    return is_good;
}

// The documented answer, from what OpenSSL finds.
static unsigned answer(const struct pki_folder *folder, enum pki_kind kind,
                       const struct pki_policy *policy)
{
    struct terms terms = {policy->trusts_ca, policy->reads_crl, X509_PURPOSE_SSL_CLIENT, NULL,
                          PKI_NOW_S};
    const struct error purpose = PURPOSE;
    const struct error expired = ENDED(0);
    STACK_OF(X509) *chain = pki_folder_chain(folder, kind);
    unsigned status = 401;
    if (sk_X509_num(chain) > 0) {
        X509 *own = sk_X509_value(chain, 0);
        struct found found = verify(folder, chain, &terms);
        bool is_usage = has_error(&found, purpose) && X509_check_ca(own) == 0;
        if (is_usage && found.count == 1 && !policy->rejects_eku)
            found.count = 0;
        bool is_other = policy->compares_subject && !is_documented(X509_get_subject_name(own));
        bool is_expired = found.count == 1 && has_error(&found, expired);
        bool is_bad = found.count != 0 || is_other;
        status = is_expired ? 401 : is_bad ? 403 : 200;
    }
    sk_X509_pop_free(chain, X509_free);
    return status;
}

static void test_status(const struct pki_folder *folder)
{
    for (unsigned bits = 0; bits < 16; bits++) {
        struct pki_policy policy = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0,
                                    (bits & 8) != 0};
        for (unsigned kind = 0; kind < PKI_CLIENT_COUNT; kind++)
            CHECK_ROW(bits * 100 + kind,
                      pki_status(kind, &policy) == answer(folder, kind, &policy));
    }
}

int main(void)
{
    struct pki_folder folder;
    if (!pki_folder_open(&folder))
        return 1;
    CHECK(pki_folder_make(&folder, NULL, 0));
    test_errors(&folder);
    test_later(&folder);
    test_status(&folder);
    pki_folder_close(&folder);
    return unit_end();
}
