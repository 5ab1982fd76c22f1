// SPDX-License-Identifier: Apache-2.0
// The command `fuzz` with stand-ins for engines: options, exit statuses, files, the verdict.
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "props/cli/commands.h"
#include "props/engine/engine.h"
#include "props/subject/errand.h"
#include "props/unit/fuzz_stub.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

enum {
    WORD_COUNT = 14,
    MANY_COUNT = 65,
    LONG_LEN = 1018,
    SAID_LEN_MAX = 65536,
    PATIENCE_MS = 10000,
    NAP_MS = 20
};

static struct scratch folder;
static char programs[CAMPAIGN_PATH_LEN_MAX];
static char out[CAMPAIGN_PATH_LEN_MAX];
static char some[CAMPAIGN_PATH_LEN_MAX]; // programs of which one is not there
static char bare[CAMPAIGN_PATH_LEN_MAX]; // one without limits
static char many[CAMPAIGN_PATH_LEN_MAX];
static char lost[CAMPAIGN_PATH_LEN_MAX]; // output of which a file cannot be written
static char own[CAMPAIGN_PATH_LEN_MAX];  // this test as balprobe, or ""
static char too_long[LONG_LEN + 1];

static bool in_folder(char path[CAMPAIGN_PATH_LEN_MAX], const char *name)
{
    return engine_path(path, folder.path, "/", name, false);
}

// Without `text` there are only its limits.
static bool write_program(const char *programs_path, const char *name, const char *text,
                          bool has_limits)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    char beside[CAMPAIGN_PATH_LEN_MAX];
    bool is_good = engine_path(path, programs_path, "/fuzz_", name, false) &&
                   (text == NULL || stub_write(path, text)) &&
                   engine_path(beside, path, ".options", "", false);
    return is_good && (!has_limits || file_write(beside, VIEW("[libfuzzer]\nmax_len = 9\n")));
}

static bool file_holds(const char *folder_path, const char *name, const char *words)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    size_t len = 0;
    if (!engine_path(path, folder_path, "/", name, true))
        return false;
    char *text = file_read(&len, path, SAID_LEN_MAX);
    bool is_there = text != NULL && view_find(view_of(text, len), view_of_text(words)) < len;
    free(text);
    return is_there;
}

// The child's part: the command, here or as the program `own`, unless that is "".
static int be_command(int count, char **words)
{
    if (own[0] == '\0')
        return cli_end(fuzz_command.run(&fuzz_command, count, words + 1));
    execv(own, words);
    return 99;
}

// Runs the command in a child, whose output goes to files; if it `stops`, it gets SIGINT once the
// target called on has begun.
static int run(const char *const *given, bool stops)
{
    char *words[WORD_COUNT + 2] = {own};
    char said[CAMPAIGN_PATH_LEN_MAX];
    char told[CAMPAIGN_PATH_LEN_MAX];
    int count = 0;
    int status = 0;
    for (; given[count] != NULL; count++)
        words[count + 1] = strdup(given[count]);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        bool is_good = in_folder(said, "said") && in_folder(told, "told") &&
                       freopen(said, "w", stdout) != NULL && freopen(told, "w", stderr) != NULL;
        int end = is_good ? be_command(count, words) : 99;
        fflush(NULL);
        _exit(end);
    }
    if (stops) {
        const struct timespec time = {0, NAP_MS * 1000000};
        for (int i = 0; i < PATIENCE_MS / NAP_MS && !file_holds(out, "on.log", "#100\t"); i++)
            nanosleep(&time, NULL);
        kill(child, SIGINT);
    }
    waitpid(child, &status, 0);
    for (int i = 0; i < count; i++)
        free(words[i + 1]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

#define ELSEWHERE(programs_path) "--programs", programs_path, "--out", out, "--corpus", folder.path
#define FOLDERS ELSEWHERE(programs)
#define SOON "--time", "1" // the stand-ins end at once, which is early with more

static void check_runs(void)
{
    const struct {
        const char *words[WORD_COUNT];
        int status;
        bool stops;
        const char *said;
        const char *told;
    } rows[] = {
        {{"good", SOON, FOLDERS}, 0, false, "\nPASS  1 target, 300 runs, 0 findings\n", ""},
        {{"--all", SOON, FOLDERS}, 0, false, "\nPASS  1 target, 300 runs, 0 findings\n", ""},
        {{"good", "bad", "bad", "--jobs", "2", SOON, FOLDERS},
         1,
         false,
         "\nFAIL  2 targets, 450 runs, 1 finding\n",
         ""},
        {{"good", "dead", FOLDERS}, 3, false, "dead could not be run: no such option\n", ""},
        {{"on", "good", "--time", "1m", FOLDERS},
         128 + SIGINT,
         true,
         "\nPARTIAL  2 targets, 100 runs, 0 findings, 2 stopped before the time was over\n",
         ""},
        {{"goods", FOLDERS},
         2,
         false,
         NULL,
         "there is no program for the target goods; did you mean good?"},
        {{FOLDERS}, 2, false, NULL, "  bad cut dead good on\n"},
        {{"cut", FOLDERS},
         3,
         false,
         "\nPARTIAL  1 target, 100 runs, 0 findings, 1 stopped before the time was over\n",
         ""},
        {{"good", "--engine", "honggfuzz", FOLDERS},
         2,
         false,
         NULL,
         "libfuzzer or afl, not honggfuzz"},
        {{"good", "--programs", folder.path}, 3, false, NULL, "sh ci/build.sh fuzz builds them"},
        {{"good", "--programs", folder.path, "--engine", "afl"},
         3,
         false,
         NULL,
         "sh ci/build.sh afl builds them"},
        {{"--all", SOON, ELSEWHERE(some)},
         3,
         false,
         "gone could not be run: the program is not there, or a path is too long\n"
         "report",
         ""},
        {{"--all", ELSEWHERE(bare)}, 3, false, NULL, "has limits (fuzz_NAME.options), so --all"},
        {{"--all", ELSEWHERE(many)}, 2, false, NULL, "one run has room for 64 targets"},
        {{"t64", SOON, ELSEWHERE(many)}, 0, false, "\nPASS  1 target", ""},
        {{"good", "--programs", programs, "--out", too_long},
         2,
         false,
         NULL,
         "the path of --out is too long: ooo"},
        {{"good", "--programs", programs, "--corpus", "/nowhere"},
         2,
         false,
         NULL,
         "no folder /nowhere"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, run(rows[i].words, rows[i].stops) == rows[i].status);
        CHECK_ROW(i, rows[i].said == NULL || file_holds(folder.path, "said", rows[i].said));
        CHECK_ROW(i, rows[i].told[0] == '\0' || file_holds(folder.path, "told", rows[i].told));
    }
}

static const struct {
    const char *option;
    const char *value;
    const char *said; // NULL: refused
    const char *told; // when it is
} numbers[] = {
    {"--time", "20", ", 20 s, seed 1\n", ""},  {"--time", "20s", ", 20 s, seed 1\n", ""},
    {"--time", "5m", ", 5 min, seed 1\n", ""}, {"--time", "2h", ", 2 h, seed 1\n", ""},
    {"--time", "0", NULL, "--time wants"},     {"--time", "5x", NULL, "--time wants"},
    {"--time", "2ms", NULL, "--time wants"},   {"--time", "s", NULL, "--time wants"},
    {"--time", "", NULL, "--time wants"},      {"--time", "400h", NULL, "--time wants"},
    {"--jobs", "0", NULL, "--jobs wants"},     {"--seed", "7", ", 60 s, seed 7\n", ""},
    {"--seed", "0", NULL, "--seed wants"},
};

static void check_numbers(void)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const char *said = numbers[i].said;
        const char *const words[] = {"good", numbers[i].option, numbers[i].value, FOLDERS, NULL};
        CHECK_ROW(i, run(words, false) == (said == NULL ? 2 : 3));
        CHECK_ROW(i, said == NULL || file_holds(folder.path, "said", said));
        CHECK_ROW(i, said != NULL || file_holds(folder.path, "told", numbers[i].told));
    }
}

// The files of a run with a finding; statistics are appended to those of runs before.
static void check_files(void)
{
    char findings[CAMPAIGN_PATH_LEN_MAX];
    const char *const words[] = {"bad", SOON, FOLDERS, NULL};
    CHECK(run(words, false) == 1);
    CHECK(file_holds(out, "fuzz.jsonl", "\"target\":\"good\""));
    CHECK(file_holds(out, "fuzz.jsonl",
                     "\"target\":\"bad\",\"engine\":\"libfuzzer\",\"runs\":150,\"edges\":24,"
                     "\"features\":25,\"corpus\":2,\"exec_per_s\":50,\"since_new_s\":0,"
                     "\"findings\":1}\n"));
    CHECK(file_holds(out, "fuzz.prom",
                     "balprobe_fuzz_findings_total{target=\"bad\",engine=\"libfuzzer\"} 1\n"));
    CHECK(!file_holds(out, "fuzz.prom", "target=\"good\""));
    CHECK(file_holds(out, "fuzz.html", "<strong>FAIL  1 target, 150 runs, 1 finding</strong>"));
    CHECK(file_holds(folder.path, "said", "bad: fuzz/x.c:1: does not hold: a == b\n"));
    CHECK(engine_path(findings, out, "/findings", "", true));
    CHECK(file_holds(findings, "bad-crash-same", "input"));
    CHECK(file_holds(out, "bad.log", "Test unit written to"));
}

// A file that cannot be written, for a folder has its name, is told in the verdict.
static void check_lost(void)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    const char *const words[] = {"good", SOON, "--programs", programs, "--out", lost, NULL};
    CHECK(in_folder(lost, "lost") && in_folder(path, "lost/fuzz.prom/x") && folder_make(path));
    CHECK(run(words, false) == 3);
    CHECK(file_holds(folder.path, "said",
                     "\nINCONCLUSIVE  1 target, 300 runs, 0 findings, a file was not written\n"));
    CHECK(file_holds(lost, "fuzz.html", "<strong>INCONCLUSIVE  1 target"));
}

static bool make_folders(void)
{
    memset(too_long, 'o', LONG_LEN);
    bool is_good = in_folder(some, "some") && folder_make(some) && in_folder(bare, "bare") &&
                   folder_make(bare) && in_folder(many, "many") && folder_make(many) &&
                   write_program(some, "good", stub_passes, true) &&
                   write_program(some, "gone", NULL, true) &&
                   write_program(bare, "good", stub_passes, false);
    for (int i = 0; i < MANY_COUNT && is_good; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "t%02d", i);
        is_good = write_program(many, name, stub_passes, true);
    }
    return is_good;
}

// What AFL++ saved is run by our own libFuzzer build where it has the target, but not what it saved
// with the programs of somebody else. Whoever ran it last shows it again. Our own build lies beside
// the program's folder, so this test is copied.
static void check_checkers(const char *self)
{
    static const struct {
        const char *words[WORD_COUNT];
        int status;
        const char *said;
    } rows[] = {
        {{"x", "--engine", "afl", SOON, "--out", out},
         0,
         "x: AFL++ saved 3 more, which did not fail again\n"},
        {{"y", "--engine", "afl", SOON, "--out", out}, 1, "/own/afl/fuzz/fuzz_y /"},
        {{"z", "--engine", "afl", SOON, "--out", out}, 1, "/own/fuzz/fuzz/fuzz_z /"},
        {{"x", "--engine", "afl", SOON, FOLDERS}, 1, "x: AFL++ saved it; it was not run again\n"}};
    char path[CAMPAIGN_PATH_LEN_MAX + 64];
    char *const before = strdup(getenv("PATH"));
    struct errand copy;
    CHECK(in_folder(path, "own/bin") && folder_make(path) && in_folder(own, "own/bin/balprobe"));
    char *const words[] = {"cp", strdup(self), own, NULL};
    CHECK(errand_run(&copy, words, PATIENCE_MS, NULL, NULL));
    free(words[1]);
    CHECK(in_folder(path, "own/afl/fuzz") && folder_make(path));
    CHECK(write_program(path, "x", stub_passes, false));
    CHECK(write_program(path, "y", stub_passes, false));
    CHECK(write_program(path, "z", stub_passes, false));
    CHECK(in_folder(path, "own/fuzz/fuzz") && folder_make(path));
    CHECK(write_program(path, "x", stub_merges, false));
    CHECK(write_program(path, "z", stub_checks, false));
    CHECK(write_program(programs, "x", stub_passes, false));
    CHECK(in_folder(path, "afl-fuzz") && stub_write(path, stub_afl));
    (void)snprintf(path, sizeof path, "%s:%s", folder.path, before);
    setenv("PATH", path, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, run(rows[i].words, false) == rows[i].status);
        CHECK_ROW(i, file_holds(folder.path, "said", rows[i].said));
    }
    setenv("PATH", before, 1);
    free(before);
    own[0] = '\0';
}

int main(int argc, char **argv)
{
    struct errand removal;
    // As balprobe, copied by itself.
    if (argc > 1)
        return cli_end(fuzz_command.run(&fuzz_command, argc - 1, argv + 1));
    if (!scratch_open(&folder))
        return 1;
    CHECK(in_folder(programs, "programs") && in_folder(out, "out") && folder_make(programs));
    CHECK(write_program(programs, "good", stub_passes, true));
    CHECK(write_program(programs, "bad", stub_fails_again, false));
    CHECK(write_program(programs, "dead", stub_dies, false));
    CHECK(write_program(programs, "cut", stub_is_interrupted, false));
    CHECK(write_program(programs, "on", stub_runs_on, false));
    CHECK(write_program(programs, "a name", stub_passes, true)); // is none of a target
    CHECK(make_folders());
    check_runs();
    check_numbers();
    check_files();
    check_lost();
    check_checkers(argv[0]);
    char *const words[] = {"rm", "-r", folder.path, NULL};
    CHECK(errand_run(&removal, words, 10000, NULL, NULL));
    return unit_end();
}
