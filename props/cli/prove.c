// SPDX-License-Identifier: Apache-2.0
// balprobe prove: the kill matrix, every clause against every liar.
#include "props/run/prove.h"

#include <stdio.h>
#include <stdlib.h>

#include "net/clock.h"
#include "props/cli/commands.h"
#include "props/cli/progress.h"
#include "props/cli/stage.h"
#include "props/report/matrix.h"
#include "props/run/prove_tls.h"
#include "tool/files.h"
#include "tool/interrupt.h"
#include "tool/scratch.h"

enum { SEED = 0x5eed };

enum { MATRIX, SIMS, OVER_TLS, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [MATRIX] = {"--matrix", "FILE",
                "write the whole matrix, liars by clauses, as tab-separated text"},
    [SIMS] = {"--sims", "FILE", "inventory of SIMs; the default is the sample operator"},
    [OVER_TLS] = {"--over-tls", NULL,
                  "each liar is served over mutual TLS on loopback, and so are servers that are "
                  "wrong about TLS"},
};

// Here a case takes a microsecond, over TLS a hundred or, with a connection of its own, thousands.
static const struct prove_options options_here = {
    .liars = {.random_count = 4000}, .right = {.random_count = 4000}, .seed = SEED};
static const struct prove_options options_over_tls = {
    .liars = {.random_count = 2000, .run_cap = 60, .pair_cap = 420},
    .right = {.random_count = 200, .run_cap = 3, .pair_cap = 100},
    .order = TOUR_MIXED,
    .seed = SEED,
    .leaves_caught = true};

struct job {
    struct options given;
    struct stage stage;
    struct progress progress;
    struct prove_options options;
    struct prove_mount mount;
    struct scratch scratch;
    struct hosted hosted;
    struct prove_result result;
    struct buf text;
    void *space;
};

static bool is_stopped(void *context)
{
    (void)context;
    return interrupt_signal() != 0;
}

static bool put_hosts(void *context, struct world *worlds, size_t world_count,
                      const struct liar *liar)
{
    struct hosted *hosted = context;
    if (hosted_mount(hosted, worlds, world_count, liar, NULL))
        return true;
    fprintf(stderr, "balprobe: %s\n", hosted->trouble.words);
    return false;
}

static bool open_hosts(struct job *job)
{
    char message[PKI_MESSAGE_LEN_MAX];
    const struct pki_options pki = {.now_s = bp_clock_wall_ms() / 1000};
    if (!scratch_open(&job->scratch))
        return false;
    if (!pki_make(job->scratch.path, &pki, message, sizeof message)) {
        fprintf(stderr, "balprobe: %s\n", message);
        return false;
    }
    return hosted_open(&job->hosted, job->scratch.path, job->stage.inventory, is_stopped);
}

static bool prove_over_tls(struct job *job)
{
    const struct stage *stage = &job->stage;
    job->mount = (struct prove_mount){put_hosts, &job->hosted};
    job->options.mount = &job->mount;
    if (!open_hosts(job))
        return false;
    prove_run(&job->result, &job->options, stage->worlds, stage->world_count, job->space);
    const struct prove_tls_options options = {.hosted = &job->hosted,
                                              .open = &stage->worlds[LOCAL_OPEN],
                                              .basic = &stage->worlds[LOCAL_BASIC],
                                              .now_s = bp_clock_wall_ms() / 1000,
                                              .goes_on = progress_goes_on,
                                              .context = &job->progress};
    prove_tls(&job->result, &options);
    return true;
}

static int report(struct job *job)
{
    int status = prove_passes(&job->result) ? EXIT_PASSED : EXIT_FAILED;
    const char *path = job->given.values[MATRIX];
    if (path != NULL) {
        matrix_put_tsv(&job->text, &job->result);
        if (!file_write(path, buf_view(&job->text)))
            status = EXIT_FAULT;
        buf_clear(&job->text);
    }
    matrix_put(&job->text, &job->result);
    cli_print(&job->text);
    if (!job->result.was_stopped)
        return status;
    return interrupt_signal() == 0 ? EXIT_FAULT : EXIT_SIGNAL + interrupt_signal();
}

static int run_job(struct job *job)
{
    bool is_over_tls = job->given.values[OVER_TLS] != NULL;
    char *text = malloc(MATRIX_LEN_MAX);
    job->text = buf_of(text, MATRIX_LEN_MAX);
    job->space = malloc(prove_size(job->stage.world_count));
    if (text == NULL || job->space == NULL)
        return cli_out_of_memory();
    interrupt_watch();
    progress_start(&job->progress, "cases", "liars");
    job->options = is_over_tls ? options_over_tls : options_here;
    job->options.goes_on = progress_goes_on;
    job->options.context = &job->progress;
    if (!is_over_tls)
        prove_run(&job->result, &job->options, job->stage.worlds, job->stage.world_count,
                  job->space);
    else if (!prove_over_tls(job))
        return EXIT_FAULT;
    return report(job);
}

static int run_prove(const struct command *command, int argc, char **argv)
{
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&job->given, &status, command, argc, argv)) {
        status = stage_open(&job->stage, job->given.values[SIMS], NULL, NULL);
        if (status == EXIT_PASSED)
            status = run_job(job);
        hosted_close(&job->hosted);
        scratch_close(&job->scratch);
        stage_close(&job->stage);
        free(job->text.data);
        free(job->space);
    }
    free(job);
    return status;
}

const struct command prove_command = {
    "prove", "",        "Proves the clauses: each against every endpoint that is wrong on purpose.",
    rows,    ROW_COUNT, run_prove};
