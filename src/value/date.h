// SPDX-License-Identifier: Apache-2.0
// The Date field of an answer: a point in time as IMF-fixdate (RFC 9110 section 5.6.7).
//
//     Sun, 06 Nov 1994 08:49:37 GMT
#ifndef BP_VALUE_DATE_H
#define BP_VALUE_DATE_H

#include "base/view.h"

enum { BP_DATE_LEN = 29 };

// bp_date_write writes `unix_s` (seconds since 1970, 0 up to the year 9999) without a NUL.
void bp_date_write(char out[BP_DATE_LEN], int64_t unix_s);

// bp_date_read reads what bp_date_write writes, and nothing else: the weekday must be right.
BP_MUST_USE bool bp_date_read(int64_t *unix_s, struct view text);

#endif
