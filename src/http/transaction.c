// SPDX-License-Identifier: Apache-2.0
#include "http/transaction.h"

bool bp_transaction_read(struct view *id, struct bp_fault *fault, const struct bp_head *head)
{
    *id = bp_head_known(head, BP_KNOWN_TRANSACTION_ID);
    if (head->known_count[BP_KNOWN_TRANSACTION_ID] < 2)
        return true;
    return bp_refuse(fault, BP_REASON_TRANSACTION_TWICE, *id);
}
