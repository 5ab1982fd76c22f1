// SPDX-License-Identifier: Apache-2.0
// balprobe launch garden: the walled garden's host list, lint of an allow-list, and a probe.
#ifndef BP_PROPS_CLI_LAUNCH_GARDEN_H
#define BP_PROPS_CLI_LAUNCH_GARDEN_H

#include "tool/cli.h"

// To be run with the words behind `garden`.
extern const struct command launch_garden_command;

#endif
