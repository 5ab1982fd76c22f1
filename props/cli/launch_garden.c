// SPDX-License-Identifier: Apache-2.0
#include "props/cli/launch_commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/cli/consent.h"
#include "props/cli/launch_garden_job.h"
#include "tool/files.h"
#include "tool/interrupt.h"
#include "tool/text.h"

enum { SHOW_HOST_COLUMN = 2, SHOW_SCHEME_COLUMN = 44 };

static void show(struct garden_job *job)
{
    static const char *const schemes[] = {
        [GARDEN_HTTP] = "http",
        [GARDEN_HTTPS] = "https",
        [GARDEN_HTTP | GARDEN_HTTPS] = "http + https",
    };
    size_t at = 0;
    const struct garden_host *host = NULL;
    buf_put_text(&job->out, "Walled garden of ");
    buf_put_text(&job->out, garden_version_name(job->version));
    buf_put_text(&job->out, ": http is port 80, https is port 443\n");
    while ((host = garden_next(job->version, &at)) != NULL) {
        text_pad(&job->out, SHOW_HOST_COLUMN);
        buf_put(&job->out, host->name);
        text_pad(&job->out, SHOW_SCHEME_COLUMN);
        buf_put_text(&job->out, schemes[host->schemes]);
        buf_put_byte(&job->out, '\n');
    }
    if (garden_has(job, GARDEN_ROW_ALLOW) || garden_has(job, GARDEN_ROW_PROBE))
        buf_put_byte(&job->out, '\n');
    cli_print(&job->out);
}

static void warn_of_absent(struct garden_job *job)
{
    static const struct {
        enum garden_row row;
        const char *words;
    } absent[] = {
        {GARDEN_ROW_ENDPOINT, "without --endpoint it is not known whether the endpoint is inside"},
        {GARDEN_ROW_PORTAL, "without --portal it is not known whether the portal is inside"}};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        if (!garden_has(job, absent[i].row))
            lint_put(
                &job->lint,
                &(struct lint_item){.grade = LINT_WARNING, .id = "WG-3", .words = absent[i].words});
}

static int lint_file(struct garden_job *job)
{
    size_t len = 0;
    char *text = file_read(&len, job->given.values[GARDEN_ROW_ALLOW], GARDEN_TEXT_LEN_MAX);
    if (text == NULL)
        return EXIT_USAGE;
    buf_put_text(&job->out, "Allow-list\n");
    garden_lint(&job->lint, &job->entries, view_of(text, len), &job->places,
                job->refuses_addresses);
    free(text);
    return EXIT_PASSED;
}

// resolve finds all addresses; whether all of them are on this machine.
static bool resolve(struct garden_job *job)
{
    bool is_near = job->way.proxy.kind == GARDEN_PROXY_NONE;
    for (size_t i = 0; i < job->places.count && interrupt_signal() == 0; i++) {
        struct garden_target *target = &job->targets[i];
        garden_resolve(target, &job->way, &job->places.items[i]);
        is_near = is_near && (!target->has_route || target->route.is_loopback);
    }
    return is_near;
}

static int ask(struct garden_job *job)
{
    struct buf question = BUF(job->question);
    buf_put_text(&question, "This will connect once to each of these places, with a TLS handshake "
                            "or one HEAD request:\n");
    for (size_t i = 0; i < job->places.count; i++) {
        const struct garden_target *target = &job->targets[i];
        if (!target->has_route)
            continue;
        buf_put_text(&question, "  ");
        buf_put_escaped(&question, target->place.host);
        buf_put_byte(&question, ':');
        buf_put_unsigned(&question, target->place.port);
        buf_put_text(&question, job->way.proxy.kind == GARDEN_PROXY_NONE ? " (" : " (through ");
        buf_put_text(&question, target->route.addresses[0].text);
        buf_put_text(&question, ")\n");
    }
    buf_put_text(&question, "No SIM is named to any of them. Go on? [y/N] ");
    return consent_put(buf_view(&question),
                       "these hosts are not on this machine, and nobody can be asked whether to go "
                       "on: give --yes, or see --show");
}

// A host of --open stands for the stars that match it.
static bool is_stood_for(const struct garden_job *job, struct view host)
{
    struct garden_entry pattern;
    if (garden_entry_read(&pattern, host) != NULL || pattern.kind != GARDEN_PATTERN)
        return false;
    for (size_t i = 0; i < job->places.count; i++) {
        const struct garden_place *place = &job->places.items[i];
        if (place->origin == GARDEN_OF_OPEN &&
            garden_entry_covers(&pattern, place->host) == GARDEN_COVERS)
            return true;
    }
    return false;
}

static void probe_places(struct garden_job *job)
{
    for (size_t i = 0; i < job->places.count; i++) {
        const struct garden_place *place = &job->places.items[i];
        struct garden_reach reach;
        if (interrupt_signal() != 0) {
            job->untested_count += job->places.count - i;
            return;
        }
        garden_probe(&reach, &job->way, &job->targets[i]);
        bool stands = is_stood_for(job, place->host);
        job->untested_count += !garden_probe_put(&job->lint, place, &reach, stands);
        cli_print(&job->out);
    }
}

static int probe(struct garden_job *job)
{
    static const struct bp_tls_client_config config = {.is_insecure = true};
    struct bp_trouble trouble = {""};
    if (!bp_tls_client_init(&job->way.tls, &trouble, &config))
        return cli_refuse(trouble.words, "", NULL);
    interrupt_watch();
    bool is_near = resolve(job);
    if (!is_near && !garden_has(job, GARDEN_ROW_YES) && interrupt_signal() == 0) {
        int status = ask(job);
        if (status != EXIT_PASSED)
            return status;
    }
    buf_put_text(&job->out, garden_has(job, GARDEN_ROW_ALLOW) ? "\nProbe\n" : "Probe\n");
    probe_places(job);
    if (!garden_has(job, GARDEN_ROW_CLOSED))
        lint_put(&job->lint,
                 &(struct lint_item){.grade = LINT_WARNING,
                                     .id = "WG-5",
                                     .words = "without --closed it is not known whether the garden "
                                              "has a wall"});
    return EXIT_PASSED;
}

static int put_verdict(struct garden_job *job)
{
    const size_t *counts = job->lint.counts;
    bool is_partial =
        interrupt_signal() != 0 || (job->untested_count != 0 && counts[LINT_FAILED] == 0);
    buf_put_byte(&job->out, '\n');
    if (!is_partial) {
        bool is_passed = lint_close(&job->lint);
        cli_print(&job->out);
        return is_passed ? EXIT_PASSED : EXIT_FAILED;
    }
    buf_put_text(&job->out, "PARTIAL  ");
    buf_put_unsigned(&job->out, job->untested_count);
    buf_put_text(&job->out, " not tested, ");
    buf_put_unsigned(&job->out, counts[LINT_OK]);
    buf_put_text(&job->out, " ok, ");
    buf_put_unsigned(&job->out, counts[LINT_FAILED]);
    buf_put_text(&job->out, " failed\n");
    cli_print(&job->out);
    return interrupt_signal() != 0 ? EXIT_SIGNAL + interrupt_signal() : EXIT_UNTESTED;
}

static int run_job(struct garden_job *job)
{
    int status = garden_job_read(job);
    if (status != EXIT_PASSED)
        return status;
    job->out = buf_of(job->text, sizeof job->text);
    lint_open(&job->lint, &job->out);
    if (garden_has(job, GARDEN_ROW_SHOW))
        show(job);
    if (!garden_has(job, GARDEN_ROW_ALLOW) && !garden_has(job, GARDEN_ROW_PROBE))
        return EXIT_PASSED;
    if (garden_has(job, GARDEN_ROW_ALLOW))
        status = lint_file(job);
    cli_print(&job->out);
    if (status == EXIT_PASSED && garden_has(job, GARDEN_ROW_PROBE))
        status = probe(job);
    if (status != EXIT_PASSED)
        return status;
    warn_of_absent(job);
    return put_verdict(job);
}

static int run_garden(const struct command *command, int argc, char **argv)
{
    struct garden_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&job->given, &status, command, argc, argv))
        status = run_job(job);
    bp_tls_free(&job->way.tls);
    free(job);
    return status;
}

const struct command launch_garden_command = {
    "launch garden",
    "",
    "The hosts that a subscriber without balance must reach: prints the list, lints an "
    "allow-list, and probes what is reached.",
    garden_rows,
    GARDEN_ROW_COUNT,
    run_garden};
