// SPDX-License-Identifier: Apache-2.0
// A visit: one connection to the target with one request, and what became of it, as a class.
//
// Under TLS 1.3 a client has completed its handshake before the server has looked at its
// certificate, so the handshake is never the verdict: send, read, then classify.
#ifndef BP_PROPS_TLS_VISIT_H
#define BP_PROPS_TLS_VISIT_H

#include "props/case/fixture.h"
#include "props/subject/pace.h"
#include "props/tls/who.h"

enum visit_class {
    VISIT_NONE,       // not made
    VISIT_ACCEPTED,   // 2xx: whatever it was asked for was given
    VISIT_APP,        // another status, by the application or by nobody that we know
    VISIT_GATEWAY,    // another status, by what stands in front of it
    VISIT_ALERT,      // a TLS alert in the handshake
    VISIT_ALERT_LATE, // a TLS alert after the handshake: TLS 1.3 refuses at the first read
    VISIT_CLOSED,     // end of file or close_notify without a byte
    VISIT_RESET,      //
    VISIT_SILENT,     // nothing in time
    VISIT_OTHER,      // no HTTP, or a failure on this side; `end` tells
    VISIT_CLASS_COUNT
};

enum { VISIT_LEN_MAX = 8192, VISIT_REQUEST_LEN_MAX = 12288 };

struct visit {
    enum visit_class class_of;
    bool is_open;    // the handshake was completed on our side
    bool is_resumed; // on the session that was offered
    unsigned status; // 0 without an answer
    struct bp_end end;
    const struct who *who;          // who answered, or NULL
    struct bp_stream_facts facts;   // of the handshake; meaningful when is_open
    struct ssl_session_st *session; // what could be resumed; NULL: nothing
    struct view body;               // decoded; cut where the answer is longer than the space
    size_t len;                     // bytes that came, up to VISIT_LEN_MAX
    char bytes[VISIT_LEN_MAX];
    char body_space[VISIT_LEN_MAX];
};

// visit_make waits for its turn, connects with `tls` (NULL: in the clear), offering `session` (or
// NULL), sends `request`, reads one answer and closes. The session in `*out` is kept until
// visit_end. It returns false when the run is to stop: then nothing was sent.
BP_MUST_USE bool visit_make(struct visit *out, struct pace *pace, const struct bp_tls *tls,
                            struct ssl_session_st *session, struct view request);
void visit_end(struct visit *visit);

// visit_hear appends what comes to `in` and returns how many bytes that were: 0 at the end, when
// `in` is full, when nothing came for the target's `answer_ms`, and when twice that have passed
// since `begin_us` (of bp_clock_us), however busy the other side is.
size_t visit_hear(struct buf *in, struct bp_connection *connection, const struct target *target,
                  int64_t begin_us);

// visit_ask writes the plain request that visits send: a GET for the SIM of `role`, with
// `credentials` (empty: without Authorization), no transaction id, Connection: close.
void visit_ask(struct buf *out, const struct fixture *fixture, enum role role,
               struct view credentials);

// visit_put_basic appends the field of those credentials; nothing without any.
void visit_put_basic(struct buf *out, struct view credentials);

// visit_put appends what became of it: "401", "alert 116", "late 116", "closed"...
void visit_put(struct buf *out, enum visit_class class_of, unsigned status,
               const struct bp_end *end);

#endif
