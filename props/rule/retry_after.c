// SPDX-License-Identifier: Apache-2.0
#include "props/rule/retry_after.h"

#include "value/date.h"

static bool read_until(int64_t *seconds, const struct bp_head *head, struct view until)
{
    const struct view *date = bp_head_find(head, VIEW("Date"));
    int64_t until_s = 0;
    int64_t now_s = 0;
    if (date == NULL || !bp_date_read(&until_s, until) || !bp_date_read(&now_s, *date))
        return false;
    *seconds = until_s > now_s ? until_s - now_s : 0;
    return true;
}

int64_t retry_after_s(const struct bp_head *head)
{
    const struct view *field = bp_head_find(head, VIEW("Retry-After"));
    uint64_t delta = 0;
    int64_t seconds = RETRY_AFTER_S_USUAL;
    if (field == NULL)
        return RETRY_AFTER_S_USUAL;
    // A length and a delay have the same grammar.
    if (bp_length_read(&delta, *field))
        seconds = delta < RETRY_AFTER_S_MAX ? (int64_t)delta : RETRY_AFTER_S_MAX;
    else if (!read_until(&seconds, head, *field))
        return RETRY_AFTER_S_USUAL;
    return seconds < RETRY_AFTER_S_MAX ? seconds : RETRY_AFTER_S_MAX;
}
