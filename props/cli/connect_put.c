// SPDX-License-Identifier: Apache-2.0
// Options written down again. Words of the user's own command line need no escaping but the
// shell's.
#include "props/cli/connect.h"

#include "tool/shell.h"

enum kind { PLAIN, PASSPHRASE, CREDENTIALS, FIELD };

// What other programs call our options.
static const struct {
    enum connect_row row;
    const char *curl;     // NULL: it has no such thing
    const char *s_client; //
    enum kind kind;
} puts_rows[] = {
    {CONNECT_CERT, "--cert", "-cert", PLAIN},
    {CONNECT_KEY, "--key", "-key", PLAIN},
    {CONNECT_PASS, "--pass", "-pass", PASSPHRASE},
    {CONNECT_CACERT, "--cacert", "-CAfile", PLAIN},
    {CONNECT_CAPATH, "--capath", "-CApath", PLAIN},
    {CONNECT_INSECURE, "-k", NULL, PLAIN},
    {CONNECT_TLS_1_2, "--tlsv1.2", NULL, PLAIN},
    {CONNECT_TLS_1_3, "--tlsv1.3", "-tls1_3", PLAIN},
    {CONNECT_TLS_MAX, "--tls-max", NULL, PLAIN},
    {CONNECT_RESOLVE, "--resolve", NULL, PLAIN},
    {CONNECT_TO, "--connect-to", NULL, PLAIN},
    {CONNECT_INTERFACE, "--interface", NULL, PLAIN},
    {CONNECT_IPV4, "-4", "-4", PLAIN},
    {CONNECT_IPV6, "-6", "-6", PLAIN},
    {CONNECT_HEADER, NULL, NULL, FIELD},
    {CONNECT_USER, NULL, NULL, CREDENTIALS},
    {CONNECT_TIMEOUT, NULL, NULL, PLAIN},
    {CONNECT_MAX_TIME, NULL, NULL, PLAIN},
    {CONNECT_RATE, NULL, NULL, PLAIN},
    {CONNECT_CONFIG, NULL, NULL, PLAIN},
};
static const size_t puts_count = sizeof puts_rows / sizeof puts_rows[0];

static const struct option own_rows[CONNECT_ROW_COUNT] = {CONNECT_ROWS(0)};

// A secret without what is secret in it: "user:***", "Name: ***".
static void put_masked(struct buf *out, enum kind kind, struct view word)
{
    char space[BP_HOST_LEN_MAX];
    struct buf masked = BUF(space);
    size_t len = kind == PASSPHRASE ? 0 : view_index(word, ':');
    if (len < word.len && kind != PASSPHRASE) {
        buf_put(&masked, view_first(word, len));
        buf_put_text(&masked, kind == FIELD ? ": " : ":");
    }
    if (masked.overflow)
        buf_clear(&masked);
    buf_put_text(&masked, "***");
    shell_put_word(out, buf_view(&masked));
}

static void put_word(struct buf *out, enum kind kind, const char *word)
{
    struct view view = view_of_text(word);
    if (shell_is_reference(view))
        shell_put_reference(out, view);
    else if (kind == PLAIN)
        shell_put_word(out, view);
    else
        put_masked(out, kind, view);
}

static void put_option(struct buf *out, const char *name, const struct option *option,
                       enum kind kind, const char *word)
{
    buf_put_byte(out, ' ');
    buf_put_text(out, name);
    if (option->argument == NULL)
        return;
    buf_put_byte(out, ' ');
    put_word(out, kind, word);
}

static bool is_from_config(const struct connect *connect, const char *word)
{
    const struct options *given = connect->given;
    uintptr_t at = (uintptr_t)word;
    uintptr_t begin = (uintptr_t)given->config;
    return at >= begin && at < begin + given->config_len;
}

// Every word of row `row`, unless `leaves_config` and it stands in a config file.
static void put_row(struct buf *out, const struct connect *connect, size_t row, const char *name,
                    enum kind kind, bool leaves_config)
{
    const struct option *option = &own_rows[row];
    const char *word = connect->given->words[connect->base + row];
    if (!option_is_list(option)) {
        if (word != NULL && !(leaves_config && is_from_config(connect, word)))
            put_option(out, name, option, kind, word);
        return;
    }
    size_t at = 0;
    const struct option_item *item = NULL;
    while ((item = options_next(connect->given, connect->base + row, &at)) != NULL)
        if (!(leaves_config && is_from_config(connect, item->word)))
            put_option(out, name, option, kind, item->word);
}

void connect_put_again(struct buf *out, const struct connect *connect)
{
    buf_put_byte(out, ' ');
    shell_put_word(out, view_of_text(connect->url));
    for (size_t i = 0; i < puts_count; i++) {
        const char *name = option_name(&own_rows[puts_rows[i].row]);
        put_row(out, connect, puts_rows[i].row, name, puts_rows[i].kind, true);
    }
}

static bool is_pkcs12(const struct connect *connect)
{
    const char *path = connect->given->values[connect->base + CONNECT_CERT];
    struct view name = view_of_text(path == NULL ? "" : path);
    size_t len = name.len < 4 ? 0 : name.len - 4;
    struct view ending = view_from(name, len);
    return view_equal_nocase(ending, VIEW(".p12")) || view_equal_nocase(ending, VIEW(".pfx"));
}

void connect_put_curl(struct buf *out, const struct connect *connect)
{
    for (size_t i = 0; i < puts_count; i++)
        if (puts_rows[i].curl != NULL)
            put_row(out, connect, puts_rows[i].row, puts_rows[i].curl, puts_rows[i].kind, false);
    if (is_pkcs12(connect))
        buf_put_text(out, " --cert-type P12");
}

static void put_address(struct buf *out, const struct connect *connect)
{
    const struct bp_route *route = &connect->target.route;
    buf_put_text(out, " -connect ");
    if (route->address_count != 0) {
        buf_put_text(out, route->addresses[0].text);
    } else {
        struct view host = connect->target.url.host;
        bool is_ipv6 = view_index(host, ':') < host.len;
        buf_put_text(out, is_ipv6 ? "[" : "");
        buf_put(out, host);
        buf_put_text(out, is_ipv6 ? "]:" : ":");
        buf_put_unsigned(out, connect->target.url.port);
    }
    buf_put_text(out, " -servername ");
    buf_put_text(out, connect->host);
}

// s_client has no word for a passphrase but a source of one.
static void put_passphrase(struct buf *out, const struct connect *connect)
{
    const char *word = connect->given->words[connect->base + CONNECT_PASS];
    if (word == NULL)
        return;
    struct view view = view_of_text(word);
    buf_put_text(out, " -pass ");
    if (shell_is_reference(view)) {
        buf_put_text(out, "env:");
        buf_put(out, view_between(view.data + 2, view.data + view.len - 1));
    } else {
        buf_put_text(out, "'pass:***'");
    }
}

void connect_put_s_client(struct buf *out, const struct connect *connect)
{
    put_address(out, connect);
    for (size_t i = 0; i < puts_count; i++)
        if (puts_rows[i].s_client != NULL && puts_rows[i].kind == PLAIN)
            put_row(out, connect, puts_rows[i].row, puts_rows[i].s_client, PLAIN, false);
    if (connect->target.tls_config.max == BP_TLS_1_2)
        buf_put_text(out, " -tls1_2");
    if (is_pkcs12(connect))
        buf_put_text(out, " -certform P12");
    put_passphrase(out, connect);
}

void connect_put_secret(struct buf *out, enum connect_row row, const char *word)
{
    put_word(out, row == CONNECT_USER ? CREDENTIALS : FIELD, word);
}

bool connect_has_hidden(const struct connect *connect)
{
    const struct options *given = connect->given;
    for (size_t i = 0; i < puts_count; i++) {
        const char *word = given->words[connect->base + puts_rows[i].row];
        if (puts_rows[i].kind != PLAIN && word != NULL && !shell_is_reference(view_of_text(word)))
            return true;
    }
    return false;
}
