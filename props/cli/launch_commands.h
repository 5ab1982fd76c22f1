// SPDX-License-Identifier: Apache-2.0
// The subcommands of balprobe launch.
#ifndef BP_PROPS_CLI_LAUNCH_COMMANDS_H
#define BP_PROPS_CLI_LAUNCH_COMMANDS_H

#include "tool/cli.h"

// To be run with the words behind the subcommand's name.
extern const struct command launch_cosa_command;
extern const struct command launch_iccid_command;
extern const struct command launch_portal_command;
extern const struct command launch_garden_command;
extern const struct command launch_monitor_command;
extern const struct command launch_readiness_command;

#endif
