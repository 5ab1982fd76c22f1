// SPDX-License-Identifier: Apache-2.0
#include "props/cli/site_hooks.h"

#include <stdio.h>
#include <stdlib.h>

#include "operator/deployment.h"
#include "tool/cli.h"
#include "tool/text.h"

static int read_commands(struct site_hooks *out, struct view text)
{
    struct bp_trouble trouble;
    void *space = malloc(bp_json_space(BP_JSON_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX));
    if (space == NULL)
        return cli_out_of_memory();
    struct bp_json_reader *reader =
        bp_json_open(space, BP_JSON_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX);
    bool is_read = hook_commands_read(&out->commands, &trouble, reader, text);
    free(space);
    if (is_read)
        return EXIT_PASSED;
    fprintf(stderr, "balprobe: %s\n", trouble.words);
    return EXIT_USAGE;
}

int site_hooks_read(struct site_hooks *out, struct view text, const char *timeout,
                    const struct fixture *fixture, bool (*stopped)(void *context))
{
    int timeout_ms = HOOK_TIMEOUT_DEFAULT_MS;
    if (timeout != NULL && !options_seconds(&timeout_ms, timeout))
        return cli_refuse("--hook-timeout wants seconds: ", timeout, NULL);
    int status = text.len == 0 ? EXIT_PASSED : read_commands(out, text);
    hook_runner_init(&out->runner, &out->commands, fixture, timeout_ms);
    out->runner.stopped = stopped;
    return status;
}

void site_hooks_use(struct site_hooks *hooks, struct world *world)
{
    hooks->are_used = true;
    world->hooks = hook_runner_hooks(&hooks->runner);
}

void site_hooks_put(struct buf *out, const struct site_hooks *hooks)
{
    for (unsigned row = 0; row < HOOK_COMMAND_COUNT; row++) {
        if (!hooks->are_used || hooks->commands.rows[row].word_count == 0)
            continue;
        text_pad(out, 2);
        buf_put_text(out, hook_command_name(row));
        text_pad(out, 10);
        hook_command_put(out, &hooks->commands.rows[row]);
        buf_put_byte(out, '\n');
    }
}
