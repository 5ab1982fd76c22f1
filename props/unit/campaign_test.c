// SPDX-License-Identifier: Apache-2.0
// What is told about campaigns: rows, JSON, Prometheus, findings, verdict, page.
#include "props/engine/campaign.h"

#include <stdlib.h>

#include "props/engine/page.h"
#include "props/unit/printed.h"
#include "props/unit/unit.h"
#include "json/json_read.h"

static struct campaign query(void)
{
    struct campaign campaign = {.target = "query",
                                .state = CAMPAIGN_DONE,
                                .vitals = {247723, 155, 872, 231, 11796, 0, 0},
                                .elapsed_ms = 60900};
    const struct growth_point begin = {900, 460, 150, 801};
    const struct growth_point middle = {20900, 100000, 155, 860};
    const struct growth_point end = {60900, 247723, 155, 872};
    growth_add(&campaign.growth, &begin);
    growth_add(&campaign.growth, &middle);
    growth_add(&campaign.growth, &end);
    return campaign;
}

static struct campaign canary(void)
{
    struct campaign campaign = {.target = "canary",
                                .programs = "build/fuzz/fuzz",
                                .engine = CAMPAIGN_AFL,
                                .state = CAMPAIGN_DONE,
                                .vitals = {424141, 147, 0, 211, 21198, 3, 9907},
                                .elapsed_ms = 7300000,
                                .finding_count = 3,
                                .not_again_count = 1,
                                .known_count = 1};
    campaign.findings[0] = (struct campaign_finding){
        "out dir/findings/canary-afl-36c1", "fuzz/canary.c:17: does not hold: a<b & \x1b", 3};
    return campaign;
}

static struct campaign broken(void)
{
    return (struct campaign){.target = "a-name-that-is-too-long-for-it",
                             .state = CAMPAIGN_BROKEN,
                             .trouble = "it ran nothing"};
}

static bool holds(const struct buf *out, const char *words)
{
    return view_find(buf_view(out), view_of_text(words)) < out->len;
}

static bool is(const struct buf *out, const char *text)
{
    return view_equal(buf_view(out), view_of_text(text));
}

static void check_rows(void)
{
    char space[2048];
    struct buf out = BUF(space);
    struct campaign all[] = {query(), canary(), broken()};
    campaign_put_row(&out, &all[0]);
    CHECK(is(&out, "query        60 s     155      872    231   11,796     0 s     0  plateau"));
    buf_clear(&out);
    campaign_put_row(&out, &all[1]);
    CHECK(is(&out, "canary        2 h     147        -    211   21,198       -     3  FOUND"));
    buf_clear(&out);
    all[1].state = CAMPAIGN_RUNNING;
    all[1].finding_count = 0;
    campaign_put_row(&out, &all[1]);
    CHECK(holds(&out, "     0  saved some")); // what AFL++ saved is no finding yet
    buf_clear(&out);
    all[0].vitals = (struct vitals){1, 1234567, 123456789, 999999, 99999999, 0, 0};
    all[0].growth.new_ms = 0;
    all[0].elapsed_ms = 100 * 3600000U;
    campaign_put_head(&out);
    for (size_t i = 0; i < 3; i++) {
        campaign_put_row(&out, &all[i]);
        buf_put_byte(&out, '\n');
    }
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
}

static const struct {
    uint64_t ms;
    const char *words;
} ages[] = {{0, "0 s"},           {119999, "119 s"}, {120000, "2 min"},
            {7199999, "119 min"}, {7200000, "2 h"},  {360000000, "100 h"}};

static void check_ages(void)
{
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
        char space[32];
        struct buf out = BUF(space);
        campaign_put_age(&out, ages[i].ms);
        CHECK_ROW(i, is(&out, ages[i].words));
    }
}

static void check_json(void)
{
    char space[CAMPAIGN_JSON_LEN_MAX];
    struct buf out = BUF(space);
    struct campaign all[] = {query(), canary()};
    campaign_put_json(&out, &all[0], 1795351434000);
    CHECK(is(&out, "{\"time\":\"2026-11-22T12:43:54.000Z\",\"target\":\"query\",\"engine\":"
                   "\"libfuzzer\",\"runs\":247723,\"edges\":155,\"features\":872,\"corpus\":231,"
                   "\"exec_per_s\":11796,\"since_new_s\":0,\"findings\":0}\n"));
    buf_clear(&out);
    campaign_put_json(&out, &all[1], 0);
    CHECK(holds(&out, "\"engine\":\"afl\",\"runs\":424141,\"edges\":147,\"features\":null,"));
    void *reader_space = malloc(bp_json_space(sizeof space, 64));
    struct bp_json_reader *reader = bp_json_open(reader_space, sizeof space, 64);
    const struct bp_json_node *nodes;
    size_t count;
    struct bp_fault fault;
    CHECK(bp_json_read(reader, &fault, &nodes, &count, buf_view(&out)));
    free(reader_space);
}

static void check_prometheus(void)
{
    static char space[65536];
    struct buf out = BUF(space);
    struct campaign all[] = {query(), canary()};
    campaigns_put_prometheus(&out, all, 2);
    CHECK(holds(&out, "# HELP balprobe_fuzz_runs_total Inputs run by this engine.\n"
                      "# TYPE balprobe_fuzz_runs_total counter\n"
                      "balprobe_fuzz_runs_total{target=\"query\",engine=\"libfuzzer\"} "
                      "247723\n"
                      "balprobe_fuzz_runs_total{target=\"canary\",engine=\"afl\"} 424141\n"));
    CHECK(holds(&out, "balprobe_fuzz_features{target=\"query"));
    CHECK(!holds(&out, "balprobe_fuzz_features{target=\"canary"));
    CHECK(holds(&out, "balprobe_fuzz_findings_total{target=\"canary\",engine=\"afl\"} 3\n"));
    CHECK(holds(&out, "balprobe_fuzz_plateau{target=\"canary\",engine=\"afl\"} 0\n"));
    CHECK(!out.overflow);
}

static void check_findings(void)
{
    static char space[65536];
    struct buf out = BUF(space);
    struct campaign all[] = {query(), canary(), broken()};
    campaign_put_findings(&out, &all[0]);
    CHECK(out.len == 0);
    campaign_put_findings(&out, &all[1]);
    campaign_put_findings(&out, &all[2]);
    CHECK(is(&out, "canary: fuzz/canary.c:17: does not hold: a<b & \\x1b\n"
                   "   inputs    3\n"
                   "   input     out dir/findings/canary-afl-36c1\n"
                   "   again     build/fuzz/fuzz/fuzz_canary 'out dir/findings/canary-afl-36c1'\n"
                   "canary: AFL++ saved 1 more, which did not fail again\n"
                   "a-name-that-is-too-long-for-it could not be run: it ran nothing\n"));
}

static const struct {
    enum campaign_state states[2];
    unsigned finding_count;
    bool has_lost;
    enum campaigns_verdict verdict;
    const char *line;
} verdicts[] = {
    {{CAMPAIGN_DONE, CAMPAIGN_DONE},
     0,
     false,
     CAMPAIGNS_PASS,
     "PASS  2 targets, 30 runs, 0 findings\n"},
    {{CAMPAIGN_DONE, CAMPAIGN_DONE},
     0,
     true,
     CAMPAIGNS_INCONCLUSIVE,
     "INCONCLUSIVE  2 targets, 30 runs, 0 findings, a file was not written\n"},
    {{CAMPAIGN_DONE, CAMPAIGN_DONE},
     1,
     true,
     CAMPAIGNS_FAIL,
     "FAIL  2 targets, 30 runs, 1 finding, a file was not written\n"},
    {{CAMPAIGN_DONE, CAMPAIGN_DONE},
     1,
     false,
     CAMPAIGNS_FAIL,
     "FAIL  2 targets, 30 runs, 1 finding\n"},
    {{CAMPAIGN_DONE, CAMPAIGN_BROKEN},
     0,
     false,
     CAMPAIGNS_INCONCLUSIVE,
     "INCONCLUSIVE  2 targets, 30 runs, 0 findings, 1 could not be run\n"},
    {{CAMPAIGN_DONE, CAMPAIGN_BROKEN},
     2,
     false,
     CAMPAIGNS_FAIL,
     "FAIL  2 targets, 30 runs, 2 findings, 1 could not be run\n"},
    {{CAMPAIGN_STOPPED, CAMPAIGN_WAITING},
     0,
     false,
     CAMPAIGNS_PARTIAL,
     "PARTIAL  2 targets, 30 runs, 0 findings, 2 stopped before the time was over\n"},
    {{CAMPAIGN_DONE, CAMPAIGN_STOPPED},
     1,
     false,
     CAMPAIGNS_PARTIAL,
     "PARTIAL  2 targets, 30 runs, 1 finding, 1 stopped before the time was over\n"},
};

static void check_verdicts(void)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
        char space[256];
        struct buf out = BUF(space);
        struct campaign all[2] = {{.target = "a"}, {.target = "b"}};
        all[0].vitals.runs = 10;
        all[1].vitals.runs = 20;
        all[0].state = verdicts[i].states[0];
        all[1].state = verdicts[i].states[1];
        all[0].finding_count = verdicts[i].finding_count;
        campaigns_put_verdict(&out, all, 2, verdicts[i].has_lost);
        CHECK_ROW(i, campaigns_verdict(all, 2, verdicts[i].has_lost) == verdicts[i].verdict);
        CHECK_ROW(i, is(&out, verdicts[i].line));
    }
    CHECK(campaigns_verdict(NULL, 0, false) == CAMPAIGNS_INCONCLUSIVE);
}

static void check_page(void)
{
    static char space[PAGE_LEN_MAX];
    struct buf out = BUF(space);
    struct campaign all[] = {query(), canary(), broken()};
    const struct page page = {"0.1.0", VIEW("engine afl, seed 1"), 0, false};
    page_put_curve(&out, &all[0].growth);
    CHECK(is(&out, "<svg viewBox=\"0 0 720 120\" role=\"img\" aria-label=\"growth\">\n"
                   "<path class=\"f\" d=\"M0 116H240V23H720V4H720\"/>\n"
                   "<path class=\"e\" d=\"M0 116H240V4H720\"/>\n</svg>\n"));
    buf_clear(&out);
    page_put_curve(&out, &all[1].growth);
    CHECK(out.len == 0);
    page_put(&out, &page, all, 3);
    CHECK(holds(&out, "<strong>FAIL  3 targets"));
    CHECK(holds(&out, "does not hold: a&#60;b &#38; \\x1b"));
    CHECK(holds(&out, "<tr><td>query</td><td>60 s</td><td>155</td><td>872</td><td>231</td>"));
    CHECK(holds(&out, "147,723 runs since the last new edge, so fewer than one run in 49,241"));
    CHECK(!holds(&out, "a<b"));
    CHECK(!out.overflow);
}

// Every target's findings are there, however many there are.
static void check_long_page(void)
{
    enum { COUNT = 12, WORDS_LEN = CAMPAIGN_WORDS_LEN_MAX - 2 };
    static char space[PAGE_LEN_MAX];
    static struct campaign all[COUNT];
    struct buf out = BUF(space);
    const struct page page = {"0.1.0", VIEW("engine afl, seed 1"), 0, false};
    for (size_t i = 0; i < COUNT; i++) {
        all[i] = canary();
        all[i].known_count = CAMPAIGN_FINDING_COUNT_MAX;
        for (unsigned j = 0; j < CAMPAIGN_FINDING_COUNT_MAX; j++) {
            memset(all[i].findings[j].words, 'a' + (int)i, WORDS_LEN);
            all[i].findings[j].words[0] = (char)('0' + j);
            memset(all[i].findings[j].path, 'p', CAMPAIGN_PATH_LEN_MAX - 1);
        }
    }
    page_put(&out, &page, all, COUNT);
    CHECK(holds(&out, "canary: 0aaa"));
    CHECK(holds(&out, "canary: 7lll"));
    CHECK(holds(&out, "did not fail again\n</pre>"));
    CHECK(!out.overflow);
}

int main(void)
{
    check_rows();
    check_ages();
    check_json();
    check_prometheus();
    check_findings();
    check_verdicts();
    check_page();
    check_long_page();
    return unit_end();
}
