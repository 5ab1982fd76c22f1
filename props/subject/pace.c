// SPDX-License-Identifier: Apache-2.0
#include "props/subject/pace.h"

#include <time.h>

#include "net/clock.h"

enum {
    NAP_US = 100000, // between two questions whether to go on
    EARLY_US = 1000, // a request may be that late without the next ones being later too
};

bool pace_is_stopped(const struct pace *pace)
{
    const struct target *target = pace->target;
    return target->stopped != NULL && target->stopped(target->context);
}

bool pace_sleep(struct pace *pace, int64_t due_us)
{
    int64_t begin_us = bp_clock_us();
    int64_t now_us = begin_us;
    bool goes_on = !pace_is_stopped(pace);
    while (goes_on && now_us < due_us) {
        int64_t left_us = due_us - now_us < NAP_US ? due_us - now_us : NAP_US;
        nanosleep(&(struct timespec){.tv_nsec = (long)left_us * 1000}, NULL);
        now_us = bp_clock_us();
        goes_on = !pace_is_stopped(pace);
    }
    time_use_add(pace->target->use, TIME_PAUSE, now_us - begin_us);
    return goes_on;
}

bool pace_turn(struct pace *pace)
{
    if (pace->target->rate == 0)
        return !pace_is_stopped(pace);
    if (!pace_sleep(pace, pace->due_us))
        return false;
    int64_t now_us = bp_clock_us();
    int64_t begin_us = pace->due_us > now_us - EARLY_US ? pace->due_us : now_us;
    pace->due_us = begin_us + 1000000 / (int64_t)pace->target->rate;
    return true;
}
