// SPDX-License-Identifier: Apache-2.0
// `balprobe fuzz --remote` at endpoints that go away.
#include <stdlib.h>

#include "props/unit/fuzz_words.h"
#include "props/unit/kept.h"
#include "props/unit/played.h"
#include "props/unit/served.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

enum { URL_LEN = 64, PATH_LEN = 320 };

static struct scratch scratch;
static struct played played;
static char url[URL_LEN];
static char corpus[PATH_LEN];
static char suspects[PATH_LEN];

// A server that closes some connections without an answer, or refuses, behind a certain word.
static struct {
    struct bp_service inner;
    const char *poison;
    const char *refusal; // NULL: it says nothing
    unsigned quiet_count;
    unsigned left_count; // conversations that still get no good answer
} shy;

static size_t converse_shyly(void *context, void *conversation, struct buf *out, struct view bytes,
                             bool at_end, int64_t now_ms)
{
    bool is_quiet = shy.left_count != 0 && bytes.len != 0;
    if (view_find(bytes, view_of_text(shy.poison)) < bytes.len)
        shy.left_count = shy.quiet_count;
    if (!is_quiet)
        return shy.inner.converse(context, conversation, out, bytes, at_end, now_ms);
    shy.left_count--;
    if (shy.refusal != NULL)
        buf_put_text(out, shy.refusal);
    ((struct bp_conversation *)conversation)->is_closed = true;
    return bytes.len;
}

static void serve(struct served *served)
{
    served_prepare(served);
    shy.inner = served->config.service;
    served->config.service.converse = converse_shyly;
    served_start(served);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/v1", bp_server_port(served->server));
}

static bool wait_for_files(const char *path)
{
    int64_t end_us = bp_clock_us() + SERVED_PATIENCE_S * 1000000;
    while (kept_count(path) == 0 && bp_clock_us() < end_us)
        served_nap();
    return kept_count(path) != 0;
}

// It stops in the middle of a run, for good: nobody is blamed, and the suspects are kept.
static void check_stop(void)
{
    static struct served served;
    shy.poison = "no request has this";
    serve(&served);
    const char *const words[] = {"--remote",   url, "--out",  suspects, "--corpus", corpus,
                                 "--patience", "1", "--time", "60",     NULL};
    CHECK(played_start(&played, &fuzz_words, words) && wait_for_files(corpus));
    served_stop(&served);
    served_free(&served);
    CHECK(played_end(&played) == EXIT_UNTESTED);
    CHECK(played_says(&played, "\nDOWN  the endpoint went down, and no input is known"));
    CHECK(played_says(&played, "it did not come back") && played_says(&played, " suspects/GB-"));
    CHECK(played_says(&played, " balprobe replay '/") && kept_count(suspects) != 0);
    CHECK(played_ends_with(&played, "PARTIAL  the endpoint is gone: "));
}

static void check_culprit(void)
{
    static const struct {
        const char *refusal;
        unsigned quiet_count;
        int status;
        const char *says;
        const char *ends;
    } rows[] = {
        {NULL, 2, EXIT_FAILED, "DOWN  one input brings the endpoint down", "FAIL  "},
        {"HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 2, EXIT_UNTESTED,
         "BARRED  behind one input", "PARTIAL  the endpoint refuses what it served before: "},
    };
    static struct served served;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        shy.poison = "location=ZZ";
        shy.refusal = rows[i].refusal;
        shy.quiet_count = rows[i].quiet_count;
        shy.left_count = 0;
        serve(&served);
        const char *const words[] = {"--remote", url,      "--out", suspects, "--skip",
                                     "GB-ERR-3", "--time", "15",    NULL};
        CHECK_ROW(i, played_run(&played, &fuzz_words, words) == rows[i].status);
        CHECK_ROW(i, played_says(&played, rows[i].says));
        CHECK_ROW(i, played_ends_with(&played, rows[i].ends));
        served_stop(&served);
        served_free(&served);
    }
}

int main(void)
{
    if (!scratch_open(&scratch))
        return 2;
    snprintf(corpus, sizeof corpus, "%s/corpus", scratch.path);
    snprintf(suspects, sizeof suspects, "%s/my suspects", scratch.path);
    check_culprit();
    check_stop();
    scratch_close(&scratch);
    return unit_end();
}
