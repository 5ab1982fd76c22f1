// SPDX-License-Identifier: Apache-2.0
// How to reach somebody's endpoint: the options that check, replay and doctor share, with curl's
// names, and the same options written down again for copying.
//
// Secrets (--pass, -u, -H) are never written: one that was given as ${NAME} stays ${NAME}, of any
// other only the user's or the field's name is shown, and asterisks.
#ifndef BP_PROPS_CLI_CONNECT_H
#define BP_PROPS_CLI_CONNECT_H

#include "props/case/fixture.h"
#include "props/subject/target.h"
#include "tool/options.h"

enum connect_row {
    CONNECT_HEADING,
    CONNECT_CERT,
    CONNECT_KEY,
    CONNECT_PASS,
    CONNECT_CACERT,
    CONNECT_CAPATH,
    CONNECT_INSECURE,
    CONNECT_TLS_1_2,
    CONNECT_TLS_1_3,
    CONNECT_TLS_MAX,
    CONNECT_RESOLVE,
    CONNECT_TO,
    CONNECT_INTERFACE,
    CONNECT_IPV4,
    CONNECT_IPV6,
    CONNECT_HEADER,
    CONNECT_USER,
    CONNECT_TIMEOUT,
    CONNECT_MAX_TIME,
    CONNECT_RATE,
    CONNECT_CONFIG,
    CONNECT_ROW_COUNT
};

// CONNECT_ROWS is the rows of a table of options from `base` on.
#define CONNECT_ROWS(base)                                                                        \
    [(base) +                                                                                     \
        CONNECT_HEADING] = {NULL, NULL, "The endpoint (the names are curl's)"},                   \
        [(base) + CONNECT_CERT] = {"--cert", "FILE",                                              \
                                   "client certificate with its chain, PEM or PKCS#12"},          \
        [(base) + CONNECT_KEY] = {"--key", "FILE", "its private key, when not in the same file"}, \
        [(base) + CONNECT_PASS] = {"--pass", "PHRASE",                                            \
                                   "passphrase of the key; best given as '${NAME}', which is "    \
                                   "read from the environment"},                                  \
        [(base) +                                                                                 \
            CONNECT_CACERT] = {"--cacert", "FILE", "who may issue the server's certificate"},     \
        [(base) + CONNECT_CAPATH] = {"--capath", "DIR", "the same as a hashed folder"},           \
        [(base) + CONNECT_INSECURE] = {"-k, --insecure", NULL,                                    \
                                       "do not verify the server's certificate"},                 \
        [(base) + CONNECT_TLS_1_2] = {"--tlsv1.2", NULL, "TLS 1.2 or later"},                     \
        [(base) + CONNECT_TLS_1_3] = {"--tlsv1.3", NULL, "TLS 1.3 or later"},                     \
        [(base) + CONNECT_TLS_MAX] = {"--tls-max", "1.2|1.3", "no later version than this"},      \
        [(base) + CONNECT_RESOLVE] = {"--resolve", "HOST:PORT:ADDRESS...",                        \
                                      "use this address for that host and port"},                 \
        [(base) + CONNECT_TO] = {"--connect-to", "HOST1:PORT1:HOST2:PORT2...",                    \
                                 "connect to the second where the first is asked for"},           \
        [(base) +                                                                                 \
            CONNECT_INTERFACE] = {"--interface", "NAME", "interface or address to leave from"},   \
        [(base) + CONNECT_IPV4] = {"-4, --ipv4", NULL, "IPv4 addresses only"},                    \
        [(base) + CONNECT_IPV6] = {"-6, --ipv6", NULL, "IPv6 addresses only"},                    \
        [(base) + CONNECT_HEADER] = {"-H, --header", "LINE...",                                   \
                                     "a field for every request: 'Name: value'"},                 \
        [(base) + CONNECT_USER] = {"-u, --user", "USER:PASSWORD",                                 \
                                   "Basic credentials that the endpoint asks for; best given as " \
                                   "'${NAME}'"},                                                  \
        [(base) + CONNECT_TIMEOUT] = {"--connect-timeout", "SECONDS",                             \
                                      "for connecting, TLS included; the default is 10"},         \
        [(base) +                                                                                 \
            CONNECT_MAX_TIME] = {"--max-time", "SECONDS", "for an answer; the default is 10"},    \
        [(base) + CONNECT_RATE] = {"--rate", "N",                                                 \
                                   "requests a second at most; without it 10, and no limit on "   \
                                   "this machine"},                                               \
        [(base) + CONNECT_CONFIG] = {"-K, --config", "FILE...", "read options from a file"}

enum { CONNECT_FIELDS_LEN_MAX = 8192, CONNECT_RATE_DEFAULT = 10 };

// What was read of the options. It borrows from `given` and the URL, and must not be moved.
struct connect {
    struct target target; // url, tls_config, times and rate; route and tls by connect_open
    struct bp_route_config route_config;
    struct view fields;      // for the fixture
    struct view credentials; // the same; empty without -u
    bool has_rate;           // --rate was given
    const struct options *given;
    size_t base; // of the rows in the table of options
    const char *url;
    char host[BP_HOST_LEN_MAX + 1];
    char field_space[CONNECT_FIELDS_LEN_MAX];
};

// connect_read reads the URL and the options. It returns false with what is wrong in words: no
// URL that can be read, versions that exclude each other, a key without a certificate, a field that
// is no field or is the program's own (Host, Content-Length, Transfer-Encoding), a user without a
// password, numbers out of range.
BP_MUST_USE bool connect_read(struct connect *out, struct bp_trouble *trouble,
                              const struct options *given, size_t base, const char *url);

// connect_open reads certificates and keys. It returns false with the trouble; connect_close is to
// be called in any case.
BP_MUST_USE bool connect_open(struct connect *connect, struct bp_trouble *trouble);
void connect_close(struct connect *connect);

// connect_put_again appends the URL and every option, each with a blank before it.
void connect_put_again(struct buf *out, const struct connect *connect);

// connect_put_curl appends the options that curl needs, each with a blank before it, without the
// URL; connect_put_s_client does so for openssl s_client, the address included.
void connect_put_curl(struct buf *out, const struct connect *connect);
void connect_put_s_client(struct buf *out, const struct connect *connect);

// connect_put_secret appends one word of -u or -H for a shell: the reference, or what may be shown.
void connect_put_secret(struct buf *out, enum connect_row row, const char *word);

// connect_has_hidden says that a secret was given that cannot be written down again.
bool connect_has_hidden(const struct connect *connect);

#endif
