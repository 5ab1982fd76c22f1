// SPDX-License-Identifier: Apache-2.0
// balprobe-server: the reference endpoint alone, and `balprobe-server control` for its back office.
#include <stdio.h>

#include "server/serve.h"

int main(int argc, char **argv)
{
    struct view first = argc < 2 ? view_of(NULL, 0) : view_of_text(argv[1]);
    if (view_equal(first, VIEW("--version"))) {
        puts("balprobe-server " BALPROBE_VERSION);
        return cli_end(EXIT_PASSED);
    }
    if (view_equal(first, VIEW("control")))
        return cli_end(control_command.run(&control_command, argc - 2, argv + 2));
    return cli_end(serve_command.run(&serve_command, argc - 1, argv + 1));
}
