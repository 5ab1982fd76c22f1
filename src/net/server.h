// SPDX-License-Identifier: Apache-2.0
// The server: many connections, one thread, epoll. Every connection has a deadline at all times.
//
// All connections share the space for reading and writing: a request that arrives in one piece and
// whose answer is taken at once needs none of its own. Only a request that is not whole yet keeps
// its bytes (up to BP_REQUEST_LEN_MAX), and an answer that is not taken keeps what is left of it;
// nothing more is read from a connection whose answers are not taken. An idle connection costs its
// stream and about 200 bytes. A kept-alive request costs one wait, one read and one write.
//
// A connection that ends with an answer lingers: we half-close, drop what still comes for two
// seconds or 16 MB at most, then close, so that no TCP reset overtakes the answer. HTTP in the
// clear on the TLS port is told so in the clear (400, GB-TLS-11), and not served.
#ifndef BP_NET_SERVER_H
#define BP_NET_SERVER_H

#include "net/service.h"
#include "net/stream.h"

// One answered request, or the end of a connection that had none or did not end in good order, for
// the access log.
struct bp_access {
    int64_t at_ms;       // wall clock
    int64_t taken_us;    // from its first byte to its answer; of an end: from the accept
    uint64_t connection; // number, from 1
    struct view request; // the request's first line, raw, cut to 256 bytes; empty without a request
    unsigned status;     // 0 without an answer
    size_t sent_len;     // bytes of the answer
    struct bp_end end;   // kind NONE while the connection goes on
    bool is_secure;      // TLS
    struct bp_presented presented;
};

struct bp_server_config {
    const char *address;      // to listen on, numeric: "127.0.0.1", "::1"
    uint16_t port;            // 0: any free one
    const struct bp_tls *tls; // NULL: in the clear, for standing behind a TLS terminator
    struct bp_gate gate;      // `decide` NULL: every certificate passes, and none
    bool answers_clear_text;  // serve plain HTTP on the TLS port: a fault that a liar wants
                              // (GB-TLS-11)
    struct bp_service service;
    unsigned connection_count_max; // further ones wait in the listener's queue
    int handshake_ms;              // to complete a handshake
    int idle_ms;                   // between two requests: then the connection is closed
    int request_ms; // from the first byte of a request to its last: then 408 and close
    // To take what was answered off our hands: then the connection is reset. Up to 128 KiB of it
    // may be with the system, which gives up after about as long again.
    int write_ms;
    int64_t (*now_ms)(void *context);                           // the operator's clock
    void (*log)(void *context, const struct bp_access *access); // may be NULL
    void *context;
};

// bp_server_defaults fills in loopback, port 0, 10 s, 60 s, 10 s, 10 s, 20,000 connections, the
// documented gate, and the wall clock.
void bp_server_defaults(struct bp_server_config *out);

struct bp_server;

// bp_server_new listens. NULL with the trouble in words. The config is copied; what it points to
// lives as long as the server. The limit of open files is raised as far as allowed.
struct bp_server *bp_server_new(struct bp_trouble *trouble, const struct bp_server_config *config);

uint16_t bp_server_port(const struct bp_server *server);

// bp_server_watch adds another descriptor to the loop, for a control port: `ready` is called when
// it can be read, and perhaps once too often. It returns false when there is no room. Both
// functions are called before bp_server_run or from inside it.
BP_MUST_USE bool bp_server_watch(struct bp_server *server, int fd,
                                 void (*ready)(void *context, int fd), void *context);
void bp_server_unwatch(struct bp_server *server, int fd);

// bp_server_run serves until bp_server_stop is called, then stops gracefully: no new connections,
// idle ones are closed, requests under way are answered with Connection: close, and after at most
// `request_ms` + `write_ms` everything is closed. Requests of one piece that have arrived count as
// under way. It returns false when the loop itself failed.
BP_MUST_USE bool bp_server_run(struct bp_server *server, struct bp_trouble *trouble);

// bp_server_stop may be called from a signal handler or another thread, any number of times.
void bp_server_stop(struct bp_server *server);

void bp_server_free(struct bp_server *server);

// What the server counts, for tests and benchmarks; may be asked from any thread.
struct bp_server_counts {
    uint64_t accepted_count;
    uint64_t handshake_count; // complete ones
    uint64_t answer_count;
    uint64_t expired_count; // 408
    unsigned open_count;    // connections now
};
void bp_server_counts(struct bp_server_counts *out, const struct bp_server *server);

#endif
