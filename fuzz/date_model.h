// SPDX-License-Identifier: Apache-2.0
// Dates of RFC 9110 a second time, slow and on its own: the days are counted year by year and month
// by month; every 400 years have as many.
#ifndef BP_FUZZ_DATE_MODEL_H
#define BP_FUZZ_DATE_MODEL_H

#include "fuzz.h"
#include "value/date.h"

// model_pair is the number of the two digits at `at`, or 100.
static inline unsigned model_pair(struct view text, size_t at)
{
    bool is_number = byte_is_digit(text.data[at]) && byte_is_digit(text.data[at + 1]);
    return is_number ? (unsigned)(text.data[at] - '0') * 10 + (unsigned)(text.data[at + 1] - '0')
                     : 100;
}

static inline unsigned model_month_days(unsigned month, unsigned year)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month] + (month == 1 && is_leap);
}

// model_has_shape says whether all that is not a number, a weekday or a month is as it should be.
static inline bool model_has_shape(struct view text)
{
    const char shape[] = "___, __ ___ ____ __:__:__ GMT";
    if (text.len != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (shape[i] != '_' && shape[i] != text.data[i])
            return false;
    return true;
}

// model_date says whether `text` is a date from 1970 on, and when that is.
static inline bool model_date(int64_t *unix_s, struct view text)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    if (!model_has_shape(text))
        return false;
    unsigned month = 0;
    while (month < 12 && memcmp(text.data + 8, months[month], 3) != 0)
        month++;
    unsigned day = model_pair(text, 5), century = model_pair(text, 12),
             of_it = model_pair(text, 14);
    unsigned h = model_pair(text, 17), m = model_pair(text, 20), s = model_pair(text, 23);
    unsigned year = century * 100 + of_it;
    if (month == 12 || century > 99 || of_it > 99 || year < 1970)
        return false;
    if (day < 1 || day > model_month_days(month, year) || h > 23 || m > 59 || s > 59)
        return false;
    int64_t days = day - 1;
    unsigned y = 1970;
    for (; year - y >= 400; y += 400)
        days += 97 * 366 + 303 * 365;
    for (; y < year; y++)
        days += 365 - 28 + model_month_days(1, y);
    for (unsigned i = 0; i < month; i++)
        days += model_month_days(i, year);
    *unix_s = days * 86400 + h * 3600 + m * 60 + s;
    return memcmp(text.data, weekdays[days % 7], 3) == 0;
}

// date_check: the model takes the same dates, and what is read is written as it was.
static inline void date_check(struct view text)
{
    int64_t want_s = -1, got_s = -1;
    bool is_date = model_date(&want_s, text);
    FUZZ_ASSERT(bp_date_read(&got_s, text) == is_date);
    FUZZ_ASSERT(!is_date || got_s == want_s);
    if (!is_date)
        return;
    char again[BP_DATE_LEN];
    bp_date_write(again, got_s);
    FUZZ_ASSERT(view_equal(view_of(again, sizeof again), text));
}

// date_check_time writes the first eight octets, as a number of seconds, and reads them back.
static inline void date_check_time(struct view bytes)
{
    char text[BP_DATE_LEN];
    uint64_t unix_s = 0;
    int64_t back_s = -1;
    for (size_t i = 0; i < bytes.len && i < 8; i++)
        unix_s = unix_s << 8 | (unsigned char)bytes.data[i];
    unix_s %= 253402300800;
    bp_date_write(text, (int64_t)unix_s);
    date_check(view_of(text, sizeof text));
    FUZZ_ASSERT(bp_date_read(&back_s, view_of(text, sizeof text)) && back_s == (int64_t)unix_s);
}

#endif
