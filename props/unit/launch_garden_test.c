// SPDX-License-Identifier: Apache-2.0
#include "props/cli/launch_commands.h"

#include <stdlib.h>

#include "props/unit/fake_proxy.h"
#include "props/unit/pair.h"
#include "props/unit/played.h"
#include "props/unit/scripted.h"
#include "props/unit/unit.h"

enum { WORD_COUNT_MAX = PLAYED_WORD_COUNT_MAX };

static struct played played;
static struct scripted servers[16];
static struct scripted secure;
static struct scripted none;
static struct fake_proxy proxy;

static int run(const char *const *words)
{
    return played_run(&played, &launch_garden_command, words);
}

static bool says(const char *words) { return played_says(&played, words); }

static bool ends_with(const char *verdict) { return played_ends_with(&played, verdict); }

static void check_usage(void)
{
    static const struct {
        const char *words[WORD_COUNT_MAX];
        const char *said;
    } rows[] = {
        {{NULL}, "say what to do"},
        {{"--endpoint", "https://mo.example"}, "say what to do"},
        {{"--show", "--list", "2018-10"}, "no list of 2018-10; did you mean"},
        {{"--show", "--profile", "new"}, "no profile called new"},
        {{"--show", "--open", "a.example"}, "belong to --probe"},
        {{"--show", "--proxy", "http://a:1"}, "belong to --probe"},
        {{"--show", "--endpoint", "https://a:geheim@b"}, "wanted by --endpoint"},
        {{"--show", "--portal", "b"}, "wanted by --portal"},
        {{"--probe", "--closed", "a/b"}, "a path has no meaning"},
        {{"--probe", "--proxy", "socks5://u:geheim@h:1"}, "--proxy wants"},
        {{"--probe", "--connect-timeout", "0"}, "--connect-timeout wants"},
        {{"--probe", "--max-time", "x"}, "--max-time wants"},
        {{"--probe", "--connect-to", "a:b"}, "--connect-to a:b is malformed"},
        {{"--probe", "--resolve", "a:1"}, "--resolve a:1 is malformed"},
        {{"--probe", "--interface", "no-such-0"}, "no-such-0 is neither"},
        {{"--allow", "/nonexistent/list"}, "/nonexistent/list"},
        {{"--show", "operand"}, "operand"},
        {{"--nothing"}, "--nothing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, run(rows[i].words) == EXIT_USAGE);
        CHECK_ROW(i, says(rows[i].said) && !says("geheim"));
    }
}

static void check_show(void)
{
    static const char *const seed[] = {"--show", NULL};
    static const char *const current[] = {"--show", "--profile", "current", NULL};
    static const char *const other[] = {"--show", "--profile", "current",
                                        "--list", "2017-11",   NULL};
    static const char *const help[] = {"--help", NULL};
    CHECK(run(seed) == EXIT_PASSED && says("of 2018-09") && says("  msftncsi.com"));
    CHECK(says("  login.live.com                            http + https\n"));
    CHECK(run(current) == EXIT_PASSED && says("of 2023-12") && says("*smartscreen.microsoft.com"));
    CHECK(run(other) == EXIT_PASSED && says("of 2017-11") && !says("digicert"));
    CHECK(run(help) == EXIT_PASSED && says("balprobe launch garden") && says("--closed"));
}

static bool write_list(const char *path, const char *text)
{
    return file_write(path, view_of_text(text));
}

static void check_allow(const char *path)
{
    const char *const words[] = {"--allow",  path,           "--list",
                                 "2023-12",  "--endpoint",   "https://mo.example/v1",
                                 "--portal", "https://p.io", NULL};
    const char *const current[] = {"--allow", path, "--profile", "current", NULL};
    static const char all[] = "*.datamart.windows.com\n*.windowsupdate.com\nlogin.live.com\n"
                              "*.public-trust.com\n*.omniroot.com\n*.microsoft.com\n"
                              "www.msftconnecttest.com\n*.digicert.com\nmo.example\np.io\n";
    char text[1024];
    CHECK(write_list(path, all));
    CHECK(run(words) == EXIT_PASSED && ends_with("PASS  3 ok, 0 warnings, 0 failed"));
    CHECK(run(current) == EXIT_PASSED && ends_with("PASS  1 ok, 2 warnings") && says("--portal"));
    snprintf(text, sizeof text, "%s192.0.2.7\n", all);
    CHECK(write_list(path, text));
    CHECK(run(words) == EXIT_PASSED && ends_with("PASS") && says("warn    WG-4       line 11"));
    CHECK(run(current) == EXIT_FAILED && ends_with("FAIL") && says("FAILED  WG-4       line 11"));
    CHECK(write_list(path, all + sizeof "*.datamart.windows.com"));
    CHECK(run(words) == EXIT_FAILED && ends_with("FAIL"));
    CHECK(says("FAILED  WG-2       storagetos.datamart.windows.com: missing (https, port 443)"));
}

// One server for http and one for TLS; everything else goes nowhere.
static void check_probe(const struct bp_tls *tls)
{
    static const struct cue tls_acts[SCRIPT_ACT_COUNT_MAX] = {CLOSE, CLOSE, CLOSE, CLOSE, CLOSE,
                                                              CLOSE, CLOSE, CLOSE, CLOSE, CLOSE};
    static const struct cue end[SCRIPT_ACT_COUNT_MAX] = {ACT(END)};
    char to_tls[64];
    char to_none[64];
    char proxy_url[64];
    CHECK(scripted_start(&secure, tls, tls_acts) && scripted_start(&none, NULL, end));
    scripted_stop(&none);
    snprintf(to_tls, sizeof to_tls, ":443:127.0.0.1:%u", (unsigned)secure.port);
    snprintf(to_none, sizeof to_none, "::127.0.0.1:%u", (unsigned)none.port);
    const char *const direct[] = {"--probe",          "--closed",     "wall.example:8443",
                                  "--endpoint",       "https://a.io", "--portal",
                                  "https://b.io:444", "--connect-to", to_tls,
                                  "--connect-to",     to_none,        NULL};
    CHECK(run(direct) == EXIT_FAILED && ends_with("FAIL  7 ok, 0 warnings, 14 failed"));
    CHECK(says("ok      WG-1       login.live.com:443: reached after"));
    CHECK(says("FAILED  WG-1       login.live.com:80: blocked after"));
    CHECK(says("ok      WG-3       a.io:443: reached") && says("FAILED  WG-3       b.io:444: blo"));
    CHECK(says("ok      WG-5       wall.example:8443: blocked"));
    const char *const star[] = {
        "--probe",      "--list", "2023-12",      "--open", "x.smartscreen.microsoft.com:443",
        "--connect-to", to_tls,   "--connect-to", to_none,  NULL};
    CHECK(run(star) == EXIT_FAILED && says("com:443: not tested: --open"));
    scripted_stop(&secure);
    // A proxy leads away, wherever it stands.
    CHECK(scripted_start(&secure, tls, tls_acts));
    CHECK(fake_proxy_start(&proxy, true, "login.live.com:443", secure.port));
    snprintf(proxy_url, sizeof proxy_url, "socks5://127.0.0.1:%u", (unsigned)proxy.port);
    const char *const asked[] = {"--probe", "--proxy", proxy_url, NULL};
    const char *const through[] = {"--probe", "--proxy", proxy_url, "--yes", NULL};
    CHECK(run(asked) == EXIT_USAGE && says("give --yes") && !says("WG-1"));
    CHECK(run(through) == EXIT_FAILED && says("ok      WG-1       login.live.com:443: reached"));
    CHECK(says("dogfood.datamart.windows.com:443: blocked after") && ends_with("FAIL"));
    CHECK(says("warn    WG-5       without --closed"));
    fake_proxy_stop(&proxy);
    CHECK(run(through) == EXIT_UNTESTED && ends_with("PARTIAL  18 not tested, 0 ok, 0 failed"));
    scripted_stop(&secure);
}

// All that must be open is open, and the wall stands.
static void check_passes(const struct bp_tls *tls)
{
    static const struct cue http[SCRIPT_ACT_COUNT_MAX] = {HEAR, SAY("HTTP/1.1 200 OK\r\n\r\n"),
                                                          CLOSE};
    static const struct cue tls_acts[SCRIPT_ACT_COUNT_MAX] = {CLOSE, CLOSE, CLOSE, CLOSE, CLOSE,
                                                              CLOSE, CLOSE, CLOSE, CLOSE, CLOSE};
    char overrides[16][96];
    const char *words[WORD_COUNT_MAX] = {"--probe", "--list", "2017-11"};
    static const char *const hosts[] = {"ctldl.windowsupdate.com",
                                        "msftncsi.com",
                                        "login.live.com",
                                        "storagetos.datamart.windows.com",
                                        "cdp1.public-trust.com",
                                        "ocsp.omniroot.com",
                                        "vassg142.ocsp.omniroot.com",
                                        "vassg142.crl.omniroot.com",
                                        "mscrl.microsoft.com",
                                        "crl.microsoft.com",
                                        "msftconnecttest.com"};
    size_t count = sizeof hosts / sizeof hosts[0];
    size_t at = 3;
    CHECK(scripted_start(&secure, tls, tls_acts));
    for (size_t i = 0; i < count; i++) {
        CHECK_ROW(i, scripted_start(&servers[i], NULL, http));
        snprintf(overrides[i], sizeof overrides[i], "%s:80:127.0.0.1:%u", hosts[i],
                 (unsigned)servers[i].port);
        words[at++] = "--connect-to";
        words[at++] = overrides[i];
    }
    snprintf(overrides[count], sizeof overrides[count], ":443:127.0.0.1:%u", (unsigned)secure.port);
    words[at++] = "--connect-to";
    words[at++] = overrides[count];
    words[at] = NULL;
    CHECK(run(words) == EXIT_PASSED && ends_with("PASS  16 ok, 3 warnings, 0 failed"));
    for (size_t i = 0; i < count; i++)
        scripted_stop(&servers[i]);
    scripted_stop(&secure);
}

int main(void)
{
    struct pki_folder folder;
    struct bp_trouble trouble = {""};
    struct bp_tls tls;
    char path[FOLDER_LEN_MAX + 16];
    CHECK(pair_folder_make(&folder));
    struct bp_tls_server_config own = pair_server(&folder, PKI_SERVER);
    CHECK(bp_tls_server_init(&tls, &trouble, &own));
    snprintf(path, sizeof path, "%s/allow", folder.path);
    check_usage();
    check_show();
    check_allow(path);
    check_probe(&tls);
    check_passes(&tls);
    bp_tls_free(&tls);
    pki_folder_close(&folder);
    return unit_end();
}
