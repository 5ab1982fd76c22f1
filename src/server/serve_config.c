// SPDX-License-Identifier: Apache-2.0
#include "server/serve_internal.h"

// The files of a folder that `balprobe pki` has made.
static const char *const pki_names[SERVE_PKI_COUNT] = {[SERVE_PKI_CERT] = "server.pem",
                                                       [SERVE_PKI_KEY] = "server.key",
                                                       [SERVE_PKI_CA] = "ca.pem",
                                                       [SERVE_PKI_CRL] = "crl.pem"};

enum { CONNECTION_COUNT_MAX = 1000000, RATE_MAX = 1000000 };

static bool refuse(int *status, const char *words, const char *given)
{
    *status = cli_refuse(words, given, NULL);
    return false;
}

static bool read_places(struct serve *serve, int *status)
{
    const char *const *values = serve->given.values;
    const char *listen = values[SERVE_LISTEN] == NULL ? "127.0.0.1:0" : values[SERVE_LISTEN];
    if (!place_read(&serve->place, listen))
        return refuse(status,
                      "--listen takes a numeric address and a port, as 127.0.0.1:8443 or "
                      "[::1]:0, not ",
                      listen);
    const char *control = values[SERVE_CONTROL];
    if (control == NULL)
        return true;
    if (place_read(&serve->control_place, control) && serve->control_place.is_loopback)
        return true;
    return refuse(status, "--control takes an address on loopback, as 127.0.0.1:0, not ", control);
}

static const char *pki_path(struct serve *serve, enum serve_pki file)
{
    struct buf path = buf_of(serve->pki[file], sizeof serve->pki[file] - 1);
    buf_put_text(&path, serve->given.values[SERVE_PKI]);
    buf_put_byte(&path, '/');
    buf_put_text(&path, pki_names[file]);
    serve->pki[file][path.len] = '\0';
    return serve->pki[file];
}

// The file that was named, or the folder's, or NULL.
static const char *file_of(struct serve *serve, enum serve_row row, enum serve_pki file)
{
    if (serve->given.values[row] != NULL)
        return serve->given.values[row];
    return serve->given.values[SERVE_PKI] == NULL ? NULL : pki_path(serve, file);
}

static bool read_client_auth(struct serve *serve, int *status)
{
    static const struct {
        const char *name;
        enum bp_client_auth client_auth;
    } rows[] = {{"ask", BP_CLIENT_AUTH_ASK},
                {"require", BP_CLIENT_AUTH_REQUIRE},
                {"none", BP_CLIENT_AUTH_NONE}};
    const char *given = serve->given.values[SERVE_CLIENT_AUTH];
    if (given == NULL)
        given = rows[0].name;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(given, rows[i].name) == 0) {
            serve->tls_config.client_auth = rows[i].client_auth;
            return true;
        }
    return refuse(status, "--client-auth takes ask, require or none, not ", given);
}

static bool read_versions(struct serve *serve, int *status)
{
    const char *const *values = serve->given.values;
    const char *max = values[SERVE_TLS_MAX];
    serve->tls_config.min = values[SERVE_TLS_1_3] != NULL ? BP_TLS_1_3 : BP_TLS_1_2;
    serve->tls_config.max = BP_TLS_1_3;
    if (max == NULL)
        return true;
    if (strcmp(max, "1.2") == 0)
        serve->tls_config.max = BP_TLS_1_2;
    else if (strcmp(max, "1.3") != 0)
        return refuse(status, "--tls-max takes 1.2 or 1.3, not ", max);
    return serve->tls_config.min <= serve->tls_config.max ||
           refuse(status, "--tlsv1.3 leaves no version with --tls-max ", max);
}

static bool read_tls(struct serve *serve, int *status)
{
    struct bp_tls_server_config *config = &serve->tls_config;
    if (!read_client_auth(serve, status) || !read_versions(serve, status))
        return false;
    bool asks = config->client_auth != BP_CLIENT_AUTH_NONE;
    config->cert_path = file_of(serve, SERVE_CERT, SERVE_PKI_CERT);
    config->key_path = file_of(serve, SERVE_KEY, SERVE_PKI_KEY);
    config->client_ca_path = file_of(serve, SERVE_CLIENT_CA, SERVE_PKI_CA);
    config->crl_path = file_of(serve, SERVE_CRL, SERVE_PKI_CRL);
    if (!asks)
        serve->config.gate.decide = NULL;
    serve->config.gate.checks_subject = serve->given.values[SERVE_SUBJECT] != NULL;
    if (config->cert_path == NULL || config->key_path == NULL)
        return refuse(status,
                      "TLS needs --cert and --key, or --pki DIR with what balprobe pki DIR "
                      "makes, or --plain for none",
                      "");
    if (asks && config->client_ca_path == NULL)
        return refuse(status,
                      "TLS with client certificates needs --client-ca or --pki, or "
                      "--client-auth none",
                      "");
    return true;
}

// A terminator in front cannot tell us about certificates.
static bool read_plain(const struct serve *serve, int *status)
{
    static const enum serve_row rows[] = {SERVE_PKI,       SERVE_CERT, SERVE_KEY,
                                          SERVE_CLIENT_CA, SERVE_CRL,  SERVE_CLIENT_AUTH,
                                          SERVE_SUBJECT};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (serve->given.values[rows[i]] != NULL)
            return refuse(status, "--plain is without TLS and excludes ",
                          option_name(&serve_command.options[rows[i]]));
    return true;
}

static bool read_time(int *out_ms, const struct serve *serve, enum serve_row row, int *status)
{
    const char *given = serve->given.values[row];
    if (given == NULL || options_seconds(out_ms, given))
        return true;
    return refuse(status, "times are seconds above 0, as 10 or 0.5, not ", given);
}

static bool read_count(uint64_t *out, const struct serve *serve, enum serve_row row, uint64_t max,
                       int *status)
{
    const char *given = serve->given.values[row];
    if (given == NULL)
        return true;
    bool is_read = options_number(out, given) && *out >= 1 && *out <= max;
    return is_read || refuse(status,
                             "--rate and --max-connections take a number from 1 to 1000000, "
                             "not ",
                             given);
}

static bool read_bounds(struct serve *serve, int *status)
{
    struct bp_server_config *config = &serve->config;
    uint64_t connection_count = config->connection_count_max;
    uint64_t rate = 0;
    bool is_read =
        read_count(&connection_count, serve, SERVE_MAX_CONNECTIONS, CONNECTION_COUNT_MAX, status) &&
        read_count(&rate, serve, SERVE_RATE, RATE_MAX, status) &&
        read_time(&config->handshake_ms, serve, SERVE_HANDSHAKE_TIME, status) &&
        read_time(&config->idle_ms, serve, SERVE_IDLE_TIME, status) &&
        read_time(&config->request_ms, serve, SERVE_REQUEST_TIME, status) &&
        read_time(&config->write_ms, serve, SERVE_WRITE_TIME, status);
    config->connection_count_max = (unsigned)connection_count;
    serve->rate_per_s = (uint32_t)rate;
    return is_read;
}

static bool check_user(const struct serve *serve, int *status)
{
    const char *user = serve->given.values[SERVE_USER];
    if (user == NULL)
        return true;
    struct view given = view_of_text(user);
    bool is_good = view_index(given, ':') < given.len && given.len <= BP_CREDENTIAL_LEN_MAX;
    return is_good ||
           refuse(status,
                  "--user takes NAME:PASS, at most 128 octets (what was given is not shown)", "");
}

bool serve_configure(struct serve *serve, int *status)
{
    bp_server_defaults(&serve->config);
    if (!read_places(serve, status) || !read_bounds(serve, status) || !check_user(serve, status))
        return false;
    serve->config.address = serve->place.address;
    serve->config.port = serve->place.port;
    if (serve->given.values[SERVE_PLAIN] != NULL)
        return read_plain(serve, status);
    if (!read_tls(serve, status))
        return false;
    serve->config.tls = &serve->tls;
    return true;
}
