// SPDX-License-Identifier: Apache-2.0
// Well-formed UTF-8 (Unicode table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
#ifndef BP_JSON_UTF8_H
#define BP_JSON_UTF8_H

#include "base/view.h"

// bp_utf8_len is the length 1..4 of the well-formed sequence at the start of `v`, or 0 when there
// is none (malformed, cut, or `v` is empty).
unsigned bp_utf8_len(struct view v);

// bp_utf8_is_valid says whether all of `v` is well formed. Cost: linear.
bool bp_utf8_is_valid(struct view v);

#endif
