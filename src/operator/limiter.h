// SPDX-License-Identifier: Apache-2.0
// The limiter: how many requests are answered in a span of time, and when to come back
// (GB-RATE-1..3).
//
// A token bucket in milliseconds; all requests share it, because the documents speak of the calling
// service, not of a SIM.
#ifndef BP_OPERATOR_LIMITER_H
#define BP_OPERATOR_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

struct bp_limiter {
    uint32_t rate_per_s; // requests a second, 1..1,000,000; 0: no limit
    uint32_t burst;      // requests at once, at least 1
    int64_t tokens_milli;
    int64_t filled_ms;
};

// bp_limiter_init starts with a full bucket at `now_ms`.
void bp_limiter_init(struct bp_limiter *limiter, uint32_t rate_per_s, uint32_t burst,
                     int64_t now_ms);

// bp_limiter_take takes one request's token. When there is none it returns false and `*retry_s` is
// the number of whole seconds, at least 1, after which one will be there. A clock that goes
// backwards adds nothing.
bool bp_limiter_take(struct bp_limiter *limiter, uint32_t *retry_s, int64_t now_ms);

#endif
