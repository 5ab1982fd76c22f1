// SPDX-License-Identifier: Apache-2.0
// balprobe corpus: seeds and dictionaries of the fuzz targets, written as files.
#include <stdio.h>
#include <stdlib.h>

#include "props/case/seeds.h"
#include "props/cli/commands.h"
#include "props/cli/stage.h"
#include "tool/files.h"
#include "tool/nearest.h"

struct job {
    struct stage stage;
    const char *folder;
    char target_folder[FILE_PATH_LEN_MAX];
    size_t file_count;
    bool has_failed;
};

static void keep_seed(void *context, struct view name, struct view bytes)
{
    struct job *job = context;
    if (job->has_failed)
        return;
    job->has_failed = !file_write_in(job->target_folder, name, bytes);
    job->file_count++;
}

static void write_seeds(struct job *job, enum seed_target target)
{
    int len = snprintf(job->target_folder, sizeof job->target_folder, "%s/%s", job->folder,
                       seed_target_name(target));
    bool fits = len > 0 && (size_t)len < sizeof job->target_folder;
    if (!fits || !folder_make(job->target_folder)) {
        job->has_failed = true;
        return;
    }
    struct seed_sink sink = {keep_seed, job};
    seeds_make(target, &job->stage.worlds[LOCAL_OPEN].fixture, &sink);
}

static void write_dictionary(struct job *job, enum seed_target target)
{
    char space[SEED_DICTIONARY_LEN_MAX];
    char name_space[64];
    struct buf dictionary = BUF(space);
    struct buf name = BUF(name_space);
    seeds_dictionary(&dictionary, target);
    buf_put_text(&name, seed_target_name(target));
    buf_put_text(&name, ".dict");
    if (dictionary.len == 0)
        return;
    job->has_failed = !file_write_in(job->folder, buf_view(&name), buf_view(&dictionary));
    job->file_count++;
}

static const struct {
    const char *name;
    void (*write)(struct job *job, enum seed_target target);
} kinds[] = {{"seeds", write_seeds}, {"dictionaries", write_dictionary}};
static const size_t kind_count = sizeof kinds / sizeof kinds[0];

static const char *kind_at(const void *table, size_t index)
{
    (void)table;
    return kinds[index].name;
}

static int write_all(struct job *job, size_t kind)
{
    int status = stage_open(&job->stage, NULL, NULL, NULL);
    if (status != EXIT_PASSED)
        return status;
    if (!folder_make(job->folder))
        return EXIT_USAGE;
    for (size_t i = 0; i < SEED_TARGET_COUNT && !job->has_failed; i++)
        kinds[kind].write(job, (enum seed_target)i);
    if (job->has_failed)
        return EXIT_FAULT;
    printf("%zu files\n", job->file_count);
    return EXIT_PASSED;
}

static int run_corpus(const struct command *command, int argc, char **argv)
{
    struct options given;
    int status = EXIT_PASSED;
    if (!cli_options(&given, &status, command, argc, argv))
        return status;
    if (given.operand_count != 2)
        return cli_refuse("say what to write and where: ", command->operands, NULL);
    size_t kind = 0;
    while (kind < kind_count && strcmp(given.operands[0], kinds[kind].name) != 0)
        kind++;
    if (kind == kind_count)
        return cli_refuse("there is no kind of file called ", given.operands[0],
                          nearest_word(given.operands[0], kind_at, NULL, kind_count));
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    job->folder = given.operands[1];
    status = write_all(job, kind);
    stage_close(&job->stage);
    free(job);
    return status;
}

const struct command corpus_command = {
    "corpus",
    "seeds|dictionaries DIR",
    "Writes the seeds (DIR/TARGET/NAME) or the dictionaries (DIR/TARGET.dict) of the fuzz targets.",
    NULL,
    0,
    run_corpus};
