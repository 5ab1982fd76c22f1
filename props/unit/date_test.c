// SPDX-License-Identifier: Apache-2.0
#include "value/date.h"

#include "base/view.h"
#include "props/unit/unit.h"

#include <time.h>

static const struct {
    int64_t unix_s;
    struct view text;
} rows[] = {
    {0, VIEW_INIT("Thu, 01 Jan 1970 00:00:00 GMT")},
    {784111777, VIEW_INIT("Sun, 06 Nov 1994 08:49:37 GMT")},
    {951782399, VIEW_INIT("Mon, 28 Feb 2000 23:59:59 GMT")},
    {951782400, VIEW_INIT("Tue, 29 Feb 2000 00:00:00 GMT")},
    {951868800, VIEW_INIT("Wed, 01 Mar 2000 00:00:00 GMT")},
    {978307199, VIEW_INIT("Sun, 31 Dec 2000 23:59:59 GMT")},
    {2147483648, VIEW_INIT("Tue, 19 Jan 2038 03:14:08 GMT")},
    {4107542399, VIEW_INIT("Sun, 28 Feb 2100 23:59:59 GMT")},
    {4107542400, VIEW_INIT("Mon, 01 Mar 2100 00:00:00 GMT")},
    {253402300799, VIEW_INIT("Fri, 31 Dec 9999 23:59:59 GMT")},
};

// The C library as the oracle: its fields, and not strftime, which knows the locale.
static bool is_like_gmtime(int64_t unix_s)
{
    static const char weekdays[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char out[BP_DATE_LEN];
    char want[64];
    time_t t = (time_t)unix_s;
    struct tm tm;
    gmtime_r(&t, &tm);
    int len = snprintf(want, sizeof want, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
                       weekdays + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
                       tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
    bp_date_write(out, unix_s);
    return len == BP_DATE_LEN && memcmp(out, want, BP_DATE_LEN) == 0;
}

static const struct view bad_rows[] = {
    VIEW_INIT(""),
    VIEW_INIT("Sun, 06 Nov 1994 08:49:37 GM"),
    VIEW_INIT("Sun, 06 Nov 1994 08:49:37 GMT "),
    VIEW_INIT("Mon, 06 Nov 1994 08:49:37 GMT"),
    VIEW_INIT("sun, 06 Nov 1994 08:49:37 GMT"),
    VIEW_INIT("Sun, 06 nov 1994 08:49:37 GMT"),
    VIEW_INIT("Sun, 06 Xyz 1994 08:49:37 GMT"),
    VIEW_INIT("Sun, 06 Nov 1994 08:49:37 UTC"),
    VIEW_INIT("Sun, 06 Nov 1994 24:00:00 GMT"),
    VIEW_INIT("Sun, 06 Nov 1994 08:49:60 GMT"),
    VIEW_INIT("Wed, 31 Nov 1994 08:49:37 GMT"),
    VIEW_INIT("Tue, 29 Feb 2100 00:00:00 GMT"),
    VIEW_INIT("Wed, 31 Dec 1969 23:59:59 GMT"),
    VIEW_INIT("Fri, 31 Dec 9999 24:00:00 GMT"),
    VIEW_INIT("Sun, 0\377 Nov 1994 08:49:37 GMT"),
    VIEW_INIT("Sun, 06 Nov \377\377\377\377 08:49:37 GMT"),
    VIEW_INIT("Sun Nov  6 08:49:37 1994     "),
};

static bool is_read_back(int64_t unix_s)
{
    char text[BP_DATE_LEN];
    int64_t read_s = -1;
    bp_date_write(text, unix_s);
    return bp_date_read(&read_s, view_of(text, sizeof text)) && read_s == unix_s;
}

static void check_reading(void)
{
    int64_t ignored = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, is_read_back(rows[i].unix_s));
    for (size_t i = 0; i < sizeof bad_rows / sizeof bad_rows[0]; i++)
        CHECK_ROW(i, !bp_date_read(&ignored, bad_rows[i]));
    for (int64_t day = 0; day < 200000; day++)
        CHECK_ROW((size_t)day, is_read_back(day * 86400 + day % 86400));
    for (int64_t s = 200000; s < 253402300799; s += 86400 * 97 + 12345)
        CHECK_ROW((size_t)s, is_read_back(s));
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char out[BP_DATE_LEN];
        bp_date_write(out, rows[i].unix_s);
        CHECK_ROW(i, view_equal(view_of(out, sizeof out), rows[i].text));
    }
    for (int64_t day = 0; day < 200000; day++)
        CHECK_ROW((size_t)day, is_like_gmtime(day * 86400 + day % 86400));
    for (int64_t s = 0; s < 86400; s += 7)
        CHECK_ROW((size_t)s, is_like_gmtime(1700000000 / 86400 * 86400 + s));
    for (int64_t s = 200000; s < 253402300799; s += 86400 * 97 + 12345)
        CHECK_ROW((size_t)s, is_like_gmtime(s));
    check_reading();
    return unit_end();
}
