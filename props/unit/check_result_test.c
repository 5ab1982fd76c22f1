// SPDX-License-Identifier: Apache-2.0
// The result that balprobe check writes for machines, read by launch readiness; production.
#include "props/cli/commands.h"

#include "net/clock.h"
#include "props/cli/launch_commands.h"
#include "props/report/result_json.h"
#include "props/run/host.h"
#include "props/unit/pair.h"
#include "props/unit/played.h"
#include "props/unit/sample.h"
#include "props/unit/unit.h"
#include "tool/stamp.h"

enum { PATH_COUNT = 7, WORD_COUNT_MAX = 48 };
enum { RESULT, SIMS_STAGING, SIMS_PRODUCTION, FINDINGS, PAGE, ATTEST, OTHER };

static const char *const names[PATH_COUNT] = {"result.json", "staging.json", "production.json",
                                              "findings",    "page.md",      "attest.txt",
                                              "other.json"};
static char paths[PATH_COUNT][FOLDER_LEN_MAX + 32];
static struct pki_folder folder;
static struct played played;
static struct host host;
static char url[64];
static void *space;

#define CHECK_RUN(...)                                                                \
    played_run(&played, &check_command,                                               \
               (const char *const[]){__VA_ARGS__, "--out", paths[FINDINGS], "--json", \
                                     paths[RESULT], NULL})
#define READINESS(...) \
    played_run(&played, &launch_readiness_command, (const char *const[]){__VA_ARGS__, NULL})
#define CONNECTION                                                     \
    url, "--cert", pair_path(&folder, PKI_CLIENT, ".pem", 0), "--key", \
        pair_path(&folder, PKI_CLIENT, ".key", 1), "--cacert",         \
        pair_path(&folder, PKI_ROOT, ".pem", 2)

// The file that was written, or one without a verdict.
static struct result_json result_of(void)
{
    static char text[RESULT_JSON_LEN_MAX];
    struct result_json out = {.nodes = NULL};
    FILE *file = fopen(paths[RESULT], "rb");
    size_t len = file == NULL ? 0 : fread(text, 1, sizeof text, file);
    if (file != NULL)
        fclose(file);
    if (result_json_read(&out, space, view_of(text, len)) != NULL)
        out.verdict = view_of(NULL, 0);
    return out;
}

static bool write_sims(const char *path, const char *environment)
{
    char text[512];
    int len = snprintf(text, sizeof text,
                       "{\"base\":\"/v1\",\"environment\":\"%s\",\"sims\":[{\"role\":\"A\","
                       "\"iccid\":\"8988247000100003319\"}]}",
                       environment);
    return len > 0 && file_write(path, view_of(text, (size_t)len));
}

static void serve(void)
{
    const struct fixture fixture = {.base = VIEW("/v1"), .host = VIEW("127.0.0.1")};
    struct bp_trouble trouble = {""};
    const struct host_options options = {
        .folder = folder.path, .sims = sample_text(), .fixture = &fixture};
    CHECK(host_start(&host, &trouble, &options));
    snprintf(url, sizeof url, "https://127.0.0.1:%u/v1", host.port);
}

static void check_in_process(void)
{
    // More cases than any machine runs in that time.
    CHECK(CHECK_RUN("--in-process", "--only", "GB-LIMIT-4", "--cases", "1000000000", "--time",
                    "0.2") != EXIT_USAGE);
    struct result_json result = result_of();
    CHECK(result.verdict.len != 0 && !result.is_complete && !result.asks_all);
    CHECK(view_equal(result.endpoint, VIEW("in process")) && result.environment.len == 0);
    // It says nothing about the operator's endpoint.
    CHECK(READINESS("--result", paths[RESULT]) == EXIT_USAGE);
    CHECK(played_says(&played, "of an endpoint within balprobe"));
    CHECK(CHECK_RUN("--in-process", "--only", "GB-LIMIT-4", "--time", "2", "--fault",
                    "limit-wraps") == EXIT_FAILED);
    result = result_of();
    CHECK(view_equal(result.verdict, VIEW("FAIL")));
    CHECK(result_json_standing(&result, VIEW("GB-LIMIT-4")) == STANDING_FAILED);
    CHECK(result_json_standing(&result, VIEW("GB-LIMIT-3")) == STANDING_UNTESTED);
    CHECK(played_run(&played, &check_command,
                     (const char *const[]){"--in-process", "--only", "GB-LIMIT-4", "--time", "0.1",
                                           "--json", "/nowhere/at/all", NULL}) == EXIT_USAGE);
}

static void check_production(void)
{
    CHECK(CHECK_RUN(CONNECTION, "--sims", paths[SIMS_PRODUCTION], "--only", "GB-PATH-1") ==
          EXIT_USAGE);
    CHECK(played_says(&played, "production environment") && played_says(&played, "--production"));
    CHECK(CHECK_RUN(CONNECTION, "--sims", paths[SIMS_PRODUCTION], "--only", "GB-PATH-1", "--cases",
                    "1", "--dry-run") == EXIT_PASSED);
    CHECK(CHECK_RUN(CONNECTION, "--sims", paths[SIMS_PRODUCTION], "--only", "GB-PATH-1", "--cases",
                    "20", "--production") == EXIT_PASSED);
    CHECK(played_says(&played, "\nenvironment production\n"));
    struct result_json result = result_of();
    CHECK(view_equal(result.environment, VIEW("production")));
    CHECK(READINESS("--result", paths[RESULT]) == EXIT_FAILED);
    CHECK(played_says(&played, "run 1: production | **FAILED** |"));
}

static void check_staging(void)
{
    static const char line[] = "pre.windows = 2026-03-02 Ada Ng\n";
    CHECK(CHECK_RUN(CONNECTION, "--sims", paths[SIMS_STAGING], "--only", "GB-PATH-1,GB-PATH-5",
                    "--cases", "20") == EXIT_PASSED);
    struct result_json result = result_of();
    CHECK(view_equal(result.environment, VIEW("staging")) && result.is_complete);
    CHECK(view_equal(result.endpoint, view_of_text(url)));
    // Without a role U that clause was not tested, and it does not look as if it was.
    CHECK(file_write(paths[ATTEST], view_of_text(line)));
    CHECK(READINESS("--result", paths[RESULT], "--attest", paths[ATTEST], "--out", paths[PAGE]) ==
          EXIT_UNTESTED);
    CHECK(played_ends_with(&played, "PARTIAL  "));
    CHECK(READINESS("--result", paths[RESULT], "--attest", paths[ATTEST]) == EXIT_UNTESTED);
    CHECK(played_says(&played, "run 1: staging | passed |"));
    CHECK(played_says(&played, "GB-PATH-5 untested, GB-PATH-6 untested | **not tested** |"));
    CHECK(played_says(&played, "2026-03-02 Ada Ng | attested |"));
    CHECK(played_says(&played, "to attest: `pre.insider` | **not attested** |"));
}

static void check_gone(void)
{
    host_stop(&host);
    CHECK(CHECK_RUN(CONNECTION, "--sims", paths[SIMS_STAGING]) == EXIT_UNTESTED);
    struct result_json result = result_of();
    CHECK(view_equal(result.verdict, VIEW("INCONCLUSIVE")) && !result.is_complete);
    CHECK(result_json_standing(&result, VIEW("GB-PATH-1")) == STANDING_UNTESTED);
}

// Results of runs at URLs that lead to one endpoint, however they are written, go together.
static void check_endpoints(void)
{
    static const struct {
        const char *endpoint;
        const char *said; // NULL: the same
    } rows[] = {
        {"https://mo.example/v1", NULL},
        {"https://MO.example:443/v1/", NULL},
        {"HTTPS://mo.example:443/v1", NULL},
        {"https://mo.example/V1", "another endpoint"},
        {"https://mo.example:8443/v1", "another endpoint"},
        {"http://mo.example:443/v1", "another endpoint"},
        {"https://mo.example.org/v1", "another endpoint"},
        {"https://", "within balprobe"},
        {"limit-wraps", "within balprobe"},
    };
    static const char form[] = "{\"balprobe\":\"1\",\"endpoint\":\"%s\",\"date\":"
                               "\"2026-01-01T00:00:00Z\",\"profile\":\"seed\","
                               "\"verdict\":\"PASS\",\"clauses\":{}}";
    char text[512];
    snprintf(text, sizeof text, form, "https://mo.example/v1");
    CHECK(file_write(paths[RESULT], view_of_text(text)));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(text, sizeof text, form, rows[i].endpoint);
        CHECK_ROW(i, file_write(paths[OTHER], view_of_text(text)));
        int status = READINESS("--result", paths[RESULT], "--result", paths[OTHER]);
        CHECK_ROW(i, status == (rows[i].said == NULL ? EXIT_UNTESTED : EXIT_USAGE));
        CHECK_ROW(i, rows[i].said == NULL || played_says(&played, rows[i].said));
    }
}

// Today has begun as soon as it has anywhere: at UTC+14.
static void check_today(void)
{
    static const struct {
        int hours;
        int status;
    } rows[] = {{0, EXIT_UNTESTED}, {13, EXIT_UNTESTED}, {14 + 25, EXIT_USAGE}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text_space[128];
        char stamp_space[STAMP_LEN];
        struct buf text = BUF(text_space);
        struct buf stamp = BUF(stamp_space);
        stamp_put(&stamp, bp_clock_wall_ms() + (int64_t)rows[i].hours * 3600 * 1000);
        buf_put_text(&text, "pre.windows = ");
        buf_put(&text, view_first(buf_view(&stamp), STAMP_DAY_LEN));
        buf_put_text(&text, " Ada\n");
        CHECK_ROW(i, file_write(paths[ATTEST], buf_view(&text)));
        CHECK_ROW(i, READINESS("--attest", paths[ATTEST]) == rows[i].status);
    }
}

static void check_usage(void)
{
    CHECK(READINESS("--list", "2018-10") == EXIT_USAGE);
    CHECK(READINESS("--profile", "none") == EXIT_USAGE);
    CHECK(READINESS("--portal-url", "https://mo.example") == EXIT_USAGE);
    CHECK(READINESS("--result", paths[ATTEST]) == EXIT_USAGE);
    CHECK(READINESS("--keys") == EXIT_PASSED && played_says(&played, "cosa.submitted"));
    CHECK(file_write(paths[ATTEST], VIEW("pre.window = 2026-03-02 Ada\n")));
    CHECK(READINESS("--attest", paths[ATTEST]) == EXIT_USAGE);
    CHECK(played_says(&played, "line 1") && played_says(&played, "did you mean pre.windows?"));
}

int main(void)
{
    space = aligned_alloc(16, (result_json_space() + 15) / 16 * 16);
    CHECK(pair_folder_make(&folder));
    for (size_t i = 0; i < PATH_COUNT; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder.path, names[i]);
    CHECK(write_sims(paths[SIMS_STAGING], "staging"));
    CHECK(write_sims(paths[SIMS_PRODUCTION], "production"));
    check_in_process();
    serve();
    check_production();
    check_staging();
    check_gone();
    check_endpoints();
    check_today();
    check_usage();
    pki_folder_close(&folder);
    free(space);
    return unit_end();
}
