// SPDX-License-Identifier: Apache-2.0
#include "props/launch/monitor.h"

#include "props/unit/printed.h"
#include "props/unit/unit.h"

// A world whose clock moves when somebody waits or asks. Each letter is one request: r right, w
// wrong, R and W the same but taking `slow_ms`, x stops the run. The last letter is repeated.
struct script {
    const char *answers;
    int64_t slow_ms;
    int64_t now_ms;
    int64_t asked_ms[64];
    uint64_t ask_count;
    unsigned news[64];
    struct buf out;
};

static int64_t now_ms(void *context) { return ((struct script *)context)->now_ms; }

static bool wait_until(void *context, int64_t until_ms)
{
    struct script *script = context;
    if (until_ms > script->now_ms)
        script->now_ms = until_ms;
    return true;
}

static bool ask(void *context, bool *is_right)
{
    struct script *script = context;
    char answer = *script->answers;
    if (script->ask_count < 64)
        script->asked_ms[script->ask_count] = script->now_ms;
    if (answer == 'x')
        return false;
    if (script->answers[1] != '\0')
        script->answers++;
    script->now_ms += answer == 'R' || answer == 'W' ? script->slow_ms : 5;
    *is_right = answer == 'r' || answer == 'R';
    return true;
}

static void tell(void *context, const struct monitor *monitor, unsigned news)
{
    struct script *script = context;
    if (script->ask_count < 64)
        script->news[script->ask_count] = news;
    script->ask_count++;
    monitor_put_news(&script->out, monitor, news);
}

static void play(struct monitor *out, struct script *script, const struct monitor_plan *plan)
{
    const struct monitor_world world = {now_ms, wait_until, ask, tell, script};
    script->now_ms = 1000;
    monitor_run(out, plan, &world);
}

enum { HALF_MINUTE = 30000 };

static const struct {
    const char *answers;
    uint64_t count;
    int64_t slow_ms;
    enum monitor_verdict want;
    uint64_t asked, wrong, outages, alarms, late;
    const char *last; // line of the summary
} rows[] = {
    {"r", 5, 0, MONITOR_PASS, 5, 0, 0, 0, 0, "PASS  5 of 5 requests were answered right\n"},
    {"r", 1, 0, MONITOR_PASS, 1, 0, 0, 0, 0, "PASS  1 of 1 request was answered right\n"},
    {"rwr", 5, 0, MONITOR_FAIL, 5, 1, 1, 0, 0, "FAIL  4 of 5 requests were answered right\n"},
    {"rwrwwr", 9, 0, MONITOR_FAIL, 9, 3, 2, 0, 0, "FAIL  6 of 9 requests were answered right\n"},
    {"rrx", 0, 0, MONITOR_PASS, 2, 0, 0, 0, 0, "PASS  2 of 2 requests were answered right\n"},
    {"rwx", 0, 0, MONITOR_FAIL, 2, 1, 1, 0, 0, "FAIL  1 of 2 requests were answered right\n"},
    {"rrx", 5, 0, MONITOR_PARTIAL, 2, 0, 0, 0, 0,
     "PARTIAL  2 of 2 requests were answered right; 5 were asked for\n"},
    {"rwx", 5, 0, MONITOR_PARTIAL, 2, 1, 1, 0, 0,
     "PARTIAL  1 of 2 requests were answered right; 5 were asked for\n"},
    {"x", 0, 0, MONITOR_PARTIAL, 0, 0, 0, 0, 0, "PARTIAL  0 of 0 requests were answered right\n"},
    {"wwwwwwwwwwwr", 12, 0, MONITOR_FAIL, 12, 11, 1, 0, 0,
     "FAIL  1 of 12 requests were answered right\n"},
    {"wwwwwwwwwwwwr", 13, 0, MONITOR_FAIL, 13, 12, 1, 1, 0,
     "FAIL  1 of 13 requests were answered right\n"},
    {"w", 60, 0, MONITOR_FAIL, 60, 60, 1, 1, 0, "FAIL  0 of 60 requests were answered right\n"},
    {"w", 61, 0, MONITOR_FAIL, 61, 61, 1, 2, 0, "FAIL  0 of 61 requests were answered right\n"},
    {"rRr", 4, 95000, MONITOR_PASS, 4, 0, 0, 0, 3, "PASS  4 of 4 requests were answered right\n"},
    {"rWr", 3, 1800000, MONITOR_FAIL, 3, 1, 1, 1, 60,
     "FAIL  2 of 3 requests were answered right\n"},
};

static bool ends_with(const struct buf *out, const char *line)
{
    size_t len = strlen(line);
    return out->len >= len && memcmp(out->data + out->len - len, line, len) == 0;
}

static void check_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[4096];
        struct script script = {.answers = rows[i].answers, .slow_ms = rows[i].slow_ms};
        struct monitor_plan plan = {HALF_MINUTE, rows[i].count};
        struct monitor monitor;
        script.out = BUF(space);
        play(&monitor, &script, &plan);
        CHECK_ROW(i, monitor_verdict(&monitor, &plan) == rows[i].want);
        CHECK_ROW(i, monitor.count == rows[i].asked && monitor.wrong_count == rows[i].wrong);
        CHECK_ROW(i, monitor.outage_count == rows[i].outages);
        CHECK_ROW(i, monitor.alarm_count == rows[i].alarms);
        CHECK_ROW(i, monitor.late_count == rows[i].late);
        monitor_put_summary(&script.out, &monitor, &plan);
        CHECK_ROW(i, printed_is_tidy(&script.out, TEXT_WIDTH));
        CHECK_ROW(i, ends_with(&script.out, rows[i].last));
    }
}

// Requests stand on the grid of the period, and none is made up for.
static void check_grid(void)
{
    static const int64_t want[] = {1000, 31000, 151000, 181000};
    char space[4096];
    struct script script = {.answers = "rRr", .slow_ms = 95000};
    struct monitor_plan plan = {HALF_MINUTE, 4};
    struct monitor monitor;
    script.out = BUF(space);
    play(&monitor, &script, &plan);
    for (size_t i = 0; i < 4; i++)
        CHECK_ROW(i, script.asked_ms[i] == want[i]);
}

// Which request brings which news, and how long the outages were.
static void check_news(void)
{
    char space[4096];
    struct script script = {.answers = "rwwwwwwwwwwwwwr"};
    struct monitor_plan plan = {HALF_MINUTE, 16};
    struct monitor monitor;
    script.out = BUF(space);
    play(&monitor, &script, &plan);
    for (size_t i = 0; i < 16; i++) {
        unsigned want = i == 1 ? MONITOR_BEGINS : i == 12 ? MONITOR_ALARM_ROW : 0;
        CHECK_ROW(i, script.news[i] == (i == 14 ? (unsigned)MONITOR_ENDS : want));
    }
    CHECK(monitor.longest_ms == 13 * HALF_MINUTE + 5);
    struct view text = buf_view(&script.out);
    CHECK(view_find(text, VIEW("12 failures in a row (launch page of 2025)")) < text.len);
    CHECK(view_find(text, VIEW("RECOVERED  after 6 min 30 s\n")) < text.len);
    struct script slow = {.answers = "w", .now_ms = 0};
    slow.out = BUF(space);
    plan.count = 62;
    play(&monitor, &slow, &plan);
    CHECK(slow.news[59] == 0 && slow.news[60] == MONITOR_ALARM_TIME && slow.news[61] == 0);
    text = buf_view(&slow.out);
    CHECK(view_find(text, VIEW("30 minutes (test plan of 2017)")) < text.len);
}

static void check_period(void)
{
    static const struct {
        int64_t period_ms;
        const char *said;
    } periods[] = {{30000, "30 s"},   {500, "0.5 s"}, {2050, "2.05 s"},
                   {1001, "1.001 s"}, {20, "0.02 s"}, {300000, "300 s"}};
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        char space[32];
        struct buf out = BUF(space);
        monitor_put_period(&out, periods[i].period_ms);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(periods[i].said)));
    }
}

int main(void)
{
    check_rows();
    check_grid();
    check_news();
    check_period();
    return unit_end();
}
