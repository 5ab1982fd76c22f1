// SPDX-License-Identifier: Apache-2.0
#include "props/launch/monitor.h"

#include "tool/text.h"
#include "value/decimal.h"

static unsigned note_wrong(struct monitor *monitor, int64_t sent_ms, int64_t now_ms)
{
    unsigned news = 0;
    monitor->wrong_count++;
    if (monitor->row_count++ == 0) {
        monitor->outage_count++;
        monitor->began_ms = sent_ms;
        monitor->alarms = 0;
        news = MONITOR_BEGINS;
    }
    monitor->outage_ms = now_ms - monitor->began_ms;
    if (monitor->row_count >= MONITOR_ROW_COUNT)
        news |= MONITOR_ALARM_ROW & ~monitor->alarms;
    if (monitor->outage_ms >= MONITOR_OUTAGE_MS)
        news |= MONITOR_ALARM_TIME & ~monitor->alarms;
    monitor->alarm_count += (news & MONITOR_ALARM_ROW) != 0;
    monitor->alarm_count += (news & MONITOR_ALARM_TIME) != 0;
    monitor->alarms |= news;
    return news;
}

static unsigned note_right(struct monitor *monitor, int64_t now_ms)
{
    if (monitor->row_count == 0)
        return 0;
    monitor->row_count = 0;
    monitor->outage_ms = now_ms - monitor->began_ms;
    return MONITOR_ENDS;
}

static bool ask(struct monitor *monitor, const struct monitor_world *world)
{
    int64_t sent_ms = world->now_ms(world->context);
    bool is_right = false;
    if (!world->ask(world->context, &is_right))
        return false;
    int64_t now_ms = world->now_ms(world->context);
    monitor->count++;
    unsigned news = is_right ? note_right(monitor, now_ms) : note_wrong(monitor, sent_ms, now_ms);
    if (monitor->outage_ms > monitor->longest_ms)
        monitor->longest_ms = monitor->outage_ms;
    world->tell(world->context, monitor, news);
    return true;
}

void monitor_run(struct monitor *out, const struct monitor_plan *plan,
                 const struct monitor_world *world)
{
    *out = (struct monitor){.count = 0};
    int64_t due_ms = world->now_ms(world->context);
    while (world->wait(world->context, due_ms) && ask(out, world)) {
        if (plan->count != 0 && out->count >= plan->count)
            return;
        int64_t now_ms = world->now_ms(world->context);
        int64_t passed = now_ms < due_ms ? 0 : (now_ms - due_ms) / plan->period_ms;
        out->late_count += (uint64_t)passed;
        due_ms += (passed + 1) * plan->period_ms;
    }
}

void monitor_put_period(struct buf *out, int64_t period_ms)
{
    bp_decimal_write(out, (double)period_ms / 1000);
    buf_put_text(out, " s");
}

// "31 min 30 s", "0.4 s"
static void put_time(struct buf *out, int64_t ms)
{
    uint64_t s = (uint64_t)ms / 1000;
    if (s < 60) {
        text_put_seconds(out, (uint64_t)ms);
        return;
    }
    text_put_count(out, s / 60);
    buf_put_text(out, " min ");
    buf_put_unsigned(out, s % 60);
    buf_put_text(out, " s");
}

void monitor_put_news(struct buf *out, const struct monitor *monitor, unsigned news)
{
    if ((news & MONITOR_BEGINS) != 0)
        buf_put_text(out, "OUTAGE     begins\n");
    if ((news & MONITOR_ALARM_ROW) != 0)
        buf_put_text(out, "ALARM      12 failures in a row (launch page of 2025)\n");
    if ((news & MONITOR_ALARM_TIME) != 0)
        buf_put_text(out, "ALARM      no right answer for 30 minutes (test plan of 2017)\n");
    if ((news & MONITOR_ENDS) == 0)
        return;
    buf_put_text(out, "RECOVERED  after ");
    put_time(out, monitor->outage_ms);
    buf_put_byte(out, '\n');
}

enum monitor_verdict monitor_verdict(const struct monitor *monitor, const struct monitor_plan *plan)
{
    if (monitor->count == 0 || monitor->count < plan->count)
        return MONITOR_PARTIAL;
    return monitor->wrong_count == 0 ? MONITOR_PASS : MONITOR_FAIL;
}

void monitor_put_summary(struct buf *out, const struct monitor *monitor,
                         const struct monitor_plan *plan)
{
    static const char *const words[] = {
        [MONITOR_PASS] = "PASS  ", [MONITOR_FAIL] = "FAIL  ", [MONITOR_PARTIAL] = "PARTIAL  "};
    if (monitor->outage_count != 0) {
        text_put_count(out, monitor->outage_count);
        buf_put_text(out, monitor->outage_count == 1 ? " outage, " : " outages, the longest ");
        put_time(out, monitor->longest_ms);
        buf_put_text(out, monitor->row_count != 0 ? ", not over yet; " : "; ");
        text_put_count(out, monitor->alarm_count);
        buf_put_text(out, monitor->alarm_count == 1 ? " alarm\n" : " alarms\n");
    }
    if (monitor->late_count != 0) {
        text_put_count(out, monitor->late_count);
        buf_put_text(out, " requests were left out because something took longer than a period\n");
    }
    buf_put_text(out, words[monitor_verdict(monitor, plan)]);
    text_put_count(out, monitor->count - monitor->wrong_count);
    buf_put_text(out, " of ");
    text_put_count(out, monitor->count);
    buf_put_text(out, monitor->count == 1 ? " request was answered right"
                                          : " requests were answered right");
    if (monitor->count < plan->count) {
        buf_put_text(out, "; ");
        text_put_count(out, plan->count);
        buf_put_text(out, " were asked for");
    }
    buf_put_byte(out, '\n');
}
