// SPDX-License-Identifier: Apache-2.0
#include "net/end.h"

#include <errno.h>
#include <openssl/sslerr.h>
#include <openssl/x509_vfy.h>

#include "props/unit/unit.h"

static const struct {
    struct bp_end end;
    const char *want;
} rows[] = {
    {{.kind = BP_END_NONE}, "the connection is open"},
    {{.kind = BP_END_CLOSED}, "the other side said that it is done (close_notify)"},
    {{.kind = BP_END_EOF}, "the other side closed the connection"},
    {{.kind = BP_END_EOF, .in_handshake = true},
     "the other side closed the connection, in the handshake"},
    {{.kind = BP_END_RESET, .in_handshake = true},
     "the other side reset the connection, in the handshake"},
    {{.kind = BP_END_ALERT, .code = 116}, "alert certificate_required (116) after the handshake"},
    {{.kind = BP_END_ALERT, .code = 40, .in_handshake = true},
     "alert handshake_failure (40) in the handshake"},
    {{.kind = BP_END_ALERT, .code = 255}, "alert (255) after the handshake"},
    {{.kind = BP_END_TIMEOUT}, "nothing came in time"},
    {{.kind = BP_END_NAME}, "the host name cannot be resolved"},
    {{.kind = BP_END_REFUSED}, "nobody listens there"},
    {{.kind = BP_END_UNREACHABLE}, "there is no way to that address"},
    {{.kind = BP_END_UNREACHABLE, .code = ENETUNREACH},
     "there is no way to that address: Network is unreachable"},
    {{.kind = BP_END_UNTRUSTED,
      .code = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      .in_handshake = true},
     "untrusted: unable to get local issuer certificate"},
    {{.kind = BP_END_UNTRUSTED, .in_handshake = true}, "untrusted: no certificate came"},
    {{.kind = BP_END_PROTOCOL}, "what came is not the TLS that was expected"},
    {{.kind = BP_END_PROTOCOL, .code = SSL_R_HTTP_REQUEST, .in_handshake = true},
     "what came is not the TLS that was expected: http request, in the handshake"},
    {{.kind = BP_END_PROTOCOL, .code = 900}, "what came is not the TLS that was expected"},
    {{.kind = BP_END_STOPPED}, "it was stopped from here"},
    {{.kind = BP_END_LOCAL, .code = EMFILE}, "this machine failed: Too many open files"},
};

static const struct {
    int alert;
    const char *name;
} alerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {42, "bad_certificate"},
    {45, "certificate_expired"},
    {48, "unknown_ca"},
    {70, "protocol_version"},
    {86, "inappropriate_fallback"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
    {1, ""},
    {-1, ""},
    {300, ""},
};

// What a socket's errors mean; only these two kinds keep the number.
static const struct {
    int error;
    enum bp_end_kind kind;
    bool has_code;
} errors[] = {
    {EPIPE, BP_END_EOF, false},
    {ECONNRESET, BP_END_RESET, false},
    {ECONNREFUSED, BP_END_REFUSED, false},
    {ETIMEDOUT, BP_END_TIMEOUT, false},
    {ENETUNREACH, BP_END_UNREACHABLE, true},
    {ENETDOWN, BP_END_UNREACHABLE, true},
    {EMFILE, BP_END_LOCAL, true},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[128];
        struct buf out = BUF(space);
        bp_end_put(&out, &rows[i].end);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].want)));
    }
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++)
        CHECK_ROW(i, view_equal(view_of_text(bp_alert_name(alerts[i].alert)),
                                view_of_text(alerts[i].name)));
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        struct bp_end end = bp_end_of_errno(errors[i].error);
        CHECK_ROW(i, end.kind == errors[i].kind && !end.in_handshake);
        CHECK_ROW(i, end.code == (errors[i].has_code ? errors[i].error : 0));
    }
    for (int kind = 0; kind < BP_END_COUNT; kind++)
        CHECK_ROW((size_t)kind, bp_end_name((enum bp_end_kind)kind)[0] != '\0');
    CHECK(view_equal(view_of_text(bp_end_name(BP_END_ALERT)), VIEW("alert")));
    return unit_end();
}
