// SPDX-License-Identifier: Apache-2.0
// What benches and soaks share: how much of the machine a process takes, latencies, results.
#ifndef BP_CI_METER_H
#define BP_CI_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// meter_number reads a decimal number of at most 18 digits that is all of `text`.
bool meter_number(uint64_t *out, const char *text);

// meter_resident_kib is the resident memory of a process; 0 when there is no such process.
uint64_t meter_resident_kib(uint64_t pid);

// meter_cpu_ns is what the first thread of a process has run since it began, to the nanosecond
// while it sleeps; 0 when there is no such process.
uint64_t meter_cpu_ns(uint64_t pid);

// meter_own_cpu_ns is the same of this process, and meter_now_us a clock that never goes back.
uint64_t meter_own_cpu_ns(void);
int64_t meter_now_us(void);

// meter_percentile sorts `values` (at least one) and gives the one below which `percent` lie.
uint32_t meter_percentile(uint32_t *values, size_t count, unsigned percent);

// meter_say prints "name value unit" and nothing is asserted; meter_at_most and meter_at_least
// print "name value unit limit ok" or FAILED, and return whether it is ok. Columns are tabs.
void meter_say(const char *name, double value, const char *unit);
bool meter_at_most(const char *name, double value, const char *unit, double limit);
bool meter_at_least(const char *name, double value, const char *unit, double limit);

#endif
