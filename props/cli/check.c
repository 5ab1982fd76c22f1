// SPDX-License-Identifier: Apache-2.0
// balprobe check: every clause over exhaustive and random cases, in process or at a URL.
#include "props/run/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/clock.h"
#include "props/cli/check_table.h"
#include "props/cli/commands.h"
#include "props/cli/consent.h"
#include "props/cli/ending.h"
#include "props/cli/listing.h"
#include "props/cli/progress.h"
#include "props/cli/resend.h"
#include "props/cli/select.h"
#include "props/cli/stage.h"
#include "props/cli/tls_tests.h"
#include "props/report/hook_rows.h"
#include "props/report/readings.h"
#include "props/report/result_json.h"
#include "props/report/terminal.h"
#include "props/report/traffic.h"
#include "props/run/check_sizes.h"
#include "tool/files.h"
#include "tool/interrupt.h"

enum { DEFAULT_SEED = 0x5eed };

// The run with all that it needs.
struct job {
    struct options given;
    struct check_options options;
    struct terminal_run run;
    struct stage stage; // in process
    struct site *site;  // at a URL; NULL: in process
    struct tls_tests *tls;
    struct world *worlds;
    size_t world_count;
    struct trial *trial;
    void *trial_space;
    struct progress progress;
    struct check_result *result;
    struct buf text; // piece of the report
    struct reading_choice reading;
    char profile[READING_LEN_MAX]; // what the profile in force is called
    char again[4096];              // options that build the same stage
    const char *folder;            // of findings
    int64_t end_ms;                // of --time; 0: none
    struct listing listing;
};

static int read_numbers(struct job *job)
{
    const char *seed = job->given.values[SEED];
    const char *cases = job->given.values[CASES];
    struct check_options *options = &job->options;
    options->seed = DEFAULT_SEED;
    if (seed != NULL && !options_number(&options->seed, seed))
        return cli_refuse("--seed is no number: ", seed, NULL);
    if (cases != NULL && !options_number(&options->case_count, cases))
        return cli_refuse("--cases is no number: ", cases, NULL);
    return EXIT_PASSED;
}

static int read_time(struct job *job)
{
    const char *time = job->given.values[TIME];
    int time_ms = 0;
    if (time == NULL)
        return EXIT_PASSED;
    if (!options_seconds(&time_ms, time))
        return cli_refuse("--time wants seconds: ", time, NULL);
    job->end_ms = bp_clock_ms() + time_ms;
    return EXIT_PASSED;
}

static void take_size(struct job *job, const struct check_size *size)
{
    static const struct check_size exhaustive = {0, 0, 0, 0};
    struct check_options *options = &job->options;
    bool is_exhaustive = job->given.values[EXHAUSTIVE] != NULL;
    if (is_exhaustive)
        size = &exhaustive;
    options->run_cap = size->run_cap;
    options->pair_cap = size->pair_cap;
    options->shrink_calls = size->shrink_calls;
    if (job->given.values[CASES] == NULL)
        options->case_count = size->case_count;
}

static int prepare_stage(struct job *job)
{
    const char **values = job->given.values;
    int status = stage_open(&job->stage, values[SIMS], values[FAULT], job->reading.spec);
    if (status != EXIT_PASSED)
        return status;
    struct buf again = buf_of(job->again, sizeof job->again - 1);
    stage_put_again(&again, values[SIMS], values[FAULT], job->reading.spec);
    job->again[again.len] = '\0';
    job->worlds = job->stage.worlds;
    job->world_count = job->stage.world_count;
    job->trial = job->stage.trial;
    job->trial_space = job->stage.trial_space;
    job->run.subject = job->stage.liar != NULL ? job->stage.liar->name : "in process";
    take_size(job, &check_local);
    return EXIT_PASSED;
}

static int prepare_site(struct job *job)
{
    const char **values = job->given.values;
    struct site_choice choice = {.url = job->given.operands[0],
                                 .sims_path = values[SIMS],
                                 .profile_name = job->reading.spec,
                                 .is_aggressive = values[AGGRESSIVE] != NULL,
                                 .is_production = values[PRODUCTION] != NULL,
                                 .uses_hooks = values[HOOKS] != NULL,
                                 .hook_timeout = values[HOOK_TIMEOUT],
                                 .needs_sims = true};
    if (values[FAULT] != NULL)
        return cli_refuse("--fault is for --in-process; balprobe serve --fault is wrong at a URL: ",
                          values[FAULT], NULL);
    job->site = calloc(1, sizeof *job->site);
    job->tls = tls_tests_new();
    if (job->site == NULL || job->tls == NULL)
        return cli_out_of_memory();
    int status = site_read(job->site, &job->given, CONNECT, &choice);
    if (status == EXIT_PASSED && values[DRY_RUN] == NULL)
        status = consent_production(job->site);
    if (status != EXIT_PASSED)
        return status;
    struct site *site = job->site;
    struct buf again = buf_of(job->again, sizeof job->again - 1);
    site_put_again(&again, site);
    job->again[again.overflow ? 0 : again.len] = '\0';
    job->worlds = &site->world;
    job->world_count = 1;
    job->trial = site->trial;
    job->trial_space = site->trial_space;
    job->run.subject = site->choice.url;
    job->run.put_command = resend_put_command;
    job->run.context = &site->connect;
    job->run.use = &site->use;
    job->options.is_mixed = true;
    return EXIT_PASSED;
}

static int prepare(struct job *job)
{
    const char **values = job->given.values;
    bool has_url = job->given.operand_count == 1;
    if (job->given.operand_count > 1)
        return cli_refuse("one URL at a time: ", job->given.operands[1], NULL);
    if (has_url == (values[IN_PROCESS] != NULL))
        return cli_refuse("say what to check, a URL or ", option_name(&rows[IN_PROCESS]), NULL);
    int status = read_numbers(job);
    if (status == EXIT_PASSED)
        status = read_time(job);
    if (status == EXIT_PASSED)
        status = select_clauses(job->options.only, values[ONLY], values[SKIP]);
    if (status == EXIT_PASSED)
        status = reading_read(&job->reading, &job->given, PROFILE, SET);
    if (status == EXIT_PASSED)
        status = has_url ? prepare_site(job) : prepare_stage(job);
    if (status != EXIT_PASSED)
        return status;
    char *text = malloc(TERMINAL_LEN_MAX);
    job->text = buf_of(text, TERMINAL_LEN_MAX);
    job->result = calloc(1, sizeof *job->result);
    if (text == NULL || job->result == NULL)
        return cli_out_of_memory();
    job->folder = values[OUT] == NULL ? "balprobe-out" : values[OUT];
    return EXIT_PASSED;
}

static enum check_state state_of(void *context)
{
    const struct job *job = context;
    if (job->site != NULL && job->site->remote != NULL && remote_is_lost(job->site->remote))
        return CHECK_IS_LOST;
    if (job->site != NULL && job->site->hooks.runner.is_spoilt)
        return CHECK_IS_SPOILT;
    return job->end_ms != 0 && bp_clock_ms() >= job->end_ms ? CHECK_TIME_IS_UP : CHECK_GOES_ON;
}

static bool goes_on(void *context, uint64_t case_count, size_t finding_count)
{
    return progress_goes_on(&((struct job *)context)->progress, case_count, finding_count);
}

static void tell_step(void *context, const char *step)
{
    progress_tell(&((struct job *)context)->progress, step);
}

static void report(struct job *job)
{
    const struct check_result *result = job->result;
    terminal_put_areas(&job->text, &job->run, result);
    cli_print(&job->text);
    if (job->site != NULL) {
        traffic_put_time(&job->text, &job->site->use, job->run.elapsed_ms);
        traffic_put(&job->text, remote_counts(job->site->remote), &job->site->guard);
        hook_rows_put(&job->text, &job->site->hooks.runner);
        tls_tests_put(&job->text, job->tls);
        cli_print(&job->text);
    }
    readings_put(&job->text, &result->readings, &result->precedence, job->run.only);
    cli_print(&job->text);
    for (size_t i = 0; i < result->finding_count; i++) {
        terminal_put_finding(&job->text, &job->run, result, i, job->trial, job->worlds,
                             job->world_count);
        cli_print(&job->text);
    }
    terminal_put_verdict(&job->text, &job->run, result);
    cli_print(&job->text);
}

// Writes the result for machines. It returns `status`, or another one when it cannot be written.
static int keep_result(struct job *job, int status)
{
    const char *path = job->given.values[JSON];
    if (path == NULL)
        return status;
    result_json_put(&job->text, &job->run, job->result, bp_clock_wall_ms());
    bool is_kept = file_write(path, buf_view(&job->text));
    return is_kept ? status : EXIT_USAGE;
}

// What a run at a URL has to say beside the clauses.
static void add_site(struct job *job)
{
    struct check_result *result = job->result;
    struct site *site = job->site;
    site_settle(site);
    bool may_go_on =
        !result->was_stopped && result->state != CHECK_IS_LOST && result->state != CHECK_IS_SPOILT;
    if (may_go_on)
        tls_tests_run(job->tls, site, job->given.values[PKI], job->given.values[PKI_LIST] != NULL,
                      result, job->options.only);
    if (interrupt_signal() != 0)
        result->was_stopped = true;
    result->gap = site_gap(site);
}

static int run_cases(struct job *job)
{
    check_run(job->result, &job->options, job->worlds, job->world_count, job->trial_space);
    if (job->site != NULL)
        add_site(job);
    job->run.elapsed_ms = progress_ms(&job->progress);
    job->run.folder = ending_keep(job->result, job->folder) ? job->folder : NULL;
    report(job);
    return keep_result(job, ending_status(job->result, job->options.only));
}

static int list_cases(struct job *job)
{
    job->listing = (struct listing){.fixture = &job->site->world.fixture};
    job->options.shrinks = false;
    site_list(job->site, listing_put, &job->listing);
    check_run(job->result, &job->options, job->worlds, job->world_count, job->trial_space);
    printf("%" PRIu64
           " requests would be sent to %s\n(%s), and about 120 connections with wrong or no "
           "certificates made,\neach with one plain request; answers lead to further requests\n",
           job->listing.count, job->run.subject, job->site->preflight.steps[0].words);
    site_hooks_put(&job->text, &job->site->hooks);
    if (job->text.len != 0)
        puts("These hook commands would be run behind it, and change SIMs:");
    cli_print(&job->text);
    return EXIT_PASSED;
}

// The run at a URL up to its first case. False: it ends here, with `*status`.
static bool begin_site(struct job *job, int *status)
{
    struct site *site = job->site;
    site->preflight.begins = tell_step;
    site->preflight.context = job;
    bool only_lists = job->given.values[DRY_RUN] != NULL;
    bool says_yes = job->given.values[YES] != NULL;
    *status = only_lists ? site_resolve(site) : site_begin(site, says_yes, &job->progress);
    if (*status != EXIT_PASSED)
        return false;
    take_size(job, site_is_near(site) ? &check_near : &check_far);
    if (only_lists && !site->preflight.has_ended) {
        *status = list_cases(job);
        return false;
    }
    *status = site_tell_steps(site);
    if (*status == EXIT_PASSED)
        return true;
    job->result->gap = "the preflight ended the run";
    job->run.elapsed_ms = progress_ms(&job->progress);
    *status = keep_result(job, *status);
    return false;
}

static int run_job(struct job *job)
{
    int status = EXIT_PASSED;
    struct buf profile = buf_of(job->profile, sizeof job->profile - 1);
    profile_put_name(&profile, &job->worlds[0].profile);
    job->run.profile = job->profile;
    job->run.version = BALPROBE_VERSION;
    job->run.seed = job->options.seed;
    job->run.only = job->options.only;
    job->run.again = job->again;
    job->run.environment = job->worlds[0].fixture.environment;
    job->options.exhaustive = true;
    job->options.shrinks = true;
    job->options.goes_on = goes_on;
    job->options.state = state_of;
    job->options.context = job;
    terminal_put_head(&job->text, &job->run);
    cli_print(&job->text);
    fflush(stdout);
    progress_start(&job->progress, "cases", "findings");
    if (job->site != NULL && !begin_site(job, &status))
        return status;
    interrupt_watch();
    return run_cases(job);
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
        if (job->site != NULL)
            site_close(job->site);
        stage_close(&job->stage);
        free(job->text.data);
        free(job->result);
        free(job->tls);
        free(job->site);
    }
    free(job);
    return status;
}

const struct command check_command = {
    "check",
    "[URL]",
    "Checks every documented clause over enumerated and random cases: of the endpoint at "
    "https://HOST[:PORT][/PATH], or of the reference endpoint in this process.",
    rows,
    ROW_COUNT,
    run_check};
