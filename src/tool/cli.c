// SPDX-License-Identifier: Apache-2.0
#include "tool/cli.h"

#include <stdio.h>

#include "tool/text.h"

enum { HELP_LEN_MAX = 16384 };

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

int cli_end(int status)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return status;
    fputs("balprobe: standard output cannot be written\n", stderr);
    return EXIT_FAULT;
}
