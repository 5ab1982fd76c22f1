// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_probe.h"

#include "props/unit/fake_proxy.h"
#include "props/unit/pair.h"
#include "props/unit/scripted.h"
#include "props/unit/unit.h"

enum { TIMES_MS = 2000, SHORT_MS = 80 };

static struct bp_tls server_tls;
static struct garden_way way;
static struct garden_target target;
static struct scripted server;
static struct fake_proxy proxy;

// probe_at probes `host` as if it were at a port of this machine.
static struct garden_reach probe_at(const char *host, uint16_t port, uint16_t to, bool is_secure)
{
    char override[64];
    struct garden_reach reach;
    struct garden_place place = {view_of_text(host), port, is_secure, GARDEN_OF_LIST};
    snprintf(override, sizeof override, "::127.0.0.1:%u", (unsigned)to);
    way.config.overrides[0] = (struct bp_route_override){override, true};
    way.config.override_count = way.proxy.kind == GARDEN_PROXY_NONE;
    garden_resolve(&target, &way, &place);
    garden_probe(&reach, &way, &target);
    return reach;
}

static bool says(const struct garden_reach *reach, const char *words)
{
    return view_find(view_of_text(reach->words), view_of_text(words)) < strlen(reach->words);
}

#define ANSWER(text)                       \
    {                                      \
        HEAR, SAY("HTTP/1.1 " text), CLOSE \
    }

static void check_http(void)
{
    static const struct {
        struct cue acts[SCRIPT_ACT_COUNT_MAX];
        enum garden_outcome outcome;
        const char *words;
    } rows[] = {
        {ANSWER("200 OK\r\n\r\n"), GARDEN_REACHED, "HTTP status 200"},
        {ANSWER("404 Not Found\r\nServer: x\r\n\r\n"), GARDEN_REACHED, "HTTP status 404"},
        {ANSWER("503 No\r\n\r\n"), GARDEN_REACHED, "HTTP status 503"},
        {ANSWER("511 Login\r\n\r\n"), GARDEN_BLOCKED, "wants a login"},
        {ANSWER("302 Found\r\nlocation:\thttps://Portal.example/buy?x=1\r\n\r\n"), GARDEN_BLOCKED,
         "sent to the portal"},
        {ANSWER("302 Found\r\nLocation: http://10.0.0.1/\r\n\r\n"), GARDEN_DOUBTFUL,
         "sent to 10.0.0.1"},
        {ANSWER("301 Moved\r\nLocation: https://open.example/x\r\n\r\n"), GARDEN_REACHED, "301"},
        {ANSWER("301 Moved\r\nLocation: /x\r\n\r\n"), GARDEN_REACHED, "301"},
        {ANSWER("301 Moved\r\n\r\n"), GARDEN_REACHED, "301"},
        {ANSWER("302 Found\r\nLocation: //portal/login\r\n\r\n"), GARDEN_DOUBTFUL,
         "sent to portal"},
        {ANSWER("302 Found\r\nLocation: //Open.example/login\r\n\r\n"), GARDEN_REACHED, "302"},
        {ANSWER("302 Found\r\nLocation: http://10.0.0.1/a|b[c]\"d e\r\n\r\n"), GARDEN_DOUBTFUL,
         "sent to 10.0.0.1"},
        {ANSWER("302 Found\r\nLocation: https://portal.example/a|b\r\n\r\n"), GARDEN_BLOCKED,
         "sent to the portal"},
        {ANSWER("302 Found\r\nLocation: http://a@10.0.0.1/\r\n\r\n"), GARDEN_DOUBTFUL,
         "cannot be read"},
        {ANSWER("302 Found\r\nLocation: http:10.0.0.1\r\n\r\n"), GARDEN_DOUBTFUL, "cannot be read"},
        {ANSWER("302 Found\r\nLocation: \r\n\r\n"), GARDEN_REACHED, "302"},
        {ANSWER("302 Found\r\nLocation: login.aspx\r\n\r\n"), GARDEN_REACHED, "302"},
        {ANSWER("302 Found\r\nLocation: ?b=http://10.0.0.1/\r\n\r\n"), GARDEN_REACHED, "302"},
        {ANSWER("302 Found\nServer: x\nLocation: http://10.0.0.1/\nX: y\n\n"), GARDEN_DOUBTFUL,
         "sent to 10.0.0.1:"},
        {{HEAR, SAY("SSH-2.0-x\r\n"), CLOSE}, GARDEN_DOUBTFUL, "not HTTP/1"},
        {{HEAR, SAY("HTTP/1.1 2x0 OK\r\n\r\n"), CLOSE}, GARDEN_DOUBTFUL, "not HTTP/1"},
        {{HEAR, CLOSE}, GARDEN_BLOCKED, "no answer: the other side closed"},
        {{HEAR, RESET}, GARDEN_BLOCKED, "no answer: the other side reset"},
        {{ACT(END)}, GARDEN_BLOCKED, "nothing came in time"},
    };
    way.portal = VIEW("portal.example");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, scripted_start(&server, NULL, rows[i].acts));
        way.times.answer_ms = rows[i].acts[0].kind == ACT_END ? SHORT_MS : TIMES_MS;
        struct garden_reach reach = probe_at("open.example", 80, server.port, false);
        CHECK_ROW(i, reach.outcome == rows[i].outcome);
        CHECK_ROW(i, says(&reach, rows[i].words));
        CHECK_ROW(i, reach.taken_us > 0 && reach.taken_us < TIMES_MS * 1000);
        scripted_stop(&server);
    }
    way.times.answer_ms = TIMES_MS;
}

static void check_tls(void)
{
    static const struct cue polite[SCRIPT_ACT_COUNT_MAX] = {CLOSE, ACT(END)};
    static const struct cue alert[SCRIPT_ACT_COUNT_MAX] = {SAY("\x15\x03\x03\x00\x02\x02\x28"),
                                                           ACT(END)};
    static const struct cue http[SCRIPT_ACT_COUNT_MAX] = {SAY("HTTP/1.1 302 Found\r\n\r\n"),
                                                          ACT(END)};
    static const struct cue cut[SCRIPT_ACT_COUNT_MAX] = {RESET};
    static const struct cue silent[SCRIPT_ACT_COUNT_MAX] = {ACT(END)};
    static const struct {
        const struct cue *acts;
        bool is_tls;
        enum garden_outcome outcome;
        const char *words;
    } rows[] = {
        {polite, true, GARDEN_REACHED, "TLSv1.3, certificate untrusted"},
        {alert, false, GARDEN_REACHED, "alert handshake_failure (40)"},
        {http, false, GARDEN_DOUBTFUL, "not the TLS that was expected"},
        {cut, false, GARDEN_BLOCKED, "reset"},
        {silent, false, GARDEN_BLOCKED, "nothing came in time"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, scripted_start(&server, rows[i].is_tls ? &server_tls : NULL, rows[i].acts));
        way.times.answer_ms = rows[i].acts == silent ? SHORT_MS : TIMES_MS;
        struct garden_reach reach = probe_at("open.example", 443, server.port, true);
        CHECK_ROW(i, reach.outcome == rows[i].outcome && says(&reach, rows[i].words));
        scripted_stop(&server);
    }
    way.times.answer_ms = TIMES_MS;
}

static void check_nobody(void)
{
    static const struct cue acts[SCRIPT_ACT_COUNT_MAX] = {ACT(END)};
    CHECK(scripted_start(&server, NULL, acts));
    scripted_stop(&server);
    struct garden_reach reach = probe_at("open.example", 443, server.port, true);
    CHECK(reach.outcome == GARDEN_BLOCKED && says(&reach, "nobody listens"));
    struct garden_place star = {VIEW("*smartscreen.microsoft.com"), 443, true, GARDEN_OF_LIST};
    garden_resolve(&target, &way, &star);
    garden_probe(&reach, &way, &target);
    CHECK(!target.has_route && reach.outcome == GARDEN_UNTESTED);
    // No name service is asked: an address of the wrong family is no name either.
    struct garden_place nameless = {VIEW("::1"), 443, true, GARDEN_OF_LIST};
    way.config.override_count = 0;
    way.config.family = BP_FAMILY_4;
    garden_resolve(&target, &way, &nameless);
    way.config.family = BP_FAMILY_ANY;
    garden_probe(&reach, &way, &target);
    CHECK(reach.outcome == GARDEN_NAMELESS && says(&reach, "cannot be resolved"));
}

// Through a proxy that knows open.example only.
static void check_tunnels(enum garden_proxy_kind kind)
{
    static const struct cue plain[SCRIPT_ACT_COUNT_MAX] = ANSWER("204 No Content\r\n\r\n");
    static const struct cue secure[SCRIPT_ACT_COUNT_MAX] = {CLOSE, ACT(END)};
    for (int is_secure = 0; is_secure < 2; is_secure++) {
        CHECK(scripted_start(&server, is_secure ? &server_tls : NULL, is_secure ? secure : plain));
        CHECK(fake_proxy_start(&proxy, kind == GARDEN_PROXY_SOCKS5,
                               is_secure ? "open.example:443" : "open.example:80", server.port));
        way.proxy = (struct garden_proxy){kind, VIEW("127.0.0.1"), proxy.port};
        struct garden_reach reach =
            probe_at("open.example", is_secure ? 443 : 80, 0, is_secure != 0);
        CHECK_ROW((size_t)is_secure, reach.outcome == GARDEN_REACHED);
        CHECK_ROW((size_t)is_secure, says(&reach, is_secure ? "TLSv1.3" : "HTTP status 204"));
        reach = probe_at("other.example", 443, 0, true);
        CHECK_ROW((size_t)is_secure, reach.outcome == GARDEN_BLOCKED);
        CHECK(says(&reach, kind == GARDEN_PROXY_SOCKS5 ? "not allowed by its rules"
                                                       : "answered CONNECT with 403"));
        fake_proxy_stop(&proxy);
        scripted_stop(&server);
        reach = probe_at("open.example", 443, 0, true);
        CHECK(reach.outcome == GARDEN_UNTESTED && says(&reach, "the proxy cannot be reached"));
    }
    way.proxy.kind = GARDEN_PROXY_NONE;
}

// Proxies that say something else.
static void check_proxies(void)
{
#define SOCKS(bytes)                                                                     \
    {                                                                                    \
        ACT(HEAR_BODY), ACT(HEAR_BODY), ACT(HEAR_BODY), SAY("\x05\x00"), ACT(HEAR_BODY), \
            SAY(bytes), ACT(END)                                                         \
    }
    static const struct {
        bool is_socks;
        struct cue acts[SCRIPT_ACT_COUNT_MAX];
        enum garden_outcome outcome;
        const char *words;
    } rows[] = {
        {false, ANSWER("407 Who\r\n\r\n"), GARDEN_UNTESTED, "with 407"},
        {false, ANSWER("501 What\r\n\r\n"), GARDEN_UNTESTED, "with 501"},
        {false, ANSWER("502 Bad\r\n\r\n"), GARDEN_BLOCKED, "with 502"},
        {false, ANSWER("504 Late\r\n\r\n"), GARDEN_BLOCKED, "with 504"},
        {false, ANSWER("200 OK\r\n"), GARDEN_UNTESTED, "did not answer CONNECT"},
        {false, {HEAR, SAY("ICY 200 OK\r\n\r\n"), CLOSE}, GARDEN_UNTESTED, "did not answer"},
        {false, {HEAR, CLOSE}, GARDEN_UNTESTED, "did not answer CONNECT"},
        {true, {ACT(HEAR_BODY), SAY("\x05\xff"), CLOSE}, GARDEN_UNTESTED, "wants credentials"},
        {true, {ACT(HEAR_BODY), SAY("\x04\x5a"), CLOSE}, GARDEN_UNTESTED, "not answer with SOCKS5"},
        {true, {ACT(HEAR_BODY), SAY("\x05"), CLOSE}, GARDEN_UNTESTED, "not answer with SOCKS5"},
        {true, SOCKS("\x05\x01\x00\x01\x00"), GARDEN_BLOCKED, "general failure"},
        {true, SOCKS("\x05\x05\x00\x01\x00"), GARDEN_BLOCKED, "connection refused"},
        {true, SOCKS("\x05\x07\x00\x01\x00"), GARDEN_UNTESTED, "does not know the command"},
        {true, SOCKS("\x05\x09\x00\x01\x00"), GARDEN_UNTESTED, "that SOCKS5 does not have"},
        {true, SOCKS("\x05\xff\x00\x01\x00"), GARDEN_UNTESTED, "that SOCKS5 does not have"},
        {true, SOCKS("\x05\x00\x00\x02\x00"), GARDEN_UNTESTED, "is not SOCKS5"},
    };
#undef SOCKS
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, scripted_start(&server, NULL, rows[i].acts));
        way.proxy =
            (struct garden_proxy){rows[i].is_socks ? GARDEN_PROXY_SOCKS5 : GARDEN_PROXY_CONNECT,
                                  VIEW("127.0.0.1"), server.port};
        struct garden_reach reach = probe_at("open.example", 443, 0, true);
        CHECK_ROW(i, reach.outcome == rows[i].outcome && says(&reach, rows[i].words));
        scripted_stop(&server);
    }
    way.proxy.kind = GARDEN_PROXY_NONE;
}

static void check_proxy_urls(void)
{
    static const struct {
        const char *text;
        const char *host; // NULL: refused
        uint16_t port;
        enum garden_proxy_kind kind;
    } rows[] = {
        {"http://proxy.example:3128", "proxy.example", 3128, GARDEN_PROXY_CONNECT},
        {"http://proxy.example:80", "proxy.example", 80, GARDEN_PROXY_CONNECT},
        {"http://proxy.example:3128/", "proxy.example", 3128, GARDEN_PROXY_CONNECT},
        {"socks5://127.0.0.1:1080", "127.0.0.1", 1080, GARDEN_PROXY_SOCKS5},
        {"socks5h://[::1]:1080", "::1", 1080, GARDEN_PROXY_SOCKS5},
        {"socks5://127.0.0.1", NULL, 0, 0},
        {"socks5://[::1]", NULL, 0, 0},
        {"socks5://[::1]:", NULL, 0, 0},
        {"http://proxy.example:/", NULL, 0, 0},
        {"socks4://127.0.0.1:1080", NULL, 0, 0},
        {"https://127.0.0.1:1080", NULL, 0, 0},
        {"127.0.0.1:1080", NULL, 0, 0},
        {"http://u:p@proxy.example:3128", NULL, 0, 0},
        {"http://proxy.example:3128/x", NULL, 0, 0},
        {"http://proxy.example:0", NULL, 0, 0},
        {"http://", NULL, 0, 0},
        {"", NULL, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct garden_proxy found;
        bool is_read = garden_proxy_read(&found, view_of_text(rows[i].text));
        CHECK_ROW(i, is_read == (rows[i].host != NULL));
        if (!is_read || rows[i].host == NULL)
            continue;
        CHECK_ROW(i, view_equal(found.host, view_of_text(rows[i].host)));
        CHECK_ROW(i, found.port == rows[i].port && found.kind == rows[i].kind);
        CHECK_ROW(i, found.host.data >= rows[i].text &&
                         found.host.data < rows[i].text + strlen(rows[i].text));
    }
}

// What is wanted and what is found.
static void check_grades(void)
{
    static const struct {
        enum garden_origin origin;
        enum garden_outcome outcome;
        enum lint_grade grade;
        const char *said;
    } rows[] = {
        {GARDEN_OF_LIST, GARDEN_REACHED, LINT_OK, "ok      WG-1"},
        {GARDEN_OF_LIST, GARDEN_BLOCKED, LINT_FAILED, "FAILED  WG-1"},
        {GARDEN_OF_LIST, GARDEN_NAMELESS, LINT_FAILED, "FAILED  WG-1"},
        {GARDEN_OF_LIST, GARDEN_DOUBTFUL, LINT_WARNING, "warn    WG-1"},
        {GARDEN_OF_LIST, GARDEN_UNTESTED, LINT_WARNING, "warn    WG-1"},
        {GARDEN_OF_ENDPOINT, GARDEN_BLOCKED, LINT_FAILED, "FAILED  WG-3"},
        {GARDEN_OF_PORTAL, GARDEN_REACHED, LINT_OK, "ok      WG-3"},
        {GARDEN_OF_OPEN, GARDEN_BLOCKED, LINT_FAILED, "FAILED  WG-1"},
        {GARDEN_OF_CLOSED, GARDEN_REACHED, LINT_FAILED, "FAILED  WG-5"},
        {GARDEN_OF_CLOSED, GARDEN_BLOCKED, LINT_OK, "ok      WG-5"},
        {GARDEN_OF_CLOSED, GARDEN_NAMELESS, LINT_WARNING, "warn    WG-5"},
        {GARDEN_OF_CLOSED, GARDEN_DOUBTFUL, LINT_WARNING, "warn    WG-5"},
    };
    char space[1024];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(space);
        struct lint lint;
        struct garden_place place = {VIEW("a.example"), 443, true, rows[i].origin};
        struct garden_reach reach = {rows[i].outcome, 12345, "so it ended"};
        lint_open(&lint, &out);
        CHECK_ROW(i, garden_probe_put(&lint, &place, &reach, false) ==
                         (rows[i].outcome != GARDEN_UNTESTED));
        CHECK_ROW(i, lint.counts[rows[i].grade] == 1);
        CHECK_ROW(i, view_find(buf_view(&out), view_of_text(rows[i].said)) < out.len);
        CHECK_ROW(i, view_find(buf_view(&out), VIEW("a.example:443: ")) < out.len);
        CHECK_ROW(i, view_find(buf_view(&out), VIEW("12.3 ms")) < out.len);
    }
}

int main(void)
{
    struct pki_folder folder;
    struct bp_trouble trouble = {""};
    CHECK(pair_folder_make(&folder));
    struct bp_tls_server_config own = pair_server(&folder, PKI_SERVER);
    struct bp_tls_client_config config = {.is_insecure = true};
    CHECK(bp_tls_server_init(&server_tls, &trouble, &own));
    CHECK(bp_tls_client_init(&way.tls, &trouble, &config));
    way.times = (struct bp_client_times){TIMES_MS, TIMES_MS};
    check_http();
    check_tls();
    check_nobody();
    check_tunnels(GARDEN_PROXY_CONNECT);
    check_tunnels(GARDEN_PROXY_SOCKS5);
    check_proxies();
    check_proxy_urls();
    check_grades();
    bp_tls_free(&server_tls);
    bp_tls_free(&way.tls);
    pki_folder_close(&folder);
    return unit_end();
}
