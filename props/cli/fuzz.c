// SPDX-License-Identifier: Apache-2.0
// balprobe fuzz: the fuzz targets under libFuzzer or AFL++, or an endpoint at a URL.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "props/cli/commands.h"
#include "props/cli/fuzz_commands.h"
#include "props/cli/fuzz_run.h"
#include "props/cli/fuzz_targets.h"
#include "tool/files.h"
#include "tool/nearest.h"
#include "tool/text.h"

enum { ALL, ENGINE, TIME, JOBS, SEED, PROGRAMS, CORPUS, OUT, HEADING, REMOTE, RULES, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [ALL] = {"--all", NULL, "every target with limits (fuzz_NAME.options), built or not"},
    [ENGINE] = {"--engine", "NAME", "libfuzzer (the default) or afl"},
    [TIME] = {"--time", "TIME", "for each target: 20, 20s, 5m or 2h; the default is 60s"},
    [JOBS] = {"--jobs", "N", "targets side by side; the default is 1"},
    [SEED] = {"--seed", "N", "of the engine; the default is 1"},
    [PROGRAMS] = {"--programs", "DIR",
                  "programs fuzz_NAME; the default is build/fuzz/fuzz or "
                  "build/afl/fuzz, beside balprobe's own folder; with it, what AFL++ saved "
                  "counts as found and is not run again by libFuzzer's build"},
    [CORPUS] = {"--corpus", "DIR", "seeds, DIR/NAME; the default is corpus/ of the sources"},
    [OUT] = {"--out", "DIR",
             "new inputs, findings, statistics (fuzz.jsonl, and fuzz.prom for "
             "node_exporter), report (fuzz.html); the default is build/fuzzing"},
    [HEADING] = {NULL, NULL,
                 "An endpoint instead; `balprobe fuzz --remote --help` has its options:"},
    [REMOTE] = {"--remote", "URL", "fuzz the endpoint at URL"},
    [RULES] = {NULL, NULL,
               "A target is on a plateau when the last third of its run, of at least 10 s, brought "
               "no new edge. Findings are kept in findings/ of --out; ci/triage.sh sorts them. "
               "Exit status: 0 nothing found, 1 a finding, 2 wrong options, 3 a target could not "
               "be run or was stopped, or a file not written, 128 + signal when interrupted."},
};

enum { TIME_S_DEFAULT = 60, TIME_S_MAX = 14 * 86400, JOB_COUNT_MAX = 64, SETTINGS_LEN_MAX = 256 };

// Where things are when nothing else is said, from the folder that balprobe lies in.
static const char *const program_folders[CAMPAIGN_ENGINE_COUNT] = {"/../fuzz/fuzz", "/../afl/fuzz"};
static const char *const presets[CAMPAIGN_ENGINE_COUNT] = {"fuzz", "afl"};
static const char corpus_folder[] = "/../../corpus";
static const char out_folder[] = "/../fuzzing";

struct job {
    struct options given;
    struct fuzz_run run;
    char own[CAMPAIGN_PATH_LEN_MAX]; // the folder that balprobe lies in
    char programs[CAMPAIGN_PATH_LEN_MAX];
    char checkers[CAMPAIGN_PATH_LEN_MAX];
    char corpus[CAMPAIGN_PATH_LEN_MAX];
    char out[CAMPAIGN_PATH_LEN_MAX];
    char settings[SETTINGS_LEN_MAX];
    struct fuzz_targets targets; // that are there
    struct campaign campaigns[CAMPAIGN_COUNT_MAX];
};

static bool find_own(struct job *job)
{
    ssize_t len = readlink("/proc/self/exe", job->own, sizeof job->own - 1);
    if (len <= 0)
        return false;
    job->own[len] = '\0';
    char *slash = strrchr(job->own, '/');
    if (slash != NULL)
        *slash = '\0';
    return slash != NULL;
}

// A folder as it was given, or the one of ours; paths below the current folder are told from there.
static bool find_folder(char out[CAMPAIGN_PATH_LEN_MAX], const struct job *job, const char *given,
                        const char *ours)
{
    char here[CAMPAIGN_PATH_LEN_MAX];
    char path[CAMPAIGN_PATH_LEN_MAX];
    if (given != NULL)
        return engine_path(out, given, "", "", false);
    if (!engine_path(path, job->own, ours, "", false))
        return false;
    char *real = realpath(path, NULL);
    bool is_good = engine_path(out, real == NULL ? path : real, "", "", false);
    free(real);
    if (!is_good || getcwd(here, sizeof here) == NULL)
        return is_good;
    size_t len = strlen(here);
    bool is_below = strncmp(out, here, len) == 0 && out[len] == '/';
    if (is_below)
        memmove(out, out + len + 1, strlen(out + len + 1) + 1);
    return true;
}

static int read_engine(struct job *job)
{
    const char *name = job->given.values[ENGINE];
    if (name == NULL)
        return EXIT_PASSED;
    for (unsigned i = 0; i < CAMPAIGN_ENGINE_COUNT; i++) {
        if (strcmp(name, campaign_engine_name((enum campaign_engine)i)) != 0)
            continue;
        job->run.plan.engine = (enum campaign_engine)i;
        return EXIT_PASSED;
    }
    return cli_refuse("--engine is libfuzzer or afl, not ", name, NULL);
}

// "20", "20s", "5m", "2h".
static bool read_time(uint64_t *out_ms, const char *text)
{
    static const struct {
        char letter;
        uint64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}};
    char digits[16];
    uint64_t seconds = 1;
    uint64_t n = 0;
    size_t len = strlen(text);
    if (len == 0 || len >= sizeof digits)
        return false;
    memcpy(digits, text, len + 1);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (text[len - 1] != units[i].letter)
            continue;
        seconds = units[i].seconds;
        digits[len - 1] = '\0';
    }
    if (!options_number(&n, digits) || n == 0 || n > TIME_S_MAX / seconds)
        return false;
    *out_ms = n * seconds * 1000;
    return true;
}

static int read_numbers(struct job *job)
{
    const char *const *values = job->given.values;
    uint64_t jobs = 1;
    job->run.plan.seed = 1;
    job->run.plan.time_ms = (uint64_t)TIME_S_DEFAULT * 1000;
    if (values[TIME] != NULL && !read_time(&job->run.plan.time_ms, values[TIME]))
        return cli_refuse("--time wants seconds, or 20s, 5m, 2h: ", values[TIME], NULL);
    if (values[JOBS] != NULL && (!options_number(&jobs, values[JOBS]) || jobs == 0))
        return cli_refuse("--jobs wants a number above 0: ", values[JOBS], NULL);
    bool is_bad = values[SEED] != NULL && !options_number(&job->run.plan.seed, values[SEED]);
    if (is_bad || job->run.plan.seed == 0 || job->run.plan.seed > UINT32_MAX / 2)
        return cli_refuse("--seed wants a number from 1 to 2147483647: ",
                          values[SEED] == NULL ? "" : values[SEED], NULL);
    job->run.job_count = jobs < JOB_COUNT_MAX ? (size_t)jobs : JOB_COUNT_MAX;
    return EXIT_PASSED;
}

static int find_folders(struct job *job)
{
    struct engine_plan *plan = &job->run.plan;
    const char *const *values = job->given.values;
    bool is_good =
        find_own(job) &&
        find_folder(job->programs, job, values[PROGRAMS], program_folders[plan->engine]) &&
        find_folder(job->checkers, job, NULL, program_folders[CAMPAIGN_LIBFUZZER]) &&
        find_folder(job->corpus, job, values[CORPUS], corpus_folder) &&
        find_folder(job->out, job, values[OUT], out_folder);
    if (!is_good)
        return cli_refuse("a path is too long: ", job->own, NULL);
    plan->programs = job->programs;
    plan->corpus = job->corpus;
    plan->out = job->out;
    // Programs of somebody else are not those that our build has.
    bool has_checkers = plan->engine == CAMPAIGN_AFL && values[PROGRAMS] == NULL;
    if (has_checkers && path_is_folder(job->checkers))
        plan->checkers = job->checkers;
    if (values[CORPUS] != NULL && !path_is_folder(job->corpus))
        return cli_refuse("there is no folder ", job->corpus, NULL);
    return EXIT_PASSED;
}

// False, and told, when there are too many.
static bool add_target(struct job *job, const char *name)
{
    struct fuzz_run *run = &job->run;
    for (size_t i = 0; i < run->campaign_count; i++)
        if (strcmp(run->campaigns[i].target, name) == 0)
            return true;
    if (run->campaign_count == CAMPAIGN_COUNT_MAX) {
        fprintf(stderr, "balprobe: one run has room for %d targets; name the others in another\n",
                CAMPAIGN_COUNT_MAX);
        return false;
    }
    struct campaign *campaign = &run->campaigns[run->campaign_count++];
    campaign->engine = run->plan.engine;
    (void)snprintf(campaign->target, sizeof campaign->target, "%s", name);
    return true;
}

static int choose_targets(struct job *job)
{
    const struct options *given = &job->given;
    const struct fuzz_targets *targets = &job->targets;
    job->run.campaigns = job->campaigns;
    for (size_t i = 0; i < targets->count; i++) {
        bool is_meant = given->values[ALL] != NULL && targets->list[i].has_limits;
        if (is_meant && !add_target(job, targets->list[i].name))
            return EXIT_USAGE;
    }
    for (size_t i = 0; i < given->operand_count; i++) {
        size_t at = 0;
        while (at < targets->count && strcmp(targets->list[at].name, given->operands[i]) != 0)
            at++;
        if (at == targets->count)
            return cli_refuse(
                "there is no program for the target ", given->operands[i],
                nearest_word(given->operands[i], fuzz_targets_name, targets, targets->count));
        if (!add_target(job, targets->list[at].name))
            return EXIT_USAGE;
    }
    return EXIT_PASSED;
}

// Nothing was chosen: says what there is to be fuzzed.
static int list_targets(const struct job *job)
{
    if (job->given.values[ALL] != NULL) {
        fprintf(stderr,
                "balprobe: no program in %s has limits (fuzz_NAME.options), so --all means none\n"
                "sh ci/build.sh %s makes them; programs can be named one by one\n",
                job->programs, presets[job->run.plan.engine]);
        return EXIT_UNTESTED;
    }
    fprintf(stderr, "balprobe: which target? Say --all, or some of:\n ");
    for (size_t i = 0; i < job->targets.count; i++)
        fprintf(stderr, " %s", job->targets.list[i].name);
    fprintf(stderr, "\n");
    return EXIT_USAGE;
}

static int find_targets(struct job *job)
{
    if (!fuzz_targets_find(&job->targets, job->programs))
        return cli_out_of_memory();
    if (job->targets.count == 0) {
        fprintf(stderr,
                "balprobe: there are no programs fuzz_NAME in %s\n"
                "sh ci/build.sh %s builds them; --programs names another folder\n",
                job->programs, presets[job->run.plan.engine]);
        return EXIT_UNTESTED;
    }
    int status = choose_targets(job);
    bool is_none = status == EXIT_PASSED && job->run.campaign_count == 0;
    return is_none ? list_targets(job) : status;
}

static void put_settings(struct job *job)
{
    const struct fuzz_run *run = &job->run;
    struct buf text = BUF(job->settings);
    buf_put_text(&text, "engine ");
    buf_put_text(&text, campaign_engine_name(run->plan.engine));
    buf_put_text(&text, ", ");
    campaign_put_age(&text, run->plan.time_ms);
    buf_put_text(&text, run->campaign_count == 1 ? "" : " for each target");
    buf_put_text(&text, ", seed ");
    buf_put_unsigned(&text, run->plan.seed);
    job->run.settings = buf_view(&text);
}

static int make_folders(const struct job *job)
{
    char findings[CAMPAIGN_PATH_LEN_MAX];
    if (!engine_path(findings, job->out, "/findings", "", false))
        return cli_refuse("the path of --out is too long: ", job->out, NULL);
    return folder_make(findings) ? EXIT_PASSED : EXIT_USAGE;
}

static int run_targets(struct job *job)
{
    static int (*const steps[])(struct job * job) = {read_engine, read_numbers, find_folders,
                                                     find_targets};
    int status = EXIT_PASSED;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == EXIT_PASSED; i++)
        status = steps[i](job);
    if (status == EXIT_PASSED)
        status = make_folders(job);
    if (status != EXIT_PASSED)
        return status;
    put_settings(job);
    printf("balprobe %s   fuzz   %.*s\n", BALPROBE_VERSION, (int)job->run.settings.len,
           job->run.settings.data);
    printf("programs %s, seeds %s\n\n", job->programs,
           path_is_folder(job->corpus) ? job->corpus : "none");
    fflush(stdout);
    return fuzz_run_go(&job->run);
}

// Where `--remote` stands among the words, or -1.
static int find_remote(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        struct view word = view_of_text(argv[i]);
        if (view_equal(word, VIEW("--remote")) || view_starts(word, VIEW("--remote=")))
            return i;
    }
    return -1;
}

// `--remote --help` asks for help, and names no URL.
static int run_remote(int argc, char **argv, int at)
{
    bool asks_help = at + 1 < argc && strcmp(argv[at + 1], "--help") == 0;
    return asks_help ? run_fuzz_remote(1, argv + at + 1) : run_fuzz_remote(argc, argv);
}

static int run_fuzz(const struct command *command, int argc, char **argv)
{
    int at = find_remote(argc, argv);
    if (at >= 0)
        return run_remote(argc, argv, at);
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&job->given, &status, command, argc, argv))
        status = run_targets(job);
    fuzz_targets_end(&job->targets);
    free(job);
    return status;
}

const struct command fuzz_command = {
    "fuzz",
    "TARGET...",
    "Fuzzes the fuzz targets of this project with libFuzzer or AFL++, guided by coverage, or the "
    "endpoint at a URL, guided by its answers.",
    rows,
    ROW_COUNT,
    run_fuzz};
