// SPDX-License-Identifier: Apache-2.0
// What a run over the network sent, and what it did not.
#ifndef BP_PROPS_REPORT_TRAFFIC_H
#define BP_PROPS_REPORT_TRAFFIC_H

#include "props/subject/guard.h"
#include "props/subject/remote.h"

// traffic_put appends a line about requests and connections, and one for each count that is not 0:
// held back, waited for, sent again, without an answer, cut, unasked, failed.
void traffic_put(struct buf *out, const struct remote_counts *counts, const struct guard *guard);

#endif
