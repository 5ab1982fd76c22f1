// SPDX-License-Identifier: Apache-2.0
// balprobe launch: lints of the papers that a launch needs. The first operand says which.
#include <stdio.h>
#include <stdlib.h>

#include "operator/deployment.h"
#include "props/cli/commands.h"
#include "props/cli/launch_garden.h"
#include "props/cli/stage.h"
#include "props/launch/cosa.h"
#include "props/launch/iccid_list.h"
#include "props/launch/portal.h"
#include "tool/files.h"
#include "tool/nearest.h"

enum { PROFILE, COSA, SIMS, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [PROFILE] = {"--profile", "NAME",
                 "how the documents are read (launch cosa): current and field take true for Yes"},
    [COSA] = {"--cosa", "FILE", "COSA rows whose ICCID ranges must hold the SIMs (launch iccid)"},
    [SIMS] = {"--sims", "FILE", "inventory whose SIMs are looked at, too (launch iccid)"},
};

enum { TEXT_LEN_MAX = 1 << 18, BLOCK_COUNT_MAX = OPERAND_COUNT_MAX + 8, ICON_LEN_MAX = 1 << 22 };

struct job {
    struct options given;
    struct buf out;
    struct lint lint;
    struct ranges ranges;
    struct iccid_list list;
    const char *folder_end; // of the path of the COSA rows: behind its last slash
    char *icon;
    size_t block_count;
    void *blocks[BLOCK_COUNT_MAX]; // freed at the end
    char text[TEXT_LEN_MAX];
};

// Keeps a block until the end; NULL stays NULL.
static void *keep(struct job *job, void *block)
{
    if (block != NULL)
        job->blocks[job->block_count++] = block;
    return block;
}

static bool read_text(struct job *job, struct view *text, const char *path, size_t len_max)
{
    text->data = keep(job, file_read(&text->len, path, len_max));
    return text->data != NULL;
}

// A CSV file and the space for its cells. It returns an exit status.
static int read_csv(struct job *job, struct view *text, char **space, const char *path)
{
    if (!read_text(job, text, path, CSV_TEXT_LEN_MAX))
        return EXIT_USAGE;
    *space = keep(job, malloc(text->len + 1));
    return *space == NULL ? cli_out_of_memory() : EXIT_PASSED;
}

// An icon beside the COSA rows.
static bool read_icon(void *context, struct view *bytes, struct view name)
{
    struct job *job = context;
    char space[FILE_PATH_LEN_MAX];
    struct buf path = buf_of(space, sizeof space - 1);
    buf_put(&path, view_between(job->given.operands[1], job->folder_end));
    buf_put(&path, name);
    space[path.len] = '\0';
    free(job->icon);
    job->icon = path.overflow ? NULL : file_read(&bytes->len, space, ICON_LEN_MAX);
    bytes->data = job->icon;
    return job->icon != NULL;
}

static bool accepts_true(const char *profile)
{
    return strcmp(profile, "current") == 0 || strcmp(profile, "field") == 0;
}

static int close_lint(struct job *job)
{
    bool is_passed = lint_close(&job->lint);
    cli_print(&job->out);
    return is_passed ? EXIT_PASSED : EXIT_FAILED;
}

static int lint_cosa(struct job *job)
{
    struct view text;
    char *space;
    struct profile profile;
    const char *path = job->given.operands[1];
    const char *name = job->given.values[PROFILE] == NULL ? "seed" : job->given.values[PROFILE];
    if (!profile_find(&profile, view_of_text(name)))
        return cli_refuse("there is no profile called ", name, NULL);
    int status = read_csv(job, &text, &space, path);
    if (status != EXIT_PASSED)
        return status;
    const char *slash = strrchr(path, '/');
    job->folder_end = slash == NULL ? path : slash + 1;
    struct cosa_config config = {accepts_true(name), read_icon, job};
    cosa_lint(&job->lint, &job->ranges, text, space, &config);
    return close_lint(job);
}

// The ranges of --cosa. What is wrong with the rows is told by `launch cosa`, here only that there
// is something.
static int read_ranges(struct job *job, const char *path)
{
    struct view text;
    char *space;
    const struct cosa_config config = {.accepts_true = true};
    int status = read_csv(job, &text, &space, path);
    if (status != EXIT_PASSED)
        return status;
    cosa_lint(&job->lint, &job->ranges, text, space, &config);
    bool has_failed = job->lint.counts[LINT_FAILED] != 0;
    buf_clear(&job->out);
    lint_open(&job->lint, &job->out);
    if (has_failed)
        lint_put(&job->lint, &(struct lint_item){
                                 .grade = LINT_WARNING,
                                 .id = "COSA-3",
                                 .words = "the rows have faults, which balprobe launch cosa tells",
                                 .given = view_of_text(path)});
    return EXIT_PASSED;
}

// SIMs of the inventory. Those for the load test are the list, unless a file is.
static int add_inventory(struct job *job, const char *path, bool has_list)
{
    static const struct bp_deployment_config config = {.start_ms = 0};
    struct bp_fault fault;
    struct view text;
    void *space = keep(job, malloc(bp_deployment_size()));
    if (space == NULL)
        return cli_out_of_memory();
    if (!read_text(job, &text, path, BP_JSON_LEN_MAX))
        return EXIT_USAGE;
    struct bp_deployment *deployment = bp_deployment_open(space, &fault, text, &config);
    if (deployment == NULL)
        return stage_refuse_inventory(path, &fault);
    const struct bp_inventory *inventory = &deployment->inventory;
    for (size_t i = 0; i < inventory->table.count; i++) {
        const struct bp_sim *sim = &inventory->table.sims[i];
        struct view role = view_first(view_of(sim->role, sizeof sim->role),
                                      view_index(view_of(sim->role, sizeof sim->role), '\0'));
        bool is_load = view_equal(role, VIEW("LOAD")) && !has_list;
        iccid_list_add(&job->list, is_load ? ICCID_LOAD : ICCID_ROLE, role, 0,
                       bp_iccid_view(&sim->iccid));
    }
    for (size_t i = 0; i < inventory->absent_count; i++)
        iccid_list_add(&job->list, ICCID_ABSENT, VIEW("absent"), 0,
                       bp_iccid_view(&inventory->absent[i].iccid));
    return EXIT_PASSED;
}

// Digits, perhaps with the filler that some write behind them, are a number, all else a file.
static bool is_number(const char *word)
{
    size_t len = strspn(word, "0123456789Ff");
    return len != 0 && word[len] == '\0' && byte_is_digit(word[0]);
}

static int lint_iccids(struct job *job)
{
    const struct options *given = &job->given;
    bool has_list = false;
    int status = EXIT_PASSED;
    if (given->values[COSA] != NULL)
        status = read_ranges(job, given->values[COSA]);
    iccid_list_start(&job->list);
    for (size_t i = 1; i < given->operand_count && status == EXIT_PASSED; i++) {
        struct view text = view_of_text(given->operands[i]);
        if (is_number(given->operands[i])) {
            iccid_list_add(&job->list, ICCID_GIVEN, view_of(NULL, 0), 0, text);
            continue;
        }
        has_list = true;
        if (!read_text(job, &text, given->operands[i], ICCID_TEXT_LEN_MAX))
            return EXIT_USAGE;
        iccid_list_read(&job->list, view_of_text(given->operands[i]), text);
    }
    if (status == EXIT_PASSED && given->values[SIMS] != NULL)
        status = add_inventory(job, given->values[SIMS], has_list);
    if (status != EXIT_PASSED)
        return status;
    if (job->list.count == 0)
        return cli_refuse("there is no ICCID to look at: name one, a file or --sims", "", NULL);
    iccid_list_lint(&job->lint, &job->list, given->values[COSA] == NULL ? NULL : &job->ranges);
    return close_lint(job);
}

static int lint_portal(struct job *job)
{
    struct view text;
    char *space;
    int status = read_csv(job, &text, &space, job->given.operands[1]);
    if (status != EXIT_PASSED)
        return status;
    portal_lint(&job->lint, text, space);
    return close_lint(job);
}

static const struct {
    const char *name;
    bool takes_one; // file, and needs it
    bool takes[ROW_COUNT];
    int (*run)(struct job *job);
} subs[] = {
    {"cosa", true, {[PROFILE] = true}, lint_cosa},
    {"iccid", false, {[COSA] = true, [SIMS] = true}, lint_iccids},
    {"portal", true, {false}, lint_portal},
};
enum { SUB_COUNT = sizeof subs / sizeof subs[0] };

static const char *sub_name_at(const void *table, size_t index)
{
    (void)table;
    return subs[index].name;
}

static int run_sub(struct job *job, const struct command *command)
{
    const struct options *given = &job->given;
    if (given->operand_count == 0)
        return cli_refuse("say what to look at: launch ", command->operands, NULL);
    const char *name = given->operands[0];
    size_t sub = 0;
    while (sub < SUB_COUNT && strcmp(name, subs[sub].name) != 0)
        sub++;
    if (sub == SUB_COUNT)
        return cli_refuse("there is no launch ", name,
                          nearest_word(name, sub_name_at, NULL, SUB_COUNT));
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (given->values[i] != NULL && !subs[sub].takes[i])
            return cli_refuse("this option is of no use to this launch command: ", rows[i].name,
                              NULL);
    if (subs[sub].takes_one && given->operand_count != 2)
        return cli_refuse("name one file behind launch ", name, NULL);
    return subs[sub].run(job);
}

static int run_launch(const struct command *command, int argc, char **argv)
{
    if (argc > 0 && strcmp(argv[0], "garden") == 0)
        return launch_garden_command.run(&launch_garden_command, argc - 1, argv + 1);
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    job->out = BUF(job->text);
    lint_open(&job->lint, &job->out);
    if (cli_options(&job->given, &status, command, argc, argv))
        status = run_sub(job, command);
    for (size_t i = 0; i < job->block_count; i++)
        free(job->blocks[i]);
    free(job->icon);
    free(job);
    return status;
}

const struct command launch_command = {
    "launch",
    "cosa|iccid|portal|garden FILE...",
    "Looks at the papers of a launch: cosa FILE.csv, its COSA rows; iccid FILE|ICCID..., lists of "
    "ICCIDs; portal FILE.csv, the record of the user cases; garden, the hosts of the walled garden "
    "(launch garden --help).",
    rows,
    ROW_COUNT,
    run_launch};
