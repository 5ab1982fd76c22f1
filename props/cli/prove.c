// SPDX-License-Identifier: Apache-2.0
// balprobe prove: the kill matrix, every clause against every liar.
#include "props/run/prove.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/cli/cli.h"
#include "props/cli/files.h"
#include "props/cli/interrupt.h"
#include "props/cli/progress.h"
#include "props/cli/stage.h"
#include "props/report/matrix.h"

enum { RANDOM_COUNT = 4000, SEED = 0x5eed };

enum { MATRIX, SIMS, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [MATRIX] = {"--matrix", "FILE",
                "write the whole matrix, liars by clauses, as tab-separated text"},
    [SIMS] = {"--sims", "FILE", "inventory of SIMs; the default is the sample operator"},
};

struct job {
    struct options given;
    struct stage stage;
    struct progress progress;
    struct prove_result result;
    struct buf text;
    void *space;
};

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
    return job->result.was_stopped ? EXIT_SIGNAL + interrupt_signal() : status;
}

static int run_job(struct job *job)
{
    char *text = malloc(MATRIX_LEN_MAX);
    job->text = buf_of(text, MATRIX_LEN_MAX);
    job->space = malloc(prove_size(job->stage.world_count));
    if (text == NULL || job->space == NULL)
        return cli_out_of_memory();
    interrupt_watch();
    progress_start(&job->progress, "cases", "liars");
    struct prove_options options = {.random_count = RANDOM_COUNT,
                                    .seed = SEED,
                                    .goes_on = progress_goes_on,
                                    .context = &job->progress};
    prove_run(&job->result, &options, job->stage.worlds, job->stage.world_count, job->space);
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
