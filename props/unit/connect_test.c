// SPDX-License-Identifier: Apache-2.0
#include "props/cli/connect.h"

#include <stdlib.h>

#include "props/cli/resend.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { OTHER, BASE, ROW_COUNT = BASE + CONNECT_ROW_COUNT, WORD_COUNT_MAX = 12 };

static const struct option rows[ROW_COUNT] = {[OTHER] = {"--other", "X", "something else"},
                                              CONNECT_ROWS(BASE)};
static const struct command command = {"try", "URL", "Tries.", rows, ROW_COUNT, NULL};

static struct options options;
static struct connect connect_space;
static char words_space[WORD_COUNT_MAX][256];

// read_words reads the words as a command line with the URL in front of them.
static bool read_words(struct bp_trouble *trouble, const char *url, const char *const *words)
{
    char *argv[WORD_COUNT_MAX];
    int argc = 0;
    for (; argc < WORD_COUNT_MAX && words[argc] != NULL; argc++) {
        snprintf(words_space[argc], sizeof words_space[argc], "%s", words[argc]);
        argv[argc] = words_space[argc];
    }
    trouble->words[0] = '\0';
    if (!options_read(&options, &command, argc, argv))
        return bp_trouble_say(trouble, options.message, "", "");
    return connect_read(&connect_space, trouble, &options, BASE, url);
}

static const struct {
    const char *words[WORD_COUNT_MAX];
    const char *message; // how it begins; NULL: accepted
} reads[] = {
    {{NULL}, NULL},
    {{"--cert", "a.pem", "--key", "a.key", "--cacert", "ca.pem", "--pass", "x"}, NULL},
    {{"--key", "a.key"}, "--key needs the certificate"},
    {{"--tls-max", "1.2"}, NULL},
    {{"--tls-max", "1.1"}, "--tls-max is 1.2 or 1.3, not 1.1"},
    {{"--tlsv1.3", "--tls-max", "1.2"}, "--tlsv1.3 and --tls-max 1.2"},
    {{"--tlsv1.2", "--tls-max", "1.2"}, NULL},
    {{"-4", "-6"}, "-4 and -6 leave no address"},
    {{"--ipv6"}, NULL},
    {{"--rate", "5"}, NULL},
    {{"--rate", "0"}, "--rate wants"},
    {{"--rate", "fast"}, "--rate wants"},
    {{"--connect-timeout", "2.5", "--max-time", "30"}, NULL},
    {{"--connect-timeout", "0"}, "--connect-timeout wants"},
    {{"--max-time", "-1"}, "--max-time wants"},
    {{"-u", "user:pass:word"}, NULL},
    {{"-u", "user:"}, NULL},
    {{"-u", "user"}, "-u wants USER:PASSWORD"},
    {{"-u", ":x"}, "-u wants USER:PASSWORD"},
    {{"-H", "X-Stage: blue"}, NULL},
    {{"-H", "X-Stage:"}, NULL},
    {{"-H", "X-Stage"}, "-H wants"},
    {{"-H", ": x"}, "-H wants"},
    {{"-H", "X Stage: x"}, "-H wants"},
    {{"-H", "X-Stage: a\r\nHost: b"}, "-H wants"},
    {{"-H", "X-Stage: a\nb"}, "-H wants"},
    {{"-H", "host: other"}, "the field host is written by balprobe"},
    {{"-H", "Content-Length: 5"}, "the field Content-Length is"},
    {{"-H", "transfer-encoding: chunked"}, "the field transfer-encoding is"},
    {{"-H", "X-MS-DM-TransactionId: 1"}, "the field X-MS-DM-TransactionId is"},
    {{"--cacer", "x"}, "unknown option --cacer; did you mean --cacert?"},
    {{"--ca-cert", "x"}, "unknown option --ca-cert; did you mean --cacert?"},
};

static void check_reads(void)
{
    struct bp_trouble trouble;
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        bool is_read = read_words(&trouble, "https://mo.example/v1", reads[i].words);
        CHECK_ROW(i, is_read == (reads[i].message == NULL));
        CHECK_ROW(i, is_read ||
                         view_starts(view_of_text(trouble.words), view_of_text(reads[i].message)));
    }
}

static void check_urls(void)
{
    static const char *const none[] = {NULL};
    static const struct {
        const char *url;
        bool is_good;
    } urls[] = {
        {"https://mo.example:8443/v1", true},
        {"https://[::1]:8443", true},
        {"http://127.0.0.1/v1", true},
        {"ftp://mo.example", false},
        {"mo.example", false},
        {"https://a:geheim@mo.example/", false},
        {"https://mo.example/?q=1", false},
        {"", false},
    };
    struct bp_trouble trouble;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        CHECK_ROW(i, read_words(&trouble, urls[i].url, none) == urls[i].is_good);
        CHECK_ROW(i, strstr(trouble.words, "geheim") == NULL);
    }
}

static void check_target(void)
{
    static const char *const words[] = {"--cert", "c.pem", "-k",         "--tls-max", "1.2", "-6",
                                        "-H",     "A: 1",  "--max-time", "2.5",       NULL};
    struct bp_trouble trouble;
    CHECK(read_words(&trouble, "https://mo.example:8443/v1", words));
    const struct target *target = &connect_space.target;
    CHECK(view_equal(target->url.path, VIEW("/v1")));
    CHECK(strcmp(connect_space.host, "mo.example") == 0);
    CHECK(connect_space.route_config.port == 8443);
    CHECK(connect_space.route_config.family == BP_FAMILY_6);
    CHECK(strcmp(target->tls_config.cert_path, "c.pem") == 0);
    CHECK(target->tls_config.is_insecure);
    CHECK(target->tls_config.max == BP_TLS_1_2 && target->tls_config.min == BP_TLS_ANY);
    CHECK(target->times.connect_ms == 10000 && target->times.answer_ms == 2500);
    CHECK(target->rate == 0 && !connect_space.has_rate);
    CHECK(view_equal(connect_space.fields, VIEW("A: 1\r\n")));
    static const char *const many[] = {"-H",     "A: 1",         "--resolve", "a:1:127.0.0.1",
                                       "-HB: 2", "--connect-to", "a:1:b:2",   "--interface",
                                       "lo",     "--rate",       "7",         NULL};
    CHECK(read_words(&trouble, "https://[::1]", many));
    CHECK(view_equal(connect_space.fields, VIEW("A: 1\r\nB: 2\r\n")));
    CHECK(strcmp(connect_space.host, "::1") == 0 && connect_space.route_config.port == 443);
    CHECK(connect_space.route_config.override_count == 2);
    CHECK(!connect_space.route_config.overrides[0].is_connect_to);
    CHECK(connect_space.route_config.overrides[1].is_connect_to);
    CHECK(connect_space.has_rate && connect_space.target.rate == 7);
}

static void check_put(void)
{
    static const struct {
        const char *words[WORD_COUNT_MAX];
        const char *again;
        const char *curl;
        const char *s_client;
        bool has_hidden;
    } puts_rows[] = {
        {{NULL}, "", "", "", false},
        {{"--cert", "a b.pem", "--key", "k"},
         " --cert 'a b.pem' --key k",
         " --cert 'a b.pem' --key k",
         " -cert 'a b.pem' -key k",
         false},
        {{"--cert", "a.p12", "--pass", "geheim"},
         " --cert a.p12 --pass '***'",
         " --cert a.p12 --pass '***' --cert-type P12",
         " -cert a.p12 -certform P12 -pass 'pass:***'",
         true},
        {{"--cert", "a.pem", "--pass", "${CONNECT_TEST_PASS}"},
         " --cert a.pem --pass \"${CONNECT_TEST_PASS}\"",
         " --cert a.pem --pass \"${CONNECT_TEST_PASS}\"",
         " -cert a.pem -pass env:CONNECT_TEST_PASS",
         false},
        {{"-u", "user:geheim", "-H", "X-Key: geheim"},
         " --header 'X-Key: ***' --user 'user:***'",
         "",
         "",
         true},
        {{"-u", "${CONNECT_TEST_PASS}"}, " --user \"${CONNECT_TEST_PASS}\"", "", "", false},
        {{"-k", "--tls-max", "1.2", "--rate", "3", "-4"},
         " --insecure --tls-max 1.2 --ipv4 --rate 3",
         " -k --tls-max 1.2 -4",
         " -4 -tls1_2",
         false},
        {{"--resolve", "a:1:127.0.0.1", "--resolve", "b:2:::1"},
         " --resolve a:1:127.0.0.1 --resolve b:2:::1",
         " --resolve a:1:127.0.0.1 --resolve b:2:::1",
         "",
         false},
    };
    struct bp_trouble trouble;
    char space[4096];
    for (size_t i = 0; i < sizeof puts_rows / sizeof puts_rows[0]; i++) {
        struct buf out = BUF(space);
        CHECK_ROW(i, read_words(&trouble, "https://mo.example/v1", puts_rows[i].words));
        connect_put_again(&out, &connect_space);
        struct view url = VIEW(" https://mo.example/v1");
        CHECK_ROW(i, view_starts(buf_view(&out), url));
        CHECK_ROW(i,
                  view_equal(view_from(buf_view(&out), url.len), view_of_text(puts_rows[i].again)));
        buf_clear(&out);
        connect_put_curl(&out, &connect_space);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(puts_rows[i].curl)));
        buf_clear(&out);
        connect_put_s_client(&out, &connect_space);
        struct view place = VIEW(" -connect mo.example:443 -servername mo.example");
        CHECK_ROW(i, view_starts(buf_view(&out), place));
        CHECK_ROW(i, view_equal(view_from(buf_view(&out), place.len),
                                view_of_text(puts_rows[i].s_client)));
        CHECK_ROW(i, connect_has_hidden(&connect_space) == puts_rows[i].has_hidden);
    }
}

static const struct {
    enum axis axis;
    const char *words; // of the row
    const char *line;  // what it holds; "" when there is no line
} resends[] = {
    {AXIS_ROLE, "role A",
     "curl -i -g --path-as-is -k -H \"X-MS-DM-TransactionId: MSFT-$(date +%s)\" -u 'user:***' -H "
     "'X-Key: ***' https://mo.example/v1/sims/8988247000100003319/balances"},
    {AXIS_LIMIT, "limit -1", "balances?limit=-1'"},
    {AXIS_LIMIT, "limit 1;2", "balances?limit=1;2'"},
    {AXIS_METHOD, "method HEAD", "curl -i -g --path-as-is -k -I -H"},
    {AXIS_METHOD, "method POST", "curl -i -g --path-as-is -k -X POST -H"},
    {AXIS_METHOD, "method get", "printf 'get /v1/"},
    {AXIS_AUTH, "credentials with a wrong password", " -H 'Authorization: ***' "},
    {AXIS_AUTH, "no credentials", "/balances"},
    {AXIS_HOST, "no Host field",
     "printf 'GET /v1/sims/8988247000100003319/balances HTTP/1.1\\r\\nX-Key: ***\\r\\n"
     "X-MS-DM-TransactionId: MSFT-%s\\r\\nAuthorization: ***\\r\\n\\r\\n' \"$(date +%s)\" | "
     "openssl "
     "s_client -quiet -connect mo.example:443 -servername mo.example"},
    {AXIS_TXN, "transaction id with a NUL", "MSFT-%s\\000x"},
    {AXIS_TXN, "no transaction id", "curl -i -g --path-as-is -k -u 'user:***' -H 'X-Key: ***' "},
    {AXIS_FRAMING, "body of 5 octets", "\\r\\nContent-Length: 5\\r\\n\\r\\nhello' "},
    {AXIS_SIM, "id with %00x behind", "%00x/balances"},
    {AXIS_FRAMING, "field of 64 KiB", ""},
    {AXIS_EXTRA, "location with a lone percent sign", "balances?location=%'"},
};

static unsigned row_called(enum axis axis, const char *words)
{
    for (unsigned row = 0; row < axis_row_count(axis); row++)
        if (strcmp(axis_row(axis, row)->words, words) == 0)
            return row;
    CHECK(false);
    return 0;
}

static void check_resend(void)
{
    static const char *const words[] = {"-k", "-u", "user:geheim", "-H", "X-Key: geheim", NULL};
    static char request_space[1 << 18];
    static char line_space[1 << 16];
    static struct exchange x;
    struct bp_trouble trouble;
    CHECK(read_words(&trouble, "https://mo.example/v1", words));
    struct fixture fixture = honest[0].fixture;
    fixture.fields = connect_space.fields;
    fixture.credentials = connect_space.credentials;
    fixture.hides_secrets = true;
    struct opener opener;
    void *opener_space = malloc(opener_size());
    opener_init(&opener, opener_space);
    for (size_t i = 0; i < sizeof resends / sizeof resends[0]; i++) {
        struct buf request = BUF(request_space);
        struct buf line = BUF(line_space);
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, resends[i].axis, row_called(resends[i].axis, resends[i].words));
        intent_write(&request, &intent, &fixture, 7);
        exchange_open(&x, &opener, &fixture, &honest[0].profile, &intent, buf_view(&request),
                      view_of(NULL, 0));
        resend_put(&line, &connect_space, &x);
        struct view wanted = view_of_text(resends[i].line);
        CHECK_ROW(i, !line.overflow && (line.len == 0) == (wanted.len == 0));
        CHECK_ROW(i, wanted.len == 0 || view_find(buf_view(&line), wanted) < line.len);
        CHECK_ROW(i, view_find(buf_view(&line), VIEW("geheim")) == line.len);
        CHECK_ROW(i, view_find(buf_view(&line), VIEW("dXNlcj")) == line.len);
    }
    free(opener_space);
}

int main(void)
{
    setenv("CONNECT_TEST_PASS", "user:geheim", 1);
    CHECK(open_worlds());
    check_reads();
    check_urls();
    check_target();
    check_put();
    check_resend();
    close_worlds();
    return unit_end();
}
