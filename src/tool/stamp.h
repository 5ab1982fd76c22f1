// SPDX-License-Identifier: Apache-2.0
// A point in time for files that machines read: 2026-11-22T05:34:11Z.
#ifndef BP_TOOL_STAMP_H
#define BP_TOOL_STAMP_H

#include "base/buf.h"

enum { STAMP_LEN = 20, STAMP_DAY_LEN = 10 }; // the first octets of it are the day: 2026-11-22

// stamp_put appends a time given in milliseconds since 1970, in UTC (RFC 3339), up to the year
// 9999.
void stamp_put(struct buf *out, int64_t wall_ms);

// stamp_put_ms does the same with milliseconds: 2026-11-22T05:34:11.007Z.
void stamp_put_ms(struct buf *out, int64_t wall_ms);

// stamp_is says whether a text has the form of stamp_put.
bool stamp_is(struct view text);

#endif
