// SPDX-License-Identifier: Apache-2.0
// balprobe launch monitor: asks an endpoint as Microsoft does once it is live.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/clock.h"
#include "props/cli/consent.h"
#include "props/cli/launch_commands.h"
#include "props/cli/reading.h"
#include "props/launch/monitor.h"
#include "props/subject/pace.h"
#include "tool/interrupt.h"
#include "tool/stamp.h"
#include "tool/text.h"
#include "json/json_write.h"

enum {
    ROLE,
    SIMS,
    PERIOD,
    COUNT,
    JOURNAL,
    PROFILE,
    SET,
    YES,
    CONNECT,
    ROW_COUNT = CONNECT + CONNECT_ROW_COUNT
};

static const struct option rows[ROW_COUNT] = {
    [ROLE] = {"--role", "NAME", "whose SIM of the inventory is asked for; the default is A"},
    [SIMS] =
        {"--sims", "FILE",
         "inventory of SIMs; without it the sample operator's, not for a URL off this machine"},
    [PERIOD] = {"--period", "SECONDS", "from one request to the next; the default is 30"},
    [COUNT] = {"--count", "N", "end after so many requests; without it Ctrl-C ends it"},
    [JOURNAL] = {"--journal", "FILE", "append a line of JSON for each request"},
    [PROFILE] = {"--profile", "NAME", "how ambiguities are read, as in check"},
    [SET] = READING_SET_ROW,
    [YES] = {"--yes", NULL, "do not ask before leaving this machine"},
    CONNECT_ROWS(CONNECT),
};

enum { TEXT_LEN_MAX = 65536, WORDS_LEN_MAX = 256 };

// What became of one request.
struct probe {
    int64_t wall_ms;
    int64_t taken_us;
    unsigned status; // 0: no answer
    bool is_right;
    const char *clause;        // that is broken, or NULL
    char words[WORDS_LEN_MAX]; // why it is not right; printable
    struct view transaction;
};

struct job {
    struct options given;
    struct site site;
    struct monitor_plan plan;
    struct monitor monitor;
    struct pace pace;
    struct intent intent;
    enum role role;
    struct probe probe;
    FILE *journal;
    bool has_lost_line; // of the journal
    struct reading_choice reading;
    char text[TEXT_LEN_MAX];
};

static int read_role(struct job *job)
{
    const char *name = job->given.values[ROLE] == NULL ? "A" : job->given.values[ROLE];
    unsigned role = 0;
    while (role < ROLE_COUNT && !view_equal(role_name((enum role)role), view_of_text(name)))
        role++;
    if (role == ROLE_COUNT || role == ROLE_U)
        return cli_refuse("the operator has no SIM of role ", name, NULL);
    if (job->site.world.fixture.iccid[role].len == 0)
        return cli_refuse("the inventory names no SIM of role ", name, NULL);
    job->role = (enum role)role;
    return EXIT_PASSED;
}

static int read_plan(struct job *job)
{
    const char *period = job->given.values[PERIOD];
    const char *count = job->given.values[COUNT];
    int period_ms = profile_reads(&job->site.world.profile, KEY_MON_PERIOD, READ_MON_PERIOD_300)
                        ? 300000
                        : 30000;
    if (period != NULL && !options_seconds(&period_ms, period))
        return cli_refuse("--period wants seconds, as in 2.5: ", period, NULL);
    if (count != NULL && (!options_number(&job->plan.count, count) || job->plan.count == 0))
        return cli_refuse("--count wants a number above 0: ", count, NULL);
    job->plan.period_ms = period_ms;
    return EXIT_PASSED;
}

static int open_journal(struct job *job)
{
    const char *path = job->given.values[JOURNAL];
    if (path == NULL)
        return EXIT_PASSED;
    job->journal = fopen(path, "ab");
    if (job->journal != NULL)
        return EXIT_PASSED;
    fprintf(stderr, "balprobe: %s: %s\n", path, strerror(errno));
    return EXIT_USAGE;
}

static int64_t now_ms(void *context)
{
    (void)context;
    return bp_clock_ms();
}

static bool wait_until(void *context, int64_t until_ms)
{
    return pace_sleep(&((struct job *)context)->pace, until_ms * 1000);
}

// The first clause about a single exchange that is broken decides.
static void judge(struct probe *probe, const struct exchange *x)
{
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *clause = clause_at(i);
        if (clause->judge == NULL)
            continue;
        struct verdict verdict = clause->judge(x);
        if (verdict.grade != GRADE_FAIL)
            continue;
        struct buf words = buf_of(probe->words, WORDS_LEN_MAX - 1);
        buf_put_text(&words, verdict.why);
        probe->words[words.len] = '\0';
        probe->clause = clause->id;
        return;
    }
    probe->is_right = x->status == 200 && x->has_list;
}

static void note_answer(struct job *job, const struct exchange *x)
{
    struct probe *probe = &job->probe;
    struct buf words = buf_of(probe->words, WORDS_LEN_MAX - 1);
    probe->status = x->status;
    if (x->fate == FATE_FAILED) {
        // Without a connection there was no handshake to speak of.
        struct bp_end end = *remote_last_end(job->site.remote);
        bool has_peer = end.kind != BP_END_REFUSED && end.kind != BP_END_UNREACHABLE;
        end.in_handshake = end.in_handshake && has_peer;
        bp_end_put(&words, &end);
    } else {
        judge(probe, x);
        if (probe->is_right || probe->clause != NULL)
            return;
        buf_put_text(&words, "a balance list with 200 is expected");
    }
    probe->words[words.len] = '\0';
}

static bool ask(void *context, bool *is_right)
{
    struct job *job = context;
    struct site *site = &job->site;
    struct trial *trial = site->trial;
    // A remote that has given up would never see the end of an outage.
    if (remote_is_lost(site->remote)) {
        site_connect(site);
        site->world.subject.wait = NULL;
    }
    job->probe = (struct probe){.wall_ms = bp_clock_wall_ms()};
    int64_t begin_us = bp_clock_us();
    trial_start(trial, NULL, &site->world);
    const struct exchange *x = trial_ask(trial, 0, &job->intent);
    job->probe.taken_us = bp_clock_us() - begin_us;
    job->probe.transaction = view_of(x->intent->transaction, x->intent->transaction_len);
    if (interrupt_signal() != 0)
        return false;
    note_answer(job, x);
    *is_right = job->probe.is_right;
    return true;
}

static void put_taken(struct buf *out, int64_t taken_us)
{
    buf_put_unsigned(out, (uint64_t)taken_us / 1000);
    buf_put_byte(out, '.');
    buf_put_unsigned(out, (uint64_t)taken_us % 1000 / 100);
}

static void put_journal_text(struct buf *out, const char *name, struct view text)
{
    buf_put_text(out, ",\"");
    buf_put_text(out, name);
    buf_put_text(out, "\":");
    bp_json_put_string(out, text);
}

static void write_journal(struct job *job, unsigned news)
{
    char space[2048];
    struct buf out = BUF(space);
    const struct probe *probe = &job->probe;
    buf_put_text(&out, "{\"time\":\"");
    stamp_put(&out, probe->wall_ms);
    buf_put_text(&out, "\",\"request\":");
    buf_put_unsigned(&out, job->monitor.count);
    put_journal_text(&out, "role", role_name(job->role));
    put_journal_text(&out, "transaction", probe->transaction);
    buf_put_text(&out, ",\"status\":");
    buf_put_unsigned(&out, probe->status);
    buf_put_text(&out, ",\"ms\":");
    put_taken(&out, probe->taken_us);
    buf_put_text(&out, probe->is_right ? ",\"right\":true" : ",\"right\":false");
    if (probe->clause != NULL)
        put_journal_text(&out, "clause", view_of_text(probe->clause));
    if (!probe->is_right)
        put_journal_text(&out, "why", view_of_text(probe->words));
    if (job->monitor.row_count != 0 || news != 0) {
        buf_put_text(&out, ",\"outage_ms\":");
        buf_put_signed(&out, job->monitor.outage_ms);
    }
    if ((news & MONITOR_ALARM_ROW) != 0)
        put_journal_text(&out, "alarm_2025", VIEW("12 failures in a row"));
    if ((news & MONITOR_ALARM_TIME) != 0)
        put_journal_text(&out, "alarm_2017", VIEW("30 minutes"));
    buf_put_text(&out, "}\n");
    bool is_written = fwrite(out.data, 1, out.len, job->journal) == out.len;
    is_written = fflush(job->journal) == 0 && is_written;
    if (!is_written && !job->has_lost_line)
        fprintf(stderr, "balprobe: %s: %s\n", job->given.values[JOURNAL], strerror(errno));
    job->has_lost_line = job->has_lost_line || !is_written;
}

static void tell(void *context, const struct monitor *monitor, unsigned news)
{
    struct job *job = context;
    const struct probe *probe = &job->probe;
    struct buf out = BUF(job->text);
    job->monitor = *monitor;
    text_put_count(&out, monitor->count);
    buf_put_text(&out, "  ");
    buf_put_unsigned(&out, probe->status);
    buf_put_text(&out, probe->is_right ? "  right  " : "  WRONG  ");
    put_taken(&out, probe->taken_us);
    buf_put_text(&out, " ms");
    if (!probe->is_right) {
        buf_put_text(&out, "  ");
        buf_put_text(&out, probe->clause == NULL ? "" : probe->clause);
        buf_put_text(&out, probe->clause == NULL ? "" : " ");
        buf_put_text(&out, probe->words);
    }
    buf_put_byte(&out, '\n');
    fwrite(out.data, 1, out.len, stderr);
    buf_clear(&out);
    for (unsigned bit = 1; bit <= news; bit <<= 1) {
        if ((news & bit) == 0)
            continue;
        stamp_put(&out, probe->wall_ms);
        buf_put_text(&out, "  ");
        monitor_put_news(&out, monitor, bit);
    }
    cli_print(&out);
    fflush(stdout);
    if (job->journal != NULL)
        write_journal(job, news);
}

static int run_monitor(struct job *job)
{
    static const int statuses[] = {[MONITOR_PASS] = EXIT_PASSED,
                                   [MONITOR_FAIL] = EXIT_FAILED,
                                   [MONITOR_PARTIAL] = EXIT_UNTESTED};
    const struct monitor_world world = {now_ms, wait_until, ask, tell, job};
    struct site *site = &job->site;
    struct buf out = BUF(job->text);
    site_connect(site);
    // A 429 is no right answer, and nobody waits for a better one.
    site->world.subject.wait = NULL;
    if (site->trial->serial < site->world.subject.first_serial)
        site->trial->serial = site->world.subject.first_serial;
    job->pace = (struct pace){.target = &site->connect.target};
    intent_plain(&job->intent);
    intent_set(&job->intent, AXIS_ROLE, job->role);
    intent_set_sense(&job->intent, AXIS_FIELDS, SENSE_FIELDS_BASIC);
    intent_close(&job->intent, &site->world.fixture);
    monitor_run(&job->monitor, &job->plan, &world);
    monitor_put_summary(&out, &job->monitor, &job->plan);
    cli_print(&out);
    enum monitor_verdict verdict = monitor_verdict(&job->monitor, &job->plan);
    if (interrupt_signal() != 0 && verdict == MONITOR_PARTIAL)
        return EXIT_SIGNAL + interrupt_signal();
    if (job->has_lost_line && verdict == MONITOR_PASS)
        return EXIT_USAGE;
    return statuses[verdict];
}

static int ask_consent(struct job *job)
{
    char space[1024];
    struct buf question = BUF(space);
    if (job->given.values[YES] != NULL || site_is_near(&job->site))
        return EXIT_PASSED;
    buf_put_text(&question, "This will send a plain request every ");
    monitor_put_period(&question, job->plan.period_ms);
    buf_put_text(&question, " to ");
    buf_put_escaped(&question, job->site.connect.target.url.authority);
    buf_put_text(&question, ", which is not this machine,\nfor the SIM ");
    buf_put_escaped(&question, job->site.world.fixture.iccid[job->role]);
    buf_put_text(&question, ".\nGo on? [y/N] ");
    return consent_put(buf_view(&question),
                       "this endpoint is not on this machine, and nobody can be asked whether to "
                       "go on: give --yes");
}

static int prepare(struct job *job)
{
    int status = reading_read(&job->reading, &job->given, PROFILE, SET);
    struct site_choice choice = {.url = job->given.operands[0],
                                 .sims_path = job->given.values[SIMS],
                                 .profile_name = job->reading.spec,
                                 .is_production = true,
                                 .needs_sims = true};
    if (status == EXIT_PASSED)
        status = site_read(&job->site, &job->given, CONNECT, &choice);
    if (status == EXIT_PASSED)
        status = read_role(job);
    if (status == EXIT_PASSED)
        status = read_plan(job);
    if (status == EXIT_PASSED)
        status = open_journal(job);
    if (status == EXIT_PASSED && job->site.world.fixture.environment == BP_ENVIRONMENT_PRODUCTION)
        fputs("balprobe: the inventory says that this is the production environment\n", stderr);
    return status;
}

static int run_job(struct job *job)
{
    int status = prepare(job);
    if (status != EXIT_PASSED)
        return status;
    interrupt_watch();
    status = site_resolve(&job->site);
    if (status == EXIT_PASSED && job->site.preflight.has_ended)
        return site_tell_steps(&job->site);
    if (status == EXIT_PASSED)
        status = ask_consent(job);
    return status == EXIT_PASSED ? run_monitor(job) : status;
}

static int run_launch_monitor(const struct command *command, int argc, char **argv)
{
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&job->given, &status, command, argc, argv)) {
        if (job->given.operand_count == 1) {
            status = run_job(job);
            site_close(&job->site);
        } else {
            status = cli_refuse("say which endpoint: ", command->operands, NULL);
        }
    }
    if (job->journal != NULL)
        fclose(job->journal);
    free(job);
    return status;
}

const struct command launch_monitor_command = {
    "launch monitor",
    "URL",
    "Asks for one SIM's balance every half minute, judges each answer, and times outages.",
    rows,
    ROW_COUNT,
    run_launch_monitor};
