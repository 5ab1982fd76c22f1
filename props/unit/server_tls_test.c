// SPDX-License-Identifier: Apache-2.0
// The server over TLS: what each client certificate is answered, and what is not TLS.
#include "net/client.h"
#include "props/unit/pair.h"
#include "props/unit/served.h"
#include "props/unit/unit.h"

static struct pki_folder folder;
static char space[SERVED_SPACE_LEN];

enum { WAIT_MS = 8000 };
enum { SHORT_MS = 150, LATE_MS = 4000 }; // a deadline, and what a busy machine may add

static const struct bp_client_times times = {.connect_ms = WAIT_MS, .answer_ms = WAIT_MS};

static void find_route(struct bp_route *out, const struct served *served)
{
    struct bp_trouble trouble;
    const struct bp_route_config config = {.host = "127.0.0.1",
                                           .port = bp_server_port(served->server)};
    if (!bp_route_find(out, &trouble, &config))
        exit(2);
}

static void make_client(struct bp_tls *out, enum pki_kind kind, enum bp_tls_version version)
{
    struct bp_trouble trouble = {""};
    struct bp_tls_client_config config = pair_client(&folder, kind);
    config.min = config.max = version;
    config.takes_weak = true;
    if (!bp_tls_client_init(out, &trouble, &config)) {
        fprintf(stderr, "no client: %s\n", trouble.words);
        exit(2);
    }
}

static void make_server(struct bp_tls *out, enum bp_client_auth client_auth)
{
    struct bp_trouble trouble = {""};
    struct bp_tls_server_config config = pair_server(&folder, PKI_SERVER);
    config.client_auth = client_auth;
    if (!bp_tls_server_init(out, &trouble, &config)) {
        fprintf(stderr, "no server: %s\n", trouble.words);
        exit(2);
    }
}

// Sends a request and appends one answer; false when the connection ended before.
static bool ask(struct bp_connection *connection, struct buf *answer, const char *request)
{
    size_t begin = answer->len;
    if (!bp_connection_send(connection, view_of_text(request), 0, 0, WAIT_MS))
        return false;
    while (served_answer_len(view_from(buf_view(answer), begin)) == 0) {
        size_t len = bp_connection_receive(connection, answer->data + answer->len,
                                           answer->cap - answer->len, WAIT_MS);
        answer->len += len;
        if (len == 0)
            return false;
    }
    return true;
}

// What is answered to one request of a client of that kind; 0 without an answer.
static unsigned status_for(const struct served *served, struct bp_end *end, struct buf *answer,
                           enum pki_kind kind, enum bp_tls_version version, const char *request)
{
    struct bp_route route;
    struct bp_tls client;
    struct bp_connection connection;
    find_route(&route, served);
    make_client(&client, kind, version);
    buf_clear(answer);
    bool is_open = bp_connection_open(&connection, &route, &client, NULL, &times);
    bool is_answered = is_open && ask(&connection, answer, request);
    *end = connection.stream.end;
    bp_connection_close(&connection);
    bp_tls_free(&client);
    return is_answered ? served_status(buf_view(answer)) : 0;
}

// The answer without its Date.
static struct view undated(struct buf *answer)
{
    size_t at = view_find(buf_view(answer), VIEW("\r\nDate: "));
    if (at < answer->len)
        memset(answer->data + at + 8, '#', 29);
    return buf_view(answer);
}

static void test_kinds(const struct served *served)
{
    static char other_space[65536];
    const struct pki_policy policy = {.trusts_ca = true, .reads_crl = true, .rejects_eku = true};
    for (unsigned kind = 0; kind < PKI_CLIENT_COUNT; kind++)
        for (unsigned version = BP_TLS_1_2; version <= BP_TLS_1_3; version++) {
            struct bp_end end;
            struct buf known = BUF(space);
            struct buf unknown = BUF(other_space);
            unsigned status = status_for(served, &end, &known, kind, version,
                                         SERVED_GET(SERVED_A "?limit=0", ""));
            CHECK_ROW(kind, status == pki_status(kind, &policy));
            CHECK_ROW(kind, served_has(&known, "WWW-Authenticate: ClientCertificate ") ==
                                (status == 401));
            if (status == 200)
                continue;
            unsigned other =
                status_for(served, &end, &unknown, kind, version, SERVED_GET(SERVED_U, ""));
            CHECK_ROW(kind, other == status);
            CHECK_ROW(kind, view_equal(undated(&known), undated(&unknown)));
        }
}

// Both must be right, and what is wrong with the certificate is said first (GB-TLS-12).
static void test_basic(struct served *served)
{
    static const struct {
        enum pki_kind kind;
        const char *fields;
        unsigned status;
        const char *words;
    } rows[] = {
        {PKI_CLIENT, "Authorization: Basic YTpi\r\n", 200, "balances"},
        {PKI_CLIENT, "Authorization: Basic YTpj\r\n", 401, "auth.wrong"},
        {PKI_CLIENT, "", 401, "auth.missing"},
        {PKI_NONE, "Authorization: Basic YTpi\r\n", 401, "cert.missing"},
        {PKI_NONE, "Authorization: Basic YTpj\r\n", 401, "cert.missing"},
        {PKI_SELF_SIGNED, "Authorization: Basic YTpi\r\n", 403, "cert.refused"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_end end;
        struct buf answer = BUF(space);
        char request[512];
        snprintf(request, sizeof request, "GET " SERVED_A " HTTP/1.1\r\n" SERVED_HOST "%s\r\n",
                 rows[i].fields);
        served->deployment->endpoint.credentials = VIEW("a:b");
        unsigned status = status_for(served, &end, &answer, rows[i].kind, BP_TLS_ANY, request);
        CHECK_ROW(i, status == rows[i].status && served_has(&answer, rows[i].words));
        CHECK_ROW(i, served_has(&answer, "WWW-Authenticate: Basic ") == (status == 401));
    }
    served->deployment->endpoint.credentials = view_of(NULL, 0);
}

static void test_errors_of_http(const struct served *served)
{
    struct bp_end end;
    struct buf answer = BUF(space);
    CHECK(status_for(served, &end, &answer, PKI_NONE, BP_TLS_ANY, "GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(served_has(&answer, "http.host_missing"));
}

static unsigned asked_count;

// A gate that lets the first request through and finds the certificate's time over for the others:
// it is asked again for each, on one connection.
static enum bp_reason decide(const struct bp_gate *gate, const struct bp_presented *presented,
                             int64_t now_s)
{
    int64_t later_s = asked_count++ == 0 ? 0 : 90 * 86400;
    return bp_gate_decide(gate, presented, now_s + later_s);
}

static void test_later(const struct bp_tls *server)
{
    static struct served served;
    struct bp_route route;
    struct bp_tls client;
    struct bp_connection connection;
    struct buf answers = BUF(space);
    served_prepare(&served);
    served.config.tls = server;
    served.config.gate.decide = decide;
    served_start(&served);
    find_route(&route, &served);
    make_client(&client, PKI_CLIENT, BP_TLS_1_3);
    CHECK(bp_connection_open(&connection, &route, &client, NULL, &times));
    for (unsigned i = 0; i < 3; i++) {
        buf_clear(&answers);
        CHECK_ROW(i, ask(&connection, &answers, SERVED_GET(SERVED_A, "")));
        CHECK_ROW(i, served_status(buf_view(&answers)) == (i == 0 ? 200 : 401));
        CHECK_ROW(i, served_has(&answers, "cert.expired") == (i != 0));
    }
    bp_connection_close(&connection);
    bp_tls_free(&client);
    served_stop(&served);
    CHECK(asked_count == 3 && served_counts(&served).handshake_count == 1);
    served_free(&served);
}

// Plain HTTP on the TLS port is told so; served only when that fault is switched on (GB-TLS-11).
static void test_clear_text(const struct served *served, const struct bp_tls *server)
{
    static struct served wrong;
    struct buf answers = BUF(space);
    int fd = served_dial(served);
    CHECK(served_say(fd, SERVED_GET(SERVED_A, "")));
    CHECK(served_hear(&answers, fd, 0) == 1);
    CHECK(view_starts(buf_view(&answers), VIEW("HTTP/1.0 400 Bad Request\r\n")));
    CHECK(served_has(&answers, "HTTPS") && !served_has(&answers, "balances"));
    close(fd);
    served_prepare(&wrong);
    wrong.config.tls = server;
    wrong.config.answers_clear_text = true;
    served_start(&wrong);
    buf_clear(&answers);
    fd = served_dial(&wrong);
    CHECK(served_say(fd, SERVED_GET(SERVED_A, "")) && served_hear(&answers, fd, 1) == 0);
    CHECK(served_status(buf_view(&answers)) == 200);
    close(fd);
    served_stop(&wrong);
    served_free(&wrong);
}

// What is neither TLS nor HTTP ends with a TLS alert, which is not lost.
static void test_junk(const struct served *served)
{
    static const struct view junk[] = {VIEW_INIT("\x16\x03\x01\x00\x05hello"),
                                       VIEW_INIT("\0\0\0\0\0\0\0\0\0\0\0\0"),
                                       VIEW_INIT("\x80\x2e\x01\x00\x02")};
    static char more[4 << 20];
    for (size_t i = 0; i < sizeof junk / sizeof junk[0]; i++) {
        struct buf answers = BUF(space);
        int fd = served_dial(served);
        CHECK_ROW(i, served_send(fd, junk[i]));
        CHECK_ROW(i, served_send(fd, view_of(more, sizeof more)));
        shutdown(fd, SHUT_WR);
        CHECK_ROW(i, served_hear(&answers, fd, 0) == 1);
        CHECK_ROW(i, !served_has(&answers, "HTTP"));
        close(fd);
    }
}

// A server that requires a certificate sends its alert so that it arrives, though the client has
// sent its request already.
static void test_require(void)
{
    static struct served served;
    struct bp_tls server;
    make_server(&server, BP_CLIENT_AUTH_REQUIRE);
    served_prepare(&served);
    served.config.tls = &server;
    served_start(&served);
    for (unsigned i = 0; i < 20; i++) {
        struct bp_end end;
        struct buf answer = BUF(space);
        enum bp_tls_version version = i % 2 == 0 ? BP_TLS_1_2 : BP_TLS_1_3;
        CHECK_ROW(i, status_for(&served, &end, &answer, i % 4 < 2 ? PKI_NONE : PKI_SELF_SIGNED,
                                version, SERVED_GET(SERVED_A, "")) == 0);
        CHECK_ROW(i, end.kind == BP_END_ALERT);
        CHECK_ROW(i, end.in_handshake == (version == BP_TLS_1_2));
    }
    served_stop(&served);
    CHECK(served.last.end.kind == BP_END_UNTRUSTED && served.last.end.in_handshake);
    CHECK(served_counts(&served).answer_count == 0);
    served_free(&served);
    bp_tls_free(&server);
}

static void test_handshake_time(const struct bp_tls *server)
{
    static struct served served;
    static const char *const begins[] = {"", "\x16\x03\x01"};
    served_prepare(&served);
    served.config.tls = server;
    served.config.handshake_ms = SHORT_MS;
    served_start(&served);
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        struct buf answers = BUF(space);
        int fd = served_dial(&served);
        int64_t begin_us = bp_clock_us();
        CHECK_ROW(i, served_say(fd, begins[i]));
        CHECK_ROW(i, served_hear(&answers, fd, 0) == 1 && answers.len == 0);
        int64_t ms = (bp_clock_us() - begin_us) / 1000;
        CHECK_ROW(i, ms >= SHORT_MS - 20 && ms < SHORT_MS + LATE_MS);
        close(fd);
    }
    served_stop(&served);
    CHECK(served.last.end.kind == BP_END_TIMEOUT && served.last.end.in_handshake);
    served_free(&served);
}

static void test_log(const struct served *served)
{
    const struct bp_access *first = &served->accesses[0];
    CHECK(first->is_secure && first->status == 200 && first->presented.has_certificate);
    CHECK(first->presented.error_count == 0);
}

int main(void)
{
    static struct served served;
    struct bp_tls server;
    if (!pair_folder_make(&folder)) {
        fprintf(stderr, "%s\n", folder.message);
        return 2;
    }
    make_server(&server, BP_CLIENT_AUTH_ASK);
    served_prepare(&served);
    served.config.tls = &server;
    served_start(&served);
    test_kinds(&served);
    test_basic(&served);
    test_errors_of_http(&served);
    test_later(&server);
    test_clear_text(&served, &server);
    test_junk(&served);
    served_stop(&served);
    CHECK(served.is_run_well);
    test_log(&served);
    served_free(&served);
    test_require();
    test_handshake_time(&server);
    bp_tls_free(&server);
    pki_folder_close(&folder);
    return unit_end();
}
