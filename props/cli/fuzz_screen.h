// SPDX-License-Identifier: Apache-2.0
// The screen of a fuzzing run, on standard error: on a terminal that has room for it, one row for
// each target, drawn again in place; elsewhere a row now and then for each target under way.
#ifndef BP_PROPS_CLI_FUZZ_SCREEN_H
#define BP_PROPS_CLI_FUZZ_SCREEN_H

#include "props/engine/campaign.h"

struct fuzz_screen {
    bool is_in_place;
    bool has_head;
    size_t drawn_count; // rows that stand there
    int64_t drawn_ms;
};

void fuzz_screen_start(struct fuzz_screen *out, size_t campaign_count);

// fuzz_screen_draw draws when it is time to.
void fuzz_screen_draw(struct fuzz_screen *screen, const struct campaign *campaigns, size_t count,
                      int64_t now_ms);

// fuzz_screen_end takes rows that were drawn in place away: the table on standard output follows.
void fuzz_screen_end(struct fuzz_screen *screen);

#endif
