// SPDX-License-Identifier: Apache-2.0
// `balprobe fuzz --remote` as a command that is played (played.h).
#ifndef BP_PROPS_UNIT_FUZZ_WORDS_H
#define BP_PROPS_UNIT_FUZZ_WORDS_H

#include <unistd.h>

#include "props/cli/fuzz_commands.h"
#include "tool/cli.h"

enum { FUZZ_WORDS_FD_COUNT = 64 };

// In a process of its own: what that inherits of a server would keep it listening.
static inline int fuzz_words_run(const struct command *command, int argc, char **argv)
{
    (void)command;
    for (int fd = STDERR_FILENO + 1; fd < FUZZ_WORDS_FD_COUNT; fd++)
        close(fd);
    return run_fuzz_remote(argc, argv);
}

static const struct command fuzz_words = {"fuzz", "", "", NULL, 0, fuzz_words_run};

#endif
