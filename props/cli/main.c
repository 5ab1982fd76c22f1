// SPDX-License-Identifier: Apache-2.0
// balprobe: a dispatch table of subcommands.
#include <stdio.h>

#include "props/cli/commands.h"
#include "server/serve.h"
#include "tool/nearest.h"
#include "tool/text.h"

static const struct command *const commands[] = {
    &check_command, &prove_command,       &replay_command,  &explain_command, &corpus_command,
    &pki_command,   &serve_fault_command, &control_command, &doctor_command,  &launch_command};
static const size_t command_count = sizeof commands / sizeof commands[0];

enum { COMMAND_COLUMN = 2, ABOUT_COLUMN = 11, HELP_LEN_MAX = 16384 };

static int print_help(void)
{
    char space[HELP_LEN_MAX];
    struct buf help = BUF(space);
    buf_put_text(&help, "balprobe checks endpoints of the Mobile Plans Get Balance API.\n\n"
                        "  balprobe COMMAND [options]\n\n");
    for (size_t i = 0; i < command_count; i++) {
        text_pad(&help, COMMAND_COLUMN);
        buf_put_text(&help, commands[i]->name);
        text_pad(&help, ABOUT_COLUMN);
        text_put_words(&help, ABOUT_COLUMN, commands[i]->about);
        buf_put_byte(&help, '\n');
    }
    buf_put_text(&help,
                 "\n  balprobe COMMAND --help   the options of a command\n"
                 "  balprobe --version\n\n"
                 "Exit status: 0 passed, 1 a clause failed, 2 wrong options or configuration,\n"
                 "3 could not test or inconclusive, 4 fault inside balprobe, 128 + signal when\n"
                 "interrupted.\n");
    cli_print(&help);
    return EXIT_PASSED;
}

static const char *command_name_at(const void *table, size_t index)
{
    (void)table;
    return commands[index]->name;
}

static int run_command(int argc, char **argv)
{
    struct view name = view_of_text(argv[1]);
    if (view_equal(name, VIEW("--help")) || view_equal(name, VIEW("-h")))
        return print_help();
    if (view_equal(name, VIEW("--version"))) {
        puts("balprobe " BALPROBE_VERSION);
        return EXIT_PASSED;
    }
    for (size_t i = 0; i < command_count; i++)
        if (view_equal(name, view_of_text(commands[i]->name)))
            return commands[i]->run(commands[i], argc - 2, argv + 2);
    const char *nearest = nearest_word(argv[1], command_name_at, NULL, command_count);
    return cli_refuse("there is no command ", argv[1], nearest);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("balprobe: which command? balprobe --help lists them\n", stderr);
        return EXIT_USAGE;
    }
    return cli_end(run_command(argc, argv));
}
