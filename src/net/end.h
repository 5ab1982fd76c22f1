// SPDX-License-Identifier: Apache-2.0
// How a connection ended, as the one side that is ours sees it. The certificate matrix, the
// server's log and the client's messages all speak of ends.
#ifndef BP_NET_END_H
#define BP_NET_END_H

#include "base/buf.h"

// BP_ENDS lists X(NAME, "name", "words").
#define BP_ENDS(X)                                                                 \
    X(NONE, "open", "the connection is open")                                      \
    X(CLOSED, "closed", "the other side said that it is done (close_notify)")      \
    X(EOF, "eof", "the other side closed the connection")                          \
    X(RESET, "reset", "the other side reset the connection")                       \
    X(ALERT, "alert", "the other side sent a fatal TLS alert")                     \
    X(TIMEOUT, "timeout", "nothing came in time")                                  \
    X(NAME, "name", "the host name cannot be resolved")                            \
    X(REFUSED, "refused", "nobody listens there")                                  \
    X(UNREACHABLE, "unreachable", "there is no way to that address")               \
    X(UNTRUSTED, "untrusted", "the other side's certificate is not to be trusted") \
    X(PROTOCOL, "protocol", "what came is not the TLS that was expected")          \
    X(STOPPED, "stopped", "it was stopped from here")                              \
    X(LOCAL, "local", "this machine failed")

enum bp_end_kind {
#define BP_END_NAME_(name, text, words) BP_END_##name,
    BP_ENDS(BP_END_NAME_)
#undef BP_END_NAME_
        BP_END_COUNT
};

struct bp_end {
    uint8_t kind;      // enum bp_end_kind
    bool in_handshake; // before the handshake was complete on our side
    int code;          // ALERT: its number; UNTRUSTED: X509_V_ERR_..., 0: none came; LOCAL,
                       // UNREACHABLE: errno; PROTOCOL: SSL_R_..., 0: not known
};

// bp_end_name is "alert"; bp_alert_name is "certificate_required" for 116, "" when unknown.
const char *bp_end_name(enum bp_end_kind kind);
const char *bp_alert_name(int alert);

// bp_end_of_errno is what an error of a socket's call means, "in the handshake" left open.
struct bp_end bp_end_of_errno(int error);

// bp_end_put appends what happened in words: "alert certificate_required (116) after the
// handshake", "untrusted: unable to get local issuer certificate".
void bp_end_put(struct buf *out, const struct bp_end *end);

#endif
