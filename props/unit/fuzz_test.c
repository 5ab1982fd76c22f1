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

enum { WORD_COUNT = 12, SAID_LEN_MAX = 65536, PATIENCE_MS = 10000, NAP_MS = 20 };

static struct scratch folder;
static char programs[CAMPAIGN_PATH_LEN_MAX];
static char out[CAMPAIGN_PATH_LEN_MAX];

static bool in_folder(char path[CAMPAIGN_PATH_LEN_MAX], const char *name)
{
    return engine_path(path, folder.path, "/", name, false);
}

static bool write_program(const char *name, const char *text, bool has_limits)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    char beside[CAMPAIGN_PATH_LEN_MAX];
    bool is_good = engine_path(path, programs, "/fuzz_", name, false) && stub_write(path, text) &&
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

// Runs the command in a child, whose output goes to files; if it `stops`, it gets SIGINT once the
// target called on has begun.
static int run(const char *const *given, bool stops)
{
    char *words[WORD_COUNT + 4];
    char said[CAMPAIGN_PATH_LEN_MAX];
    char told[CAMPAIGN_PATH_LEN_MAX];
    int count = 0;
    int status = 0;
    for (; given[count] != NULL; count++)
        words[count] = strdup(given[count]);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        bool is_good = in_folder(said, "said") && in_folder(told, "told") &&
                       freopen(said, "w", stdout) != NULL && freopen(told, "w", stderr) != NULL;
        int end = is_good ? cli_end(fuzz_command.run(&fuzz_command, count, words)) : 99;
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
        free(words[i]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

#define FOLDERS "--programs", programs, "--out", out, "--corpus", folder.path

static void check_runs(void)
{
    const struct {
        const char *words[WORD_COUNT];
        int status;
        bool stops;
        const char *said;
        const char *told;
    } rows[] = {
        {{"good", FOLDERS}, 0, false, "\nPASS  1 target, 300 runs, 0 findings\n", ""},
        {{"--all", FOLDERS}, 0, false, "\nPASS  1 target, 300 runs, 0 findings\n", ""},
        {{"good", "bad", "bad", "--jobs", "2", FOLDERS},
         1,
         false,
         "\nFAIL  2 targets, 600 runs, 1 finding\n",
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
        {{FOLDERS}, 2, false, NULL, "  bad dead good on\n"},
        {{"good", "--time", "0", FOLDERS}, 2, false, NULL, "--time wants"},
        {{"good", "--time", "5x", FOLDERS}, 2, false, NULL, "--time wants"},
        {{"good", "--time", "s", FOLDERS}, 2, false, NULL, "--time wants"},
        {{"good", "--time", "400h", FOLDERS}, 2, false, NULL, "--time wants"},
        {{"good", "--jobs", "0", FOLDERS}, 2, false, NULL, "--jobs wants"},
        {{"good", "--seed", "0", FOLDERS}, 2, false, NULL, "--seed wants"},
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

// The files of a run with a finding; statistics are appended to those of runs before.
static void check_files(void)
{
    char findings[CAMPAIGN_PATH_LEN_MAX];
    const char *const words[] = {"bad", FOLDERS, NULL};
    CHECK(run(words, false) == 1);
    CHECK(file_holds(out, "fuzz.jsonl", "\"target\":\"good\""));
    CHECK(file_holds(out, "fuzz.jsonl",
                     "\"target\":\"bad\",\"engine\":\"libfuzzer\",\"runs\":300,\"edges\":24,"
                     "\"features\":25,\"corpus\":2,\"exec_per_s\":50,\"since_new_s\":0,"
                     "\"findings\":1}\n"));
    CHECK(file_holds(out, "fuzz.prom",
                     "balprobe_fuzz_findings_total{target=\"bad\",engine=\"libfuzzer\"} 1\n"));
    CHECK(!file_holds(out, "fuzz.prom", "target=\"good\""));
    CHECK(file_holds(out, "fuzz.html", "<strong>FAIL  1 target, 300 runs, 1 finding</strong>"));
    CHECK(file_holds(folder.path, "said", "bad: fuzz/x.c:1: does not hold: a == b\n"));
    CHECK(engine_path(findings, out, "/findings", "", true));
    CHECK(file_holds(findings, "bad-crash-same", "input"));
    CHECK(file_holds(out, "bad.log", "Test unit written to"));
}

int main(void)
{
    struct errand removal;
    if (!scratch_open(&folder))
        return 1;
    CHECK(in_folder(programs, "programs") && in_folder(out, "out") && folder_make(programs));
    CHECK(write_program("good", stub_passes, true));
    CHECK(write_program("bad", stub_fails_again, false));
    CHECK(write_program("dead", stub_dies, false));
    CHECK(write_program("on", stub_runs_on, false));
    check_runs();
    check_files();
    char *const words[] = {"rm", "-r", folder.path, NULL};
    CHECK(errand_run(&removal, words, 10000, NULL, NULL));
    return unit_end();
}
