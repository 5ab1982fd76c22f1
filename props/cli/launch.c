// SPDX-License-Identifier: Apache-2.0
// balprobe launch: what a launch needs beside a right endpoint. A dispatch table of its own.
#include "props/cli/commands.h"
#include "props/cli/dispatch.h"
#include "props/cli/launch_commands.h"

static const struct command *const commands[] = {
    &launch_cosa_command,   &launch_iccid_command,   &launch_portal_command,
    &launch_garden_command, &launch_monitor_command, &launch_readiness_command,
};

static const struct dispatch launch = {"balprobe launch",
                                       "What a launch needs beside a right endpoint.", "", commands,
                                       sizeof commands / sizeof commands[0]};

static int run_launch(const struct command *command, int argc, char **argv)
{
    (void)command;
    return dispatch_run(&launch, argc, argv);
}

const struct command launch_command = {
    "launch",
    "COMMAND",
    "Looks at the papers of a launch (COSA rows, lists of ICCIDs, user cases, walled garden), "
    "watches an endpoint as Microsoft would, and says what is ready.",
    NULL,
    0,
    run_launch};
