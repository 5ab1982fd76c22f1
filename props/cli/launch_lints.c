// SPDX-License-Identifier: Apache-2.0
// balprobe launch cosa, iccid and portal: lints of single papers.
#include "props/cli/launch_commands.h"
#include "props/cli/launch_papers.h"
#include "props/cli/reading.h"

struct job {
    struct options given;
    struct papers *papers;
};

enum { COSA_PROFILE, COSA_SET, COSA_ROW_COUNT };

static const struct option cosa_rows[COSA_ROW_COUNT] = {
    [COSA_PROFILE] = {"--profile", "NAME", "how the documents are read; the key is cosa.flag"},
    [COSA_SET] = READING_SET_ROW,
};

enum { ICCID_COSA, ICCID_SIMS, ICCID_ROW_COUNT };

static const struct option iccid_rows[ICCID_ROW_COUNT] = {
    [ICCID_COSA] = {"--cosa", "FILE", "COSA rows whose ICCID ranges must hold the SIMs"},
    [ICCID_SIMS] = {"--sims", "FILE", "inventory whose SIMs are looked at, too"},
};

static int lint_cosa(struct job *job)
{
    struct profile profile;
    int status = launch_profile(&profile, &job->given, COSA_PROFILE, COSA_SET);
    if (status != EXIT_PASSED)
        return status;
    bool accepts_true = profile_reads(&profile, KEY_COSA_FLAG, READ_COSA_FLAG_YES_OR_TRUE);
    return papers_cosa(job->papers, job->given.operands[0], accepts_true);
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
    const char *cosa = given->values[ICCID_COSA];
    const char *sims = given->values[ICCID_SIMS];
    bool has_list = false;
    int status = cosa == NULL ? EXIT_PASSED : papers_ranges(job->papers, cosa);
    for (size_t i = 0; i < given->operand_count && status == EXIT_PASSED; i++) {
        const char *word = given->operands[i];
        if (is_number(word)) {
            iccid_list_add(&job->papers->list, ICCID_GIVEN, view_of(NULL, 0), 0,
                           view_of_text(word));
            continue;
        }
        has_list = true;
        status = papers_add_iccids(job->papers, word);
    }
    if (status == EXIT_PASSED && sims != NULL)
        status = papers_add_sims(job->papers, sims, has_list);
    return status == EXIT_PASSED ? papers_iccids(job->papers, cosa != NULL) : status;
}

static int lint_portal(struct job *job)
{
    return papers_portal(job->papers, job->given.operands[0]);
}

static int close_lint(struct papers *papers)
{
    bool is_passed = lint_close(&papers->lint);
    cli_print(&papers->out);
    return is_passed ? EXIT_PASSED : EXIT_FAILED;
}

// `needs_one` file, and takes no more.
static int run_lint(const struct command *command, int argc, char **argv, bool needs_one,
                    int (*lint)(struct job *job))
{
    struct job job;
    int status = EXIT_PASSED;
    if (!cli_options(&job.given, &status, command, argc, argv))
        return status;
    if (needs_one && job.given.operand_count != 1)
        return cli_refuse("name one file behind ", command->name, NULL);
    job.papers = papers_new();
    if (job.papers == NULL)
        return cli_out_of_memory();
    status = lint(&job);
    if (status == EXIT_PASSED)
        status = close_lint(job.papers);
    papers_free(job.papers);
    return status;
}

static int run_cosa(const struct command *command, int argc, char **argv)
{
    return run_lint(command, argc, argv, true, lint_cosa);
}

static int run_iccid(const struct command *command, int argc, char **argv)
{
    return run_lint(command, argc, argv, false, lint_iccids);
}

static int run_portal(const struct command *command, int argc, char **argv)
{
    return run_lint(command, argc, argv, true, lint_portal);
}

const struct command launch_cosa_command = {
    "launch cosa",
    "FILE.csv",
    "Lints COSA rows, saved as CSV: the settings, ICCID ranges and icons.",
    cosa_rows,
    COSA_ROW_COUNT,
    run_cosa};

const struct command launch_iccid_command = {
    "launch iccid",
    "[FILE|ICCID]...",
    "Lints ICCIDs: those of a list (the 1,000 of the load test), of an inventory, or given.",
    iccid_rows,
    ICCID_ROW_COUNT,
    run_iccid};

const struct command launch_portal_command = {
    "launch portal",
    "FILE.csv",
    "Lints the record of the 50 user cases of the web portal.",
    NULL,
    0,
    run_portal};
