// SPDX-License-Identifier: Apache-2.0
// One connection to a server, over a pair of sockets, without the loop: whoever plays the client
// decides when the server looks at it. No clock and no other thread has a say.
#ifndef BP_FUZZ_WIRED_H
#define BP_FUZZ_WIRED_H

#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "net/server_internal.h"
#include "sample.h"

// How the client behaves.
struct wired_habit {
    size_t piece_len;   // bytes that it sends at a time
    size_t first_len;   // and at first
    int room_len;       // bytes that the system keeps for it; 0: as many as usual
    bool reads_late;    // only when the server takes nothing more
    bool stays_forever; // says nothing more, but does not close: a request in parts takes too long
};

static inline int64_t wired_now_ms(void *context)
{
    (void)context;
    return SAMPLE_NOW_MS;
}

// wired_server is a server without a listener. `tls` may be NULL.
static inline struct bp_server *wired_server(struct bp_endpoint *endpoint, const struct bp_tls *tls)
{
    struct bp_server *server = calloc(1, sizeof *server);
    FUZZ_ASSERT(server != NULL);
    bp_server_defaults(&server->config);
    bp_service_of_endpoint(&server->config.service, endpoint);
    server->config.tls = tls;
    server->config.now_ms = wired_now_ms;
    server->conversation = malloc(server->config.service.conversation_size);
    server->listener_fd = server->stop_fd = -1;
    server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    server->operator_ms = server->wall_ms = SAMPLE_NOW_MS;
    FUZZ_ASSERT(server->epoll_fd >= 0 && server->conversation != NULL);
    return server;
}

// A turn of the loop for the one connection there is.
static inline void wired_turn(struct bp_server *server)
{
    server->ready = NULL;
    for (unsigned phase = 0; phase < BP_PHASE_COUNT; phase++) {
        struct bp_peer *peer = server->phases[phase].first;
        if (peer == NULL)
            continue;
        FUZZ_ASSERT(server->open_count == 1 && peer->behind == NULL);
        peer->is_ready = false;
        bp_peer_event(server, peer);
        return;
    }
    FUZZ_ASSERT(server->open_count == 0);
}

// Takes all that is there; true: the server has ended.
static inline bool wired_take(int fd, struct buf *out)
{
    for (;;) {
        FUZZ_ASSERT(out->len < out->cap);
        ssize_t len = recv(fd, out->data + out->len, out->cap - out->len, MSG_DONTWAIT);
        if (len <= 0)
            return len == 0;
        out->len += (size_t)len;
    }
}

// Whether everything that was sent has been read, and all answers written.
static inline bool wired_is_calm(const struct bp_server *server, int server_fd)
{
    int unread_len = 0;
    bool is_asked = server->open_count != 0 && ioctl(server_fd, FIONREAD, &unread_len) == 0;
    return is_asked && unread_len == 0 && server->phases[BP_PHASE_WRITE].first == NULL;
}

// What the client does when it has said all; false: nothing, it waits too long.
static inline bool wired_end(struct bp_server *server, int fd, const struct wired_habit *habit)
{
    struct bp_peer *late = server->phases[BP_PHASE_REQUEST].first;
    if (habit->stays_forever && late != NULL)
        bp_peer_expire(server, late);
    else
        shutdown(fd, SHUT_WR);
    return !habit->stays_forever || late == NULL;
}

// wired_talk sends `bytes` on a new connection, then ends it, and gives all that comes back. Both
// sides have closed behind it, within a bounded number of turns.
static inline struct view wired_talk(struct buf space, struct bp_server *server, struct view bytes,
                                     const struct wired_habit *habit)
{
    enum { TURN_COUNT_MAX = 20000 };
    int fds[2];
    FUZZ_ASSERT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0);
    if (habit->room_len != 0)
        setsockopt(fds[1], SOL_SOCKET, SO_SNDBUF, &habit->room_len, sizeof habit->room_len);
    bp_peer_open(server, fds[1]);
    size_t step = habit->first_len;
    bool has_ended = false;
    bool is_over = false;
    bool is_shut = false;
    for (unsigned turn = 0; server->open_count != 0 || !is_over; turn++) {
        FUZZ_ASSERT(turn < TURN_COUNT_MAX);
        struct view piece = view_first(bytes, step < bytes.len ? step : bytes.len);
        ssize_t sent = piece.len == 0 ? 0 : send(fds[0], piece.data, piece.len, MSG_NOSIGNAL);
        bytes = view_from(bytes, sent > 0 ? (size_t)sent : 0);
        step = habit->piece_len;
        wired_turn(server);
        // What is closed while the other side still sends may be lost on its way (RFC 9112, 9.6).
        FUZZ_ASSERT(server->open_count != 0 || is_shut || server->config.tls != NULL);
        bool is_stuck = sent < 0 || bytes.len == 0;
        is_over = (!habit->reads_late || is_stuck) && wired_take(fds[0], &space);
        if (is_over)
            is_shut = shutdown(fds[0], SHUT_WR) == 0;
        bytes = server->open_count == 0 ? view_of(NULL, 0) : bytes;
        bool waits = habit->stays_forever && !wired_is_calm(server, fds[1]);
        if (bytes.len != 0 || has_ended || waits)
            continue;
        has_ended = true;
        is_shut = wired_end(server, fds[0], habit) || is_shut;
    }
    close(fds[0]);
    return buf_view(&space);
}

#endif
