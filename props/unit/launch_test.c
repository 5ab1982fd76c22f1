// SPDX-License-Identifier: Apache-2.0
#include "props/cli/commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/unit/printed.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

#define PAPERS BALPROBE_SOURCE_DIR "/corpus/launch/"
#define SIMS BALPROBE_SOURCE_DIR "/corpus/sims.json"

enum { WORD_COUNT_MAX = 8 };

static const struct {
    const char *words[WORD_COUNT_MAX];
    int status;
} rows[] = {
    {{"cosa", PAPERS "cosa-good.csv"}, EXIT_PASSED},
    {{"cosa", PAPERS "cosa-mail-form.csv"}, EXIT_PASSED},
    {{"cosa", PAPERS "cosa-faults.csv"}, EXIT_FAILED},
    {{"cosa", "--profile", "seed", PAPERS "cosa-true.csv"}, EXIT_FAILED},
    {{"cosa", "--profile", "current", PAPERS "cosa-true.csv"}, EXIT_PASSED},
    {{"cosa", "--profile", "none", PAPERS "cosa-good.csv"}, EXIT_USAGE},
    {{"cosa", PAPERS "not-there.csv"}, EXIT_USAGE},
    {{"cosa", "--sims", SIMS, PAPERS "cosa-good.csv"}, EXIT_USAGE},
    {{"cosa"}, EXIT_USAGE},
    {{"iccid", "8988247000100003319"}, EXIT_PASSED},
    {{"iccid", "8988247000100003319F"}, EXIT_FAILED},
    {{"iccid", PAPERS "iccids.txt"}, EXIT_FAILED},
    {{"iccid", "--cosa", PAPERS "cosa-good.csv", "--sims", SIMS}, EXIT_PASSED},
    {{"iccid", "--cosa", PAPERS "cosa-mail-form.csv", "--sims", SIMS}, EXIT_FAILED},
    {{"iccid", "--cosa", PAPERS "not-there.csv", "8988247000100003319"}, EXIT_USAGE},
    {{"iccid", "--sims", PAPERS "cosa-good.csv"}, EXIT_USAGE},
    {{"iccid"}, EXIT_USAGE},
    {{"portal", PAPERS "portal-good.csv"}, EXIT_PASSED},
    {{"portal", PAPERS "portal-faults.csv"}, EXIT_FAILED},
    {{"portal", PAPERS "portal-good.csv", PAPERS "portal-good.csv"}, EXIT_USAGE},
    {{"coza", PAPERS "cosa-good.csv"}, EXIT_USAGE},
    {{NULL}, EXIT_USAGE},
};

static int run(const char *const words[WORD_COUNT_MAX])
{
    static char space[WORD_COUNT_MAX][512];
    char *argv[WORD_COUNT_MAX];
    int argc = 0;
    for (; argc < WORD_COUNT_MAX && words[argc] != NULL; argc++) {
        snprintf(space[argc], sizeof space[argc], "%s", words[argc]);
        argv[argc] = space[argc];
    }
    return launch_command.run(&launch_command, argc, argv);
}

static void check_statuses(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, run(rows[i].words) == rows[i].status);
}

// `count` numbers with `before` and `behind` around each; the first one has no comma before it.
static bool write_numbers(const char *path, const char *head, const char *before,
                          const char *behind, const char *tail, unsigned count)
{
    static char text[1 << 17];
    struct buf out = BUF(text);
    buf_put_text(&out, head);
    for (unsigned i = 0; i < count; i++) {
        buf_put_text(&out, i == 0 ? before + (before[0] == ',') : before);
        buf_put_text(&out, "89882470001");
        buf_put_padded(&out, i, 8);
        buf_put_text(&out, behind);
    }
    buf_put_text(&out, tail);
    return !out.overflow && file_write(path, buf_view(&out));
}

// The 1,000 of the load test, in a list, in an inventory, in both.
static void check_load(void)
{
    struct scratch folder;
    char list[sizeof folder.path + 8];
    char sims[sizeof folder.path + 8];
    CHECK(scratch_open(&folder));
    snprintf(list, sizeof list, "%s/list", folder.path);
    snprintf(sims, sizeof sims, "%s/sims", folder.path);
    CHECK(
        write_numbers(sims, "{\"sims\":[", ",{\"role\":\"LOAD\",\"iccid\":\"", "\"}", "]}", 1000));
    CHECK(write_numbers(list, "", "", "\n", "", 1000));
    CHECK(run((const char *const[WORD_COUNT_MAX]){"iccid", list}) == EXIT_PASSED);
    CHECK(run((const char *const[WORD_COUNT_MAX]){"iccid", "--sims", sims}) == EXIT_PASSED);
    CHECK(run((const char *const[WORD_COUNT_MAX]){"iccid", "--sims", sims, list}) == EXIT_PASSED);
    CHECK(write_numbers(list, "", "", "\n", "", 999));
    CHECK(run((const char *const[WORD_COUNT_MAX]){"iccid", list}) == EXIT_FAILED);
    CHECK(run((const char *const[WORD_COUNT_MAX]){"iccid", "--sims", sims, list}) == EXIT_FAILED);
    CHECK(write_numbers(sims, "{\"sims\":[", ",{\"role\":\"LOAD\",\"iccid\":\"", "\"}", "]}", 999));
    CHECK(run((const char *const[WORD_COUNT_MAX]){"iccid", "--sims", sims}) == EXIT_FAILED);
    scratch_close(&folder);
}

static void check_help(void)
{
    char space[8192];
    struct buf help = BUF(space);
    options_help(&help, &launch_command);
    CHECK(printed_is_tidy(&help, TEXT_WIDTH));
}

int main(void)
{
    check_statuses();
    check_load();
    check_help();
    return unit_end();
}
