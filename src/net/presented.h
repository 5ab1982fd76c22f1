// SPDX-License-Identifier: Apache-2.0
// What a client presented in its handshake, and what that means for its requests (GB-TLS-2 to -6).
//
// A permissive server lets every handshake complete and records what is wrong with the certificate:
// all errors, because the last one alone makes "revoked and expired" look like "expired". The
// answer is then decided from the set: no certificate 401, exactly "expired" at the leaf 401,
// anything else 403.
#ifndef BP_NET_PRESENTED_H
#define BP_NET_PRESENTED_H

#include "base/reason.h"

// BP_PRESENTED_EXPIRED is X509_V_ERR_CERT_HAS_EXPIRED: the one error that has an answer of its own,
// so that deciding needs no OpenSSL.
enum { BP_PRESENTED_ERROR_COUNT_MAX = 8, BP_PRESENTED_EXPIRED = 10 };

struct bp_presented {
    bool has_certificate;
    bool is_documented_subject; // the subject of GB-TLS-5, its parts in any order
    bool is_resumed;            // the handshake resumed a session: nothing was verified
    bool has_overflow;          // there were more errors than there is room for
    uint8_t error_count;
    struct {
        uint16_t error; // X509_V_ERR_...
        uint16_t depth; // 0: the client's own certificate
    } errors[BP_PRESENTED_ERROR_COUNT_MAX];
    int64_t not_after_s; // of the client's own certificate, seconds since 1970
};

// bp_presented_note adds an error once; errors that are there already are not added again.
void bp_presented_note(struct bp_presented *presented, int error, int depth);

// A bp_gate decides what a certificate is worth: BP_REASON_NONE lets its requests through.
// `checks_subject` is the reading tls.subject = on.
struct bp_gate {
    enum bp_reason (*decide)(const struct bp_gate *gate, const struct bp_presented *presented,
                             int64_t now_s);
    bool checks_subject;
};

// bp_gate_decide is the documented decision, in this order:
//   CERT_MISSING  no certificate
//   CERT_EXPIRED  the one error is "expired" at depth 0, or there is none and it has expired since
//   CERT_REFUSED  any other error, or a resumed session, in which nothing was verified
//   CERT_SUBJECT  the gate checks the subject and it is another one
//   NONE          its requests are answered
enum bp_reason bp_gate_decide(const struct bp_gate *gate, const struct bp_presented *presented,
                              int64_t now_s);

#endif
