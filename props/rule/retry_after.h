// SPDX-License-Identifier: Apache-2.0
// Retry-After: how long an endpoint asks to wait (RFC 9110 section 10.2.3).
//
//     Retry-After: 3        Retry-After: Sun, 06 Nov 1994 08:49:40 GMT
#ifndef BP_PROPS_RULE_RETRY_AFTER_H
#define BP_PROPS_RULE_RETRY_AFTER_H

#include "http/head.h"

enum { RETRY_AFTER_S_USUAL = 1, RETRY_AFTER_S_MAX = 60 };

// retry_after_s is the seconds of the field, at most RETRY_AFTER_S_MAX, or RETRY_AFTER_S_USUAL when
// it is missing or malformed. A date counts from the Date of the same answer: the clocks of two
// machines need not agree.
int64_t retry_after_s(const struct bp_head *head);

#endif
