// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/clock.h"
#include "net/server_internal.h"

enum { DROP_COUNT_MAX = 16 }; // reads of one lingering peer in one turn of the loop

static void log_end(struct bp_server *server, const struct bp_peer *peer)
{
    const struct bp_end *end = &peer->stream.end;
    bool is_orderly = end->kind <= BP_END_EOF || end->kind == BP_END_STOPPED;
    bool is_told = is_orderly && peer->answer_count != 0;
    if (server->config.log == NULL || is_told)
        return;
    struct bp_access access = {
        .at_ms = server->wall_ms,
        .taken_us = bp_clock_us() - peer->begun_us,
        .connection = peer->number,
        .end = *end,
        .is_secure = peer->stream.ssl != NULL,
        .presented = peer->stream.presented,
    };
    server->config.log(server->config.context, &access);
}

static void leave_ready(struct bp_server *server, const struct bp_peer *peer)
{
    struct bp_peer **at = &server->ready;
    while (*at != peer)
        at = &(*at)->next_ready;
    *at = peer->next_ready;
}

void bp_peer_close(struct bp_server *server, struct bp_peer *peer, enum bp_end_kind kind)
{
    if (peer->stream.end.kind == BP_END_NONE) {
        peer->stream.end.kind = (uint8_t)kind;
        peer->stream.end.in_handshake = peer->phase == BP_PHASE_HANDSHAKE;
    }
    log_end(server, peer);
    bp_peer_leave(server, peer);
    if (peer->is_ready)
        leave_ready(server, peer);
    bp_peer_drop(server, peer);
    bp_stream_close(&peer->stream);
    free(peer);
    server->open_count--;
    bp_tally_add(&server->tally.open, -1);
}

void bp_peer_abort(struct bp_server *server, struct bp_peer *peer)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(peer->stream.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    bp_peer_close(server, peer, BP_END_TIMEOUT);
}

void bp_peer_await(struct bp_server *server, struct bp_peer *peer, bool waits_write)
{
    if (peer->waits_write == waits_write)
        return;
    struct epoll_event event = {.events = waits_write ? EPOLLOUT : EPOLLIN, .data.ptr = peer};
    peer->waits_write = waits_write;
    epoll_ctl(server->epoll_fd, EPOLL_CTL_MOD, peer->stream.fd, &event);
}

// What a connection is before its first byte: only that tells whether it wants TLS.
static bool become_stream(struct bp_server *server, struct bp_peer *peer, const struct bp_tls *tls)
{
    int fd = peer->stream.fd;
    peer->is_new = false;
    if (bp_stream_init(&peer->stream, tls, fd, NULL, NULL))
        return true;
    bp_peer_close(server, peer, BP_END_LOCAL);
    return false;
}

static void become_idle(struct bp_server *server, struct bp_peer *peer)
{
    bp_peer_leave(server, peer);
    bp_peer_enter(server, peer, BP_PHASE_IDLE);
    bp_peer_await(server, peer, false);
}

void bp_peer_open(struct bp_server *server, int fd)
{
    struct bp_peer *peer = calloc(1, sizeof *peer);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    if (peer == NULL || epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0) {
        close(fd);
        free(peer);
        return;
    }
    peer->source = BP_SOURCE_PEER;
    peer->stream.fd = fd;
    peer->is_new = true;
    peer->number = ++server->peer_count;
    peer->begun_us = server->now_us;
    server->open_count++;
    bp_tally_add(&server->tally.accepted, 1);
    bp_tally_add(&server->tally.open, 1);
    bp_peer_enter(server, peer, BP_PHASE_HANDSHAKE);
    if (server->config.tls == NULL && become_stream(server, peer, NULL))
        become_idle(server, peer);
}

static void linger(struct bp_server *server, struct bp_peer *peer)
{
    bp_peer_drop(server, peer);
    (void)bp_stream_finish(&peer->stream);
    bp_peer_leave(server, peer);
    bp_peer_enter(server, peer, BP_PHASE_LINGER);
    bp_peer_await(server, peer, false);
}

void bp_peer_say_end(struct bp_server *server, struct bp_peer *peer)
{
    if (bp_stream_finish(&peer->stream) == BP_STEP_WANT_WRITE) {
        if (peer->phase != BP_PHASE_WRITE) {
            bp_peer_leave(server, peer);
            bp_peer_enter(server, peer, BP_PHASE_WRITE);
        }
        bp_peer_await(server, peer, true);
        return;
    }
    if (peer->is_ended)
        bp_peer_close(server, peer, BP_END_NONE);
    else
        linger(server, peer);
}

// Our alert must not be lost to a reset, as long as there is somebody to read it.
void bp_peer_end(struct bp_server *server, struct bp_peer *peer)
{
    bool is_refused_here =
        peer->stream.end.kind == BP_END_PROTOCOL || peer->stream.end.kind == BP_END_UNTRUSTED;
    if (is_refused_here) {
        linger(server, peer);
        return;
    }
    (void)bp_stream_finish(&peer->stream);
    bp_peer_close(server, peer, BP_END_NONE);
}

static void drop_input(struct bp_server *server, struct bp_peer *peer)
{
    for (unsigned i = 0; i < DROP_COUNT_MAX; i++) {
        ssize_t len = recv(peer->stream.fd, server->in, sizeof server->in, 0);
        bool must_wait = len < 0 && (errno == EAGAIN || errno == EINTR);
        if (must_wait)
            return;
        if (len <= 0) {
            bp_peer_close(server, peer, BP_END_NONE);
            return;
        }
        peer->dropped_len += (size_t)len;
        if (peer->dropped_len > BP_LINGER_LEN_MAX) {
            bp_peer_close(server, peer, BP_END_NONE);
            return;
        }
    }
}

static void shake_hands(struct bp_server *server, struct bp_peer *peer)
{
    enum bp_step step = bp_stream_handshake(&peer->stream);
    switch (step) {
    case BP_STEP_DONE:
        bp_tally_add(&server->tally.handshakes, 1);
        server->now_us = bp_clock_us(); // it has taken a while
        become_idle(server, peer);
        bp_peer_read(server, peer);
        return;
    case BP_STEP_WANT_READ:
    case BP_STEP_WANT_WRITE:
        bp_peer_await(server, peer, step == BP_STEP_WANT_WRITE);
        return;
    default:
        break;
    }
    bp_peer_end(server, peer);
}

static void refuse_clear_text(struct bp_server *server, struct bp_peer *peer)
{
    const struct view answer = VIEW("HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n"
                                    "Connection: close\r\n\r\n"
                                    "This port speaks HTTPS: use https:// in the URL.\n");
    peer->stream.end = (struct bp_end){.kind = BP_END_PROTOCOL, .in_handshake = true};
    (void)!send(peer->stream.fd, answer.data, answer.len, MSG_NOSIGNAL);
    linger(server, peer);
}

// The first byte of a TLS handshake is 22; that of an HTTP request is a letter.
static void look_at_first(struct bp_server *server, struct bp_peer *peer)
{
    char first;
    ssize_t len = recv(peer->stream.fd, &first, 1, MSG_PEEK);
    bool must_wait = len < 0 && (errno == EAGAIN || errno == EINTR);
    if (must_wait)
        return;
    if (len <= 0) {
        bp_peer_close(server, peer, len == 0 ? BP_END_EOF : BP_END_RESET);
        return;
    }
    if (!byte_is_letter(first)) {
        if (become_stream(server, peer, server->config.tls))
            shake_hands(server, peer);
        return;
    }
    if (!server->config.answers_clear_text) {
        refuse_clear_text(server, peer);
        return;
    }
    if (!become_stream(server, peer, NULL))
        return;
    become_idle(server, peer);
    bp_peer_read(server, peer);
}

void bp_peer_event(struct bp_server *server, struct bp_peer *peer)
{
    switch ((enum bp_phase)peer->phase) {
    case BP_PHASE_HANDSHAKE:
        if (peer->is_new)
            look_at_first(server, peer);
        else
            shake_hands(server, peer);
        return;
    case BP_PHASE_IDLE:
    case BP_PHASE_REQUEST:
        bp_peer_read(server, peer);
        return;
    case BP_PHASE_WRITE:
        bp_peer_write(server, peer);
        return;
    default:
        drop_input(server, peer);
    }
}
