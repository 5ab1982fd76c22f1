// SPDX-License-Identifier: Apache-2.0
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "net/identity.h"
#include "net/stream.h"

// OpenSSL escapes what is no ASCII; what is no printable ASCII nevertheless becomes a '?'.
static void write_name(char *out, size_t cap, const X509_NAME *name)
{
    out[0] = '\0';
    BIO *text = BIO_new(BIO_s_mem());
    if (text == NULL)
        return;
    X509_NAME_print_ex(text, name, 0, XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ);
    int len = BIO_read(text, out, (int)cap - 1);
    BIO_free(text);
    for (int i = 0; i < len; i++)
        if (out[i] < 0x20 || out[i] > 0x7e)
            out[i] = '?';
    out[len > 0 ? len : 0] = '\0';
}

void bp_stream_facts(struct bp_stream_facts *out, const struct bp_stream *stream)
{
    *out = (struct bp_stream_facts){.version = "", .cipher = "", .was_asked = stream->was_asked};
    if (stream->ssl == NULL)
        return;
    ERR_clear_error();
    out->version = SSL_get_version(stream->ssl);
    out->cipher = SSL_get_cipher_name(stream->ssl);
    out->is_resumed = SSL_session_reused(stream->ssl) == 1;
    X509 *server = SSL_is_server(stream->ssl) ? NULL : SSL_get0_peer_certificate(stream->ssl);
    if (server == NULL)
        return;
    out->verify_error = (int)SSL_get_verify_result(stream->ssl);
    out->is_verified = out->verify_error == X509_V_OK;
    out->server_not_after_s = bp_identity_time(X509_get0_notAfter(server));
    out->server_chain_count = (unsigned)sk_X509_num(SSL_get_peer_cert_chain(stream->ssl));
    write_name(out->server_subject, sizeof out->server_subject, X509_get_subject_name(server));
    write_name(out->server_issuer, sizeof out->server_issuer, X509_get_issuer_name(server));
    ERR_clear_error();
}

struct ssl_session_st *bp_stream_session(const struct bp_stream *stream)
{
    SSL_SESSION *session = stream->ssl == NULL ? NULL : SSL_get1_session(stream->ssl);
    if (session == NULL || SSL_SESSION_is_resumable(session) == 1)
        return session;
    SSL_SESSION_free(session);
    return NULL;
}
