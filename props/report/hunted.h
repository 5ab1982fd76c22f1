// SPDX-License-Identifier: Apache-2.0
// What a hunt has seen, put before people.
#ifndef BP_PROPS_REPORT_HUNTED_H
#define BP_PROPS_REPORT_HUNTED_H

#include "props/hunt/hunt.h"

enum { HUNTED_ROW_COUNT_MAX = 40 }; // signatures in the table

// hunted_put_line appends one line without its end about how far a hunt is, in 80 columns up to
// a day and 99,999,999 requests: its seconds, requests sent, signatures (kinds of answers), inputs
// kept, findings, and for how long nothing new has come.
void hunted_put_line(struct buf *out, const struct hunt *hunt, uint64_t request_count,
                     uint64_t elapsed_ms, uint64_t since_new_ms);

// hunted_put_watch appends such a line while it is looked into why the endpoint went away.
void hunted_put_watch(struct buf *out, const struct hunt *hunt, uint64_t elapsed_ms);

// hunted_put_signatures appends the signatures, the most frequent first.
void hunted_put_signatures(struct buf *out, const struct hunt *hunt);

// hunted_put_case appends what a case asks, in words: the intent, or whose program it is.
void hunted_put_case(struct buf *out, struct view tape, const struct fixture *fixture);

#endif
