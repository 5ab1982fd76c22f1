// SPDX-License-Identifier: Apache-2.0
// balprobe: a table of subcommands.
#include <stdio.h>

#include "props/cli/commands.h"
#include "props/cli/dispatch.h"
#include "server/serve.h"

static const struct command *const commands[] = {
    &check_command,   &fuzz_command,   &prove_command, &replay_command,
    &explain_command, &corpus_command, &pki_command,   &serve_fault_command,
    &control_command, &doctor_command, &launch_command};

static const struct dispatch program = {
    "balprobe", "balprobe checks endpoints of the Mobile Plans Get Balance API.",
    "  balprobe --version\n\n"
    "Exit status: 0 passed, 1 a clause or target failed, 2 wrong options or configuration,\n"
    "3 could not test or inconclusive, 4 fault inside balprobe, 128 + signal when\n"
    "interrupted.\n",
    commands, sizeof commands / sizeof commands[0]};

int main(int argc, char **argv)
{
    if (argc > 1 && view_equal(view_of_text(argv[1]), VIEW("--version"))) {
        puts("balprobe " BALPROBE_VERSION);
        return cli_end(EXIT_PASSED);
    }
    return cli_end(dispatch_run(&program, argc - 1, argv + 1));
}
