// SPDX-License-Identifier: Apache-2.0
#include "props/liar/tls_liars.h"

// Numbers of OpenSSL's X509_V_ERR_..., which are part of its interface.
enum {
    ERROR_NO_CRL = 3,
    ERROR_SIGNATURE = 7,
    ERROR_NOT_YET_VALID = 9,
    ERROR_EXPIRED = 10,
    ERROR_SELF_SIGNED = 18,
    ERROR_SELF_SIGNED_IN_CHAIN = 19,
    ERROR_NO_ISSUER = 20,
    ERROR_UNVERIFIED_LEAF = 21,
    ERROR_REVOKED = 23,
    ERROR_PURPOSE = 26,
};

// The documented decision when these errors, up to a 0, had not been recorded.
static enum bp_reason forgive(const struct bp_gate *gate, const struct bp_presented *presented,
                              int64_t now_s, const uint16_t *errors)
{
    struct bp_presented rest = *presented;
    rest.error_count = 0;
    for (size_t i = 0; i < presented->error_count; i++) {
        const uint16_t *error = errors;
        while (*error != 0 && *error != presented->errors[i].error)
            error++;
        if (*error == 0)
            rest.errors[rest.error_count++] = presented->errors[i];
    }
    return bp_gate_decide(gate, &rest, now_s);
}

#define FORGIVER(name, ...)                                                                      \
    static enum bp_reason name(const struct bp_gate *gate, const struct bp_presented *presented, \
                               int64_t now_s)                                                    \
    {                                                                                            \
        static const uint16_t errors[] = {__VA_ARGS__, 0};                                       \
        return forgive(gate, presented, now_s, errors);                                          \
    }

FORGIVER(forgive_early, ERROR_NOT_YET_VALID)
FORGIVER(forgive_other_ca, ERROR_NO_ISSUER, ERROR_UNVERIFIED_LEAF, ERROR_SELF_SIGNED_IN_CHAIN,
         ERROR_NO_CRL)
FORGIVER(forgive_self_signed, ERROR_SELF_SIGNED, ERROR_NO_CRL)
FORGIVER(forgive_revoked, ERROR_REVOKED)
FORGIVER(forgive_signature, ERROR_SIGNATURE)
FORGIVER(forgive_purpose, ERROR_PURPOSE)

// The documented decision with one answer in place of another.
#define REPLACER(name, from, to)                                                                 \
    static enum bp_reason name(const struct bp_gate *gate, const struct bp_presented *presented, \
                               int64_t now_s)                                                    \
    {                                                                                            \
        enum bp_reason reason = bp_gate_decide(gate, presented, now_s);                          \
        return reason == (from) ? (to) : reason;                                                 \
    }

REPLACER(accept_none, BP_REASON_CERT_MISSING, BP_REASON_NONE)
REPLACER(accept_expired, BP_REASON_CERT_EXPIRED, BP_REASON_NONE)
REPLACER(refuse_all, BP_REASON_NONE, BP_REASON_CERT_REFUSED)
REPLACER(missing_as_403, BP_REASON_CERT_MISSING, BP_REASON_CERT_REFUSED)
REPLACER(missing_as_500, BP_REASON_CERT_MISSING, BP_REASON_INTERNAL)
REPLACER(expired_as_403, BP_REASON_CERT_EXPIRED, BP_REASON_CERT_REFUSED)
REPLACER(refused_as_401, BP_REASON_CERT_REFUSED, BP_REASON_CERT_EXPIRED)

static enum bp_reason accept_all(const struct bp_gate *gate, const struct bp_presented *presented,
                                 int64_t now_s)
{
    (void)gate;
    (void)presented;
    (void)now_s;
    return BP_REASON_NONE;
}

static enum bp_reason accept_any(const struct bp_gate *gate, const struct bp_presented *presented,
                                 int64_t now_s)
{
    enum bp_reason reason = bp_gate_decide(gate, presented, now_s);
    return reason == BP_REASON_CERT_MISSING ? reason : BP_REASON_NONE;
}

// What OpenSSL's verify result holds: a certificate of another CA that has expired too reads as
// expired.
static enum bp_reason believe_last(const struct bp_gate *gate, const struct bp_presented *presented,
                                   int64_t now_s)
{
    struct bp_presented last = *presented;
    if (last.error_count > 1) {
        last.errors[0] = last.errors[last.error_count - 1];
        last.error_count = 1;
        last.has_overflow = false;
    }
    return bp_gate_decide(gate, &last, now_s);
}

static enum bp_reason believe_ticket(const struct bp_gate *gate,
                                     const struct bp_presented *presented, int64_t now_s)
{
    return presented->is_resumed ? BP_REASON_NONE : bp_gate_decide(gate, presented, now_s);
}

static enum bp_reason any_subject(const struct bp_gate *gate, const struct bp_presented *presented,
                                  int64_t now_s)
{
    struct bp_gate blind = *gate;
    blind.checks_subject = false;
    return bp_gate_decide(&blind, presented, now_s);
}

static void keep_sessions(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->keeps_sessions = true;
}

static void speak_1_0(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->min = BP_TLS_1_0;
    tls->takes_weak = true;
}

static void speak_1_1(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->min = BP_TLS_1_1;
    tls->takes_weak = true;
}

static void speak_1_2_only(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->max = BP_TLS_1_2;
}

static void speak_1_3_only(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->min = BP_TLS_1_3;
}

static void take_weak(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->takes_weak = true;
}

static void take_suites(struct bp_tls_server_config *tls, const char *suites)
{
    tls->suites = suites;
    tls->takes_weak = true;
}

static void take_null(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    take_suites(tls, "ECDHE+AESGCM:eNULL");
}

static void take_anonymous(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    take_suites(tls, "ECDHE+AESGCM:aNULL");
}

static void answer_clear_text(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)tls;
    server->answers_clear_text = true;
}

static void require_certificate(struct bp_tls_server_config *tls, struct bp_server_config *server)
{
    (void)server;
    tls->client_auth = BP_CLIENT_AUTH_REQUIRE;
}

#define LITERAL .profile = "seed-literal"

const struct tls_liar tls_liars[] = {
    {"tls-good-refused", "GB-TLS-1", "refuses every certificate", .decide = refuse_all},
    {"tls-none-served", "GB-TLS-2", "serves clients without a certificate", .decide = accept_none},
    {"tls-none-403", "GB-TLS-2", "answers 403 where no certificate came", LITERAL,
     .decide = missing_as_403},
    {"tls-none-500", "GB-TLS-2", "breaks where no certificate came", .decide = missing_as_500},
    {"tls-none-alert", "GB-TLS-2", "ends the handshake where no certificate came", LITERAL,
     .spoil = require_certificate},
    {"tls-none-claims", "GB-TLS-2", "believes a field that claims a certificate",
     .talk = TLS_TALK_CLAIM},
    {"tls-none-path", "GB-TLS-2", "asks for a certificate on one spelling of the path",
     .talk = TLS_TALK_PATH},
    {"tls-none-first", "GB-TLS-2", "refuses the first request of a connection only",
     .talk = TLS_TALK_FIRST},
    {"tls-expired-served", "GB-TLS-3", "ignores the end of a certificate's life",
     .decide = accept_expired},
    {"tls-expired-403", "GB-TLS-3", "answers 403 to an expired certificate", LITERAL,
     .decide = expired_as_403},
    {"tls-any-served", "GB-TLS-4", "serves any certificate", .decide = accept_any},
    {"tls-all-served", "GB-TLS-4", "never looks at certificates", .decide = accept_all},
    {"tls-other-ca", "GB-TLS-4", "serves certificates of unknown CAs", .decide = forgive_other_ca},
    {"tls-self-signed", "GB-TLS-4", "serves self-signed certificates",
     .decide = forgive_self_signed},
    {"tls-early", "GB-TLS-4", "ignores the beginning of a certificate's life",
     .decide = forgive_early},
    {"tls-signature", "GB-TLS-4", "does not check signatures", .decide = forgive_signature},
    {"tls-revoked-served", "GB-TLS-4", "does not look at the revocation list",
     .decide = forgive_revoked},
    {"tls-refused-401", "GB-TLS-4", "answers 401 to whatever it does not trust", LITERAL,
     .decide = refused_as_401},
    {"tls-last-error", "GB-TLS-4", "believes the last of several errors", LITERAL,
     .decide = believe_last},
    {"tls-any-subject", "GB-TLS-5", "serves any subject of its CA", .profile = "current",
     .decide = any_subject},
    {"tls-server-eku", "GB-TLS-6", "ignores the extended key usage", LITERAL,
     .decide = forgive_purpose},
    {"tls-1-0", "GB-TLS-7", "speaks TLS 1.0", .spoil = speak_1_0},
    {"tls-1-1", "GB-TLS-7", "speaks TLS 1.1", .spoil = speak_1_1},
    {"tls-null", "GB-TLS-7", "takes suites without encryption", .spoil = take_null},
    {"tls-anonymous", "GB-TLS-7", "takes suites without a certificate", .spoil = take_anonymous},
    {"tls-own-expired", "GB-TLS-8", "has itself an expired certificate",
     .serves = PKI_SERVER_EXPIRED},
    {"tls-own-name", "GB-TLS-8", "has a certificate for another host",
     .serves = PKI_SERVER_WRONG_NAME},
    {"tls-own-self-signed", "GB-TLS-8", "signed its certificate itself",
     .serves = PKI_SERVER_SELF_SIGNED},
    {"tls-own-chain", "GB-TLS-8", "does not send its intermediate", .serves = PKI_SERVER_LEAF_ONLY},
    {"tls-ticket", "GB-TLS-9", "believes the ticket of a resumed session", .decide = believe_ticket,
     .spoil = keep_sessions},
    {"tls-tells", "GB-TLS-10", "tells a refused client that a SIM is unknown",
     .talk = TLS_TALK_TELLS},
    {"tls-clear-text", "GB-TLS-11", "serves plain HTTP on the same port",
     .spoil = answer_clear_text},
    {"tls-or-basic", "GB-TLS-12", "takes a good certificate instead of credentials",
     .talk = TLS_TALK_OR},

    {"tls-variant-alerts", NULL, "ends the handshake of every bad certificate",
     .spoil = require_certificate},
    {"tls-variant-1-2", NULL, "speaks TLS 1.2 only", .spoil = speak_1_2_only},
    {"tls-variant-1-3", NULL, "speaks TLS 1.3 only", .spoil = speak_1_3_only},
    {"tls-variant-weak", NULL, "takes RSA-1024 and SHA-1 of its own CA, as Java does",
     .spoil = take_weak},
    {"tls-variant-rsa", NULL, "has an RSA certificate", .serves = PKI_SERVER_RSA},
    {"tls-variant-chain", NULL, "has a certificate of an intermediate, which it sends",
     .serves = PKI_SERVER_CHAIN},
};

size_t tls_liar_count(void) { return sizeof tls_liars / sizeof tls_liars[0]; }

const struct tls_liar *tls_liar_find(struct view name)
{
    for (size_t i = 0; i < tls_liar_count(); i++)
        if (view_equal(name, view_of_text(tls_liars[i].name)))
            return &tls_liars[i];
    return NULL;
}

void tls_liar_spoil(const struct tls_liar *liar, struct bp_tls_server_config *tls,
                    struct bp_server_config *server)
{
    if (liar->decide != NULL)
        server->gate.decide = liar->decide;
    if (liar->spoil != NULL)
        liar->spoil(tls, server);
}
