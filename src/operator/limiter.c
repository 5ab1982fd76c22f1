// SPDX-License-Identifier: Apache-2.0
#include "operator/limiter.h"

#include <assert.h>

// A request costs 1,000 thousandths of a token, so the rate in requests a second is also the number
// of thousandths that a millisecond brings.
enum { TOKEN_MILLI = 1000, LIMITER_RATE_MAX = 1000000 };

void bp_limiter_init(struct bp_limiter *limiter, uint32_t rate_per_s, uint32_t burst,
                     int64_t now_ms)
{
    assert(rate_per_s <= LIMITER_RATE_MAX);
    assert(burst >= 1 && now_ms >= 0);
    *limiter = (struct bp_limiter){rate_per_s, burst, (int64_t)burst * TOKEN_MILLI, now_ms};
}

static void refill(struct bp_limiter *limiter, int64_t now_ms)
{
    int64_t passed_ms = now_ms - limiter->filled_ms;
    int64_t missing_milli = (int64_t)limiter->burst * TOKEN_MILLI - limiter->tokens_milli;
    limiter->filled_ms = now_ms;
    if (passed_ms > missing_milli / limiter->rate_per_s)
        limiter->tokens_milli += missing_milli;
    else if (passed_ms > 0)
        limiter->tokens_milli += passed_ms * limiter->rate_per_s;
}

bool bp_limiter_take(struct bp_limiter *limiter, uint32_t *retry_s, int64_t now_ms)
{
    assert(now_ms >= 0);
    if (limiter->rate_per_s == 0)
        return true;
    refill(limiter, now_ms);
    if (limiter->tokens_milli >= TOKEN_MILLI) {
        limiter->tokens_milli -= TOKEN_MILLI;
        return true;
    }
    // At least one thousandth comes every millisecond: a whole token is never a second away.
    *retry_s = 1;
    return false;
}
