// SPDX-License-Identifier: Apache-2.0
// balprobe fuzz --remote: an endpoint fuzzed by its answers.
#include <stdio.h>
#include <stdlib.h>

#include "net/clock.h"
#include "props/cli/consent.h"
#include "props/cli/ending.h"
#include "props/cli/fall.h"
#include "props/cli/fuzz_commands.h"
#include "props/cli/fuzz_corpus.h"
#include "props/cli/fuzz_remote_table.h"
#include "props/cli/progress.h"
#include "props/cli/resend.h"
#include "props/cli/select.h"
#include "props/cli/site.h"
#include "props/report/hunted.h"
#include "props/report/terminal.h"
#include "props/report/traffic.h"
#include "props/run/check_sizes.h"
#include "props/subject/pace.h"
#include "tool/cli.h"
#include "tool/files.h"
#include "tool/interrupt.h"
#include "tool/text.h"

enum {
    DEFAULT_SEED = 0x5eed,
    DEFAULT_TIME_MS = 60000,
    WATCH_TIME_MS = 300000, // more, while the endpoint is looked after
    LINE_MS = 1000
};

static const struct command fuzz_remote_command = {
    "fuzz --remote URL",
    "",
    "Fuzzes an endpoint by its answers. Inputs are cases of balprobe replay. One whose answer has "
    "a new status, shape of body, set of fields, time or end of the connection is kept and "
    "changed again. Every answer is judged by the clauses of balprobe check. Nothing outside the "
    "inventory is asked for, and no hook is run. An endpoint that goes down is asked again until "
    "it is known which input did it.",
    rows,
    ROW_COUNT,
    NULL};

struct job {
    struct options given;
    struct reading_choice reading;
    bool only[CLAUSE_COUNT_MAX];
    uint64_t seed;
    int time_ms;
    int patience_ms; // 0: as the hunt wants it
    uint64_t case_count_max;
    struct site site;
    struct hunt hunt;
    struct fuzz_corpus corpus;
    struct check_result result;
    struct terminal_run run;
    struct progress progress;
    struct buf text;
    char profile[READING_LEN_MAX];
    char again[4096];
    const char *folder;     // of findings
    bool is_hunting;        // until the time is up
    uint64_t novelty_count; // when it was looked at last
    uint64_t new_ms;        // when it had changed
};

static int read_numbers(struct job *job)
{
    const char *seed = job->given.values[SEED];
    const char *time = job->given.values[TIME];
    const char *patience = job->given.values[PATIENCE];
    const char *cases = job->given.values[CASES];
    job->seed = DEFAULT_SEED;
    job->time_ms = DEFAULT_TIME_MS;
    job->case_count_max = UINT64_MAX;
    if (seed != NULL && !options_number(&job->seed, seed))
        return cli_refuse("--seed is no number: ", seed, NULL);
    if (time != NULL && !options_seconds(&job->time_ms, time))
        return cli_refuse("--time wants seconds: ", time, NULL);
    if (patience != NULL && !options_seconds(&job->patience_ms, patience))
        return cli_refuse("--patience wants seconds: ", patience, NULL);
    if (cases != NULL && !options_number(&job->case_count_max, cases))
        return cli_refuse("--cases is no number: ", cases, NULL);
    return EXIT_PASSED;
}

static int open_site(struct job *job)
{
    const char **values = job->given.values;
    const struct site_choice choice = {.url = values[REMOTE],
                                       .sims_path = values[SIMS],
                                       .profile_name = job->reading.spec,
                                       .is_aggressive = values[AGGRESSIVE] != NULL,
                                       .is_production = values[PRODUCTION] != NULL,
                                       .needs_sims = true};
    int status = site_read(&job->site, &job->given, CONNECT, &choice);
    return status == EXIT_PASSED ? consent_production(&job->site) : status;
}

static int prepare(struct job *job)
{
    const char **values = job->given.values;
    if (values[REMOTE] == NULL)
        return cli_refuse("say which endpoint: ", "--remote URL", NULL);
    int status = read_numbers(job);
    if (status == EXIT_PASSED)
        status = select_clauses(job->only, values[ONLY], values[SKIP]);
    if (status == EXIT_PASSED)
        status = reading_read(&job->reading, &job->given, PROFILE, SET);
    if (status == EXIT_PASSED)
        status = open_site(job);
    if (status != EXIT_PASSED)
        return status;
    char *text = malloc(TERMINAL_LEN_MAX);
    job->text = buf_of(text, TERMINAL_LEN_MAX);
    job->folder = values[OUT] == NULL ? "balprobe-out" : values[OUT];
    return text == NULL ? cli_out_of_memory() : EXIT_PASSED;
}

static bool is_time_up(const struct job *job, uint64_t more_ms)
{
    return progress_ms(&job->progress) >= (uint64_t)job->time_ms + more_ms;
}

static bool is_stopped(void *context)
{
    return interrupt_signal() != 0 || is_time_up(context, WATCH_TIME_MS);
}

static void tell_line(struct job *job)
{
    char space[256];
    struct buf line = BUF(space);
    const struct hunt *hunt = &job->hunt;
    uint64_t elapsed_ms = progress_ms(&job->progress);
    bool has_sent_again = hunt->culprit != hunt->suspect_count;
    bool is_looking_into = hunt->is_away || has_sent_again;
    if (hunt->is_watching && is_looking_into)
        hunted_put_watch(&line, hunt, elapsed_ms);
    else
        hunted_put_line(&line, hunt, remote_counts(job->site.remote)->request_count, elapsed_ms,
                        elapsed_ms - job->new_ms);
    buf_put_byte(&line, '\n');
    fwrite(line.data, 1, line.len, stderr);
}

// Also in the middle of an exchange. Whoever waits asks this now and then: it tells how far it is.
static bool must_stop(void *context)
{
    struct job *job = context;
    if (!job->is_hunting)
        return interrupt_signal() != 0;
    if (progress_is_due(&job->progress, LINE_MS))
        tell_line(job);
    bool is_bound = !job->hunt.is_watching && is_time_up(job, 0);
    return is_bound || is_stopped(job);
}

static bool goes_on(void *context, const struct hunt *hunt)
{
    struct job *job = context;
    if (hunt->novelty_count != job->novelty_count)
        job->new_ms = progress_ms(&job->progress);
    job->novelty_count = hunt->novelty_count;
    if (progress_is_due(&job->progress, LINE_MS))
        tell_line(job);
    bool has_cases_left = hunt->result->case_count < job->case_count_max;
    return has_cases_left && interrupt_signal() == 0 && !is_time_up(job, 0);
}

static void tell_facts(void *context, struct hunt_facts *out)
{
    const struct site *site = &((const struct job *)context)->site;
    const struct remote_trip *trip = remote_last_trip(site->remote);
    *out = (struct hunt_facts){trip->end, trip->first_us, site->guard.has_held,
                               remote_counts(site->remote)->failure_count};
}

static void wait_a_while(void *context, unsigned ms)
{
    struct job *job = context;
    struct pace pace = {.target = &job->site.connect.target};
    (void)!pace_sleep(&pace, bp_clock_us() + (int64_t)ms * 1000);
    remote_hope(job->site.remote);
}

static int64_t now_ms(void *context)
{
    (void)context;
    return bp_clock_ms();
}

static void keep_input(void *context, struct view input, bool is_founder)
{
    fuzz_corpus_keep(&((struct job *)context)->corpus, input, is_founder);
}

static void put_corpus(struct job *job)
{
    struct buf *out = &job->text;
    buf_put_text(out, "Kept ");
    text_put_count(out, job->hunt.pool.count);
    buf_put_text(out, " inputs");
    fuzz_corpus_put(out, &job->corpus);
    buf_put_text(out, "\n\n");
}

static void report(struct job *job)
{
    struct check_result *result = &job->result;
    struct buf *out = &job->text;
    terminal_put_areas(out, &job->run, result);
    cli_print(out);
    traffic_put_time(out, &job->site.use, job->run.elapsed_ms);
    traffic_put(out, remote_counts(job->site.remote), &job->site.guard);
    cli_print(out);
    hunted_put_signatures(out, &job->hunt);
    if (job->hunt.pool.count != 0 || job->corpus.folder != NULL)
        put_corpus(job);
    cli_print(out);
    for (size_t i = 0; i < result->finding_count; i++) {
        terminal_put_finding(out, &job->run, result, i, job->hunt.trial, &job->site.world, 1);
        cli_print(out);
    }
    if (fall_put(out, &job->hunt, &job->run, job->folder, &job->site.world.fixture))
        cli_print(out);
    terminal_put_verdict(out, &job->run, result);
    cli_print(out);
}

static void settle_result(struct job *job)
{
    const struct hunt *hunt = &job->hunt;
    struct check_result *result = &job->result;
    result->was_stopped = interrupt_signal() != 0;
    result->gap = site_gap(&job->site);
    fall_settle(result, hunt, job->only);
}

static bool play_file(void *context, struct view input)
{
    return hunt_play(&((struct job *)context)->hunt, input);
}

static int hunt_site(struct job *job)
{
    struct site *site = &job->site;
    bool is_near = site_is_near(site);
    const struct hunt_options options = {.seed = job->seed,
                                         .only = job->only,
                                         .shrink_calls = is_near ? check_near.shrink_calls
                                                                 : check_far.shrink_calls,
                                         .goes_on = goes_on,
                                         .is_stopped = is_stopped,
                                         .patience_s = (unsigned)(job->patience_ms + 999) / 1000,
                                         .facts = tell_facts,
                                         .pause = wait_a_while,
                                         .now_ms = now_ms,
                                         .keep = keep_input,
                                         .context = job};
    hunt_init(&job->hunt, &options, &job->result, &site->world, site->trial_space);
    site->connect.target.stopped = must_stop;
    site->connect.target.context = job;
    job->is_hunting = true;
    bool is_ready = hunt_prepare(&job->hunt);
    if (is_ready && !fuzz_corpus_open(&job->corpus, job->given.values[CORPUS], play_file, job))
        return EXIT_USAGE;
    if (is_ready)
        hunt_run(&job->hunt);
    job->is_hunting = false;
    job->run.elapsed_ms = progress_ms(&job->progress);
    settle_result(job);
    job->run.folder = ending_keep(&job->result, job->folder) ? job->folder : NULL;
    report(job);
    return ending_status(&job->result, job->only);
}

static void describe_run(struct job *job)
{
    struct buf profile = buf_of(job->profile, sizeof job->profile - 1);
    struct buf again = buf_of(job->again, sizeof job->again - 1);
    profile_put_name(&profile, &job->site.world.profile);
    site_put_again(&again, &job->site);
    job->again[again.overflow ? 0 : again.len] = '\0';
    job->run = (struct terminal_run){.version = BALPROBE_VERSION,
                                     .subject = job->site.choice.url,
                                     .profile = job->profile,
                                     .environment = job->site.world.fixture.environment,
                                     .seed = job->seed,
                                     .use = &job->site.use,
                                     .only = job->only,
                                     .again = job->again,
                                     .put_command = resend_put_command,
                                     .context = &job->site.connect};
    terminal_put_head(&job->text, &job->run);
    cli_print(&job->text);
    fflush(stdout);
}

static int run_job(struct job *job)
{
    struct site *site = &job->site;
    describe_run(job);
    int status = site_begin(site, job->given.values[YES] != NULL, NULL);
    if (status != EXIT_PASSED)
        return status;
    status = site_tell_steps(site);
    if (status != EXIT_PASSED)
        return status;
    progress_start(&job->progress, "requests", "findings");
    return hunt_site(job);
}

int run_fuzz_remote(int argc, char **argv)
{
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&job->given, &status, &fuzz_remote_command, argc, argv)) {
        status = prepare(job);
        if (status == EXIT_PASSED)
            status = run_job(job);
        site_close(&job->site);
        free(job->text.data);
    }
    free(job);
    return status;
}
