// SPDX-License-Identifier: Apache-2.0
#include "net/clock.h"

#include <time.h>

#include "props/unit/unit.h"

int main(void)
{
    int64_t before_us = bp_clock_us();
    const struct timespec pause = {0, 2000000};
    nanosleep(&pause, NULL);
    int64_t after_us = bp_clock_us();
    CHECK(after_us - before_us >= 2000);
    CHECK(after_us - before_us < 10000000);
    CHECK(bp_clock_ms() >= after_us / 1000);
    CHECK(bp_clock_ms() - after_us / 1000 < 10000);
    int64_t wall_s = time(NULL);
    CHECK(bp_clock_wall_ms() / 1000 - wall_s >= 0);
    CHECK(bp_clock_wall_ms() / 1000 - wall_s < 10);
    return unit_end();
}
