// SPDX-License-Identifier: Apache-2.0
#include "tool/stamp.h"

#include <assert.h>
#include <time.h>

static void put_seconds(struct buf *out, int64_t wall_ms)
{
    struct tm tm;
    time_t s = (time_t)(wall_ms / 1000);
    bool is_good = gmtime_r(&s, &tm) != NULL;
    assert(is_good && tm.tm_year >= 70 && tm.tm_year <= 8099);
    if (!is_good)
        return;
    buf_put_padded(out, (uint64_t)tm.tm_year + 1900, 4);
    buf_put_byte(out, '-');
    buf_put_padded(out, (uint64_t)tm.tm_mon + 1, 2);
    buf_put_byte(out, '-');
    buf_put_padded(out, (uint64_t)tm.tm_mday, 2);
    buf_put_byte(out, 'T');
    buf_put_padded(out, (uint64_t)tm.tm_hour, 2);
    buf_put_byte(out, ':');
    buf_put_padded(out, (uint64_t)tm.tm_min, 2);
    buf_put_byte(out, ':');
    buf_put_padded(out, (uint64_t)tm.tm_sec, 2);
}

void stamp_put(struct buf *out, int64_t wall_ms)
{
    put_seconds(out, wall_ms);
    buf_put_byte(out, 'Z');
}

void stamp_put_ms(struct buf *out, int64_t wall_ms)
{
    put_seconds(out, wall_ms);
    buf_put_byte(out, '.');
    buf_put_padded(out, (uint64_t)(wall_ms % 1000), 3);
    buf_put_byte(out, 'Z');
}

bool stamp_is(struct view text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    bool is = text.len == STAMP_LEN;
    for (size_t i = 0; i < STAMP_LEN && is; i++)
        is = shape[i] == 'd' ? byte_is_digit(text.data[i]) : text.data[i] == shape[i];
    return is;
}
