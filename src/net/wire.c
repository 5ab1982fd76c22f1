// SPDX-License-Identifier: Apache-2.0
#include "net/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/socket.h>
#include <sys/time.h>

void bp_wire_set_wait(struct bp_stream *stream, int wait_ms)
{
    struct timeval wait = {.tv_sec = wait_ms / 1000, .tv_usec = wait_ms % 1000 * 1000};
    int flags = stream->fd < 0 ? -1 : fcntl(stream->fd, F_GETFL);
    if (flags < 0 || setsockopt(stream->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) != 0)
        return;
    stream->wire.can_wait = fcntl(stream->fd, F_SETFL, flags & ~O_NONBLOCK) == 0;
}

// Only the first call waits: a signal or half a record leaves the rest of the time to the caller.
static enum bp_step read_socket(struct bp_stream *stream, char *space, size_t cap, size_t *len)
{
    for (;;) {
        ssize_t n = recv(stream->fd, space, cap, stream->wire.may_wait ? 0 : MSG_DONTWAIT);
        stream->wire.may_wait = false;
        if (n > 0) {
            *len = (size_t)n;
            return BP_STEP_DONE;
        }
        if (n == 0) {
            stream->wire.is_at_end = true;
            return BP_STEP_ENDED;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return BP_STEP_WANT_READ;
        if (errno == EINTR)
            continue;
        stream->wire.read_error = errno;
        return BP_STEP_ENDED;
    }
}

static enum bp_step read_memory(struct bp_stream *stream, char *space, size_t cap, size_t *len)
{
    if (BIO_ctrl_pending(stream->wire.in) == 0) {
        stream->wire.is_at_end = stream->wire.has_all;
        return stream->wire.has_all ? BP_STEP_ENDED : BP_STEP_WANT_READ;
    }
    int n = BIO_read(stream->wire.in, space, cap > INT_MAX ? INT_MAX : (int)cap);
    *len = n > 0 ? (size_t)n : 0;
    return n > 0 ? BP_STEP_DONE : BP_STEP_WANT_READ;
}

enum bp_step bp_wire_read(struct bp_stream *stream, char *space, size_t cap, size_t *len)
{
    *len = 0;
    if (stream->wire.in != NULL)
        return read_memory(stream, space, cap, len);
    return read_socket(stream, space, cap, len);
}

static enum bp_step write_socket(struct bp_stream *stream, struct view bytes, size_t *len)
{
    for (;;) {
        ssize_t n = send(stream->fd, bytes.data, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n >= 0) {
            *len = (size_t)n;
            return BP_STEP_DONE;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return BP_STEP_WANT_WRITE;
        if (errno == EINTR)
            continue;
        stream->wire.write_error = errno;
        return BP_STEP_ENDED;
    }
}

static enum bp_step write_memory(struct bp_stream *stream, struct view bytes, size_t *len)
{
    size_t piece_len = bytes.len > INT_MAX ? INT_MAX : bytes.len;
    int n = BIO_write(stream->wire.out, bytes.data, (int)piece_len);
    if (n > 0) {
        *len = (size_t)n;
        return BP_STEP_DONE;
    }
    stream->wire.write_error = ENOMEM;
    return BP_STEP_ENDED;
}

enum bp_step bp_wire_write(struct bp_stream *stream, struct view bytes, size_t *len)
{
    *len = 0;
    if (stream->wire.write_error != 0)
        return BP_STEP_ENDED;
    if (stream->wire.out != NULL)
        return write_memory(stream, bytes, len);
    return write_socket(stream, bytes, len);
}

struct bp_end bp_wire_end(const struct bp_stream *stream)
{
    const struct bp_wire *wire = &stream->wire;
    // A reset that a write has met reads as an end of file afterwards.
    int error = wire->read_error != 0 ? wire->read_error : wire->write_error;
    struct bp_end end = {.kind = BP_END_EOF};
    if (error != 0)
        end = bp_end_of_errno(error);
    if (!wire->is_at_end && wire->read_error == 0 && end.kind != BP_END_LOCAL)
        end = (struct bp_end){.kind = BP_END_NONE};
    end.in_handshake = !stream->is_open;
    return end;
}

static int bio_read(BIO *bio, char *space, size_t cap, size_t *len)
{
    enum bp_step step = bp_wire_read(BIO_get_data(bio), space, cap, len);
    BIO_clear_retry_flags(bio);
    if (step == BP_STEP_WANT_READ)
        BIO_set_retry_read(bio);
    return step == BP_STEP_DONE;
}

static int bio_write(BIO *bio, const char *bytes, size_t bytes_len, size_t *len)
{
    enum bp_step step = bp_wire_write(BIO_get_data(bio), view_of(bytes, bytes_len), len);
    BIO_clear_retry_flags(bio);
    if (step == BP_STEP_WANT_WRITE)
        BIO_set_retry_write(bio);
    if (step == BP_STEP_ENDED)
        *len = bytes_len;
    return step != BP_STEP_WANT_WRITE;
}

// OpenSSL is never told of an end of file: it would refuse to write from then on.
static long bio_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio;
    (void)number;
    (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

BIO_METHOD *bp_wire_method(void)
{
    BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "wire");
    if (method == NULL)
        return NULL;
    int ok = BIO_meth_set_read_ex(method, bio_read) + BIO_meth_set_write_ex(method, bio_write) +
             BIO_meth_set_ctrl(method, bio_control);
    if (ok == 3)
        return method;
    BIO_meth_free(method);
    return NULL;
}

void bp_wire_method_free(BIO_METHOD *method) { BIO_meth_free(method); }

BIO *bp_wire_bio(BIO_METHOD *method, struct bp_stream *stream)
{
    BIO *bio = BIO_new(method);
    if (bio == NULL)
        return NULL;
    BIO_set_data(bio, stream);
    BIO_set_init(bio, 1);
    return bio;
}
