// SPDX-License-Identifier: Apache-2.0
// What each certificate comes to, with both versions of TLS, at servers that ask for one and at
// servers that require one.
#include <openssl/x509v3.h>

#include "props/unit/pair.h"
#include "props/unit/unit.h"

enum { ERROR_COUNT_MAX = 4 };

struct error {
    int error;
    int depth;
};

// What is recorded of a client's certificate and which alert a strict server sends; it sends the
// one for the first error.
static const struct row {
    struct error errors[ERROR_COUNT_MAX]; // in any order; 0 ends them
    int alert;                            // 0: none
} rows[PKI_CLIENT_COUNT] = {
    [PKI_NONE] = {.alert = 116},
    [PKI_EXPIRED] = {{{X509_V_ERR_CERT_HAS_EXPIRED, 0}}, 45},
    [PKI_NOT_YET_VALID] = {{{X509_V_ERR_CERT_NOT_YET_VALID, 0}}, 42},
    [PKI_OTHER_CA] = {{{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0},
                       {X509_V_ERR_UNABLE_TO_GET_CRL, 0},
                       {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0}},
                      48},
    [PKI_SELF_SIGNED] = {{{X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, 0},
                          {X509_V_ERR_UNABLE_TO_GET_CRL, 0}},
                         48},
    [PKI_BROKEN_SIGNATURE] = {{{X509_V_ERR_CERT_SIGNATURE_FAILURE, 0}}, 51},
    [PKI_SERVER_EKU] = {{{X509_V_ERR_INVALID_PURPOSE, 0}}, 43},
    [PKI_LEAF_ONLY] = {{{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0},
                        {X509_V_ERR_UNABLE_TO_GET_CRL, 0},
                        {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0}},
                       48},
    [PKI_EXPIRED_ISSUER] = {{{X509_V_ERR_CERT_HAS_EXPIRED, 1}}, 45},
    [PKI_CA_AS_LEAF] = {{{X509_V_ERR_INVALID_PURPOSE, 0}}, 43},
    [PKI_WEAK] = {{{X509_V_ERR_EE_KEY_TOO_SMALL, 0}, {X509_V_ERR_CA_MD_TOO_WEAK, 0}}, 42},
    [PKI_REVOKED] = {{{X509_V_ERR_CERT_REVOKED, 0}}, 44},
    [PKI_EXPIRED_OTHER_CA] = {{{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0},
                               {X509_V_ERR_UNABLE_TO_GET_CRL, 0},
                               {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0},
                               {X509_V_ERR_CERT_HAS_EXPIRED, 0}},
                              48},
    [PKI_EXPIRED_REVOKED] = {{{X509_V_ERR_CERT_REVOKED, 0}, {X509_V_ERR_CERT_HAS_EXPIRED, 0}}, 44},
};

static struct pki_folder folder;
static struct bp_tls clients[PKI_CLIENT_COUNT];

static bool has_recorded(const struct bp_presented *presented, const struct error *wanted)
{
    for (size_t i = 0; i < presented->error_count; i++)
        if (presented->errors[i].error == wanted->error &&
            presented->errors[i].depth == wanted->depth)
            return true;
    return false;
}

static void check_errors(size_t kind, const struct bp_presented *presented)
{
    size_t count = 0;
    while (count < ERROR_COUNT_MAX && rows[kind].errors[count].error != 0)
        CHECK_ROW(kind, has_recorded(presented, &rows[kind].errors[count++]));
    CHECK_ROW(kind, presented->error_count == count);
    CHECK_ROW(kind, !presented->has_overflow);
    CHECK_ROW(kind, !presented->is_resumed);
    CHECK_ROW(kind, presented->has_certificate == (kind != PKI_NONE));
}

static unsigned status_of(const struct bp_presented *presented, bool checks_subject)
{
    const struct bp_gate gate = {bp_gate_decide, checks_subject};
    enum bp_reason reason = gate.decide(&gate, presented, time(NULL));
    return reason == BP_REASON_NONE ? 200 : bp_reason_row(reason)->status;
}

// Every handshake completes; the answer is the documented one.
static void check_asked(size_t kind, const struct pair *pair)
{
    const struct bp_presented *presented = &pair->server.presented;
    const struct pki_policy lenient = {.trusts_ca = true, .reads_crl = true, .rejects_eku = true};
    CHECK_ROW(kind, pair->client.is_open);
    CHECK_ROW(kind, pair->server.is_open);
    CHECK_ROW(kind, pair->client.was_asked);
    CHECK_ROW(kind, status_of(presented, true) == pki_row((enum pki_kind)kind)->status);
    CHECK_ROW(kind, status_of(presented, false) == pki_status((enum pki_kind)kind, &lenient));
    check_errors(kind, presented);
}

// The client learns of the alert in the handshake, under TLS 1.3 when it reads.
static void check_required(size_t kind, struct pair *pair, enum bp_tls_version version)
{
    char space[16];
    bool is_late = version == BP_TLS_1_3;
    int alert = rows[kind].alert == 116 && !is_late ? 40 : rows[kind].alert;
    CHECK_ROW(kind, pair->server.is_open == (alert == 0));
    CHECK_ROW(kind, pair->client.is_open == (alert == 0 || is_late));
    if (alert == 0)
        return;
    size_t len;
    if (pair->client.is_open)
        CHECK_ROW(kind, bp_stream_read(&pair->client, space, sizeof space, &len) == BP_STEP_ENDED);
    const struct bp_end *end = &pair->client.end;
    CHECK_ROW(kind, end->kind == BP_END_ALERT);
    CHECK_ROW(kind, end->code == alert);
    CHECK_ROW(kind, end->in_handshake == !is_late);
    end = &pair->server.end;
    CHECK_ROW(kind, end->kind == BP_END_UNTRUSTED);
    CHECK_ROW(kind, end->code == rows[kind].errors[0].error);
    CHECK_ROW(kind, end->in_handshake);
}

static void check_kinds(enum bp_client_auth client_auth, enum bp_tls_version version,
                        enum pki_kind own, size_t piece_len)
{
    struct bp_trouble trouble = {""};
    struct bp_tls server;
    struct bp_tls_server_config config = pair_server(&folder, own);
    config.client_auth = client_auth;
    config.min = version;
    config.max = version;
    CHECK(bp_tls_server_init(&server, &trouble, &config));
    for (size_t kind = 0; kind < PKI_CLIENT_COUNT; kind++) {
        struct pair pair;
        CHECK_ROW(kind, pair_open(&pair, &clients[kind], &server, "localhost", NULL));
        pair_shake(&pair, piece_len);
        if (client_auth == BP_CLIENT_AUTH_ASK)
            check_asked(kind, &pair);
        else
            check_required(kind, &pair, version);
        pair_close(&pair);
    }
    bp_tls_free(&server);
}

static void begin_clients(void)
{
    for (size_t kind = 0; kind < PKI_CLIENT_COUNT; kind++) {
        struct bp_trouble trouble = {""};
        struct bp_tls_client_config shown = pair_client(&folder, (enum pki_kind)kind);
        shown.takes_weak = true;
        CHECK_ROW(kind, bp_tls_client_init(&clients[kind], &trouble, &shown));
    }
}

static void end_clients(void)
{
    for (size_t kind = 0; kind < PKI_CLIENT_COUNT; kind++)
        bp_tls_free(&clients[kind]);
}

static EVP_PKEY *read_key(enum pki_kind kind)
{
    BIO *bytes = BIO_new_file(pair_path(&folder, kind, ".key", 6), "r");
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bytes, NULL, NULL, NULL);
    BIO_free(bytes);
    return key;
}

// A list of nothing, of an authority in the folder.
static bool write_crl(const char *path, enum pki_kind issuer, long last_s, long next_s)
{
    EVP_PKEY *key = read_key(issuer);
    X509 *ca = pki_folder_own(&folder, issuer);
    X509_CRL *crl = X509_CRL_new();
    ASN1_TIME *time = X509_gmtime_adj(NULL, last_s);
    bool ok = X509_CRL_set_version(crl, 1) == 1 &&
              X509_CRL_set_issuer_name(crl, X509_get_subject_name(ca)) == 1 &&
              X509_CRL_set1_lastUpdate(crl, time) == 1 &&
              X509_CRL_set1_nextUpdate(crl, X509_gmtime_adj(time, next_s)) == 1 &&
              X509_CRL_sign(crl, key, EVP_sha256()) > 0;
    BIO *out = BIO_new_file(path, "w");
    ok = ok && PEM_write_bio_X509_CRL(out, crl) == 1;
    BIO_free(out);
    ASN1_TIME_free(time);
    X509_CRL_free(crl);
    X509_free(ca);
    EVP_PKEY_free(key);
    return ok;
}

// Without a list in force nobody is let in.
static void check_crl(enum pki_kind issuer, long last_s, long next_s, int error)
{
    static const enum pki_kind shown[] = {PKI_CLIENT, PKI_CLIENT_CHAIN, PKI_EXPIRED, PKI_REVOKED};
    char path[FOLDER_LEN_MAX + 64];
    snprintf(path, sizeof path, "%s/own-crl.pem", folder.path);
    CHECK(write_crl(path, issuer, last_s, next_s));
    struct bp_trouble trouble = {""};
    struct bp_tls server;
    struct bp_tls_server_config config = pair_server(&folder, PKI_SERVER);
    config.crl_path = path;
    CHECK(bp_tls_server_init(&server, &trouble, &config));
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct pair pair;
        CHECK_ROW(i, pair_open(&pair, &clients[shown[i]], &server, "localhost", NULL));
        pair_shake(&pair, 4096);
        CHECK_ROW(i, pair.server.is_open);
        CHECK_ROW(i, status_of(&pair.server.presented, false) == 403);
        if (shown[i] == PKI_CLIENT)
            CHECK_ROW(i, has_recorded(&pair.server.presented, &(struct error){error, 0}));
        pair_close(&pair);
    }
    bp_tls_free(&server);
}

// An authority with the key of PKI_CLIENT that has no key usage.
static bool write_authority(const char *path)
{
    EVP_PKEY *ca_key = read_key(PKI_ROOT);
    EVP_PKEY *key = read_key(PKI_CLIENT);
    X509 *ca = pki_folder_own(&folder, PKI_ROOT);
    X509 *made = X509_new();
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, NID_basic_constraints, "CA:TRUE");
    bool ok = X509_set_version(made, 2) == 1 &&
              ASN1_INTEGER_set(X509_get_serialNumber(made), 7) == 1 &&
              X509_set_issuer_name(made, X509_get_subject_name(ca)) == 1 &&
              X509_gmtime_adj(X509_getm_notBefore(made), -3600) != NULL &&
              X509_gmtime_adj(X509_getm_notAfter(made), 86400) != NULL &&
              X509_set_pubkey(made, key) == 1 && X509_add_ext(made, extension, -1) == 1 &&
              X509_sign(made, ca_key, EVP_sha256()) > 0;
    BIO *out = BIO_new_file(path, "w");
    ok = ok && PEM_write_bio_X509(out, made) == 1;
    BIO_free(out);
    X509_EXTENSION_free(extension);
    X509_free(made);
    X509_free(ca);
    EVP_PKEY_free(key);
    EVP_PKEY_free(ca_key);
    return ok;
}

// OpenSSL would let it be a client.
static void check_authority(enum bp_client_auth client_auth)
{
    char path[FOLDER_LEN_MAX + 64];
    snprintf(path, sizeof path, "%s/own-ca.pem", folder.path);
    CHECK(write_authority(path));
    struct bp_trouble trouble = {""};
    struct bp_tls server;
    struct bp_tls client;
    struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
    theirs.client_auth = client_auth;
    struct bp_tls_client_config mine = pair_client(&folder, PKI_CLIENT);
    mine.cert_path = path;
    CHECK(bp_tls_server_init(&server, &trouble, &theirs));
    CHECK(bp_tls_client_init(&client, &trouble, &mine));
    struct pair pair;
    CHECK(pair_open(&pair, &client, &server, "localhost", NULL));
    pair_shake(&pair, 4096);
    const struct bp_presented *presented = &pair.server.presented;
    CHECK(pair.server.is_open == (client_auth == BP_CLIENT_AUTH_ASK));
    CHECK(presented->error_count == 1);
    CHECK(has_recorded(presented, &(struct error){X509_V_ERR_INVALID_PURPOSE, 0}));
    pair_close(&pair);
    bp_tls_free(&client);
    bp_tls_free(&server);
}

int main(void)
{
    CHECK(pair_folder_make(&folder));
    begin_clients();
    check_kinds(BP_CLIENT_AUTH_ASK, BP_TLS_1_2, PKI_SERVER, 4096);
    check_kinds(BP_CLIENT_AUTH_ASK, BP_TLS_1_3, PKI_SERVER, 4096);
    check_kinds(BP_CLIENT_AUTH_ASK, BP_TLS_1_2, PKI_SERVER_RSA, 1);
    check_kinds(BP_CLIENT_AUTH_ASK, BP_TLS_1_3, PKI_SERVER_CHAIN, 1);
    check_kinds(BP_CLIENT_AUTH_REQUIRE, BP_TLS_1_2, PKI_SERVER, 4096);
    check_kinds(BP_CLIENT_AUTH_REQUIRE, BP_TLS_1_3, PKI_SERVER, 1);
    check_crl(PKI_ROOT_OTHER, -3600, 86400, X509_V_ERR_UNABLE_TO_GET_CRL);
    check_crl(PKI_ISSUER, -3600, 86400, X509_V_ERR_UNABLE_TO_GET_CRL);
    check_crl(PKI_ROOT, -2 * 86400, -86400, X509_V_ERR_CRL_HAS_EXPIRED);
    check_crl(PKI_ROOT, 3600, 86400, X509_V_ERR_CRL_NOT_YET_VALID);
    check_authority(BP_CLIENT_AUTH_ASK);
    check_authority(BP_CLIENT_AUTH_REQUIRE);
    end_clients();
    pki_folder_close(&folder);
    return unit_end();
}
