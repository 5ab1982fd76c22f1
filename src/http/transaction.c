// SPDX-License-Identifier: Apache-2.0
#include "http/transaction.h"

#include "base/bounds.h"

bool bp_transaction_read(struct view *id, struct bp_fault *fault, const struct bp_head *head)
{
    *id = bp_head_known(head, BP_KNOWN_TRANSACTION_ID);
    if (head->known_count[BP_KNOWN_TRANSACTION_ID] > 1)
        return bp_refuse(fault, BP_REASON_TRANSACTION_TWICE, *id);
    if (id->len > BP_TRANSACTION_LEN_MAX)
        return bp_refuse(fault, BP_REASON_TRANSACTION_LEN, view_from(*id, BP_TRANSACTION_LEN_MAX));
    return true;
}
