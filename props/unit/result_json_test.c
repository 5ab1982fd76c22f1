// SPDX-License-Identifier: Apache-2.0
#include "props/report/result_json.h"

#include <stdlib.h>

#include "props/report/traffic.h"
#include "props/unit/unit.h"
#include "tool/stamp.h"

static const int64_t wall_ms = INT64_C(1767225599999);

static bool selected[CLAUSE_COUNT_MAX];
static char text_space[RESULT_JSON_LEN_MAX];
static void *space;

static bool has(const struct buf *out, const char *text)
{
    return view_find(buf_view(out), view_of_text(text)) < out->len;
}

static struct terminal_run plain_run(void)
{
    return (struct terminal_run){.version = "0.1.0",
                                 .subject = "https://mo.example/v1",
                                 .profile = "seed",
                                 .seed = 7,
                                 .only = selected};
}

// Every clause passed, but for the first three.
static void grade(struct check_result *result)
{
    memset(result, 0, sizeof *result);
    result->saw_200 = true;
    result->case_count = 1234;
    for (size_t i = 0; i < clause_count(); i++) {
        selected[i] = true;
        result->graded[i][GRADE_PASS] = 1;
    }
    result->graded[0][GRADE_FAIL] = 1;
    result->graded[1][GRADE_TOLERATED] = 1;
    memset(result->graded[2], 0, sizeof result->graded[2]);
}

// Where the time of a run at a URL went; one in process says nothing of it.
static void check_time(void)
{
    struct check_result *result = malloc(sizeof *result);
    struct terminal_run run = plain_run();
    const struct time_use use = {
        {[TIME_ENDPOINT] = 12000900, [TIME_PAUSE] = 3100000, [TIME_HOOK] = 999}};
    struct buf out = BUF(text_space);
    grade(result);
    run.elapsed_ms = 41250;
    result_json_put(&out, &run, result, wall_ms);
    CHECK(!has(&out, "time_ms"));
    run.use = &use;
    buf_clear(&out);
    result_json_put(&out, &run, result, wall_ms);
    CHECK(has(&out, "\"time_ms\":{\"all\":41250,\"endpoint\":12000,\"purpose\":3100,"
                    "\"hooks\":0,\"ours\":26150},"));
    struct result_json back;
    CHECK(result_json_read(&back, space, buf_view(&out)) == NULL);
    buf_clear(&out);
    traffic_put_time(&out, &use, run.elapsed_ms);
    CHECK(view_equal(buf_view(&out), VIEW("Time 41.2 s: endpoint 12.0 s, waiting on purpose 3.1 s, "
                                          "hooks 0.0 s, ours 26.1 s\n")));
    buf_clear(&out);
    traffic_put_time_json(&out, &use, 100);
    CHECK(has(&out, "\"ours\":0}"));
    free(result);
}

static void check_round(void)
{
    struct check_result *result = malloc(sizeof *result);
    struct terminal_run run = plain_run();
    struct result_json back;
    struct buf out = BUF(text_space);
    grade(result);
    selected[3] = false;
    run.environment = BP_ENVIRONMENT_STAGING;
    result_json_put(&out, &run, result, wall_ms);
    CHECK(!out.overflow && out.data[out.len - 1] == '\n');
    CHECK(has(&out, "\"environment\":\"staging\""));
    const char *words = result_json_read(&back, space, buf_view(&out));
    CHECK(words == NULL);
    if (words != NULL)
        return;
    CHECK(view_equal(back.endpoint, VIEW("https://mo.example/v1")));
    CHECK(view_equal(back.environment, VIEW("staging")));
    CHECK(view_equal(back.date, VIEW("2025-12-31T23:59:59Z")));
    CHECK(view_equal(back.profile, VIEW("seed")) && view_equal(back.version, VIEW("0.1.0")));
    CHECK(view_equal(back.verdict, VIEW("FAIL")) && back.case_count == 1234);
    CHECK(back.is_complete && !back.asks_all);
    for (size_t i = 0; i < clause_count(); i++) {
        static const enum standing first[] = {STANDING_FAILED, STANDING_TOLERATED,
                                              STANDING_UNTESTED, STANDING_UNTESTED};
        enum standing want = i < 4 ? first[i] : STANDING_PASSED;
        CHECK_ROW(i, result_json_standing(&back, view_of_text(clause_at(i)->id)) == want);
    }
    CHECK(result_json_standing(&back, VIEW("GB-NONE-1")) == STANDING_UNTESTED);
    free(result);
}

// A run that did not come to its end says so.
static void check_ends(void)
{
    static const struct {
        bool was_stopped;
        enum check_state state;
        const char *gap;
        bool sees_nothing;
        bool is_complete;
        const char *verdict;
    } rows[] = {
        {false, CHECK_GOES_ON, NULL, false, true, "FAIL"},
        {true, CHECK_GOES_ON, NULL, false, false, "PARTIAL"},
        {false, CHECK_TIME_IS_UP, NULL, false, false, "FAIL"},
        {false, CHECK_IS_LOST, NULL, false, false, "FAIL"},
        {false, CHECK_GOES_ON, "a gap", false, false, "FAIL"},
        {false, CHECK_GOES_ON, NULL, true, true, "INCONCLUSIVE"},
    };
    struct check_result *result = malloc(sizeof *result);
    struct terminal_run run = plain_run();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(text_space);
        struct result_json back;
        grade(result);
        result->was_stopped = rows[i].was_stopped;
        result->state = rows[i].state;
        result->gap = rows[i].gap;
        result->saw_200 = !rows[i].sees_nothing;
        result_json_put(&out, &run, result, wall_ms);
        CHECK_ROW(i, !has(&out, "environment"));
        CHECK_ROW(i, result_json_read(&back, space, buf_view(&out)) == NULL);
        CHECK_ROW(i, back.is_complete == rows[i].is_complete && back.asks_all);
        CHECK_ROW(i, view_equal(back.verdict, view_of_text(rows[i].verdict)));
        CHECK_ROW(i, back.environment.len == 0);
    }
    free(result);
}

#define HEAD                                                                            \
    "{\"balprobe\":\"1\",\"endpoint\":\"https://h\",\"date\":\"2026-01-01T00:00:00Z\"," \
    "\"profile\":\"seed\","

#define LONG_64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG LONG_64 LONG_64 LONG_64 LONG_64 LONG_64

static void check_refusals(void)
{
    static const struct {
        const char *text;
        const char *said; // NULL: it is read
    } rows[] = {
        {HEAD "\"verdict\":\"PASS\",\"clauses\":{}}", NULL},
        {HEAD "\"later\":[1],\"verdict\":\"PASS\",\"clauses\":{\"X\":\"passed\"}}", NULL},
        {HEAD "\"verdict\":\"PASS\",\"clauses\":{\"X\":\"not asked\"}}", NULL},
        {"", "no JSON"},
        {HEAD "\"verdict\":\"PASS\",\"clauses\":{}", "no JSON"},
        {"[]", "no JSON object"},
        {"{}", "what was run"},
        {HEAD "\"clauses\":{}}", "verdict"},
        {HEAD "\"verdict\":\"OK\",\"clauses\":{}}", "verdict"},
        {HEAD "\"verdict\":\"PASS\"}", "no clauses"},
        {HEAD "\"verdict\":\"PASS\",\"clauses\":[]}", "no clauses"},
        {HEAD "\"verdict\":\"PASS\",\"clauses\":{\"X\":\"fine\"}}", "neither"},
        {HEAD "\"verdict\":\"PASS\",\"clauses\":{\"X\":true}}", "neither"},
        {"{\"balprobe\":\"1\",\"endpoint\":\"h\",\"profile\":\"seed\",\"date\":\"today\","
         "\"verdict\":\"PASS\",\"clauses\":{}}",
         "date"},
        {HEAD "\"verdict\":\"PASS\",\"clauses\":{},\"environment\":\"" LONG LONG "\"}", "too long"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result_json back;
        const char *words = result_json_read(&back, space, view_of_text(rows[i].text));
        CHECK_ROW(i, (words == NULL) == (rows[i].said == NULL));
        CHECK_ROW(i, words == NULL || strstr(words, rows[i].said) != NULL);
    }
}

static void check_stamp(void)
{
    static const struct {
        int64_t ms;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {951782399999, "2000-02-28T23:59:59Z"},
        {951782400000, "2000-02-29T00:00:00Z"},
        {INT64_C(253402300799000), "9999-12-31T23:59:59Z"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char stamp_space[STAMP_LEN];
        struct buf out = BUF(stamp_space);
        stamp_put(&out, rows[i].ms);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].text)));
        CHECK_ROW(i, stamp_is(buf_view(&out)));
    }
    CHECK(!stamp_is(VIEW("2026-03-02T10:00:00")) && !stamp_is(VIEW("2026-03-02 10:00:00Z")));
}

int main(void)
{
    space = aligned_alloc(16, (result_json_space() + 15) / 16 * 16);
    check_time();
    check_round();
    check_ends();
    check_refusals();
    check_stamp();
    free(space);
    return unit_end();
}
