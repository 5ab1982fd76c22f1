// SPDX-License-Identifier: Apache-2.0
// The client: one connection to an endpoint, exact bytes out, bytes in, each step with a deadline.
//
// It never reconnects, retries or adds a byte by itself: what the checker says is what goes over
// the wire, and how the connection ended is told as a class (end.h).
#ifndef BP_NET_CLIENT_H
#define BP_NET_CLIENT_H

#include "net/route.h"
#include "net/stream.h"

// How long each step may take.
struct bp_client_times {
    int connect_ms; // TCP and TLS handshake together, all addresses together
    int answer_ms;  // from the last byte sent to the first byte of an answer, and between two bytes
};

// While it sends, a connection keeps what comes meanwhile, up to this many bytes; then it reads no
// further until somebody receives.
enum { BP_EARLY_LEN_MAX = 65536 };

struct bp_connection {
    struct bp_stream stream;          // `stream.end` tells how it ended
    int64_t connected_us;             // how long TCP took
    int64_t handshake_us;             // how long TLS took
    int64_t waited_us;                // for the other side, since it was opened or this was zeroed
    const struct bp_address *address; // the one that answered, or was tried last
    char *early;                      // what came while we were sending, or NULL
    size_t early_len;                 // bytes there
    size_t early_at;                  // bytes of them that were received
};

// bp_connection_open connects and completes the handshake. `tls` NULL is clear text. It returns
// false with `stream.end` filled in; bp_connection_close is to be called in any case. Addresses are
// tried in their order until one takes the connection; the handshake decides nothing about that.
BP_MUST_USE bool bp_connection_open(struct bp_connection *out, const struct bp_route *route,
                                    const struct bp_tls *tls, struct ssl_session_st *session,
                                    const struct bp_client_times *times);

// bp_connection_secure begins TLS for the host `name` on an open connection in the clear, behind a
// proxy's tunnel. It returns false with `stream.end` filled in: PROTOCOL when bytes in the clear
// are still here, which must not pass for what came over TLS.
BP_MUST_USE bool bp_connection_secure(struct bp_connection *connection, const struct bp_tls *tls,
                                      const char *name, int timeout_ms);

// bp_connection_send sends `bytes` in pieces of `piece_len` (0: all at once) with `gap_ms` between
// two. What the other side says meanwhile is kept for bp_connection_receive, so an early answer is
// not lost and nobody waits for the other. It returns false when not everything went out; there may
// be an answer to read nevertheless. `timeout_ms` is for all of it, gaps apart.
BP_MUST_USE bool bp_connection_send(struct bp_connection *connection, struct view bytes,
                                    size_t piece_len, int gap_ms, int timeout_ms);

// bp_connection_receive waits until something can be read, reads up to `cap` bytes, and returns how
// many: 0 when the connection has ended or `timeout_ms` are over (end.kind TIMEOUT; then the
// connection may be read again: the kind is reset by the next call). With `timeout_ms` 0 it only
// takes what is there.
size_t bp_connection_receive(struct bp_connection *connection, char *space, size_t cap,
                             int timeout_ms);

// bp_connection_finish half-closes: nothing more will be sent.
void bp_connection_finish(struct bp_connection *connection);

// bp_connection_is_quiet says that the connection is open and nothing has arrived unasked. What has
// is kept for bp_connection_receive.
bool bp_connection_is_quiet(struct bp_connection *connection);

// bp_connection_buffered says that bytes have arrived which bp_connection_receive gives without
// asking the system.
bool bp_connection_buffered(const struct bp_connection *connection);

// bp_connection_close may be called twice, and for a connection that is all zero but for
// `stream.fd` -1.
void bp_connection_close(struct bp_connection *connection);

#endif
