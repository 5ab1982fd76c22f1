// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/cli/fuzz_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tool/text.h"

enum { IN_PLACE_MS = 500, ROW_MS = 5000 };

static bool has_room(size_t campaign_count)
{
    struct winsize size = {0};
    const char *kind = getenv("TERM");
    bool is_plain = kind == NULL || strcmp(kind, "dumb") == 0;
    if (is_plain || isatty(STDERR_FILENO) == 0 || ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0)
        return false;
    return size.ws_col >= TEXT_WIDTH && size.ws_row > campaign_count + 2;
}

void fuzz_screen_start(struct fuzz_screen *out, size_t campaign_count)
{
    *out = (struct fuzz_screen){.is_in_place = has_room(campaign_count)};
}

static void go_back(struct fuzz_screen *screen)
{
    if (screen->drawn_count != 0)
        fprintf(stderr, "\x1b[%zuA\x1b[J", screen->drawn_count);
    screen->drawn_count = 0;
}

static void draw_row(struct fuzz_screen *screen, const struct campaign *campaign)
{
    char space[CAMPAIGN_ROW_LEN_MAX];
    struct buf row = BUF(space);
    bool wants_head = !screen->has_head || screen->is_in_place;
    if (wants_head && screen->drawn_count == 0) {
        campaign_put_head(&row);
        screen->drawn_count++;
    }
    screen->has_head = true;
    campaign_put_row(&row, campaign);
    buf_put_byte(&row, '\n');
    screen->drawn_count++;
    fwrite(row.data, 1, row.len, stderr);
}

void fuzz_screen_draw(struct fuzz_screen *screen, const struct campaign *campaigns, size_t count,
                      int64_t now_ms)
{
    if (now_ms - screen->drawn_ms < (screen->is_in_place ? IN_PLACE_MS : ROW_MS))
        return;
    if (screen->drawn_ms == 0 && !screen->is_in_place) {
        screen->drawn_ms = now_ms; // the first row when there is something to tell
        return;
    }
    screen->drawn_ms = now_ms;
    if (screen->is_in_place)
        go_back(screen);
    for (size_t i = 0; i < count; i++) {
        bool is_under_way =
            campaigns[i].state != CAMPAIGN_WAITING && campaigns[i].state < CAMPAIGN_DONE;
        if (screen->is_in_place || is_under_way)
            draw_row(screen, &campaigns[i]);
    }
    fflush(stderr);
}

void fuzz_screen_end(struct fuzz_screen *screen)
{
    if (screen->is_in_place)
        go_back(screen);
    fflush(stderr);
}
