// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/tempo.h"

enum { QUARTERS = 4 };

// Octave and quarter of a time of at least 1.
static unsigned bucket_of(uint64_t us)
{
    unsigned octave = 63u - (unsigned)__builtin_clzll(us);
    unsigned quarter = octave < 2 ? 0 : (unsigned)(us >> (octave - 2)) & 3;
    return octave * QUARTERS + quarter;
}

static uint64_t bucket_us(unsigned bucket)
{
    unsigned octave = bucket / QUARTERS;
    uint64_t whole = (uint64_t)1 << octave;
    return octave < 2 ? whole : whole + (uint64_t)(bucket % QUARTERS) * (whole / QUARTERS);
}

void tempo_note(struct tempo *tempo, int64_t us)
{
    if (us < 0)
        return;
    tempo->count++;
    tempo->counts[bucket_of(us == 0 ? 1 : (uint64_t)us)]++;
}

int64_t tempo_median_us(const struct tempo *tempo)
{
    if (tempo->count < TEMPO_COUNT_MIN)
        return 0;
    uint64_t below = 0;
    unsigned bucket = 0;
    while ((below += tempo->counts[bucket]) * 2 < tempo->count)
        bucket++;
    return (int64_t)bucket_us(bucket);
}

unsigned tempo_class(const struct tempo *tempo, int64_t us)
{
    int64_t median_us = tempo_median_us(tempo);
    unsigned class = 0;
    if (median_us == 0 || us < TEMPO_QUIET_US)
        return 0;
    for (int64_t ratio = us / median_us; ratio > 1 && class < TEMPO_CLASS_MAX; ratio /= 2)
        class ++;
    return class < TEMPO_CLASS_FIRST ? 0 : class;
}
