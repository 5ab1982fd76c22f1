// SPDX-License-Identifier: Apache-2.0
// balprobe: a dispatch table of subcommands.
#include <stdio.h>

#include "props/cli/cli.h"
#include "props/cli/nearest.h"
#include "props/report/text.h"

static const struct command *const commands[] = {&check_command, &prove_command, &replay_command,
                                                 &explain_command, &corpus_command};
static const size_t command_count = sizeof commands / sizeof commands[0];

enum { COMMAND_COLUMN = 2, ABOUT_COLUMN = 11, HELP_LEN_MAX = 16384 };

void cli_print(struct buf *b)
{
    if (b->len != 0)
        fwrite(b->data, 1, b->len, stdout);
    buf_clear(b);
}

int cli_refuse(const char *words, const char *given, const char *nearest)
{
    char space[512];
    struct buf message = BUF(space);
    buf_put_text(&message, "balprobe: ");
    buf_put_text(&message, words);
    text_put_bytes(&message, view_of_text(given), 60);
    if (nearest != NULL) {
        buf_put_text(&message, "; did you mean ");
        buf_put_text(&message, nearest);
        buf_put_byte(&message, '?');
    }
    buf_put_byte(&message, '\n');
    fwrite(message.data, 1, message.len, stderr);
    return EXIT_USAGE;
}

int cli_out_of_memory(void)
{
    fputs("balprobe: out of memory\n", stderr);
    return EXIT_FAULT;
}

bool cli_options(struct options *out, int *status, const struct command *command, int argc,
                 char **argv)
{
    if (!options_read(out, command, argc, argv)) {
        fprintf(stderr, "balprobe %s: %s\n", command->name, out->message);
        *status = EXIT_USAGE;
        return false;
    }
    if (out->asks_help) {
        char space[HELP_LEN_MAX];
        struct buf help = BUF(space);
        options_help(&help, command);
        cli_print(&help);
        *status = EXIT_PASSED;
        return false;
    }
    return true;
}

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
    int status = run_command(argc, argv);
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return status;
    fputs("balprobe: standard output cannot be written\n", stderr);
    return EXIT_FAULT;
}
