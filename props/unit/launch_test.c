// SPDX-License-Identifier: Apache-2.0
#include "props/cli/commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/cli/launch_commands.h"
#include "props/rule/profile.h"
#include "props/unit/played.h"
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
    {{"cosa", "--profile", "seed", PAPERS "cosa-true.csv"}, EXIT_PASSED},
    {{"cosa", "--set", "cosa.flag=yes", PAPERS "cosa-true.csv"}, EXIT_FAILED},
    {{"cosa", "--set", "cosa.flag=no", PAPERS "cosa-true.csv"}, EXIT_USAGE},
    {{"garden", "--show", "--set", "wg.list=2017-11"}, EXIT_PASSED},
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
    {{"garden", "--show"}, EXIT_PASSED},
    {{"garden", "--list", "2018-10", "--show"}, EXIT_USAGE},
    {{"--help"}, EXIT_PASSED},
    {{"cosa", "--help"}, EXIT_PASSED},
    {{"monitor", "--help"}, EXIT_PASSED},
    {{"readiness", "--help"}, EXIT_PASSED},
    {{"monitor"}, EXIT_USAGE},
    {{"gardn", "--show"}, EXIT_USAGE},
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

// Every profile has a list of hosts, and so has every reading of wg.list.
static void check_readings(void)
{
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        CHECK_ROW(i, run((const char *const[WORD_COUNT_MAX]){"garden", "--show", "--profile",
                                                             bundle_at(i)->name}) == EXIT_PASSED);
    for (unsigned i = 0; i < profile_alternative_count(KEY_WG_LIST); i++) {
        char set[32];
        struct view list = profile_alternative(KEY_WG_LIST, i);
        snprintf(set, sizeof set, "wg.list=%.*s", (int)list.len, list.data);
        CHECK_ROW(i, run((const char *const[WORD_COUNT_MAX]){"garden", "--show", "--set", set}) ==
                         EXIT_PASSED);
    }
}

// The list is that of the reading: the bundle's, or the one that was set.
static void check_lists(void)
{
    static const struct {
        const char *words[WORD_COUNT_MAX];
        const char *says;
    } lists[] = {
        {{"garden", "--show"}, "Walled garden of 2018-09:"},
        {{"garden", "--show", "--profile", "current"}, "Walled garden of 2023-12:"},
        {{"garden", "--show", "--profile", "legacy-2017"}, "Walled garden of 2017-11:"},
        {{"garden", "--show", "--set", "wg.list=2023-12"}, "*smartscreen.microsoft.com"},
        {{"garden", "--show", "--profile", "current", "--set", "wg.list=2019-04"},
         "Walled garden of 2019-04:"},
    };
    static struct played played;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        CHECK_ROW(i, played_run(&played, &launch_command, lists[i].words) == EXIT_PASSED);
        CHECK_ROW(i, played_says(&played, lists[i].says));
    }
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
    static const struct command *const commands[] = {
        &launch_command,          &launch_cosa_command,   &launch_iccid_command,
        &launch_portal_command,   &launch_garden_command, &launch_monitor_command,
        &launch_readiness_command};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        char space[16384];
        struct buf help = BUF(space);
        options_help(&help, commands[i]);
        CHECK_ROW(i, printed_is_tidy(&help, TEXT_WIDTH));
    }
}

// Every subcommand stands in the help, and the nearest one is offered for a mistyped word.
static void check_dispatch(void)
{
    static struct played played;
    static const char *const names[][2] = {{"cosa", "coza"},       {"iccid", "icid"},
                                           {"portal", "potal"},    {"garden", "gardn"},
                                           {"monitor", "moniter"}, {"readiness", "readines"}};
    CHECK(played_run(&played, &launch_command, (const char *const[]){"--help", NULL}) ==
          EXIT_PASSED);
    struct buf help = buf_of(played.output, sizeof played.output);
    help.len = strlen(played.output);
    CHECK(printed_is_tidy(&help, TEXT_WIDTH));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char line[32];
        snprintf(line, sizeof line, "\n  %s ", names[i][0]);
        CHECK_ROW(i, view_find(buf_view(&help), view_of_text(line)) < help.len);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char said[64];
        snprintf(said, sizeof said, "did you mean %s?", names[i][0]);
        CHECK_ROW(i, played_run(&played, &launch_command,
                                (const char *const[]){names[i][1], NULL}) == EXIT_USAGE);
        CHECK_ROW(i, played_says(&played, said));
    }
}

int main(void)
{
    check_statuses();
    check_readings();
    check_lists();
    check_load();
    check_help();
    check_dispatch();
    return unit_end();
}
