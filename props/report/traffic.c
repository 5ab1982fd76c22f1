// SPDX-License-Identifier: Apache-2.0
#include "props/report/traffic.h"

#include "tool/text.h"

static void put_line(struct buf *out, uint64_t count, const char *words)
{
    if (count == 0)
        return;
    text_pad(out, 2);
    text_put_count(out, count);
    text_put_words(out, 4, words);
    buf_put_byte(out, '\n');
}

void traffic_put(struct buf *out, const struct remote_counts *counts, const struct guard *guard)
{
    buf_put_text(out, "Sent ");
    text_put_count(out, counts->request_count);
    buf_put_text(out, counts->request_count == 1 ? " request over " : " requests over ");
    text_put_count(out, counts->connection_count);
    buf_put_text(out, counts->connection_count == 1 ? " connection\n" : " connections\n");
    put_line(out, guard->odd_count, "held back: no ordinary client sends them (--aggressive does)");
    put_line(out, guard->stranger_count,
             "held back: they might name a SIM that is not in the inventory");
    put_line(out, counts->throttled_count, "answered 429 and waited for");
    put_line(out, counts->resent_count, "sent again: the kept connection had just been closed");
    put_line(out, counts->timeout_count, "without an answer in time");
    put_line(out, counts->cut_count, "answers cut short here, too long or too slow");
    put_line(out, counts->unasked_count, "times that bytes came unasked behind an answer");
    put_line(out, counts->failure_count, "connections failed");
    put_line(out, (uint64_t)counts->waited_us / 1000000, "seconds waited for rate and Retry-After");
    buf_put_byte(out, '\n');
}
