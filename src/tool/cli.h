// SPDX-License-Identifier: Apache-2.0
// What command-line programs share: exit statuses and messages.
#ifndef BP_TOOL_CLI_H
#define BP_TOOL_CLI_H

#include "tool/options.h"

enum {
    EXIT_PASSED = 0,
    EXIT_FAILED = 1,   // a clause failed
    EXIT_USAGE = 2,    // wrong options or configuration
    EXIT_UNTESTED = 3, // could not test, or inconclusive
    EXIT_FAULT = 4,    // fault inside balprobe, or no memory
    EXIT_SIGNAL = 128, // plus the signal's number: interrupted, the report is written
};

// cli_options reads the options of a subcommand. It returns false when there is nothing more to do,
// with the exit status in `*status`: help was asked for and printed, or something is wrong and was
// told.
BP_MUST_USE bool cli_options(struct options *out, int *status, const struct command *command,
                             int argc, char **argv);

// cli_refuse tells on standard error what is wrong, with the foreign word escaped and, unless it is
// NULL, the word that may have been meant. It returns EXIT_USAGE.
int cli_refuse(const char *words, const char *given, const char *nearest);

// cli_out_of_memory says so and returns EXIT_FAULT.
int cli_out_of_memory(void);

// cli_print writes `b` to standard output and empties it.
void cli_print(struct buf *b);

// cli_end flushes standard output. It returns `status`, or EXIT_FAULT when what was printed could
// not be written.
int cli_end(int status);

#endif
