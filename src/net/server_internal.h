// SPDX-License-Identifier: Apache-2.0
// The inside of a server, shared by server.c (the loop), server_peer.c (one connection),
// server_answer.c (its requests and answers) and server_phase.c (phases and deadlines).
//
// A peer is one accepted connection. It is in one phase at a time, and each phase has one list of
// its peers: as all of them get the same time, the list is in the order of the deadlines and its
// head is due first. So every change of phase costs a few pointers.
#ifndef BP_NET_SERVER_INTERNAL_H
#define BP_NET_SERVER_INTERNAL_H

#include <stdatomic.h>

#include "net/server.h"

enum bp_phase {
    BP_PHASE_HANDSHAKE, // from the accept on
    BP_PHASE_IDLE,      // between two requests
    BP_PHASE_REQUEST,   // a part of a request is there
    BP_PHASE_WRITE,     // an answer is not taken yet, or the end of answers
    BP_PHASE_LINGER,    // we have said all; what still comes is dropped
    BP_PHASE_COUNT
};

enum {
    BP_WATCH_COUNT_MAX = 16,
    BP_SPARE_COUNT_MAX = 64, // kept for the next request that comes in pieces
    BP_LINGER_MS = 2000,
    BP_LINGER_LEN_MAX = 16 << 20,
    BP_SERVER_OUT_LEN = 2 * BP_SERVICE_OUT_LEN, // answers of one turn: written at once
};

// What an event of the loop is about; the first member of each.
enum bp_source { BP_SOURCE_PEER, BP_SOURCE_LISTENER, BP_SOURCE_STOP, BP_SOURCE_WATCH };

// A request that is not whole: its conversation, and behind that its bytes.
struct bp_held {
    struct bp_held *next; // among the spare ones
    size_t len;
};

// What is left to write.
struct bp_pending {
    size_t at;
    size_t len;
    char bytes[];
};

struct bp_peer {
    enum bp_source source;
    uint8_t phase;    // enum bp_phase
    bool is_new;      // whether it is TLS is not known yet: there is no stream
    bool waits_write; // what the loop waits for: to write, or to read
    bool closes;      // nothing is read any more; it ends when all is written
    bool is_ended;    // the other side sends no more
    bool goes_on;     // held bytes have not been looked at: the answers filled the space
    bool is_ready;    // in the list of those with something to read that no poll shows
    struct bp_stream stream;
    struct bp_peer *before, *behind; // in the list of its phase
    struct bp_peer *next_ready;
    int64_t due_us;
    int64_t begun_us; // the first byte of the request that is under way; at first: the accept
    uint64_t number;
    uint64_t answer_count;
    size_t dropped_len; // while lingering
    struct bp_held *held;
    struct bp_pending *pending;
};

struct bp_watch {
    enum bp_source source;
    int fd;
    void (*ready)(void *context, int fd); // NULL: free
    void *context;
};

struct bp_peer_list {
    struct bp_peer *first, *last;
};

struct bp_tally {
    atomic_uint_fast64_t accepted, handshakes, answers, expired, open;
};

struct bp_server {
    struct bp_server_config config;
    uint16_t port;
    int epoll_fd;
    int listener_fd;
    int stop_fd;
    enum bp_source listener_source;
    enum bp_source stop_source;
    bool is_accepting;
    bool must_stop; // asked to; the loop begins with it when no event of its turn is left
    bool is_stopping;
    unsigned open_count;
    uint64_t peer_count; // ever
    int64_t now_us;      // of this turn of the loop; so are the next two
    int64_t wall_ms;
    int64_t operator_ms;
    int64_t retry_us; // when to accept again after the machine ran short of something
    int64_t end_us;   // when a stop has to be over
    struct bp_peer_list phases[BP_PHASE_COUNT];
    struct bp_peer *ready;
    struct bp_held *spare;
    unsigned spare_count;
    struct bp_watch watches[BP_WATCH_COUNT_MAX];
    struct bp_tally tally;
    void *conversation;          // of requests that come in one piece
    char in[BP_REQUEST_LEN_MAX]; //
    char out[BP_SERVER_OUT_LEN]; //
};

static inline void bp_tally_add(atomic_uint_fast64_t *tally, int by)
{
    uint_fast64_t n = atomic_load_explicit(tally, memory_order_relaxed);
    atomic_store_explicit(tally, n + (uint_fast64_t)by, memory_order_relaxed);
}

// server_phase.c: bp_peer_enter puts a peer into a phase with a fresh deadline; bp_peer_leave takes
// it out of its list. bp_server_wait_ms is how long the loop may sleep; -1: for ever.
// bp_server_expire ends what is due.
void bp_peer_enter(struct bp_server *server, struct bp_peer *peer, enum bp_phase phase);
void bp_peer_leave(struct bp_server *server, struct bp_peer *peer);
int bp_server_wait_ms(const struct bp_server *server);
void bp_server_expire(struct bp_server *server);

// server_peer.c: bp_peer_open makes a peer of an accepted socket, which it owns; it closes it when
// there is no memory. bp_peer_event goes on with it. bp_peer_await says what the loop is to wait
// for. bp_peer_say_end says that nothing more will be written, and lingers. bp_peer_end ends it
// after its stream has ended. bp_peer_close ends it at once, and tells `kind` to the log unless the
// stream knows better; bp_peer_abort with a TCP reset.
void bp_peer_open(struct bp_server *server, int fd);
void bp_peer_event(struct bp_server *server, struct bp_peer *peer);
void bp_peer_await(struct bp_server *server, struct bp_peer *peer, bool waits_write);
void bp_peer_close(struct bp_server *server, struct bp_peer *peer, enum bp_end_kind kind);
void bp_peer_abort(struct bp_server *server, struct bp_peer *peer);
void bp_peer_end(struct bp_server *server, struct bp_peer *peer);
void bp_peer_say_end(struct bp_server *server, struct bp_peer *peer);

// server_answer.c: bp_peer_read reads and answers; bp_peer_write goes on writing; bp_peer_expire
// answers a request that did not arrive in time. bp_peer_drop gives back the space of what is under
// way. bp_peer_finish tells the service that the next answer is the last one.
void bp_peer_read(struct bp_server *server, struct bp_peer *peer);
void bp_peer_write(struct bp_server *server, struct bp_peer *peer);
void bp_peer_expire(struct bp_server *server, struct bp_peer *peer);
void bp_peer_drop(struct bp_server *server, struct bp_peer *peer);
void bp_peer_finish(struct bp_server *server, struct bp_peer *peer);

#endif
