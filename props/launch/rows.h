// SPDX-License-Identifier: Apache-2.0
// What a launch needs beside a right endpoint: the promises that no single exchange can judge, for
// balprobe explain.
#ifndef BP_PROPS_LAUNCH_ROWS_H
#define BP_PROPS_LAUNCH_ROWS_H

#include "base/view.h"

// Who says whether it is kept.
enum launch_place {
    LAUNCH_COMMAND, // a subcommand of balprobe launch
    LAUNCH_LOAD,    // a load test, which this version does not have
    LAUNCH_RECORD,  // somebody who attests it in launch readiness
    LAUNCH_SHOWN,   // nobody: it is told what was seen
    LAUNCH_PLACE_COUNT
};

struct launch_row {
    const char *id;       // "COSA-3"; "PORTAL-2..5" stands for four
    const char *strength; // "MUST", "SHOULD", "MAY" or "DERIVED"
    enum launch_place place;
    const char *source;    // document and heading
    const char *statement; // what is promised, in one or two sentences
    const char *checked;   // "by balprobe launch cosa"
    const char *likely;    // likely cause of a failure, and what to do
    const char *why;       // why it matters, to whom
};

extern const struct launch_row launch_rows[];
extern const size_t launch_row_count;

// launch_row_find is the row called `id` (letter case does not matter), or NULL.
const struct launch_row *launch_row_find(struct view id);

#endif
