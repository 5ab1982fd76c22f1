// SPDX-License-Identifier: Apache-2.0
#include "meter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool meter_number(uint64_t *out, const char *text)
{
    size_t len = strlen(text);
    if (len == 0 || len > 18)
        return false;
    *out = 0;
    for (size_t i = 0; i < len; i++) {
        if (!is_digit(text[i]))
            return false;
        *out = *out * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}

// The first number behind `key` in a file of /proc; 0 when there is none.
static uint64_t read_proc(uint64_t pid, const char *name, const char *key)
{
    char text[8192];
    uint64_t number = 0;
    snprintf(text, sizeof text, "/proc/%" PRIu64 "/%s", pid, name);
    FILE *file = fopen(text, "r");
    if (file == NULL)
        return 0;
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    const char *at = strstr(text, key);
    if (at == NULL)
        return 0;
    at += strlen(key);
    while (*at == ' ' || *at == '\t')
        at++;
    for (; is_digit(*at); at++)
        number = number * 10 + (uint64_t)(*at - '0');
    return number;
}

uint64_t meter_resident_kib(uint64_t pid) { return read_proc(pid, "status", "VmRSS:"); }

uint64_t meter_cpu_ns(uint64_t pid) { return read_proc(pid, "schedstat", ""); }

static uint64_t clock_ns(clockid_t clock)
{
    struct timespec now = {0, 0};
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

uint64_t meter_own_cpu_ns(void) { return clock_ns(CLOCK_PROCESS_CPUTIME_ID); }

int64_t meter_now_us(void) { return (int64_t)(clock_ns(CLOCK_MONOTONIC) / 1000); }

static int compare(const void *a, const void *b)
{
    const uint32_t *x = a;
    const uint32_t *y = b;
    return (*x > *y) - (*x < *y);
}

uint32_t meter_percentile(uint32_t *values, size_t count, unsigned percent)
{
    qsort(values, count, sizeof *values, compare);
    size_t at = count * percent / 100;
    return values[at < count ? at : count - 1];
}

void meter_say(const char *name, double value, const char *unit)
{
    printf("%s\t%.6g\t%s\n", name, value, unit);
    fflush(stdout);
}

static bool judge(const char *name, double value, const char *unit, const char *sign, double limit,
                  bool is_ok)
{
    printf("%s\t%.6g\t%s\t%s %.6g\t%s\n", name, value, unit, sign, limit, is_ok ? "ok" : "FAILED");
    fflush(stdout);
    return is_ok;
}

bool meter_at_most(const char *name, double value, const char *unit, double limit)
{
    return judge(name, value, unit, "<=", limit, value <= limit);
}

bool meter_at_least(const char *name, double value, const char *unit, double limit)
{
    return judge(name, value, unit, ">=", limit, value >= limit);
}
