// SPDX-License-Identifier: Apache-2.0
// A client's chain judged by the server's callback, beside a callback of our own.
#ifndef BP_FUZZ_CERTIFICATE_CHECKS_H
#define BP_FUZZ_CERTIFICATE_CHECKS_H

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "certificate_model.h"
#include "net/identity.h"
#include "net/stream.h"
#include "net/subject.h"

enum { CERTIFICATE_NOW_S = 1767225600, CERTIFICATE_COUNT_MAX = 8 };

static struct fault_set certificate_heard;

static inline int certificate_hear(int ok, X509_STORE_CTX *judged)
{
    if (!ok)
        fault_set_add(&certificate_heard, X509_STORE_CTX_get_error(judged),
                      X509_STORE_CTX_get_error_depth(judged));
    return 1;
}

// Verifies as a server's handshake does, at a fixed time, with the callback `hear`. False: OpenSSL
// could not go on, whatever the callback said, and ends the handshake.
static inline bool certificate_verify(struct bp_stream *stream, STACK_OF(X509) * chain,
                                      SSL_verify_cb hear)
{
    X509_STORE_CTX *judged = X509_STORE_CTX_new();
    X509_STORE *store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(stream->ssl));
    FUZZ_ASSERT(X509_STORE_CTX_init(judged, store, sk_X509_value(chain, 0), chain) == 1);
    FUZZ_ASSERT(
        X509_STORE_CTX_set_ex_data(judged, SSL_get_ex_data_X509_STORE_CTX_idx(), stream->ssl) == 1);
    FUZZ_ASSERT(X509_STORE_CTX_set_default(judged, "ssl_client") == 1);
    X509_VERIFY_PARAM *terms = X509_STORE_CTX_get0_param(judged);
    FUZZ_ASSERT(X509_VERIFY_PARAM_set1(terms, SSL_get0_param(stream->ssl)) == 1);
    X509_VERIFY_PARAM_set_auth_level(terms, SSL_get_security_level(stream->ssl));
    X509_VERIFY_PARAM_set_time(terms, CERTIFICATE_NOW_S);
    X509_STORE_CTX_set_verify_cb(judged, hear);
    bool is_judged = X509_verify_cert(judged) == 1;
    X509_STORE_CTX_free(judged);
    ERR_clear_error();
    return is_judged;
}

static inline STACK_OF(X509) * certificate_read(struct view bytes)
{
    STACK_OF(X509) *chain = sk_X509_new_null();
    const unsigned char *at = (const unsigned char *)bytes.data;
    const unsigned char *end = at + bytes.len;
    X509 *next;
    while (at < end && sk_X509_num(chain) < CERTIFICATE_COUNT_MAX &&
           (next = d2i_X509(NULL, &at, end - at)) != NULL)
        sk_X509_push(chain, next);
    ERR_clear_error();
    return chain;
}

static inline enum bp_reason certificate_decide(const struct bp_presented *presented,
                                                bool checks_subject)
{
    const struct bp_gate gate = {.checks_subject = checks_subject};
    enum bp_reason reason = bp_gate_decide(&gate, presented, CERTIFICATE_NOW_S);
    unsigned status = reason == BP_REASON_NONE ? 200 : bp_reason_row(reason)->status;
    bool is_401 = reason == BP_REASON_CERT_MISSING || reason == BP_REASON_CERT_EXPIRED;
    FUZZ_ASSERT(status == (reason == BP_REASON_NONE ? 200u : is_401 ? 401u : 403u));
    return reason;
}

static inline void certificate_check_accepted(X509 *own, const struct bp_presented *presented)
{
    FUZZ_ASSERT(presented->error_count == 0 && X509_check_ca(own) == 0);
    X509_VERIFY_PARAM *terms = X509_VERIFY_PARAM_new();
    X509_VERIFY_PARAM_set_time(terms, CERTIFICATE_NOW_S);
    FUZZ_ASSERT(X509_cmp_timeframe(terms, X509_get0_notBefore(own), X509_get0_notAfter(own)) == 0);
    X509_VERIFY_PARAM_free(terms);
    FUZZ_ASSERT(presented->not_after_s >= CERTIFICATE_NOW_S);
    enum bp_reason strict = certificate_decide(presented, true);
    FUZZ_ASSERT(strict == (presented->is_documented_subject ? BP_REASON_NONE //
                                                            : BP_REASON_CERT_SUBJECT));
}

static inline enum bp_reason certificate_judge(const struct bp_tls *tls, STACK_OF(X509) * chain)
{
    struct bp_stream stream;
    X509 *own = sk_X509_value(chain, 0);
    FUZZ_ASSERT(bp_stream_init_memory(&stream, tls, NULL, NULL));
    certificate_heard.count = 0;
    bool is_judged = certificate_verify(&stream, chain, certificate_hear);
    is_judged =
        certificate_verify(&stream, chain, SSL_get_verify_callback(stream.ssl)) && is_judged;
    struct bp_presented *presented = &stream.presented;
    presented->has_certificate = true;
    presented->not_after_s = bp_identity_time(X509_get0_notAfter(own));
    presented->is_documented_subject = bp_subject_is_documented(X509_get_subject_name(own));
    if (presented->is_documented_subject)
        subject_check_documented(X509_get_subject_name(own));
    enum bp_reason reason =
        is_judged ? certificate_decide(presented, false) : BP_REASON_CERT_REFUSED;
    if (X509_check_ca(own) == 1) {
        FUZZ_ASSERT(reason == BP_REASON_CERT_REFUSED);
    } else if (is_judged) {
        FUZZ_ASSERT(fault_set_is_same(&certificate_heard, presented));
        FUZZ_ASSERT(reason == fault_set_decide(&certificate_heard, true,
                                               presented->not_after_s < CERTIFICATE_NOW_S));
    }
    if (reason == BP_REASON_NONE)
        certificate_check_accepted(own, presented);
    bp_stream_close(&stream);
    return reason;
}

#endif
