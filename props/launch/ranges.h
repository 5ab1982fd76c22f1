// SPDX-License-Identifier: Apache-2.0
// ICCID ranges of an operator (COSA-3, COSA-5).
//
//     8988247000100000000 - 8988247000100999999
//
// Windows drops the last two digits before it compares, which is why a range starts with 00 and
// ends with 99 there.
#ifndef BP_PROPS_LAUNCH_RANGES_H
#define BP_PROPS_LAUNCH_RANGES_H

#include "value/iccid.h"

enum { RANGE_COUNT_MAX = 4096 };

// What may be wrong with a range, as bits; RANGE_UNUSABLE ones leave no range at all.
enum range_fault {
    RANGE_START_DIGITS = 1, // the start is not 19 or 20 digits
    RANGE_END_DIGITS = 2,
    RANGE_LENGTHS = 4, // of start and end differ
    RANGE_ORDER = 8,   // the start is behind the end
    RANGE_START_PREFIX = 16,
    RANGE_END_PREFIX = 32,
    RANGE_START_00 = 64, // the start does not end with 00
    RANGE_END_99 = 128,
    RANGE_UNUSABLE = RANGE_START_DIGITS | RANGE_END_DIGITS | RANGE_LENGTHS | RANGE_ORDER
};

struct range {
    struct bp_iccid start;
    struct bp_iccid end;
    size_t line;          // of the file it came from
    struct view operator; // who has it; borrowed
};

struct ranges {
    struct range items[RANGE_COUNT_MAX];
    size_t count;
};

// range_read reads start and end and returns range_fault bits, 0 when all is well. Only start and
// end of `*out` are written, and they hold unless a RANGE_UNUSABLE bit is set.
unsigned range_read(struct range *out, struct view start, struct view end);

// range_fault_words says what a single bit means; range_fault_is_end, whether the end is to blame.
const char *range_fault_words(unsigned bit);
bool range_fault_is_end(unsigned bit);

// range_next splits the first "start-end" off a list like "a-b; c-d;", with blanks anywhere around.
// It returns false at the end of the list. A part without a hyphen gives an empty `*end`.
BP_MUST_USE bool range_next(struct view *list, struct view *start, struct view *end);

// range_holds: an ICCID of the same length that lies between start and end, or on them.
bool range_holds(const struct range *range, const struct bp_iccid *iccid);

// How two ranges lie: apart, the same one, or overlapping otherwise.
enum range_relation { RANGES_APART, RANGES_EQUAL, RANGES_OVERLAP };
enum range_relation range_relate(const struct range *a, const struct range *b);

// ranges_find is the first range that holds an ICCID, or NULL. Cost: linear.
const struct range *ranges_find(const struct ranges *ranges, const struct bp_iccid *iccid);

#endif
