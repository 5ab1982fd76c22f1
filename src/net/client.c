// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "net/client.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/clock.h"

// How long a read may wait before the socket is polled.
enum { READ_WAIT_MS = 50 };

static int64_t deadline_of(int timeout_ms) { return bp_clock_us() + (int64_t)timeout_ms * 1000; }

// wait_for polls until `events` or the deadline; what happened, 0 when it is too late.
static short wait_for(int fd, short events, int64_t deadline_us)
{
    struct pollfd poller = {.fd = fd, .events = events};
    for (;;) {
        int64_t left_us = deadline_us - bp_clock_us();
        int64_t left_ms = left_us <= 0 ? 0 : (left_us + 999) / 1000;
        int count = poll(&poller, 1, left_ms > INT_MAX ? INT_MAX : (int)left_ms);
        if (count > 0)
            return poller.revents;
        if (count < 0 && errno != EINTR)
            return POLLERR;
        if (left_us <= 0)
            return 0;
    }
}

// await_peer is wait_for, counted.
static short await_peer(struct bp_connection *connection, int fd, short events, int64_t deadline_us)
{
    int64_t begin_us = bp_clock_us();
    short happened = wait_for(fd, events, deadline_us);
    connection->waited_us += bp_clock_us() - begin_us;
    return happened;
}

static bool end_with(struct bp_connection *connection, enum bp_end_kind kind, int code)
{
    struct bp_end *end = &connection->stream.end;
    end->kind = (uint8_t)kind;
    end->in_handshake = !connection->stream.is_open;
    end->code = code;
    return false;
}

static bool end_with_errno(struct bp_connection *connection, int error)
{
    struct bp_end end = bp_end_of_errno(error);
    return end_with(connection, (enum bp_end_kind)end.kind, end.code);
}

// connect_to gives a connected socket, or -1 with the end told.
static int connect_to(struct bp_connection *out, const struct bp_route *route,
                      const struct bp_address *address, int64_t deadline_us)
{
    int error = 0;
    socklen_t error_len = sizeof error;
    int fd = bp_route_socket(route, address);
    if (fd < 0) {
        end_with_errno(out, errno);
        return -1;
    }
    const struct sockaddr *sockaddr = (const struct sockaddr *)(const void *)address->bytes;
    if (connect(fd, sockaddr, (socklen_t)address->len) != 0)
        error = errno;
    if (error == EINPROGRESS || error == EINTR) {
        if (await_peer(out, fd, POLLOUT, deadline_us) == 0)
            error = ETIMEDOUT;
        else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &error_len) != 0)
            error = errno;
    }
    if (error == 0)
        return fd;
    close(fd);
    end_with_errno(out, error);
    return -1;
}

// Each address may take its share of the time that is left.
static int connect_to_any(struct bp_connection *out, const struct bp_route *route,
                          int64_t deadline_us)
{
    for (size_t i = 0; i < route->address_count; i++) {
        int64_t now_us = bp_clock_us();
        int64_t share_us = (deadline_us - now_us) / (int64_t)(route->address_count - i);
        out->address = &route->addresses[i];
        int fd = connect_to(out, route, out->address, now_us + share_us);
        if (fd >= 0)
            return fd;
    }
    return -1;
}

static bool shake_hands(struct bp_connection *connection, int64_t deadline_us)
{
    struct bp_stream *stream = &connection->stream;
    for (;;) {
        enum bp_step step = bp_stream_handshake(stream);
        if (step == BP_STEP_DONE)
            return true;
        if (step == BP_STEP_ENDED)
            return false;
        short events = step == BP_STEP_WANT_READ ? POLLIN : POLLOUT;
        if (await_peer(connection, stream->fd, events, deadline_us) == 0)
            return end_with(connection, BP_END_TIMEOUT, 0);
    }
}

bool bp_connection_open(struct bp_connection *out, const struct bp_route *route,
                        const struct bp_tls *tls, struct ssl_session_st *session,
                        const struct bp_client_times *times)
{
    *out = (struct bp_connection){.stream.fd = -1};
    int64_t begin_us = bp_clock_us();
    int64_t deadline_us = begin_us + (int64_t)times->connect_ms * 1000;
    if (route->address_count == 0)
        return end_with(out, BP_END_NAME, 0);
    int fd = connect_to_any(out, route, deadline_us);
    if (fd < 0)
        return false;
    int64_t connected_us = bp_clock_us();
    out->connected_us = connected_us - begin_us;
    if (!bp_stream_init(&out->stream, tls, fd, route->config.host, session))
        return end_with(out, BP_END_LOCAL, ENOMEM);
    if (!shake_hands(out, deadline_us))
        return false;
    out->handshake_us = bp_clock_us() - connected_us;
    bp_stream_set_wait(&out->stream, READ_WAIT_MS);
    return true;
}

bool bp_connection_secure(struct bp_connection *connection, const struct bp_tls *tls,
                          const char *name, int timeout_ms)
{
    int64_t begin_us = bp_clock_us();
    int fd = connection->stream.fd;
    if (connection->early_len != 0)
        return end_with(connection, BP_END_PROTOCOL, 0);
    connection->stream.fd = -1;
    bp_stream_close(&connection->stream);
    if (!bp_stream_init(&connection->stream, tls, fd, name, NULL))
        return end_with(connection, BP_END_LOCAL, ENOMEM);
    if (!shake_hands(connection, deadline_of(timeout_ms)))
        return false;
    connection->handshake_us = bp_clock_us() - begin_us;
    bp_stream_set_wait(&connection->stream, READ_WAIT_MS);
    return true;
}

// A connection on which nothing came in time may be used further.
static bool is_usable(struct bp_connection *connection)
{
    struct bp_stream *stream = &connection->stream;
    if (stream->fd < 0 || !stream->is_open)
        return false;
    if (stream->end.kind == BP_END_TIMEOUT)
        stream->end = (struct bp_end){.kind = BP_END_NONE};
    return stream->end.kind == BP_END_NONE;
}

// take_early reads what is there into the space for early bytes; false when the stream has ended.
static bool take_early(struct bp_connection *connection)
{
    if (connection->early == NULL)
        connection->early = malloc(BP_EARLY_LEN_MAX);
    if (connection->early == NULL)
        return end_with(connection, BP_END_LOCAL, ENOMEM);
    while (connection->early_len < BP_EARLY_LEN_MAX) {
        size_t len = 0;
        enum bp_step step =
            bp_stream_read(&connection->stream, connection->early + connection->early_len,
                           BP_EARLY_LEN_MAX - connection->early_len, &len);
        if (step != BP_STEP_DONE)
            return step != BP_STEP_ENDED;
        connection->early_len += len;
    }
    return true;
}

static short reading_events(const struct bp_connection *connection)
{
    return connection->early_len < BP_EARLY_LEN_MAX ? POLLIN : 0;
}

// send_piece writes all of `bytes`, reading meanwhile what the other side says.
static bool send_piece(struct bp_connection *connection, struct view bytes, int64_t deadline_us)
{
    struct bp_stream *stream = &connection->stream;
    while (bytes.len != 0) {
        size_t len = 0;
        enum bp_step step = bp_stream_write(stream, bytes, &len);
        if (step == BP_STEP_DONE) {
            bytes = view_from(bytes, len);
            continue;
        }
        // Where there is no room to read what a failed write would have us read, it ends here.
        bool is_deaf = step == BP_STEP_WANT_READ && reading_events(connection) == 0;
        if (step == BP_STEP_ENDED || is_deaf)
            return false;
        short events = step == BP_STEP_WANT_WRITE ? POLLOUT : POLLIN;
        short happened = await_peer(connection, stream->fd,
                                    (short)(events | reading_events(connection)), deadline_us);
        if (happened == 0)
            return end_with(connection, BP_END_TIMEOUT, 0);
        bool is_readable = (happened & (POLLIN | POLLHUP | POLLERR)) != 0;
        if (is_readable && !take_early(connection))
            return false;
    }
    return true;
}

// The other side may speak or end the connection in a gap; the rest of the gap is waited all the
// same.
static bool wait_gap(struct bp_connection *connection, int gap_ms)
{
    int64_t deadline_us = deadline_of(gap_ms);
    for (;;) {
        // Without room nothing is waited for but the time.
        int fd = reading_events(connection) == 0 ? -1 : connection->stream.fd;
        if (wait_for(fd, POLLIN, deadline_us) == 0)
            return true;
        if (!take_early(connection))
            return false;
    }
}

bool bp_connection_send(struct bp_connection *connection, struct view bytes, size_t piece_len,
                        int gap_ms, int timeout_ms)
{
    int64_t deadline_us = deadline_of(timeout_ms);
    if (!is_usable(connection))
        return false;
    if (piece_len == 0)
        return send_piece(connection, bytes, deadline_us);
    while (bytes.len != 0) {
        size_t len = bytes.len < piece_len ? bytes.len : piece_len;
        if (!send_piece(connection, view_first(bytes, len), deadline_us))
            return false;
        bytes = view_from(bytes, len);
        if (gap_ms == 0 || bytes.len == 0)
            continue;
        if (!wait_gap(connection, gap_ms))
            return false;
        deadline_us += (int64_t)gap_ms * 1000;
    }
    return true;
}

static size_t give_early(struct bp_connection *connection, char *space, size_t cap)
{
    size_t left = connection->early_len - connection->early_at;
    size_t len = left < cap ? left : cap;
    memcpy(space, connection->early + connection->early_at, len);
    connection->early_at += len;
    if (connection->early_at == connection->early_len)
        connection->early_at = connection->early_len = 0;
    return len;
}

// bp_stream_await, counted.
static enum bp_step await_bytes(struct bp_connection *connection, char *space, size_t cap,
                                size_t *len)
{
    int64_t begin_us = bp_clock_us();
    enum bp_step step = bp_stream_await(&connection->stream, space, cap, len);
    connection->waited_us += bp_clock_us() - begin_us;
    return step;
}

size_t bp_connection_receive(struct bp_connection *connection, char *space, size_t cap,
                             int timeout_ms)
{
    struct bp_stream *stream = &connection->stream;
    if (connection->early_len != 0)
        return give_early(connection, space, cap);
    if (!is_usable(connection))
        return 0;
    int64_t deadline_us = deadline_of(timeout_ms);
    // An answer is hardly ever there already, but it mostly comes soon: waiting in the read costs
    // one call less than a poll before it.
    bool is_buffered = bp_stream_buffered(stream);
    bool may_wait = !is_buffered && timeout_ms >= 2 * READ_WAIT_MS;
    short events = is_buffered || may_wait ? 0 : POLLIN;
    for (;;) {
        if (events != 0 && await_peer(connection, stream->fd, events, deadline_us) == 0) {
            end_with(connection, BP_END_TIMEOUT, 0);
            return 0;
        }
        size_t len = 0;
        enum bp_step step = may_wait ? await_bytes(connection, space, cap, &len)
                                     : bp_stream_read(stream, space, cap, &len);
        may_wait = false;
        switch (step) {
        case BP_STEP_DONE:
            return len;
        case BP_STEP_ENDED:
            return 0;
        case BP_STEP_WANT_READ:
            events = POLLIN;
            break;
        case BP_STEP_WANT_WRITE:
            events = POLLOUT;
            break;
        }
    }
}

void bp_connection_finish(struct bp_connection *connection)
{
    // What cannot be said at once is not said: nobody waits to say that he is done.
    if (is_usable(connection))
        (void)bp_stream_finish(&connection->stream);
}

bool bp_connection_is_quiet(struct bp_connection *connection)
{
    char octet;
    if (!is_usable(connection) || connection->early_len != 0)
        return false;
    if (!bp_stream_buffered(&connection->stream)) {
        ssize_t len = recv(connection->stream.fd, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
        if (len < 0 && (errno == EAGAIN || errno == EINTR))
            return true;
    }
    // What is there may be TLS talking to itself, such as session tickets.
    return take_early(connection) && connection->early_len == 0;
}

bool bp_connection_buffered(const struct bp_connection *connection)
{
    return connection->early_len != 0 || bp_stream_buffered(&connection->stream);
}

void bp_connection_close(struct bp_connection *connection)
{
    struct bp_end end = connection->stream.end;
    bp_stream_close(&connection->stream);
    connection->stream.end = end;
    connection->stream.fd = -1;
    free(connection->early);
    connection->early = NULL;
    connection->early_len = connection->early_at = 0;
}
