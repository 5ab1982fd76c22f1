// SPDX-License-Identifier: Apache-2.0
#include "props/cli/connect.h"

#include "http/octet.h"

enum { TIMEOUT_MS = 10000, RATE_MAX = 100000 };

static const char *value_of(const struct connect *connect, enum connect_row row)
{
    return connect->given->values[connect->base + row];
}

static bool read_url(struct connect *out, struct bp_trouble *trouble)
{
    struct bp_fault fault;
    struct bp_url *url = &out->target.url;
    if (!bp_url_read(url, &fault, view_of_text(out->url)))
        return bp_trouble_say(
            trouble, "the URL does not look like https://HOST[:PORT][/PATH], without a query", "",
            "");
    if (url->host.len > BP_HOST_LEN_MAX || url->authority.len > BP_HOST_LEN_MAX)
        return bp_trouble_say(trouble, "the host name is too long", "", "");
    memcpy(out->host, url->host.data, url->host.len);
    out->host[url->host.len] = '\0';
    return true;
}

static bool read_versions(struct connect *out, struct bp_trouble *trouble)
{
    struct bp_tls_client_config *config = &out->target.tls_config;
    const char *max = value_of(out, CONNECT_TLS_MAX);
    if (value_of(out, CONNECT_TLS_1_2) != NULL)
        config->min = BP_TLS_1_2;
    if (value_of(out, CONNECT_TLS_1_3) != NULL)
        config->min = BP_TLS_1_3;
    if (max == NULL)
        return true;
    if (strcmp(max, "1.2") != 0 && strcmp(max, "1.3") != 0)
        return bp_trouble_say(trouble, "--tls-max is 1.2 or 1.3, not ", max, "");
    config->max = max[2] == '2' ? BP_TLS_1_2 : BP_TLS_1_3;
    if (config->min == BP_TLS_1_3 && config->max == BP_TLS_1_2)
        return bp_trouble_say(trouble, "--tlsv1.3 and --tls-max 1.2 leave no version", "", "");
    return true;
}

static bool read_certificate(struct connect *out, struct bp_trouble *trouble)
{
    struct bp_tls_client_config *config = &out->target.tls_config;
    config->cert_path = value_of(out, CONNECT_CERT);
    config->key_path = value_of(out, CONNECT_KEY);
    config->passphrase = value_of(out, CONNECT_PASS);
    config->ca_path = value_of(out, CONNECT_CACERT);
    config->ca_folder = value_of(out, CONNECT_CAPATH);
    config->is_insecure = value_of(out, CONNECT_INSECURE) != NULL;
    if (config->key_path != NULL && config->cert_path == NULL)
        return bp_trouble_say(trouble, "--key needs the certificate that it belongs to: --cert", "",
                              "");
    return true;
}

static bool read_overrides(struct connect *out, struct bp_trouble *trouble)
{
    struct bp_route_config *config = &out->route_config;
    for (size_t i = 0; i < out->given->item_count; i++) {
        const struct option_item *item = &out->given->items[i];
        bool is_connect_to = item->row == out->base + CONNECT_TO;
        if (!is_connect_to && item->row != out->base + CONNECT_RESOLVE)
            continue;
        if (config->override_count == BP_ROUTE_OVERRIDE_COUNT_MAX)
            return bp_trouble_say(trouble, "there are too many --resolve and --connect-to", "", "");
        config->overrides[config->override_count++] =
            (struct bp_route_override){item->value, is_connect_to};
    }
    return true;
}

static bool read_route(struct connect *out, struct bp_trouble *trouble)
{
    struct bp_route_config *config = &out->route_config;
    bool is_4 = value_of(out, CONNECT_IPV4) != NULL;
    bool is_6 = value_of(out, CONNECT_IPV6) != NULL;
    config->host = out->host;
    config->port = out->target.url.port;
    config->interface = value_of(out, CONNECT_INTERFACE);
    config->family = is_4 ? BP_FAMILY_4 : is_6 ? BP_FAMILY_6 : BP_FAMILY_ANY;
    if (is_4 && is_6)
        return bp_trouble_say(trouble, "-4 and -6 leave no address", "", "");
    return read_overrides(out, trouble);
}

// Fields that the requests have already, each in a way of its own.
static bool is_own_field(struct view name)
{
    static const struct view own[] = {VIEW_INIT("Host"), VIEW_INIT("Content-Length"),
                                      VIEW_INIT("Transfer-Encoding"),
                                      VIEW_INIT("X-MS-DM-TransactionId")};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (view_equal_nocase(name, own[i]))
            return true;
    return false;
}

static bool read_field(struct connect *out, struct bp_trouble *trouble, const char *word)
{
    struct view line = view_of_text(word);
    struct view name = view_first(line, view_index(line, ':'));
    bool is_field = name.len != 0 && name.len < line.len;
    for (size_t i = 0; i < name.len && is_field; i++)
        is_field = bp_octet_is(name.data[i], BP_OCTET_TOKEN);
    for (size_t i = name.len; i < line.len && is_field; i++)
        is_field = bp_octet_is(line.data[i], BP_OCTET_TEXT);
    // The value may be a secret: only what cannot be one is shown.
    char space[64];
    struct buf shown = buf_of(space, sizeof space - 1);
    buf_put(&shown, view_first(name, is_field && name.len < shown.cap ? name.len : 0));
    space[shown.len] = '\0';
    if (!is_field)
        return bp_trouble_say(trouble, "-H wants 'Name: value' on one line", "", "");
    if (is_own_field(name))
        return bp_trouble_say(trouble, "the field ", space,
                              " is written by balprobe itself, rightly and wrongly; leave out -H");
    struct buf fields = buf_of(out->field_space, sizeof out->field_space);
    fields.len = out->fields.len;
    buf_put(&fields, line);
    buf_put_text(&fields, "\r\n");
    if (fields.overflow)
        return bp_trouble_say(trouble, "the fields of -H are too long together", "", "");
    out->fields = buf_view(&fields);
    return true;
}

static bool read_fields(struct connect *out, struct bp_trouble *trouble)
{
    size_t at = 0;
    const struct option_item *item = NULL;
    out->fields = view_of(out->field_space, 0);
    while ((item = options_next(out->given, out->base + CONNECT_HEADER, &at)) != NULL)
        if (!read_field(out, trouble, item->value))
            return false;
    const char *user = value_of(out, CONNECT_USER);
    if (user == NULL)
        return true;
    out->credentials = view_of_text(user);
    if (view_index(out->credentials, ':') == out->credentials.len || user[0] == ':')
        return bp_trouble_say(trouble, "-u wants USER:PASSWORD", "", "");
    return true;
}

static bool read_times(struct connect *out, struct bp_trouble *trouble)
{
    const char *connect = value_of(out, CONNECT_TIMEOUT);
    const char *answer = value_of(out, CONNECT_MAX_TIME);
    const char *rate = value_of(out, CONNECT_RATE);
    uint64_t number = 0;
    out->target.times = (struct bp_client_times){TIMEOUT_MS, TIMEOUT_MS};
    if (connect != NULL && !options_seconds(&out->target.times.connect_ms, connect))
        return bp_trouble_say(trouble, "--connect-timeout wants seconds, as in 2.5: ", connect, "");
    if (answer != NULL && !options_seconds(&out->target.times.answer_ms, answer))
        return bp_trouble_say(trouble, "--max-time wants seconds, as in 2.5: ", answer, "");
    if (rate == NULL)
        return true;
    if (!options_number(&number, rate) || number == 0 || number > RATE_MAX)
        return bp_trouble_say(trouble, "--rate wants requests a second, 1 to 100000: ", rate, "");
    out->target.rate = (unsigned)number;
    out->has_rate = true;
    return true;
}

bool connect_read(struct connect *out, struct bp_trouble *trouble, const struct options *given,
                  size_t base, const char *url)
{
    memset(out, 0, sizeof *out);
    out->given = given;
    out->base = base;
    out->url = url;
    return read_url(out, trouble) && read_versions(out, trouble) &&
           read_certificate(out, trouble) && read_route(out, trouble) &&
           read_fields(out, trouble) && read_times(out, trouble);
}

bool connect_open(struct connect *connect, struct bp_trouble *trouble)
{
    struct target *target = &connect->target;
    return !target->url.is_secure || bp_tls_client_init(&target->tls, trouble, &target->tls_config);
}

void connect_close(struct connect *connect) { bp_tls_free(&connect->target.tls); }
