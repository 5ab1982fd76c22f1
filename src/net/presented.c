// SPDX-License-Identifier: Apache-2.0
#include "net/presented.h"

void bp_presented_note(struct bp_presented *presented, int error, int depth)
{
    for (size_t i = 0; i < presented->error_count; i++)
        if (presented->errors[i].error == error && presented->errors[i].depth == depth)
            return;
    if (presented->error_count == BP_PRESENTED_ERROR_COUNT_MAX) {
        presented->has_overflow = true;
        return;
    }
    presented->errors[presented->error_count].error = (uint16_t)error;
    presented->errors[presented->error_count].depth = (uint16_t)depth;
    presented->error_count++;
}

static bool is_only_expired(const struct bp_presented *presented, int64_t now_s)
{
    if (presented->has_overflow)
        return false;
    if (presented->error_count == 0)
        return presented->not_after_s < now_s;
    return presented->error_count == 1 && presented->errors[0].error == BP_PRESENTED_EXPIRED &&
           presented->errors[0].depth == 0;
}

enum bp_reason bp_gate_decide(const struct bp_gate *gate, const struct bp_presented *presented,
                              int64_t now_s)
{
    if (!presented->has_certificate)
        return BP_REASON_CERT_MISSING;
    if (is_only_expired(presented, now_s))
        return BP_REASON_CERT_EXPIRED;
    if (presented->is_resumed || presented->error_count != 0 || presented->has_overflow)
        return BP_REASON_CERT_REFUSED;
    if (gate->checks_subject && !presented->is_documented_subject)
        return BP_REASON_CERT_SUBJECT;
    return BP_REASON_NONE;
}
