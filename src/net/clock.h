// SPDX-License-Identifier: Apache-2.0
// The clocks. Everything below net/ gets the time as a parameter.
#ifndef BP_NET_CLOCK_H
#define BP_NET_CLOCK_H

#include <stdint.h>

// bp_clock_us is microseconds of a clock that never goes back, for deadlines and latencies.
int64_t bp_clock_us(void);

// bp_clock_ms is the same in milliseconds.
static inline int64_t bp_clock_ms(void) { return bp_clock_us() / 1000; }

// bp_clock_wall_ms is milliseconds since 1970 in UTC, as the machine has it.
int64_t bp_clock_wall_ms(void);

#endif
