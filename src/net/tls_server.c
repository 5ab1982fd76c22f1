// SPDX-License-Identifier: Apache-2.0
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "net/stream.h"
#include "net/tls_context.h"
#include "net/trust.h"

enum { CHAIN_LEN_MAX = 32768, CHAIN_DEPTH_MAX = 8 };

// A client's certificate as OpenSSL judges it, one call for each error and one for each certificate
// that has none. The error is never set to OK: the last one stays what OpenSSL reports.
static int judge(int ok, X509_STORE_CTX *judged)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(judged, SSL_get_ex_data_X509_STORE_CTX_idx());
    int depth = X509_STORE_CTX_get_error_depth(judged);
    // What a forgiven certificate leaves in the queue would make the next wait look like a failure.
    ERR_clear_error();
    // OpenSSL lets an authority be a client as long as its key usage does not forbid it.
    if (ok && depth == 0 && X509_check_ca(X509_STORE_CTX_get0_cert(judged)) == 1) {
        X509_STORE_CTX_set_error(judged, X509_V_ERR_INVALID_PURPOSE);
        ok = 0;
    }
    if (ok)
        return 1;
    struct bp_stream *stream = SSL_get_app_data(ssl);
    bp_presented_note(&stream->presented, X509_STORE_CTX_get_error(judged), depth);
    return (SSL_get_verify_mode(ssl) & SSL_VERIFY_FAIL_IF_NO_PEER_CERT) == 0;
}

static bool trust_clients(struct bp_tls *tls, struct bp_trouble *trouble,
                          const struct bp_tls_server_config *config)
{
    if (config->client_auth == BP_CLIENT_AUTH_NONE)
        return true;
    if (!bp_trust_add_file(tls->context, trouble, config->client_ca_path))
        return false;
    if (config->crl_path != NULL && !bp_trust_add_crls(tls->context, trouble, config->crl_path))
        return false;
    STACK_OF(X509_NAME) *names = SSL_load_client_CA_file(config->client_ca_path);
    if (names == NULL)
        return bp_trouble_tls(trouble, "cannot read the names in ", config->client_ca_path);
    SSL_CTX_set_client_CA_list(tls->context, names);
    if (!config->takes_weak &&
        SSL_CTX_set1_client_sigalgs_list(tls->context, BP_TLS_SIGNATURES) != 1)
        return bp_trouble_tls(trouble, "this OpenSSL lacks a signature", "");
    int mode = SSL_VERIFY_PEER;
    if (config->client_auth == BP_CLIENT_AUTH_REQUIRE)
        mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    SSL_CTX_set_verify(tls->context, mode, judge);
    SSL_CTX_set_verify_depth(tls->context, CHAIN_DEPTH_MAX);
    SSL_CTX_set_max_cert_list(tls->context, CHAIN_LEN_MAX);
    return true;
}

static bool set_sessions(struct bp_tls *tls, struct bp_trouble *trouble, bool keeps_sessions)
{
    static const unsigned char id[] = "balprobe";
    if (SSL_CTX_set_session_id_context(tls->context, id, sizeof id - 1) != 1)
        return bp_trouble_tls(trouble, "cannot set up TLS", "");
    if (keeps_sessions)
        return true;
    if (SSL_CTX_set_num_tickets(tls->context, 0) != 1)
        return bp_trouble_tls(trouble, "cannot switch session tickets off", "");
    return true;
}

bool bp_tls_server_init(struct bp_tls *out, struct bp_trouble *trouble,
                        const struct bp_tls_server_config *config)
{
    const struct bp_tls_terms terms = {.is_server = true,
                                       .min = config->min,
                                       .max = config->max,
                                       .is_weak = config->takes_weak,
                                       .suites = config->suites,
                                       .keeps_sessions = config->keeps_sessions};
    const struct bp_identity_source source = {
        config->cert_path, config->key_path, NULL,
        "a server needs one without a passphrase; openssl pkey -in FILE -out FILE makes it"};
    return bp_tls_begin(out, trouble, &terms) && bp_tls_identify(out, trouble, &source) &&
           trust_clients(out, trouble, config) &&
           set_sessions(out, trouble, config->keeps_sessions);
}
