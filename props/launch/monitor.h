// SPDX-License-Identifier: Apache-2.0
// A monitor: one plain request for one SIM every half minute, as Microsoft does once an endpoint is
// live, and the clock of its outages (GB-MON-1).
//
// This is the loop apart from time and network: it decides when to ask, and what the answers mean.
//
// An outage begins with the first request that is not answered right and ends with the next one
// that is. Two documents say when it counts: the launch page of 2025 after 12 failures in a row,
// the test plan of 2017 after 30 minutes. Either alarm is told once in an outage.
#ifndef BP_PROPS_LAUNCH_MONITOR_H
#define BP_PROPS_LAUNCH_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { MONITOR_ROW_COUNT = 12, MONITOR_OUTAGE_MS = 30 * 60 * 1000 };

struct monitor_plan {
    int64_t period_ms; // from the beginning of one request to that of the next
    uint64_t count;    // of requests; 0: until it is stopped
};

// What a request has changed, as bits.
enum monitor_news {
    MONITOR_BEGINS = 1, // an outage
    MONITOR_ENDS = 2,
    MONITOR_ALARM_ROW = 4,  // 12 failures in a row
    MONITOR_ALARM_TIME = 8, // 30 minutes
};

struct monitor {
    uint64_t count;       // requests made
    uint64_t wrong_count; // of those, not answered right
    uint64_t row_count;   // wrong ones in a row up to the last request
    uint64_t outage_count;
    uint64_t late_count;  // points in time that passed while something took too long
    uint64_t alarm_count; // of either kind
    int64_t outage_ms;    // that the outage under way, or just ended, has lasted
    int64_t longest_ms;   // of all outages
    int64_t began_ms;     // of the outage under way
    unsigned alarms;      // MONITOR_ALARM bits of the outage under way
};

// Who does the waiting and asking.
struct monitor_world {
    int64_t (*now_ms)(void *context); // a clock that never goes back
    // wait returns at `until_ms`; false: the run is to stop.
    bool (*wait)(void *context, int64_t until_ms);
    // ask makes one request and says whether it was answered right; false: the run is to stop, and
    // the request does not count.
    bool (*ask)(void *context, bool *is_right);
    // tell is called behind each request with what is new, a set of enum monitor_news.
    void (*tell)(void *context, const struct monitor *monitor, unsigned news);
    void *context;
};

// monitor_run asks at once and then at each multiple of the period, until the plan's count is
// reached or `wait` says stop. Points in time that pass while a request is under way are left out,
// never made up for: an endpoint that comes back is not met by a burst.
void monitor_run(struct monitor *out, const struct monitor_plan *plan,
                 const struct monitor_world *world);

// monitor_put_period appends a period in seconds: "30 s", "0.5 s".
void monitor_put_period(struct buf *out, int64_t period_ms);

// monitor_put_news appends a line for each bit: which alarm of which document, and how long.
void monitor_put_news(struct buf *out, const struct monitor *monitor, unsigned news);

// How a run ended.
enum monitor_verdict {
    MONITOR_PASS,
    MONITOR_FAIL,   // some request was not answered right
    MONITOR_PARTIAL // it was stopped before its count, or before the first answer
};
enum monitor_verdict monitor_verdict(const struct monitor *monitor,
                                     const struct monitor_plan *plan);

// monitor_put_summary appends the outages and, as the last line, the verdict.
void monitor_put_summary(struct buf *out, const struct monitor *monitor,
                         const struct monitor_plan *plan);

#endif
