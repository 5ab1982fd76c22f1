// SPDX-License-Identifier: Apache-2.0
#include "net/stream.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/identity.h"
#include "net/subject.h"
#include "net/wire.h"

_Static_assert(BP_PRESENTED_EXPIRED == X509_V_ERR_CERT_HAS_EXPIRED, "the gate knows this number");

// What SSL_get_error must not find: errors of earlier calls. There are hardly ever any, and
// clearing costs more than looking.
static void forget_errors(void)
{
    if (ERR_peek_error() != 0)
        ERR_clear_error();
}

static bool is_address(const char *name)
{
    unsigned char bytes[16];
    return inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1;
}

// What the server's certificate must be for. A name goes into the handshake (SNI), an address does
// not; a closing dot belongs to neither.
static bool expect_name(SSL *ssl, const char *name)
{
    if (is_address(name))
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1;
    char host[256];
    size_t len = strlen(name);
    if (len != 0 && name[len - 1] == '.')
        len--;
    if (len == 0 || len >= sizeof host)
        return false;
    memcpy(host, name, len);
    host[len] = '\0';
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(ssl, host) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

static bool begin_tls(struct bp_stream *stream, const struct bp_tls *tls, const char *name,
                      struct ssl_session_st *session)
{
    forget_errors();
    stream->ssl = SSL_new(tls->context);
    BIO *bio = stream->ssl == NULL ? NULL : bp_wire_bio(tls->wire, stream);
    if (bio == NULL)
        return false;
    SSL_set_bio(stream->ssl, bio, bio);
    if (SSL_set_app_data(stream->ssl, stream) != 1)
        return false;
    if (tls->is_server) {
        SSL_set_accept_state(stream->ssl);
        return true;
    }
    SSL_set_connect_state(stream->ssl);
    if (session != NULL && SSL_set_session(stream->ssl, session) != 1)
        return false;
    return name == NULL || expect_name(stream->ssl, name);
}

bool bp_stream_init(struct bp_stream *out, const struct bp_tls *tls, int fd, const char *name,
                    struct ssl_session_st *session)
{
    *out = (struct bp_stream){.fd = fd, .is_open = tls == NULL};
    return tls == NULL || begin_tls(out, tls, name, session);
}

bool bp_stream_init_memory(struct bp_stream *out, const struct bp_tls *tls, const char *name,
                           struct ssl_session_st *session)
{
    *out = (struct bp_stream){.fd = -1, .is_open = tls == NULL};
    out->wire.in = BIO_new(BIO_s_mem());
    out->wire.out = BIO_new(BIO_s_mem());
    if (out->wire.in == NULL || out->wire.out == NULL)
        return false;
    return tls == NULL || begin_tls(out, tls, name, session);
}

static enum bp_step end_as(struct bp_stream *stream, enum bp_end_kind kind, int code)
{
    stream->end =
        (struct bp_end){.kind = (uint8_t)kind, .in_handshake = !stream->is_open, .code = code};
    return BP_STEP_ENDED;
}

// The first error that says why; OpenSSL heaps what came of it upon it.
static enum bp_step end_by_queue(struct bp_stream *stream)
{
    struct bp_end wire = bp_wire_end(stream);
    unsigned long error = ERR_get_error();
    int reason = ERR_GET_REASON(error);
    if (reason == ERR_R_MALLOC_FAILURE)
        return end_as(stream, BP_END_LOCAL, ENOMEM);
    if (error == 0 || ERR_GET_LIB(error) != ERR_LIB_SSL) {
        if (wire.kind == BP_END_NONE)
            return end_as(stream, BP_END_PROTOCOL, 0);
        stream->end = wire;
        return BP_STEP_ENDED;
    }
    if (reason > SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256)
        return end_as(stream, BP_END_ALERT, reason - SSL_AD_REASON_OFFSET);
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED)
        return end_as(stream, BP_END_UNTRUSTED, (int)SSL_get_verify_result(stream->ssl));
    if (reason == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE)
        return end_as(stream, BP_END_UNTRUSTED, 0);
    return end_as(stream, BP_END_PROTOCOL, reason);
}

// What a call of OpenSSL without success means.
static enum bp_step step_of(struct bp_stream *stream, int result)
{
    int error = SSL_get_error(stream->ssl, result);
    if (error == SSL_ERROR_WANT_READ)
        return BP_STEP_WANT_READ;
    if (error == SSL_ERROR_WANT_WRITE)
        return BP_STEP_WANT_WRITE;
    return error == SSL_ERROR_ZERO_RETURN ? end_as(stream, BP_END_CLOSED, 0) : end_by_queue(stream);
}

static void note_client(struct bp_stream *stream)
{
    struct bp_presented *presented = &stream->presented;
    X509 *own = SSL_get0_peer_certificate(stream->ssl);
    presented->is_resumed = SSL_session_reused(stream->ssl) == 1;
    presented->has_certificate = own != NULL;
    if (own == NULL)
        return;
    presented->not_after_s = bp_identity_time(X509_get0_notAfter(own));
    presented->is_documented_subject = bp_subject_is_documented(X509_get_subject_name(own));
}

enum bp_step bp_stream_handshake(struct bp_stream *stream)
{
    if (stream->end.kind != BP_END_NONE)
        return BP_STEP_ENDED;
    if (stream->is_open)
        return BP_STEP_DONE;
    forget_errors();
    int result = SSL_do_handshake(stream->ssl);
    if (result != 1)
        return step_of(stream, result);
    stream->is_open = true;
    if (SSL_is_server(stream->ssl))
        note_client(stream);
    return BP_STEP_DONE;
}

enum bp_step bp_stream_read(struct bp_stream *stream, char *space, size_t cap, size_t *len)
{
    assert(stream->is_open && cap != 0);
    *len = 0;
    if (stream->end.kind != BP_END_NONE)
        return BP_STEP_ENDED;
    if (stream->ssl == NULL) {
        enum bp_step step = bp_wire_read(stream, space, cap, len);
        if (step == BP_STEP_ENDED)
            stream->end = bp_wire_end(stream);
        return step;
    }
    forget_errors();
    int result = SSL_read_ex(stream->ssl, space, cap, len);
    return result == 1 ? BP_STEP_DONE : step_of(stream, result);
}

enum bp_step bp_stream_await(struct bp_stream *stream, char *space, size_t cap, size_t *len)
{
    stream->wire.may_wait = stream->wire.can_wait;
    enum bp_step step = bp_stream_read(stream, space, cap, len);
    stream->wire.may_wait = false;
    return step;
}

void bp_stream_set_wait(struct bp_stream *stream, int wait_ms)
{
    bp_wire_set_wait(stream, wait_ms);
}

// The end of reading is not that of writing.
static bool may_write(const struct bp_stream *stream)
{
    return !stream->is_half_closed &&
           (stream->end.kind == BP_END_NONE || stream->end.kind == BP_END_CLOSED ||
            stream->end.kind == BP_END_EOF);
}

// A write has failed. Only if this machine is to blame there is nothing to be read about it.
static enum bp_step step_of_failed_write(struct bp_stream *stream)
{
    if (stream->end.kind == BP_END_NONE)
        stream->end = bp_wire_end(stream);
    return stream->end.kind == BP_END_NONE ? BP_STEP_WANT_READ : BP_STEP_ENDED;
}

enum bp_step bp_stream_write(struct bp_stream *stream, struct view bytes, size_t *len)
{
    assert(stream->is_open && bytes.len != 0);
    *len = 0;
    if (!may_write(stream))
        return BP_STEP_ENDED;
    enum bp_step step = BP_STEP_DONE;
    if (stream->ssl == NULL) {
        step = bp_wire_write(stream, bytes, len);
    } else {
        forget_errors();
        int result = SSL_write_ex(stream->ssl, bytes.data, bytes.len, len);
        if (result != 1)
            step = step_of(stream, result);
    }
    if (stream->wire.write_error == 0)
        return step;
    *len = 0;
    return step_of_failed_write(stream);
}

enum bp_step bp_stream_finish(struct bp_stream *stream)
{
    if (stream->is_half_closed)
        return BP_STEP_DONE;
    if (stream->ssl != NULL && stream->is_open && may_write(stream)) {
        forget_errors();
        int result = SSL_shutdown(stream->ssl);
        if (result < 0 && SSL_get_error(stream->ssl, result) == SSL_ERROR_WANT_WRITE)
            return BP_STEP_WANT_WRITE;
    }
    if (stream->fd >= 0)
        shutdown(stream->fd, SHUT_WR);
    stream->is_half_closed = true;
    return BP_STEP_DONE;
}

void bp_stream_close(struct bp_stream *stream)
{
    // Without a word of farewell OpenSSL would spoil a session that is kept.
    if (stream->ssl != NULL)
        SSL_set_shutdown(stream->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(stream->ssl);
    BIO_free(stream->wire.in);
    BIO_free(stream->wire.out);
    if (stream->fd >= 0)
        close(stream->fd);
    stream->ssl = NULL;
    stream->fd = -1;
    stream->wire = (struct bp_wire){.in = NULL};
}

bool bp_stream_buffered(const struct bp_stream *stream)
{
    if (stream->wire.in != NULL && BIO_ctrl_pending(stream->wire.in) != 0)
        return true;
    return stream->ssl != NULL && SSL_has_pending(stream->ssl) == 1;
}

bool bp_stream_feed(struct bp_stream *stream, struct view bytes)
{
    size_t len = 0;
    if (bytes.len == 0)
        return true;
    return BIO_write_ex(stream->wire.in, bytes.data, bytes.len, &len) == 1 && len == bytes.len;
}

void bp_stream_feed_end(struct bp_stream *stream) { stream->wire.has_all = true; }

size_t bp_stream_drain(struct bp_stream *stream, char *space, size_t cap)
{
    size_t len = 0;
    return BIO_read_ex(stream->wire.out, space, cap, &len) == 1 ? len : 0;
}
