// SPDX-License-Identifier: Apache-2.0
// balprobe launch readiness: the lists that a launch has to pass, item by item, with the evidence.
#include <stdio.h>
#include <stdlib.h>

#include "http/url.h"
#include "net/clock.h"
#include "props/cli/launch_commands.h"
#include "props/cli/launch_papers.h"
#include "props/cli/reading.h"
#include "props/launch/garden_lint.h"
#include "props/report/readiness.h"
#include "tool/files.h"
#include "tool/nearest.h"
#include "tool/stamp.h"

enum {
    RESULT,
    ATTEST,
    KEYS,
    OUT,
    PAPERS,
    COSA,
    SIMS,
    ICCIDS,
    PORTAL,
    GARDEN,
    PORTAL_URL,
    LIST,
    PROFILE,
    SET,
    ROW_COUNT
};

static const struct option rows[ROW_COUNT] = {
    [RESULT] = {"--result", "FILE...", "result of a run: what balprobe check --json wrote"},
    [ATTEST] = {"--attest", "FILE",
                "what no program can test, one 'KEY = DAY NAME, WORDS' a line, as in "
                "pre.windows = 2026-03-02 Ada Ng, Windows 11"},
    [KEYS] = {"--keys", NULL, "print the keys of that file, and what each is for"},
    [OUT] = {"--out", "FILE", "write the page there, not to standard output"},
    [PAPERS] = {NULL, NULL, "The papers, which are linted as launch cosa, iccid... do"},
    [COSA] = {"--cosa", "FILE", "COSA rows, saved as CSV"},
    [SIMS] = {"--sims", "FILE", "inventory of the test SIMs"},
    [ICCIDS] = {"--iccids", "FILE", "ICCIDs for the load test, one a line"},
    [PORTAL] = {"--portal", "FILE", "record of the user cases, saved as CSV"},
    [GARDEN] = {"--garden", "FILE", "allow-list of the walled garden"},
    [PORTAL_URL] = {"--portal-url", "URL", "the web portal, which must be in the allow-list"},
    [LIST] = {"--list", "VERSION", "whose list of hosts, as in launch garden"},
    [PROFILE] = {"--profile", "NAME", "how the papers are read, as in launch cosa and garden"},
    [SET] = READING_SET_ROW,
};

enum { FIRST_DAY_MS = 14 * 3600 * 1000 };

struct job {
    struct options given;
    struct papers *papers;
    struct readiness readiness;
    struct profile profile;
    bool garden_refuses_addresses;
    enum garden_version version;
    struct garden_places places;
    struct garden_entries entries;
    void *result_spaces[READINESS_RESULT_COUNT_MAX];
    char *lint_texts[PAPER_COUNT];
    char now[STAMP_LEN];
    char *text;
};

static int refuse_file(const char *path, const char *words)
{
    fprintf(stderr, "balprobe: %s: %s\n", path, words);
    return EXIT_USAGE;
}

static int read_profile(struct job *job)
{
    int status = launch_profile(&job->profile, &job->given, PROFILE, SET);
    if (status != EXIT_PASSED)
        return status;
    job->garden_refuses_addresses = garden_refuses_addresses(view_of_text(job->profile.name));
    return launch_garden_version(&job->version, &job->profile, job->given.values[LIST]);
}

static bool is_first_endpoint(const struct readiness *readiness, const struct bp_url *url)
{
    struct bp_url first;
    struct bp_fault fault;
    return bp_url_read(&first, &fault, readiness->results[0].endpoint) &&
           first.is_secure == url->is_secure && first.port == url->port &&
           view_equal_nocase(first.host, url->host) && view_equal(first.path, url->path);
}

// A result says something of this launch only when it is of an endpoint at a URL, the same in all.
static int check_endpoint(const struct readiness *readiness, const struct result_json *result,
                          const char *path)
{
    struct bp_url url;
    struct bp_fault fault;
    if (!bp_url_read(&url, &fault, result->endpoint))
        return refuse_file(path, "this result is of an endpoint within balprobe; run balprobe "
                                 "check --json at the URL of yours");
    if (readiness->result_count != 0 && !is_first_endpoint(readiness, &url))
        return refuse_file(path, "this result is of another endpoint than the first one");
    return EXIT_PASSED;
}

static int read_result(struct job *job, const char *path)
{
    struct readiness *readiness = &job->readiness;
    struct view text;
    size_t at = readiness->result_count;
    if (at == READINESS_RESULT_COUNT_MAX)
        return cli_refuse("there are too many results, from ", path, NULL);
    job->result_spaces[at] = malloc(result_json_space());
    if (job->result_spaces[at] == NULL)
        return cli_out_of_memory();
    if (!papers_read(job->papers, &text, path, RESULT_JSON_LEN_MAX))
        return EXIT_USAGE;
    struct result_json *result = &readiness->results[at];
    const char *words = result_json_read(result, job->result_spaces[at], text);
    if (words != NULL)
        return refuse_file(path, words);
    int status = check_endpoint(readiness, result, path);
    readiness->result_names[at] = path;
    readiness->result_count += status == EXIT_PASSED;
    return status;
}

static int read_results(struct job *job)
{
    size_t at = 0;
    const struct option_item *item = NULL;
    int status = EXIT_PASSED;
    while (status == EXIT_PASSED && (item = options_next(&job->given, RESULT, &at)) != NULL)
        status = read_result(job, item->value);
    return status;
}

static const char *key_at(const void *table, size_t index)
{
    return ((const char *const *)table)[index];
}

static int read_attest(struct job *job)
{
    const char *keys[READINESS_KEY_COUNT_MAX];
    const char *path = job->given.values[ATTEST];
    size_t key_count = readiness_keys(keys);
    struct attest *attest = &job->readiness.attest;
    struct view text;
    if (path == NULL)
        return EXIT_PASSED;
    if (!papers_read(job->papers, &text, path, ATTEST_TEXT_LEN_MAX))
        return EXIT_USAGE;
    job->readiness.has_attest = true;
    // Where days begin first, they do so 14 hours before UTC.
    char day[STAMP_LEN];
    struct buf today = BUF(day);
    stamp_put(&today, bp_clock_wall_ms() + FIRST_DAY_MS);
    if (attest_read(attest, text, keys, key_count, view_first(buf_view(&today), STAMP_DAY_LEN)))
        return EXIT_PASSED;
    char word[NEAREST_LEN_MAX + 1];
    struct buf given = buf_of(word, sizeof word - 1);
    buf_put(&given, view_first(attest->given,
                               attest->given.len < given.cap ? attest->given.len : given.cap));
    word[given.len] = '\0';
    fprintf(stderr, "balprobe: %s line %zu: %s\n", path, attest->line, attest->why);
    return cli_refuse("see --keys; what is wrong is ", word,
                      nearest_word(word, key_at, keys, key_count));
}

// Keeps what a lint found under its paper.
static int keep_lint(struct job *job, enum readiness_paper paper, const char *path, int status)
{
    struct readiness *readiness = &job->readiness;
    struct papers *papers = job->papers;
    if (status != EXIT_PASSED)
        return status;
    job->lint_texts[paper] = malloc(papers->out.len + 1);
    if (job->lint_texts[paper] == NULL)
        return cli_out_of_memory();
    struct buf *text = &readiness->lint_texts[paper];
    *text = buf_of(job->lint_texts[paper], papers->out.len);
    buf_put(text, buf_view(&papers->out));
    readiness->has_paper[paper] = true;
    readiness->paper_names[paper] = path;
    readiness->lints[paper] = papers->lint;
    papers_open(papers);
    return EXIT_PASSED;
}

static int lint_cosa(struct job *job)
{
    const char *path = job->given.values[COSA];
    if (path == NULL)
        return EXIT_PASSED;
    bool accepts_true = profile_reads(&job->profile, KEY_COSA_FLAG, READ_COSA_FLAG_YES_OR_TRUE);
    return keep_lint(job, PAPER_COSA, path, papers_cosa(job->papers, path, accepts_true));
}

static int lint_iccids(struct job *job)
{
    const char *list = job->given.values[ICCIDS];
    const char *sims = job->given.values[SIMS];
    int status = EXIT_PASSED;
    if (list == NULL && sims == NULL)
        return EXIT_PASSED;
    if (list != NULL)
        status = papers_add_iccids(job->papers, list);
    if (status == EXIT_PASSED && sims != NULL)
        status = papers_add_sims(job->papers, sims, list != NULL);
    if (status == EXIT_PASSED)
        status = papers_iccids(job->papers, job->given.values[COSA] != NULL);
    return keep_lint(job, PAPER_ICCIDS, list == NULL ? sims : list, status);
}

static int lint_portal(struct job *job)
{
    const char *path = job->given.values[PORTAL];
    return path == NULL ? EXIT_PASSED
                        : keep_lint(job, PAPER_PORTAL, path, papers_portal(job->papers, path));
}

static int lint_garden(struct job *job)
{
    const char *path = job->given.values[GARDEN];
    const char *portal = job->given.values[PORTAL_URL];
    struct readiness *readiness = &job->readiness;
    struct view text;
    if (path == NULL)
        return portal == NULL ? EXIT_PASSED
                              : cli_refuse("--portal-url belongs to ", "--garden", NULL);
    if (!papers_read(job->papers, &text, path, GARDEN_TEXT_LEN_MAX))
        return EXIT_USAGE;
    garden_places_list(&job->places, job->version);
    if (readiness->result_count != 0 &&
        !garden_places_url(&job->places, readiness->results[0].endpoint, GARDEN_OF_ENDPOINT))
        return cli_refuse("the result's endpoint is no URL", "", NULL);
    // Not shown: what stands before an @ may be a password.
    if (portal != NULL && !garden_places_url(&job->places, view_of_text(portal), GARDEN_OF_PORTAL))
        return cli_refuse("a URL like https://HOST[:PORT][/PATH] is wanted by --portal-url", "",
                          NULL);
    garden_lint(&job->papers->lint, &job->entries, text, &job->places,
                job->garden_refuses_addresses);
    return keep_lint(job, PAPER_GARDEN, path, EXIT_PASSED);
}

static int print_keys(void)
{
    for (size_t i = 0; i < readiness_item_count(); i++) {
        const struct readiness_item *item = readiness_item_at(i);
        if (item->key != NULL)
            printf("%-20s %s\n", item->key, item->words);
    }
    return EXIT_PASSED;
}

static int put_page(struct job *job)
{
    size_t counts[READY_STATE_COUNT];
    const char *path = job->given.values[OUT];
    job->text = malloc(READINESS_LEN_MAX);
    if (job->text == NULL)
        return cli_out_of_memory();
    struct buf out = buf_of(job->text, READINESS_LEN_MAX);
    readiness_put(&out, counts, &job->readiness);
    if (out.overflow)
        return cli_refuse("the page is too long: name fewer results and papers", "", NULL);
    if (path != NULL) {
        if (!file_write(path, buf_view(&out)))
            return EXIT_USAGE;
        buf_clear(&out);
        readiness_put_verdict(&out, counts);
    }
    cli_print(&out);
    if (readiness_has_failed(counts))
        return EXIT_FAILED;
    return readiness_is_done(counts) ? EXIT_PASSED : EXIT_UNTESTED;
}

static int run_job(struct job *job)
{
    static int (*const steps[])(struct job * job) = {read_profile, read_results, read_attest,
                                                     lint_cosa,    lint_iccids,  lint_portal,
                                                     lint_garden,  put_page};
    struct buf now = BUF(job->now);
    int status = EXIT_PASSED;
    stamp_put(&now, bp_clock_wall_ms());
    job->readiness.now = buf_view(&now);
    job->readiness.version = BALPROBE_VERSION;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == EXIT_PASSED; i++)
        status = steps[i](job);
    return status;
}

static int run_readiness(const struct command *command, int argc, char **argv)
{
    struct job *job = calloc(1, sizeof *job);
    int status = EXIT_PASSED;
    if (job == NULL)
        return cli_out_of_memory();
    if (cli_options(&job->given, &status, command, argc, argv)) {
        job->papers = papers_new();
        status = job->given.values[KEYS] != NULL ? print_keys()
                 : job->papers == NULL           ? cli_out_of_memory()
                                                 : run_job(job);
    }
    for (size_t i = 0; i < READINESS_RESULT_COUNT_MAX; i++)
        free(job->result_spaces[i]);
    for (size_t i = 0; i < PAPER_COUNT; i++)
        free(job->lint_texts[i]);
    papers_free(job->papers);
    free(job->text);
    free(job);
    return status;
}

const struct command launch_readiness_command = {
    "launch readiness",
    "",
    "Writes one page in Markdown: every item of the validation lists with its evidence, what was "
    "not tested, and what is still to attest.",
    rows,
    ROW_COUNT,
    run_readiness};
