// SPDX-License-Identifier: Apache-2.0
// balprobe doctor: can this endpoint be tested, and if not, why and what to do.
#include <stdio.h>
#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/cli/progress.h"
#include "props/cli/site.h"
#include "props/report/steps.h"
#include "tool/interrupt.h"

enum { TEXT_LEN_MAX = 65536 };

enum { SIMS, CONNECT, ROW_COUNT = CONNECT + CONNECT_ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [SIMS] =
        {"--sims", "FILE",
         "inventory of SIMs, each of which is asked for; without it the sample operator's, and "
         "off this machine no SIM"},
    CONNECT_ROWS(CONNECT),
};

struct job {
    struct options given;
    struct site site;
    struct progress progress;
    char text[TEXT_LEN_MAX];
};

static void tell_step(void *context, const char *step)
{
    progress_tell(&((struct job *)context)->progress, step);
}

static int report(struct job *job)
{
    const struct preflight *preflight = &job->site.preflight;
    struct buf out = BUF(job->text);
    size_t warning_count = 0;
    steps_put(&out, preflight);
    for (size_t i = 0; i < preflight->step_count; i++)
        warning_count += preflight->steps[i].grade == STEP_WARNING;
    buf_put_text(&out, preflight->has_ended
                           ? "INCONCLUSIVE  this endpoint cannot be tested as it is; "
                           : "PASS  this endpoint can be tested; ");
    buf_put_unsigned(&out, warning_count);
    buf_put_text(&out, warning_count == 1 ? " warning\n" : " warnings\n");
    cli_print(&out);
    if (interrupt_signal() != 0)
        return EXIT_SIGNAL + interrupt_signal();
    return preflight->has_ended ? EXIT_UNTESTED : EXIT_PASSED;
}

static int run_job(struct job *job)
{
    struct site_choice choice = {.url = job->given.operands[0],
                                 .sims_path = job->given.values[SIMS],
                                 .uses_hooks = true}; // they are only told
    int status = site_read(&job->site, &job->given, CONNECT, &choice);
    if (status != EXIT_PASSED)
        return status;
    progress_start(&job->progress, "", "");
    job->site.preflight.begins = tell_step;
    job->site.preflight.context = job;
    interrupt_watch();
    status = site_resolve(&job->site);
    if (status != EXIT_PASSED)
        return status;
    if (!job->site.preflight.has_ended)
        site_ask(&job->site);
    return report(job);
}

static int run_doctor(const struct command *command, int argc, char **argv)
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
    free(job);
    return status;
}

const struct command doctor_command = {
    "doctor",
    "URL",
    "Says whether an endpoint can be tested: name, connection, TLS, certificates, test SIMs; what "
    "fails, why, and what to do.",
    rows,
    ROW_COUNT,
    run_doctor};
