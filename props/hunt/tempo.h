// SPDX-License-Identifier: Apache-2.0
// A tempo: how long answers usually take, and how far one is from that.
//
// The class of a time is how often it is twice the median so far: 2 is four times to eight times.
// What is less than four times, or less than TEMPO_QUIET_US, or among the first times, is class 0.
#ifndef BP_PROPS_HUNT_TEMPO_H
#define BP_PROPS_HUNT_TEMPO_H

#include <stdint.h>

enum {
    TEMPO_BUCKET_COUNT = 256, // four to an octave
    TEMPO_CLASS_FIRST = 2,
    TEMPO_CLASS_MAX = 15,
    TEMPO_COUNT_MIN = 32,  // times before there is a median
    TEMPO_QUIET_US = 10000 // machines hesitate that long without a reason
};

struct tempo {
    uint64_t count;
    uint64_t counts[TEMPO_BUCKET_COUNT]; // by quarter of an octave
};

// tempo_note adds a time; tempo_class is the class of one. Negative times are not known: they are
// not added, and class 0. Cost: the number of buckets.
void tempo_note(struct tempo *tempo, int64_t us);
unsigned tempo_class(const struct tempo *tempo, int64_t us);

// tempo_median_us is the lower end of the median's bucket, at least 1; 0: too few times so far.
int64_t tempo_median_us(const struct tempo *tempo);

#endif
