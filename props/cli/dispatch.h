// SPDX-License-Identifier: Apache-2.0
// A table of subcommands: help, dispatch, and "did you mean". The program is one, and so is launch.
#ifndef BP_PROPS_CLI_DISPATCH_H
#define BP_PROPS_CLI_DISPATCH_H

#include "tool/cli.h"

struct dispatch {
    const char *name;  // "balprobe launch"
    const char *about; // what the help begins with, without a line feed at its end
    const char *tail;  // what it ends with; whole lines, may be ""
    const struct command *const *commands;
    size_t command_count;
};

// dispatch_run runs the command that argv[0] names, with the words behind it, and returns its exit
// status. A command's own name is the last word of `command->name`. -h and --help print the help;
// without any word, or with one that names no command, it says what to do.
int dispatch_run(const struct dispatch *dispatch, int argc, char **argv);

// dispatch_help appends the help: each command with what it does, at most 80 columns wide.
void dispatch_help(struct buf *out, const struct dispatch *dispatch);

#endif
