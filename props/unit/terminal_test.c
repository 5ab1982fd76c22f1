// SPDX-License-Identifier: Apache-2.0
#include "props/report/terminal.h"

#include <stdlib.h>

#include "props/report/matrix.h"
#include "props/report/scene.h"
#include "props/unit/printed.h"
#include "props/unit/unit.h"
#include "tool/text.h"

static char text_space[MATRIX_LEN_MAX];

static bool has(const struct buf *out, const char *text)
{
    return view_find(buf_view(out), view_of_text(text)) < out->len;
}

static void check_counts(void)
{
    static const struct {
        uint64_t n;
        const char *text;
    } rows[] = {{0, "0"},
                {12, "12"},
                {999, "999"},
                {1000, "1,000"},
                {123456, "123,456"},
                {1234567, "1,234,567"},
                {UINT64_MAX, "18,446,744,073,709,551,615"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(text_space);
        text_put_count(&out, rows[i].n);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].text)));
    }
}

static void check_words(void)
{
    static const struct {
        const char *before;
        size_t indent;
        const char *words;
        const char *text;
    } rows[] = {
        {"", 0, "", ""},
        {"", 0, "one two", "one two"},
        {"", 2, "one two", "  one two"},
        {"ab", 2, "one", "abone"},
        {"abc", 2, "one", "abc one"},
        {"abc ", 2, "one", "abc one"},
        {"abc\n", 2, "one", "abc\n  one"},
        {"", 76, "four next", // exactly as wide as the page
         "                                                                            four\n"
         "                                                                            next"},
        {"", 77, "four", // a word that is too wide stands alone
         "                                                                             four"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(text_space);
        buf_put_text(&out, rows[i].before);
        text_put_words(&out, rows[i].indent, rows[i].words);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].text)));
    }
}

static void check_rows(void)
{
    struct buf out = BUF(text_space);
    text_put_row(&out, "sent", "a");
    text_put_row(&out, "averylonglabel", "b");
    CHECK(view_equal(buf_view(&out), VIEW("   sent      a\n   averylonglabel b\n")));
    buf_clear(&out);
    text_put_bytes(&out, VIEW("a\x1b[31m\r\n\xff"), 100);
    CHECK(view_equal(buf_view(&out), VIEW("a\\x1b[31m\\r\\n\\xff")));
    buf_clear(&out);
    text_put_bytes(&out, VIEW("abcdef"), 3);
    CHECK(view_equal(buf_view(&out), VIEW("abc ... (6 bytes)")));
}

// Whatever comes back, the report stays one clean page.
static void check_scene(void)
{
    char hostile[512];
    for (size_t i = 0; i < sizeof hostile; i++)
        hostile[i] = (char)i;
    static const struct fixture fixture;
    struct exchange *x = calloc(1, sizeof *x);
    x->fixture = &fixture;
    x->request = view_of(hostile, sizeof hostile);
    x->response = x->request;
    x->body = x->request;
    x->rest = x->request;
    x->status = 200;
    x->head.field_count = 1;
    x->head.fields[0] = (struct bp_field){x->request, x->request};
    static const struct {
        enum fate fate;
        const char *text;
    } rows[] = {{FATE_ANSWERED, "   received  200 \\x00\\x01"},
                {FATE_SILENT, "   received  nothing"},
                {FATE_MALFORMED, "   received  no whole HTTP response: nothing is wrong\n"},
                {FATE_FAILED, "   received  nothing can be said"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(text_space);
        x->fate = rows[i].fate;
        scene_put_sent(&out, x);
        scene_put_received(&out, x);
        scene_put_whole(&out, x, 100);
        CHECK_ROW(i, has(&out, rows[i].text));
        CHECK_ROW(i, has(&out, "   sent      \\x00\\x01"));
        bool is_clean = !out.overflow;
        for (size_t at = 0; at < out.len; at++)
            is_clean = is_clean &&
                       (out.data[at] == '\n' || (out.data[at] >= 0x20 && out.data[at] <= 0x7e));
        CHECK_ROW(i, is_clean);
    }
    free(x);
}

// The acts stand where they were done, between the requests.
static void check_acts(void)
{
    static const struct bp_act acts[] = {
        {.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT("8988247000100003319"), .bytes = 1500000},
        {.hook = BP_HOOK_CLOCK, .ms = 3600000},
        {.hook = BP_HOOK_WALLED, .iccid = VIEW_INIT("8988247000100003319"), .is_on = true},
        {.hook = BP_HOOK_LIMITER},
        {.hook = BP_HOOK_ORDER,
         .iccid = VIEW_INIT("8988247000100003319"),
         .bytes = 5 * BP_MB,
         .ms = 86400000,
         .is_payg = true,
         .id = VIEW_INIT("7"),
         .countries = VIEW_INIT("US,CA")},
    };
    struct trial *trial = calloc(1, sizeof *trial);
    struct buf out = BUF(text_space);
    scene_put_acts(&out, trial);
    CHECK(out.len == 0);
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        bp_act_keep(&trial->acts[i].kept, &acts[i]);
        trial->acts[i].send_count = i;
        trial->acts[i].is_done = acts[i].hook != BP_HOOK_LIMITER;
    }
    trial->act_count = sizeof acts / sizeof acts[0];
    scene_put_acts(&out, trial);
    CHECK(view_equal(buf_view(&out),
                     VIEW("   done      before request 1: consume 8988247000100003319 1.5 MB\n"
                          "             before request 2: clock 3600 s\n"
                          "             before request 3: walled 8988247000100003319 on\n"
                          "             before request 4: limiter off (could not be done)\n"
                          "             before request 5: order 8988247000100003319 5 MB P1D 7 "
                          "MODIRECTPAYG US,CA\n")));
    buf_clear(&out);
    CHECK(scene_put_whole_acts(&out, trial, 1) == trial->act_count);
    CHECK(has(&out, "! clock 3600 s\n! walled ") && !has(&out, "consume"));
    free(trial);
}

static void check_whole(void)
{
    static const struct fixture fixture;
    struct exchange *x = calloc(1, sizeof *x);
    x->fixture = &fixture;
    x->request = VIEW("GET / HTTP/1.1\r\n\r\n");
    x->response = VIEW("HTTP/1.1 200 OK\r\n\r\nbody");
    struct buf out = BUF(text_space);
    scene_put_whole(&out, x, 100);
    CHECK(view_equal(buf_view(&out), VIEW("> GET / HTTP/1.1\\r\\n\n> \\r\\n\n"
                                          "< HTTP/1.1 200 OK\\r\\n\n< \\r\\n\n< body\n")));
    free(x);
}

static bool selected[CLAUSE_COUNT_MAX];

static const struct {
    enum grade grades[3]; // of the first clauses
    bool saw_200;
    bool was_stopped;
    const char *verdict;
    enum check_state state;
    const char *gap;
} runs[] = {
    {{GRADE_PASS, GRADE_PASS, GRADE_PASS},
     true,
     false,
     "PASS  3 passed, 0 failed, 0 tolerated, 0 not tested\n",
     CHECK_GOES_ON,
     NULL},
    {{GRADE_PASS, GRADE_FAIL, GRADE_TOLERATED},
     true,
     false,
     "FAIL  1 passed, 1 failed, 1 tolerated, 0 not tested\n",
     CHECK_GOES_ON,
     NULL},
    {{GRADE_PASS, GRADE_SKIP, GRADE_INFO},
     true,
     false,
     "PASS  1 passed, 0 failed, 0 tolerated, 2 not tested\n",
     CHECK_GOES_ON,
     NULL},
    {{GRADE_PASS, GRADE_FAIL, GRADE_PASS},
     true,
     true,
     "PARTIAL  interrupted: 2 passed, 1 failed, 0 tolerated, 0 not tested\n",
     CHECK_GOES_ON,
     NULL},
    {{GRADE_PASS, GRADE_PASS, GRADE_PASS},
     false,
     false,
     "INCONCLUSIVE  no answer was ever 200: 3 passed, 0 failed, 0 tolerated, 0 not tested\n",
     CHECK_GOES_ON,
     NULL},
    {{GRADE_SKIP, GRADE_NONE, GRADE_NONE},
     true,
     false,
     "INCONCLUSIVE  nothing was judged: 0 passed, 0 failed, 0 tolerated, 3 not tested\n",
     CHECK_GOES_ON,
     NULL},
    {{GRADE_PASS, GRADE_PASS, GRADE_PASS},
     true,
     false,
     "PASS  3 passed, 0 failed, 0 tolerated, 0 not tested\n",
     CHECK_TIME_IS_UP,
     NULL},
    {{GRADE_PASS, GRADE_PASS, GRADE_NONE},
     true,
     false,
     "PARTIAL  the endpoint is gone: 2 passed, 0 failed, 0 tolerated, 1 not tested\n",
     CHECK_IS_LOST,
     NULL},
    {{GRADE_PASS, GRADE_FAIL, GRADE_NONE},
     true,
     false,
     "FAIL  the endpoint is gone: 1 passed, 1 failed, 0 tolerated, 1 not tested\n",
     CHECK_IS_LOST,
     NULL},
    {{GRADE_PASS, GRADE_PASS, GRADE_NONE},
     true,
     false,
     "PARTIAL  a gap: 2 passed, 0 failed, 0 tolerated, 1 not tested\n",
     CHECK_GOES_ON,
     "a gap"},
    {{GRADE_PASS, GRADE_FAIL, GRADE_NONE},
     true,
     false,
     "FAIL  1 passed, 1 failed, 0 tolerated, 1 not tested\n",
     CHECK_GOES_ON,
     "a gap"},
};

static void check_verdicts(struct check_result *result, struct terminal_run *run)
{
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        memset(result->graded, 0, sizeof result->graded);
        for (size_t j = 0; j < 3; j++) {
            result->graded[j][runs[i].grades[j]] = 2;
            result->graded[j][GRADE_PASS] += runs[i].grades[j] == GRADE_FAIL;
        }
        result->saw_200 = runs[i].saw_200;
        result->was_stopped = runs[i].was_stopped;
        result->state = runs[i].state;
        result->gap = runs[i].gap;
        struct buf out = BUF(text_space);
        terminal_put_verdict(&out, run, result);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(runs[i].verdict)));
    }
}

static void check_areas(struct check_result *result, struct terminal_run *run)
{
    memset(result->graded, 0, sizeof result->graded);
    result->state = CHECK_TIME_IS_UP;
    result->gap = NULL;
    result->run_cap = 4321;
    result->pair_cap = 300;
    for (size_t i = 0; i < clause_count(); i++) {
        selected[i] = true;
        result->graded[i][i % 2 == 0 ? GRADE_FAIL : GRADE_TOLERATED] = 1;
        result->tolerated_why[i] = i % 2 == 0 ? NULL : "a reason of some words to be shown here";
        result->is_capped[i] = true;
    }
    result->graded[1][GRADE_TOLERATED] = 0;
    result->untested_why[1] = "nobody could";
    result->case_count = 1234567;
    struct buf out = BUF(text_space);
    terminal_put_head(&out, run);
    terminal_put_areas(&out, run, result);
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    CHECK(has(&out, "seed 0x5eed   profile seed\n"));
    CHECK(has(&out, "1,234,567 cases"));
    CHECK(has(&out, "the first 4,321 runs of"));
    CHECK(has(&out, "only the first 300 were enumerated"));
    CHECK(has(&out, "The time was up"));
    CHECK(has(&out, " FAILED   ") && has(&out, "\n  GB-PATH-2     nobody could\n"));
    for (size_t i = 0; i < clause_count(); i++)
        CHECK_ROW(i, has(&out, clause_at(i)->id));
    memset(selected, 0, sizeof selected);
    selected[0] = true;
    buf_clear(&out);
    terminal_put_areas(&out, run, result);
    CHECK(has(&out, clause_at(0)->id));
    CHECK(!has(&out, clause_at(1)->id));
    CHECK(!has(&out, clause_at(2)->id));
    CHECK(has(&out, "1 FAILED"));
}

// A run without TLS says so, and that is no failure; a clause that was tried in vain is untested.
static void check_left_out(struct check_result *result, struct terminal_run *run)
{
    memset(result->graded, 0, sizeof result->graded);
    memset(result->tolerated_why, 0, sizeof result->tolerated_why);
    result->saw_200 = true;
    result->was_stopped = false;
    for (size_t i = 0; i < clause_count(); i++) {
        selected[i] = true;
        result->graded[i][GRADE_PASS] = !clause_at(i)->over_tls;
    }
    struct buf out = BUF(text_space);
    terminal_put_areas(&out, run, result);
    terminal_put_verdict(&out, run, result);
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    CHECK(has(&out, "0/12     12 needs TLS GB-TLS-1 GB-TLS-2"));
    CHECK(has(&out, "\nPASS  129 passed, 0 failed, 0 tolerated, 12 not tested\n"));
    size_t clause = clause_find(VIEW("GB-TLS-1"));
    check_note(result, clause, skip("some reason"));
    CHECK(!check_is_left_out(result, clause) && check_is_left_out(result, clause + 1));
    check_note(result, clause + 1, fail("some reason"));
    check_note(result, clause + 2, tolerated(KEY_TLS_REFUSAL, "some reason"));
    buf_clear(&out);
    terminal_put_areas(&out, run, result);
    terminal_put_verdict(&out, run, result);
    CHECK(has(&out, "1 untested  GB-TLS-1\n"));
    CHECK(has(&out, "9 needs TLS GB-TLS-4"));
    CHECK(has(&out, "tls.refusal"));
    CHECK(has(&out, "\nFAIL  129 passed, 1 failed, 1 tolerated, 10 not tested\n"));
}

static void check_matrix(void)
{
    struct prove_result *result = calloc(1, sizeof *result);
    result->liar_count = liar_count();
    result->variant_count = variant_count();
    for (size_t i = 0; i < result->variant_count; i++)
        result->variants[i].liar = variant_at(i);
    for (size_t i = 0; i < result->liar_count; i++) {
        result->liars[i].liar = liar_at(i);
        size_t clause = clause_find(view_of_text(liar_at(i)->clause));
        CHECK_ROW(i, clause < clause_count());
        result->liars[i].first[clause] = (uint32_t)i + 1;
    }
    struct buf out = BUF(text_space);
    matrix_put(&out, result);
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    CHECK(!has(&out, "ALIVE"));
    CHECK(has(&out, "\nPASS  ") == prove_passes(result));
    memset(result->liars[0].first, 0, sizeof result->liars[0].first);
    result->honest.first[1] = 7;
    result->honest.why[1] = "some reason";
    buf_clear(&out);
    matrix_put(&out, result);
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    CHECK(has(&out, "ALIVE"));
    CHECK(has(&out, "some reason"));
    CHECK(has(&out, "\nFAIL  "));
    buf_clear(&out);
    matrix_put_tsv(&out, result);
    size_t tab_count = 0;
    for (size_t i = 0; i < out.len; i++)
        tab_count += out.data[i] == '\t';
    CHECK(tab_count == (liar_count() + 1) * (clause_local_count() + 2));
    CHECK(!out.overflow);
    free(result);
}

int main(void)
{
    check_counts();
    check_words();
    check_rows();
    check_scene();
    check_acts();
    check_whole();
    struct check_result *result = calloc(1, sizeof *result);
    struct terminal_run run = {.version = "0.1.0",
                               .subject = "in process",
                               .profile = "seed",
                               .seed = 0x5eed,
                               .only = selected,
                               .again = ""};
    for (size_t i = 0; i < 3; i++)
        selected[i] = true;
    check_verdicts(result, &run);
    check_areas(result, &run);
    check_left_out(result, &run);
    check_matrix();
    free(result);
    return unit_end();
}
