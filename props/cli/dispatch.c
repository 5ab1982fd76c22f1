// SPDX-License-Identifier: Apache-2.0
#include "props/cli/dispatch.h"

#include <stdio.h>

#include "tool/nearest.h"
#include "tool/text.h"

enum { COMMAND_COLUMN = 2, ABOUT_COLUMN = 13, HELP_LEN_MAX = 16384 };

// "garden" of "launch garden"
static const char *own_name(const struct command *command)
{
    const char *blank = strrchr(command->name, ' ');
    return blank == NULL ? command->name : blank + 1;
}

static const char *name_at(const void *table, size_t index)
{
    const struct dispatch *dispatch = table;
    return own_name(dispatch->commands[index]);
}

void dispatch_help(struct buf *out, const struct dispatch *dispatch)
{
    text_put_words(out, 0, dispatch->about);
    buf_put_text(out, "\n\n  ");
    buf_put_text(out, dispatch->name);
    buf_put_text(out, " COMMAND [options]\n\n");
    for (size_t i = 0; i < dispatch->command_count; i++) {
        text_pad(out, COMMAND_COLUMN);
        buf_put_text(out, own_name(dispatch->commands[i]));
        text_pad(out, ABOUT_COLUMN);
        text_put_words(out, ABOUT_COLUMN, dispatch->commands[i]->about);
        buf_put_byte(out, '\n');
    }
    buf_put_text(out, "\n  ");
    buf_put_text(out, dispatch->name);
    buf_put_text(out, " COMMAND --help   the options of a command\n");
    buf_put_text(out, dispatch->tail);
}

static int print_help(const struct dispatch *dispatch)
{
    char space[HELP_LEN_MAX];
    struct buf help = BUF(space);
    dispatch_help(&help, dispatch);
    cli_print(&help);
    return EXIT_PASSED;
}

int dispatch_run(const struct dispatch *dispatch, int argc, char **argv)
{
    if (argc < 1) {
        fprintf(stderr, "balprobe: which command? %s --help lists them\n", dispatch->name);
        return EXIT_USAGE;
    }
    struct view name = view_of_text(argv[0]);
    if (view_equal(name, VIEW("--help")) || view_equal(name, VIEW("-h")))
        return print_help(dispatch);
    for (size_t i = 0; i < dispatch->command_count; i++) {
        const struct command *command = dispatch->commands[i];
        if (view_equal(name, view_of_text(own_name(command))))
            return command->run(command, argc - 1, argv + 1);
    }
    const char *nearest = nearest_word(argv[0], name_at, dispatch, dispatch->command_count);
    return cli_refuse("there is no command ", argv[0], nearest);
}
