// SPDX-License-Identifier: Apache-2.0
// ISO 8601 durations, read and written.
//
//     P23DT23H   PT0S   P1Y2M10DT2H30M   PT1.5S
//
// The strict grammar is what the consumer's XmlConvert.ToTimeSpan reads and an endpoint should
// send: upper case, no weeks, no sign, a fraction only in the seconds and with a dot (GB-BODY-13).
// Other spellings of ISO 8601 and near misses are recognised, so that a checker can say what it
// saw.
#ifndef BP_VALUE_DURATION_H
#define BP_VALUE_DURATION_H

#include "base/buf.h"
#include "base/reason.h"

// When several of the last three hold, the first of them is named; "-pt1s" is none.
enum bp_duration_form {
    BP_DURATION_STRICT, // the strict grammar, and at most 10,675,199 days
    BP_DURATION_ISO,    // ISO 8601 otherwise: weeks, comma, a fraction elsewhere in the last part,
                        // no digit on one side of the dot
    BP_DURATION_NEGATIVE,  // as STRICT or ISO with '-' in front
    BP_DURATION_LOWERCASE, // as STRICT or ISO once folded to upper case
    BP_DURATION_BEYOND,    // the grammar holds, the value is beyond 10,675,199 days
};

struct bp_duration {
    enum bp_duration_form form;
    bool is_zero;         // every number in it is zero
    uint64_t whole_s;     // seconds, a year as 365 days and a month as 30; saturates at
                          // BP_DURATION_S_MAX
    uint32_t fraction_ns; // 0..999,999,999, truncated
};

#define BP_DURATION_S_MAX ((uint64_t)10675199 * 86400)

// bp_duration_read reads the whole of `text`; a fraction of any part is carried into seconds. It
// returns false (DURATION) for anything that is none of the forms above: "", "P", "PT", "P1DT",
// wrong order, a sign inside, "00:00:00". Cost: linear.
BP_MUST_USE bool bp_duration_read(struct bp_duration *out, struct bp_fault *fault,
                                  struct view text);

// bp_duration_write appends whole seconds as days, hours, minutes and seconds, zero parts left out;
// zero is PT0S. `whole_s` is at most BP_DURATION_S_MAX. What it writes reads back equal.
void bp_duration_write(struct buf *out, uint64_t whole_s);

#endif
