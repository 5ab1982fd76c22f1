// SPDX-License-Identifier: Apache-2.0
// Doubles as decimal text, both ways, exact, without locale, stdio or allocation.
//
//     123   0.1   1367.25   5e-324   1.7976931348623157e308
#ifndef BP_VALUE_DECIMAL_H
#define BP_VALUE_DECIMAL_H

#include "base/buf.h"

// bp_decimal_read reads a JSON number (RFC 8259 section 6) into the nearest double, ties to even.
// It returns false for anything else and for values that round to infinity. At most
// BP_JSON_NUMBER_LEN_MAX octets. Cost: linear for common numbers; bounded big-integer work else.
BP_MUST_USE bool bp_decimal_read(double *out, struct view text);

// bp_decimal_write appends the shortest JSON number that reads back as `number`, which is finite:
// plain digits from 1e-6 up to 1e21, an exponent outside; -0 is written as -0. Cost: about a
// hundred instructions for numbers with at most three decimals, bounded big-integer work else.
void bp_decimal_write(struct buf *out, double number);

#endif
