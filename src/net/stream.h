// SPDX-License-Identifier: Apache-2.0
// A stream: bytes to and from the other side, over TLS or in the clear, without ever waiting unless
// the caller asks for that.
//
// One state machine for server and client: each step does what can be done now and says what it
// waits for. Over a socket the caller polls `fd`; a stream in memory is fed and drained by hand,
// for tests and fuzzing.
#ifndef BP_NET_STREAM_H
#define BP_NET_STREAM_H

#include "net/end.h"
#include "net/presented.h"
#include "net/tls.h"

struct ssl_st;
struct bio_st;

enum bp_step {
    BP_STEP_DONE,       // it is done, or some of it is
    BP_STEP_WANT_READ,  // call again when there is something to read
    BP_STEP_WANT_WRITE, // call again when something can be written
    BP_STEP_ENDED       // the stream has ended: see `end`
};

// What is under a stream: its socket, or two queues. Only wire.c looks into it.
struct bp_wire {
    struct bio_st *in, *out; // in memory; NULL over a socket
    bool has_all;            // in memory: no more will be fed
    bool can_wait;           // the socket blocks, for a while, where a call does not forbid it
    bool may_wait;           // and its next read may
    bool is_at_end;          // the reader has met the end
    int read_error;          // errno
    int write_error;         // errno
};

// From init to close a stream stays where it is: TLS holds its address.
struct bp_stream {
    struct ssl_st *ssl;  // NULL: in the clear
    int fd;              // -1: in memory
    bool is_open;        // the handshake is complete
    bool is_half_closed; // bp_stream_finish is done: we write no more
    bool was_asked;      // a client: the server asked for its certificate
    struct bp_wire wire;
    struct bp_end end;
    struct bp_presented presented; // a server's view of its client; complete when `is_open`
};

// bp_stream_init begins a stream on a connected, non-blocking socket, which it owns from then on.
// `tls` NULL is a stream in the clear, which is open at once. It returns false when there is no
// memory; bp_stream_close is to be called in any case. `name` is what a client expects the server's
// certificate to be for (host name or address), NULL with a server; `session` is offered for
// resumption, or NULL.
BP_MUST_USE bool bp_stream_init(struct bp_stream *out, const struct bp_tls *tls, int fd,
                                const char *name, struct ssl_session_st *session);

// bp_stream_init_memory is the same without a socket.
BP_MUST_USE bool bp_stream_init_memory(struct bp_stream *out, const struct bp_tls *tls,
                                       const char *name, struct ssl_session_st *session);

// bp_stream_handshake goes on with the handshake; DONE: `is_open`.
enum bp_step bp_stream_handshake(struct bp_stream *stream);

// bp_stream_read reads up to `cap` (at least 1) bytes of an open stream; DONE: `*len` is at
// least 1. After an end what came before it has been read. CLOSED and EOF end reading only: the
// other side may still take an answer.
enum bp_step bp_stream_read(struct bp_stream *stream, char *space, size_t cap, size_t *len);

// bp_stream_await is bp_stream_read that first waits where bp_stream_set_wait has allowed it. It
// saves asking the system whether there is something to read. Nothing in time, a signal or a record
// that came in part: WANT_READ.
enum bp_step bp_stream_await(struct bp_stream *stream, char *space, size_t cap, size_t *len);

// bp_stream_set_wait allows bp_stream_await to wait up to `wait_ms` (from 1; the system may round
// it up by some milliseconds) for the first byte. Where that cannot be had, and in memory, it does
// not wait.
void bp_stream_set_wait(struct bp_stream *stream, int wait_ms);

// bp_stream_write writes what it can of `bytes` (not empty) to an open stream; DONE: `*len` is at
// least 1. After WANT_... it must be called with the same bytes or more behind them. A failed write
// is not the end: what the other side said before may still be read, so it reports WANT_READ and
// the reader finds the reason. No signal is raised.
enum bp_step bp_stream_write(struct bp_stream *stream, struct view bytes, size_t *len);

// bp_stream_finish says that we write no more: close_notify, and for a socket a half-close. DONE:
// `is_half_closed`; reading goes on. Before the handshake is complete there is no close_notify.
enum bp_step bp_stream_finish(struct bp_stream *stream);

// bp_stream_close frees everything and closes the socket. An all-zero stream with fd -1 is fine.
void bp_stream_close(struct bp_stream *stream);

// bp_stream_buffered says that bytes are here which a poll of the socket would not show: read again
// until WANT_READ. It may still be true then, while a record is only here in part.
bool bp_stream_buffered(const struct bp_stream *stream);

// In memory: bp_stream_feed gives it bytes from the other side (it takes all, or false without
// memory), bp_stream_feed_end says that no more come, bp_stream_drain takes what it wants to send.
BP_MUST_USE bool bp_stream_feed(struct bp_stream *stream, struct view bytes);
void bp_stream_feed_end(struct bp_stream *stream);
size_t bp_stream_drain(struct bp_stream *stream, char *space, size_t cap);

// What a client wants to know of an open stream.
struct bp_stream_facts {
    const char *version;         // "TLSv1.3"; "" in the clear
    const char *cipher;          // "TLS_AES_256_GCM_SHA384"
    bool is_resumed;             //
    bool was_asked;              // the server asked for a client certificate
    bool is_verified;            // the server's certificate is to be trusted
    int verify_error;            // X509_V_ERR_... otherwise; X509_V_OK when not known
    int64_t server_not_after_s;  // of the server's own certificate
    unsigned server_chain_count; // certificates that it sent
    char server_subject[256];    // printable
    char server_issuer[256];     //
};
void bp_stream_facts(struct bp_stream_facts *out, const struct bp_stream *stream);

// bp_stream_session is the session for a later resumption, to be freed with bp_session_free, or
// NULL. Under TLS 1.3 it is there only after something has been read.
struct ssl_session_st *bp_stream_session(const struct bp_stream *stream);

#endif
