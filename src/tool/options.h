// SPDX-License-Identifier: Apache-2.0
// Options of a subcommand: one table serves parsing, config files, --help and "did you mean".
//
//     enum { SEED, HEADER, CONFIG, OPTION_COUNT };
//     static const struct option rows[] = {
//         [SEED] = {"--seed", "N", "start of the random cases"},
//         [HEADER] = {"-H, --header", "LINE...", "a field for every request"},
//         [CONFIG] = {"-K, --config", "FILE...", "read further options from a file"}, ...
//     };
//
// A name may have a letter in front of it, as in "-H, --header": -H LINE, -HLINE. An argument with
// dots behind it may be given several times, and all of them count. A row without a name is a
// heading in --help. The row called --config is a file of further options (config.h).
#ifndef BP_TOOL_OPTIONS_H
#define BP_TOOL_OPTIONS_H

#include <stdbool.h>

#include "base/buf.h"

enum {
    OPTION_COUNT_MAX = 64,
    OPTION_ITEM_COUNT_MAX = 64,
    OPTION_CONFIG_LEN_MAX = 16384, // of all config files together
    OPERAND_COUNT_MAX = 256,
    OPTION_MESSAGE_LEN_MAX = 256
};

struct option {
    const char *name;     // "--seed", "-k, --insecure"; NULL: a heading
    const char *argument; // "N", "LINE..."; NULL for a flag
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

// One of several values of a row that takes several.
struct option_item {
    size_t row;
    const char *value;
    const char *word; // as it was written
};

// What was given. Values point into argv, the environment or `config`; NULL: not given; "": a flag.
// A value that was written as ${NAME} is that of the environment variable; `words` keep what was
// written, so that secrets need not be shown.
struct options {
    const char *values[OPTION_COUNT_MAX]; // by row of the table; the last one of several
    const char *words[OPTION_COUNT_MAX];
    size_t item_count;
    struct option_item items[OPTION_ITEM_COUNT_MAX]; // in order; those of config files come last
    size_t operand_count;
    const char *operands[OPERAND_COUNT_MAX];
    bool asks_help;
    char message[OPTION_MESSAGE_LEN_MAX]; // what is wrong, on failure
    size_t config_len;
    char config[OPTION_CONFIG_LEN_MAX]; // texts of the config files
};

// options_read reads argv[0..argc-1], the words behind the subcommand. `--name value` and
// `--name=value` are the same; the last of several counts; behind `--` everything is an operand.
// What config files say counts where the command line says nothing. It returns false with a message
// when an option is unknown, lacks its value or has one too much, when a value asks for an
// environment variable that is not set, a config file is wrong, or an operand is given to a command
// that takes none. Cost: linear.
BP_MUST_USE bool options_read(struct options *out, const struct command *command, int argc,
                              char **argv);

// options_next is the item of `row` behind `*at` (0 to begin with), which it moves on, or NULL.
const struct option_item *options_next(const struct options *options, size_t row, size_t *at);

// option_name is the long name of a row: "--header".
const char *option_name(const struct option *option);

// option_is_list says that a row takes several values.
bool option_is_list(const struct option *option);

// options_refuse writes a message of three parts, foreign bytes escaped, and returns false.
bool options_refuse(struct options *options, const char *before, const char *given,
                    const char *after);

// options_number reads decimal digits, or hexadecimal ones behind 0x, up to 2^64-1.
BP_MUST_USE bool options_number(uint64_t *out, const char *text);

// options_seconds reads seconds with up to three digits behind a dot as milliseconds, above 0 and
// at most a day: "2.5" is 2500.
BP_MUST_USE bool options_seconds(int *out_ms, const char *text);

// options_help appends the help of a subcommand, at most 80 columns wide.
void options_help(struct buf *out, const struct command *command);

#endif
