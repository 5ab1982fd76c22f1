// SPDX-License-Identifier: Apache-2.0
// The two ways of `balprobe fuzz`: targets of this project, and an endpoint at a URL.
#ifndef BP_PROPS_CLI_FUZZ_COMMANDS_H
#define BP_PROPS_CLI_FUZZ_COMMANDS_H

// run_fuzz_remote is `balprobe fuzz --remote URL`. It takes the words behind `fuzz`, `--remote`
// among them, as the `run` of a command does, and returns the exit status.
int run_fuzz_remote(int argc, char **argv);

#endif
