// SPDX-License-Identifier: Apache-2.0
#include "props/cli/progress.h"

#include <stdio.h>
#include <time.h>

#include "tool/interrupt.h"
#include "tool/text.h"

enum { QUIET_MS = 2000 };

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, const char *done, const char *found)
{
    uint64_t now = now_ms();
    *progress = (struct progress){done, found, now, now};
}

uint64_t progress_ms(const struct progress *progress) { return now_ms() - progress->started_ms; }

void progress_tell(const struct progress *progress, const char *step)
{
    if (progress_ms(progress) >= QUIET_MS)
        fprintf(stderr, "%s ...\n", step);
}

bool progress_is_due(struct progress *progress, uint64_t interval_ms)
{
    uint64_t now = now_ms();
    if (now - progress->told_ms < interval_ms)
        return false;
    progress->told_ms = now;
    return true;
}

bool progress_goes_on(void *context, uint64_t done_count, size_t found_count)
{
    struct progress *progress = context;
    if (progress_is_due(progress, QUIET_MS)) {
        char space[160];
        struct buf line = BUF(space);
        text_put_count(&line, done_count);
        buf_put_byte(&line, ' ');
        buf_put_text(&line, progress->done);
        buf_put_text(&line, ", ");
        text_put_count(&line, found_count);
        buf_put_byte(&line, ' ');
        buf_put_text(&line, progress->found);
        buf_put_text(&line, " so far\n");
        fwrite(line.data, 1, line.len, stderr);
    }
    return interrupt_signal() == 0;
}
