// SPDX-License-Identifier: Apache-2.0
// balprobe check: every clause over exhaustive and random cases.
#include "props/run/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/cli/cli.h"
#include "props/cli/files.h"
#include "props/cli/interrupt.h"
#include "props/cli/progress.h"
#include "props/cli/select.h"
#include "props/cli/stage.h"
#include "props/report/terminal.h"

enum { DEFAULT_SEED = 0x5eed, DEFAULT_CASE_COUNT = 100000 };

enum { IN_PROCESS, SEED, CASES, EXHAUSTIVE, ONLY, SKIP, PROFILE, FAULT, SIMS, OUT, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [IN_PROCESS] = {"--in-process", NULL, "check the reference endpoint in this process"},
    [SEED] = {"--seed", "N", "where the random cases start; the default is 0x5eed"},
    [CASES] = {"--cases", "N", "random cases beside the enumerated ones; the default is 100000"},
    [EXHAUSTIVE] = {"--exhaustive", NULL,
                    "enumerated cases only: every pair of spellings and every run of a program"},
    [ONLY] = {"--only", "ID[,ID]", "judge these clauses only; GB-LIMIT means all that begin so"},
    [SKIP] = {"--skip", "ID[,ID]", "leave these clauses out"},
    [PROFILE] = {"--profile", "NAME",
                 "how ambiguities are read: seed (default), seed-literal, current, legacy-2017, "
                 "field"},
    [FAULT] = {"--fault", "LIAR",
               "check an endpoint that is wrong in one way; balprobe explain lists the liars of a "
               "clause"},
    [SIMS] = {"--sims", "FILE", "inventory of SIMs; the default is the sample operator"},
    [OUT] = {"--out", "DIR", "where the cases of findings are kept; the default is balprobe-out"},
};

// The run with all that it needs.
struct job {
    struct options given;
    struct check_options options;
    struct terminal_run run;
    struct stage stage;
    struct progress progress;
    struct check_result *result;
    struct buf text;    // piece of the report
    char again[1024];   // options that build the same stage
    const char *folder; // of findings
};

static int read_numbers(struct job *job)
{
    const char *seed = job->given.values[SEED];
    const char *cases = job->given.values[CASES];
    struct check_options *options = &job->options;
    options->seed = DEFAULT_SEED;
    options->case_count = job->given.values[EXHAUSTIVE] != NULL ? 0 : DEFAULT_CASE_COUNT;
    if (seed != NULL && !options_number(&options->seed, seed))
        return cli_refuse("--seed is no number: ", seed, NULL);
    if (cases != NULL && !options_number(&options->case_count, cases))
        return cli_refuse("--cases is no number: ", cases, NULL);
    return EXIT_PASSED;
}

static int prepare(struct job *job)
{
    const char **values = job->given.values;
    if (values[IN_PROCESS] == NULL)
        return cli_refuse("say what to check: ", rows[IN_PROCESS].name, NULL);
    int status = read_numbers(job);
    if (status == EXIT_PASSED)
        status = select_clauses(job->options.only, values[ONLY], values[SKIP]);
    if (status == EXIT_PASSED)
        status = stage_open(&job->stage, values[SIMS], values[FAULT], values[PROFILE]);
    if (status != EXIT_PASSED)
        return status;
    char *text = malloc(TERMINAL_LEN_MAX);
    job->text = buf_of(text, TERMINAL_LEN_MAX);
    job->result = malloc(sizeof *job->result);
    if (text == NULL || job->result == NULL)
        return cli_out_of_memory();
    struct buf again = buf_of(job->again, sizeof job->again - 1);
    stage_put_again(&again, values[SIMS], values[FAULT], values[PROFILE]);
    job->again[again.len] = '\0';
    job->folder = values[OUT] == NULL ? "balprobe-out" : values[OUT];
    return EXIT_PASSED;
}

// Keeps the cases. False: they are shown without the command that replays them.
static bool keep_findings(const struct job *job)
{
    const struct check_result *result = job->result;
    if (result->finding_count == 0 || !folder_make(job->folder))
        return false;
    bool is_kept = true;
    for (size_t i = 0; i < result->finding_count; i++) {
        char space[64];
        struct buf name = BUF(space);
        finding_name(&name, &result->findings[i]);
        struct view bytes = finding_case(&result->findings[i]);
        is_kept = file_write_in(job->folder, buf_view(&name), bytes) && is_kept;
    }
    return is_kept;
}

static void report(struct job *job)
{
    const struct check_result *result = job->result;
    terminal_put_areas(&job->text, &job->run, result);
    cli_print(&job->text);
    for (size_t i = 0; i < result->finding_count; i++) {
        terminal_put_finding(&job->text, &job->run, result, i, job->stage.trial, job->stage.worlds,
                             job->stage.world_count);
        cli_print(&job->text);
    }
    terminal_put_verdict(&job->text, &job->run, result);
    cli_print(&job->text);
}

static int run_job(struct job *job)
{
    job->run = (struct terminal_run){.version = BALPROBE_VERSION,
                                     .subject = "in process",
                                     .profile = job->stage.profile,
                                     .seed = job->options.seed,
                                     .only = job->options.only,
                                     .again = job->again};
    if (job->stage.liar != NULL)
        job->run.subject = job->stage.liar->name;
    job->options.exhaustive = true;
    job->options.shrinks = true;
    job->options.goes_on = progress_goes_on;
    job->options.context = &job->progress;
    terminal_put_head(&job->text, &job->run);
    cli_print(&job->text);
    fflush(stdout);
    interrupt_watch();
    progress_start(&job->progress, "cases", "findings");
    check_run(job->result, &job->options, job->stage.worlds, job->stage.world_count,
              job->stage.trial_space);
    job->run.elapsed_ms = progress_ms(&job->progress);
    job->run.folder = keep_findings(job) ? job->folder : NULL;
    report(job);
    static const int statuses[OUTCOME_COUNT] = {[OUTCOME_PASS] = EXIT_PASSED,
                                                [OUTCOME_FAIL] = EXIT_FAILED,
                                                [OUTCOME_PARTIAL] = EXIT_SIGNAL,
                                                [OUTCOME_INCONCLUSIVE] = EXIT_UNTESTED};
    size_t counts[STANDING_COUNT];
    enum outcome outcome = check_outcome(counts, job->result, job->options.only);
    return statuses[outcome] + (outcome == OUTCOME_PARTIAL ? interrupt_signal() : 0);
}

static int run_check(const struct command *command, int argc, char **argv)
{
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&job->given, &status, command, argc, argv)) {
        status = prepare(job);
        if (status == EXIT_PASSED)
            status = run_job(job);
        stage_close(&job->stage);
        free(job->text.data);
        free(job->result);
    }
    free(job);
    return status;
}

const struct command check_command = {
    "check", "",        "Checks every documented clause over exhaustive and random cases.",
    rows,    ROW_COUNT, run_check};
