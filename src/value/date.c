// SPDX-License-Identifier: Apache-2.0
#include "value/date.h"

#include <assert.h>

static const char months[] = "MarAprMayJunJulAugSepOctNovDecJanFeb";

struct day {
    unsigned year;
    unsigned month; // 0 is March: the leap day then ends a year of 12 months
    unsigned of_month;
};

// Days are counted from 1 March of the year 0, so that all leap rules are plain divisions.
static struct day day_of(uint32_t unix_days)
{
    uint32_t days = unix_days + 719468;
    uint32_t era = days / 146097;
    uint32_t of_era = days % 146097;
    uint32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint32_t month = (5 * of_year + 2) / 153;
    return (struct day){.year = era * 400 + year_of_era + (month >= 10),
                        .month = month,
                        .of_month = of_year - (153 * month + 2) / 5 + 1};
}

static void put_pair(char *at, unsigned n)
{
    at[0] = (char)('0' + n / 10);
    at[1] = (char)('0' + n % 10);
}

void bp_date_write(char out[BP_DATE_LEN], int64_t unix_s)
{
    static const char weekdays[] = "ThuFriSatSunMonTueWed";
    assert(unix_s >= 0 && unix_s <= 253402300799);
    uint32_t unix_days = (uint32_t)(unix_s / 86400);
    uint32_t of_day = (uint32_t)(unix_s % 86400);
    struct day day = day_of(unix_days);
    memcpy(out, "Thu, 01 Jan 1970 00:00:00 GMT", BP_DATE_LEN);
    memcpy(out, weekdays + 3 * (size_t)(unix_days % 7), 3);
    put_pair(out + 5, day.of_month);
    memcpy(out + 8, months + 3 * (size_t)day.month, 3);
    put_pair(out + 12, day.year / 100);
    put_pair(out + 14, day.year % 100);
    put_pair(out + 17, of_day / 3600);
    put_pair(out + 20, of_day / 60 % 60);
    put_pair(out + 23, of_day % 60);
}

// Whatever stands there: only the digits of a date give the date itself when it is written again.
static unsigned pair_at(const char *at)
{
    return 10u * (unsigned char)(at[0] - '0') + (unsigned char)(at[1] - '0');
}

// Seconds since 1970 of a date that may not exist.
static int64_t seconds_of(const char *text)
{
    size_t month = 0;
    while (month < 12 && memcmp(months + 3 * month, text + 8, 3) != 0)
        month++;
    int64_t year = (int64_t)(pair_at(text + 12) * 100 + pair_at(text + 14)) - (month >= 10);
    int64_t days = 365 * year + year / 4 - year / 100 + year / 400;
    days += ((int64_t)month * 153 + 2) / 5 + pair_at(text + 5) - 1 - 719468;
    return ((days * 24 + pair_at(text + 17)) * 60 + pair_at(text + 20)) * 60 + pair_at(text + 23);
}

bool bp_date_read(int64_t *unix_s, struct view text)
{
    char again[BP_DATE_LEN];
    if (text.len != BP_DATE_LEN)
        return false;
    *unix_s = seconds_of(text.data);
    if (*unix_s < 0 || *unix_s > 253402300799)
        return false;
    bp_date_write(again, *unix_s);
    return memcmp(again, text.data, BP_DATE_LEN) == 0;
}
