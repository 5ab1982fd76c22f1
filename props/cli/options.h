// SPDX-License-Identifier: Apache-2.0
// Options of a subcommand: one table serves parsing, --help and "did you mean".
//
//     enum { SEED, CASES, OPTION_COUNT };
//     static const struct option rows[] = {
//         [SEED] = {"--seed", "N", "start of the random cases"}, ...
//     };
#ifndef BP_PROPS_CLI_OPTIONS_H
#define BP_PROPS_CLI_OPTIONS_H

#include <stdbool.h>

#include "base/buf.h"

enum { OPTION_COUNT_MAX = 24, OPERAND_COUNT_MAX = 256, OPTION_MESSAGE_LEN_MAX = 256 };

struct option {
    const char *name;     // "--seed"
    const char *argument; // "N"; NULL for a flag
    const char *help;     // one sentence without a full stop
};

// A subcommand as its --help tells it.
struct command {
    const char *name;     // "check"
    const char *operands; // "FILE...", or "" when it takes none
    const char *about;    // what it does
    const struct option *options;
    size_t option_count;
    int (*run)(const struct command *command, int argc, char **argv);
};

// What was given on the command line. Values point into argv; NULL: not given; "": a flag.
struct options {
    const char *values[OPTION_COUNT_MAX]; // by row of the table
    size_t operand_count;
    const char *operands[OPERAND_COUNT_MAX];
    bool asks_help;
    char message[OPTION_MESSAGE_LEN_MAX]; // what is wrong, on failure
};

// options_read reads argv[0..argc-1], the words behind the subcommand. `--name value` and
// `--name=value` are the same; the last of several counts; behind `--` everything is an operand.
// It returns false with a message when an option is unknown, lacks its value or has one too much,
// or an operand is given to a command that takes none.
BP_MUST_USE bool options_read(struct options *out, const struct command *command, int argc,
                              char **argv);

// options_refuse writes a message of three parts, foreign bytes escaped, and returns false.
bool options_refuse(struct options *options, const char *before, const char *given,
                    const char *after);

// options_number reads decimal digits, or hexadecimal ones behind 0x, up to 2^64-1.
BP_MUST_USE bool options_number(uint64_t *out, const char *text);

// options_help appends the help of a subcommand, at most 80 columns wide.
void options_help(struct buf *out, const struct command *command);

#endif
