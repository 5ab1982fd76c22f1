// SPDX-License-Identifier: Apache-2.0
// The transaction id of a request, X-MS-DM-TransactionId: an opaque text that is echoed.
//
//     X-MS-DM-TransactionId: MSFT-12345678-1234-1234-1234-123456789abc
#ifndef BP_HTTP_TRANSACTION_H
#define BP_HTTP_TRANSACTION_H

#include "http/head.h"

// bp_transaction_read finds the id of a request: an empty view when there is none or its value is
// empty. Octets 0x21-0x7E, blanks inside, tabs inside and octets above 0x7F (the printed curly
// quotes) are taken as they are (GB-HDR-3); the head reader has refused the control octets already
// (GB-HDR-4). Two such fields are refused with TRANSACTION_TWICE, more than BP_TRANSACTION_LEN_MAX
// octets with TRANSACTION_LEN: with the echo of a longer one, the head of an answer may be longer
// than bp_head_read takes. The view points into the head.
BP_MUST_USE bool bp_transaction_read(struct view *id, struct bp_fault *fault,
                                     const struct bp_head *head);

#endif
