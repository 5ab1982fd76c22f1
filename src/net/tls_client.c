// SPDX-License-Identifier: Apache-2.0
#include <openssl/err.h>

#include "net/stream.h"
#include "net/tls_context.h"
#include "net/trust.h"

// OpenSSL asks for our certificate exactly when the server does.
static int note_asked(SSL *ssl, void *unused)
{
    (void)unused;
    struct bp_stream *stream = SSL_get_app_data(ssl);
    stream->was_asked = true;
    return 1;
}

static bool trust_servers(struct bp_tls *tls, struct bp_trouble *trouble,
                          const struct bp_tls_client_config *config)
{
    SSL_CTX_set_verify(tls->context, config->is_insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
    if (config->ca_path != NULL && !bp_trust_add_file(tls->context, trouble, config->ca_path))
        return false;
    if (config->ca_folder != NULL && !bp_trust_add_folder(tls->context, trouble, config->ca_folder))
        return false;
    if (config->ca_path != NULL || config->ca_folder != NULL)
        return true;
    if (bp_trust_add_system(tls->context, trouble))
        return true;
    if (!config->is_insecure)
        return false;
    trouble->words[0] = '\0';
    return true;
}

bool bp_tls_client_init(struct bp_tls *out, struct bp_trouble *trouble,
                        const struct bp_tls_client_config *config)
{
    const struct bp_tls_terms terms = {.min = config->min,
                                       .max = config->max,
                                       .is_weak = config->takes_weak || config->offers_weak,
                                       .offers_weak = config->offers_weak,
                                       .keeps_sessions = config->keeps_sessions};
    const struct bp_identity_source source = {
        config->cert_path, config->key_path, config->passphrase, "give its passphrase with --pass"};
    if (!bp_tls_begin(out, trouble, &terms) || !trust_servers(out, trouble, config))
        return false;
    SSL_CTX_set_cert_cb(out->context, note_asked, NULL);
    return config->cert_path == NULL || bp_tls_identify(out, trouble, &source);
}
