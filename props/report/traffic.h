// SPDX-License-Identifier: Apache-2.0
// What a run over the network sent, and what it did not.
#ifndef BP_PROPS_REPORT_TRAFFIC_H
#define BP_PROPS_REPORT_TRAFFIC_H

#include "props/subject/guard.h"
#include "props/subject/remote.h"

// traffic_put appends a line about requests and connections, and one for each count that is not 0:
// held back, waited for, sent again, without an answer, cut, unasked, failed.
void traffic_put(struct buf *out, const struct remote_counts *counts, const struct guard *guard);

// traffic_put_time appends a line about where the time of a run of `elapsed_ms` went:
//
//     Time 41.0 s: endpoint 12.1 s, waiting on purpose 9.0 s, hooks 15.2 s, ours 4.7 s
//
// What was waited for nobody is ours. traffic_put_time_json appends the same as the member
// "time_ms" of a result, with a comma in front: all, endpoint, purpose, hooks, ours.
void traffic_put_time(struct buf *out, const struct time_use *use, uint64_t elapsed_ms);
void traffic_put_time_json(struct buf *out, const struct time_use *use, uint64_t elapsed_ms);

#endif
