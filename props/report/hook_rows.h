// SPDX-License-Identifier: Apache-2.0
// The report on what hook commands did behind an endpoint.
#ifndef BP_PROPS_REPORT_HOOK_ROWS_H
#define BP_PROPS_REPORT_HOOK_ROWS_H

#include "props/subject/hook_runner.h"

// hook_rows_put appends how often each was done, which failed and how, and whether the SIMs are
// left changed; nothing when none was run.
void hook_rows_put(struct buf *out, const struct hook_runner *runner);

#endif
