// SPDX-License-Identifier: Apache-2.0
#include "net/end.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

static const struct {
    const char *name;
    const char *words;
} ends[BP_END_COUNT] = {
#define BP_END_ROW_(name, text, words) [BP_END_##name] = {text, words},
    BP_ENDS(BP_END_ROW_)
#undef BP_END_ROW_
};

// All others are this machine's failure.
static const struct {
    int error;
    enum bp_end_kind kind;
} errors[] = {
    {EPIPE, BP_END_EOF},
    {ECONNRESET, BP_END_RESET},
    {ECONNABORTED, BP_END_RESET},
    {ETIMEDOUT, BP_END_TIMEOUT},
    {ECONNREFUSED, BP_END_REFUSED},
    {EHOSTUNREACH, BP_END_UNREACHABLE},
    {ENETUNREACH, BP_END_UNREACHABLE},
    {EHOSTDOWN, BP_END_UNREACHABLE},
    {ENETDOWN, BP_END_UNREACHABLE},
};

// RFC 8446 section 6, and those of TLS 1.2 and before that it no longer names.
static const struct {
    uint8_t alert;
    const char *name;
} alerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
};

const char *bp_end_name(enum bp_end_kind kind) { return ends[kind].name; }

const char *bp_alert_name(int alert)
{
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++)
        if (alerts[i].alert == alert)
            return alerts[i].name;
    return "";
}

struct bp_end bp_end_of_errno(int error)
{
    struct bp_end end = {.kind = BP_END_LOCAL, .code = error};
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (errors[i].error == error)
            end.kind = (uint8_t)errors[i].kind;
    if (end.kind != BP_END_LOCAL && end.kind != BP_END_UNREACHABLE)
        end.code = 0;
    return end;
}

static void put_alert(struct buf *out, const struct bp_end *end)
{
    const char *name = bp_alert_name(end->code);
    buf_put_text(out, "alert ");
    buf_put_text(out, name);
    buf_put_text(out, *name == '\0' ? "" : " ");
    buf_put_byte(out, '(');
    buf_put_signed(out, end->code);
    buf_put_text(out, end->in_handshake ? ") in the handshake" : ") after the handshake");
}

static void put_reason(struct buf *out, const char *words, const char *reason)
{
    buf_put_text(out, words);
    if (reason != NULL) {
        buf_put_text(out, ": ");
        buf_put_text(out, reason);
    }
}

// What the code of an end means, or NULL when its kind has none.
static const char *code_words(const struct bp_end *end, char *space, size_t cap)
{
    if (end->code == 0)
        return NULL;
    if (end->kind == BP_END_PROTOCOL && OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS, NULL) == 1)
        return ERR_reason_error_string(ERR_PACK(ERR_LIB_SSL, 0, end->code));
    if (end->kind == BP_END_LOCAL || end->kind == BP_END_UNREACHABLE)
        return strerror_r(end->code, space, cap) == 0 ? space : NULL;
    return NULL;
}

void bp_end_put(struct buf *out, const struct bp_end *end)
{
    char space[128];
    if (end->kind == BP_END_ALERT)
        put_alert(out, end);
    else if (end->kind == BP_END_UNTRUSTED && end->code == 0)
        put_reason(out, "untrusted", "no certificate came");
    else if (end->kind == BP_END_UNTRUSTED)
        put_reason(out, "untrusted", X509_verify_cert_error_string(end->code));
    else
        put_reason(out, ends[end->kind].words, code_words(end, space, sizeof space));
    if (end->in_handshake && end->kind != BP_END_ALERT && end->kind != BP_END_UNTRUSTED)
        buf_put_text(out, ", in the handshake");
}
