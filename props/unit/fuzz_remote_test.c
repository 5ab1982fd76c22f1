// SPDX-License-Identifier: Apache-2.0
// balprobe fuzz --remote at endpoints over mutual TLS.
#include "props/cli/commands.h"
#include "props/unit/fuzz_words.h"
#include "props/unit/hosting.h"
#include "props/unit/kept.h"
#include "props/unit/pair.h"
#include "props/unit/played.h"

enum { WORD_COUNT_MAX = 32, OWN_LEN = 64 };

static struct pki_folder folder;
static struct played played;
static struct host host;
static char corpus[FOLDER_LEN_MAX + OWN_LEN];
static char empty[FOLDER_LEN_MAX + OWN_LEN]; // a corpus of its own
static char findings[FOLDER_LEN_MAX + OWN_LEN];
static char url[HOSTING_URL_LEN];

// Runs it with the options that reach the host, and `more` behind them.
static int run(const struct command *command, const char *const *more)
{
    const char *words[WORD_COUNT_MAX];
    const char *const first[] = {"--cert",   pair_path(&folder, PKI_CLIENT, ".pem", 0),
                                 "--key",    pair_path(&folder, PKI_CLIENT, ".key", 1),
                                 "--cacert", pair_path(&folder, PKI_ROOT, ".pem", 2)};
    size_t count = sizeof first / sizeof first[0];
    memcpy(words, first, sizeof first);
    while (*more != NULL)
        words[count++] = *more++;
    words[count] = NULL;
    return played_run(&played, command, words);
}

#define FUZZ(...) \
    run(&fuzz_words, (const char *const[]){"--remote", url, "--out", findings, __VA_ARGS__, NULL})

static void serve(const char *liar) { hosting_serve(&host, url, folder.path, liar); }

// Inputs are kept, and the next run begins with them: fewer are new to it.
static void check_honest(void)
{
    serve(NULL);
    CHECK(FUZZ("--cases", "250", "--corpus", corpus) == EXIT_PASSED);
    CHECK(played_ends_with(&played, "PASS  "));
    CHECK(played_says(&played, "Signatures: ") && played_says(&played, "the plain request"));
    CHECK(played_says(&played, " of them new in ") && !played_says(&played, "FAILED"));
    size_t first_count = kept_count(corpus);
    CHECK(first_count > 20 && kept_count(findings) == 0);
    CHECK(FUZZ("--cases", "250", "--corpus", corpus) == EXIT_PASSED);
    CHECK(kept_count(corpus) - first_count < first_count / 2);
    CHECK(FUZZ("--cases", "20", "--only", "GB-TLS-4") == EXIT_UNTESTED);
    CHECK(played_ends_with(&played, "INCONCLUSIVE  "));
    CHECK(FUZZ("--time", "0.1") == EXIT_PASSED);
    CHECK(played_says(&played, "--corpus DIR keeps them"));
    CHECK(FUZZ("--cases", "0") == EXIT_UNTESTED && !played_says(&played, "Kept "));
    CHECK(FUZZ("--cases", "0", "--corpus", empty) == EXIT_UNTESTED);
    CHECK(played_says(&played, "Kept 0 inputs, 0 of them new in "));
    host_stop(&host);
}

// A finding is written as check writes it, and replays.
static void check_liar(void)
{
    serve("limit-wraps");
    CHECK(FUZZ("--cases", "150", "--only", "GB-LIMIT-4") == EXIT_FAILED);
    CHECK(played_ends_with(&played, "FAIL  "));
    CHECK(played_says(&played, "1. GB-LIMIT-4 MUST") && kept_count(findings) == 1);
    CHECK(run(&replay_command, (const char *const[]){findings, url, NULL}) == EXIT_FAILED);
    CHECK(played_says(&played, "FAILED GB-LIMIT-4") && played_ends_with(&played, "FAIL  1 of 1 "));
    host_stop(&host);
    serve("error-bad-breaks");
    CHECK(FUZZ("--cases", "150", "--only", "GB-ERR-3") == EXIT_FAILED);
    CHECK(FUZZ("--cases", "150", "--only", "GB-ERR-3,GB-PATH-1", "--skip", "GB-ERR-3") ==
          EXIT_PASSED);
    CHECK(FUZZ("--cases", "150", "--only", "GB-PATH-1") == EXIT_PASSED);
    host_stop(&host);
}

static void check_refusals(void)
{
    static const struct {
        const char *words[5];
        int status;
        const char *says;
    } rows[] = {
        {{"--help"}, EXIT_PASSED, "fuzz --remote URL [options]"},
        {{"--time", "5"}, EXIT_USAGE, "--remote URL"},
        {{"--remote", "ftp://127.0.0.1"}, EXIT_USAGE, "http"},
        {{"--remote", "https://127.0.0.1:1", "--time", "0"}, EXIT_USAGE, "--time wants seconds"},
        {{"--remote", "https://127.0.0.1:1", "--patience", "x"}, EXIT_USAGE, "--patience wants"},
        {{"--remote", "https://127.0.0.1:1", "--cases", "x"}, EXIT_USAGE, "--cases is no number"},
        {{"--remote", "https://127.0.0.1:1", "--seed", "x"}, EXIT_USAGE, "--seed is no number"},
        {{"--remote", "https://127.0.0.1:1", "--only", "GB-X"}, EXIT_USAGE, "GB-X"},
        {{"--remote", "https://127.0.0.1:1", "-k"}, EXIT_UNTESTED, "INCONCLUSIVE"},
        {{"--remote", "https://192.0.2.1", "-k"}, EXIT_USAGE, "--sims FILE"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, played_run(&played, &fuzz_words, rows[i].words) == rows[i].status);
        CHECK_ROW(i, played_says(&played, rows[i].says));
    }
}

int main(void)
{
    if (!pair_folder_make(&folder))
        return 2;
    snprintf(corpus, sizeof corpus, "%s/corpus", folder.above.path);
    snprintf(empty, sizeof empty, "%s/empty", folder.above.path);
    snprintf(findings, sizeof findings, "%s/findings", folder.above.path);
    check_refusals();
    check_honest();
    check_liar();
    pki_folder_close(&folder);
    return unit_end();
}
