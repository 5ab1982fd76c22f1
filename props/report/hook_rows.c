// SPDX-License-Identifier: Apache-2.0
#include "props/report/hook_rows.h"

#include "tool/text.h"

void hook_rows_put(struct buf *out, const struct hook_runner *runner)
{
    bool is_first = true;
    for (unsigned row = 0; row < HOOK_COMMAND_COUNT; row++) {
        if (runner->done_counts[row] == 0)
            continue;
        buf_put_text(out, is_first ? "Hooks run: " : ", ");
        is_first = false;
        buf_put_text(out, hook_command_name(row));
        buf_put_byte(out, ' ');
        text_put_count(out, runner->done_counts[row]);
    }
    bool has_failed = hook_runner_failure(runner) != HOOK_COMMAND_COUNT;
    if (is_first && !has_failed)
        return;
    buf_put_text(out, is_first ? "Hooks run: none\n" : "\n");
    for (unsigned row = 0; row < HOOK_COMMAND_COUNT; row++) {
        if (runner->failures[row][0] == '\0')
            continue;
        text_pad(out, 2);
        buf_put_text(out, "hook ");
        buf_put_text(out, hook_command_name(row));
        buf_put_text(out, ": ");
        buf_put_text(out, runner->failures[row]);
        buf_put_byte(out, '\n');
    }
    if (runner->has_changed)
        buf_put_text(out, runner->commands->rows[HOOK_UNDO].word_count == 0
                              ? "  the SIMs have changed, and there is no undo: bring them back "
                                "by hand\n"
                              : "  the SIMs have changed, and undo did not bring them back\n");
    buf_put_byte(out, '\n');
}
