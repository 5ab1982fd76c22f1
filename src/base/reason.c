// SPDX-License-Identifier: Apache-2.0
#include "base/reason.h"

#include <assert.h>

const struct bp_reason_row *bp_reason_row(enum bp_reason reason)
{
    static const struct bp_reason_row rows[BP_REASON_COUNT] = {
#define BP_REASON_ROW(name, status, parameter, code, words) \
    {status, VIEW_INIT(parameter), VIEW_INIT(code), VIEW_INIT(words)},
        BP_REASONS(BP_REASON_ROW)
#undef BP_REASON_ROW
    };
    assert((unsigned)reason < BP_REASON_COUNT);
    return &rows[reason];
}
