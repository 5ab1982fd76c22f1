// SPDX-License-Identifier: Apache-2.0
// The subcommands of balprobe, one file each.
#ifndef BP_PROPS_CLI_COMMANDS_H
#define BP_PROPS_CLI_COMMANDS_H

#include "tool/cli.h"

extern const struct command check_command;
extern const struct command prove_command;
extern const struct command replay_command;
extern const struct command explain_command;
extern const struct command corpus_command;
extern const struct command fuzz_command;
extern const struct command pki_command;
extern const struct command doctor_command;
extern const struct command launch_command;
extern const struct command serve_fault_command; // serve, with liars

#endif
