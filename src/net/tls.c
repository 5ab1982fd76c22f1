// SPDX-License-Identifier: Apache-2.0
#include "net/tls.h"

#include <openssl/err.h>

#include "net/tls_context.h"
#include "net/wire.h"

static const int versions[] = {
    [BP_TLS_ANY] = 0,
    [BP_TLS_1_0] = TLS1_VERSION,
    [BP_TLS_1_1] = TLS1_1_VERSION,
    [BP_TLS_1_2] = TLS1_2_VERSION,
    [BP_TLS_1_3] = TLS1_3_VERSION,
};

// The suites of TLS 1.2 and before; those of 1.3 are all good. Without a level behind it OpenSSL
// drops what the level of the context forbids.
static const char *suites_of(const struct bp_tls_terms *terms, int min)
{
    if (terms->suites != NULL)
        return terms->suites;
    if (min < TLS1_2_VERSION)
        return "DEFAULT";
    if (terms->offers_weak)
        return "aNULL:eNULL:RC4:3DES:DES:EXPORT:LOW";
    return "ECDHE+AESGCM:ECDHE+CHACHA20";
}

static bool set_versions(struct bp_tls *out, struct bp_trouble *trouble,
                         const struct bp_tls_terms *terms)
{
    int max = terms->max == BP_TLS_ANY ? TLS1_3_VERSION : versions[terms->max];
    int min = versions[terms->min];
    if (terms->min == BP_TLS_ANY)
        min = max < TLS1_2_VERSION ? max : TLS1_2_VERSION;
    if (min > max)
        return bp_trouble_say(trouble, "the lowest TLS version is above the highest: ", "",
                              "raise the highest (--tls-max) or lower the lowest");
    bool is_old = min < TLS1_2_VERSION;
    SSL_CTX_set_security_level(out->context, is_old || terms->is_weak ? 0 : 2);
    if (SSL_CTX_set_min_proto_version(out->context, min) != 1 ||
        SSL_CTX_set_max_proto_version(out->context, max) != 1)
        return bp_trouble_tls(trouble, "this OpenSSL lacks a TLS version", "");
    if (SSL_CTX_set_cipher_list(out->context, suites_of(terms, min)) != 1)
        return bp_trouble_tls(trouble, "this OpenSSL lacks the cipher suites", "");
    return true;
}

bool bp_tls_begin(struct bp_tls *out, struct bp_trouble *trouble, const struct bp_tls_terms *terms)
{
    *out = (struct bp_tls){.is_server = terms->is_server};
    ERR_clear_error();
    out->context = SSL_CTX_new(terms->is_server ? TLS_server_method() : TLS_client_method());
    out->wire = bp_wire_method();
    if (out->context == NULL || out->wire == NULL)
        return bp_trouble_tls(trouble, "cannot set up TLS", "");
    if (!set_versions(out, trouble, terms))
        return false;
    SSL_CTX_set_options(out->context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(out->context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // A server's connections are many and mostly idle.
    if (terms->is_server)
        SSL_CTX_set_mode(out->context, SSL_MODE_RELEASE_BUFFERS);
    // One system call a record instead of two; bp_stream_buffered knows of the rest.
    SSL_CTX_set_read_ahead(out->context, 1);
    if (!terms->keeps_sessions) {
        SSL_CTX_set_options(out->context, SSL_OP_NO_TICKET);
        SSL_CTX_set_session_cache_mode(out->context, SSL_SESS_CACHE_OFF);
    }
    return true;
}

bool bp_tls_identify(struct bp_tls *tls, struct bp_trouble *trouble,
                     const struct bp_identity_source *source)
{
    struct bp_identity identity;
    bool ok = bp_identity_read(&identity, trouble, source);
    const char *key_path = source->key_path != NULL ? source->key_path : source->cert_path;
    ERR_clear_error();
    if (ok && X509_check_private_key(identity.certificate, identity.key) != 1) {
        ERR_clear_error();
        ok = bp_trouble_say(trouble, "the key in ", key_path,
                            " does not belong to the certificate: give the key that it was"
                            " made with");
    }
    if (ok && SSL_CTX_use_cert_and_key(tls->context, identity.certificate, identity.key,
                                       identity.chain, 1) != 1)
        ok = bp_trouble_tls(trouble, "cannot use the certificate ", source->cert_path);
    if (ok)
        tls->own_not_after_s = bp_identity_time(X509_get0_notAfter(identity.certificate));
    bp_identity_free(&identity);
    return ok;
}

void bp_tls_free(struct bp_tls *tls)
{
    SSL_CTX_free(tls->context);
    bp_wire_method_free(tls->wire);
    *tls = (struct bp_tls){.context = NULL};
}

void bp_session_free(struct ssl_session_st *session) { SSL_SESSION_free(session); }
