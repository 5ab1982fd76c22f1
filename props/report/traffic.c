// SPDX-License-Identifier: Apache-2.0
#include "props/report/traffic.h"

#include "tool/text.h"

static void put_line(struct buf *out, uint64_t count, const char *words)
{
    if (count == 0)
        return;
    text_pad(out, 2);
    text_put_count(out, count);
    text_put_words(out, 2, words);
    buf_put_byte(out, '\n');
}

// The parts of a run's time in milliseconds.
static uint64_t part_ms(const struct time_use *use, enum time_kind kind)
{
    return (uint64_t)use->us[kind] / 1000;
}

static uint64_t own_ms(const struct time_use *use, uint64_t elapsed_ms)
{
    uint64_t waited_ms = 0;
    for (unsigned kind = 0; kind < TIME_KIND_COUNT; kind++)
        waited_ms += part_ms(use, (enum time_kind)kind);
    return elapsed_ms < waited_ms ? 0 : elapsed_ms - waited_ms;
}

void traffic_put_time(struct buf *out, const struct time_use *use, uint64_t elapsed_ms)
{
    static const char *const words[TIME_KIND_COUNT] = {[TIME_ENDPOINT] = ": endpoint ",
                                                       [TIME_PAUSE] = ", waiting on purpose ",
                                                       [TIME_HOOK] = ", hooks "};
    buf_put_text(out, "Time ");
    text_put_seconds(out, elapsed_ms);
    for (unsigned kind = 0; kind < TIME_KIND_COUNT; kind++) {
        buf_put_text(out, words[kind]);
        text_put_seconds(out, part_ms(use, (enum time_kind)kind));
    }
    buf_put_text(out, ", ours ");
    text_put_seconds(out, own_ms(use, elapsed_ms));
    buf_put_byte(out, '\n');
}

void traffic_put_time_json(struct buf *out, const struct time_use *use, uint64_t elapsed_ms)
{
    static const char *const names[TIME_KIND_COUNT] = {[TIME_ENDPOINT] = ",\"endpoint\":",
                                                       [TIME_PAUSE] = ",\"purpose\":",
                                                       [TIME_HOOK] = ",\"hooks\":"};
    buf_put_text(out, ",\n \"time_ms\":{\"all\":");
    buf_put_unsigned(out, elapsed_ms);
    for (unsigned kind = 0; kind < TIME_KIND_COUNT; kind++) {
        buf_put_text(out, names[kind]);
        buf_put_unsigned(out, part_ms(use, (enum time_kind)kind));
    }
    buf_put_text(out, ",\"ours\":");
    buf_put_unsigned(out, own_ms(use, elapsed_ms));
    buf_put_byte(out, '}');
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
    buf_put_byte(out, '\n');
}
