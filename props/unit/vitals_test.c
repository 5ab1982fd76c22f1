// SPDX-License-Identifier: Apache-2.0
// Lines and files of both engines, as they were printed here.
#include "props/engine/vitals.h"

#include "props/unit/unit.h"

static const struct line_row {
    const char *line;
    enum vitals_line kind;
    uint64_t runs, edges, features, corpus, exec_per_s;
    const char *words;
} lines[] = {
    {"#2\tINITED cov: 22 ft: 23 corp: 1/1b exec/s: 0 rss: 34Mb", LINE_BEGINS, 2, 22, 23, 1, 0, ""},
    {"#64\tpulse  cov: 119 ft: 201 corp: 60/2417b exec/s: 0 rss: 45Mb", LINE_FIGURES, 64, 119, 201,
     60, 0, ""},
    {"#10\tNEW    cov: 24 ft: 25 corp: 2/14b lim: 4096 exec/s: 0 rss: 34Mb L: 13/13 MS: 3 Custom-",
     LINE_FIGURES, 10, 24, 25, 2, 0, ""},
    {"#155997\tREDUCE cov: 159 ft: 743 corp: 204/47Kb lim: 4096 exec/s: 22285 rss: 190Mb L: "
     "132/4021",
     LINE_FIGURES, 155997, 159, 743, 204, 22285, ""},
    {"#247723\tDONE   cov: 155 ft: 872 corp: 231/35Kb lim: 512 exec/s: 11796 rss: 410Mb",
     LINE_FIGURES, 247723, 155, 872, 231, 11796, ""},
    {"stat::number_of_executed_units: 156025", LINE_FIGURES, 156025, 0, 0, 0, 0, ""},
    {"stat::average_exec_per_sec:     22289", LINE_FIGURES, 0, 0, 0, 0, 0, ""},
    {"stat::peak_rss_mb:              44", LINE_FIGURES, 0, 0, 0, 0, 0, ""},
    {"\tNEW_FUNC[1/1]: 0x55e780f888b8 in read_limit src/http/query.c:70", LINE_OTHER, 0, 0, 0, 0, 0,
     ""},
    {"    #0 0x55e780f2e951 in __sanitizer_print_stack_trace (fuzz_canary+0x13e951)", LINE_OTHER, 0,
     0, 0, 0, 0, ""},
    {"#0\tREAD units: 107", LINE_OTHER, 0, 0, 0, 0, 0, ""},
    {"#", LINE_OTHER, 0, 0, 0, 0, 0, ""},
    {"#99999999999999999999999 cov: 1 ft: 1", LINE_OTHER, 0, 0, 0, 0, 0, ""},
    {"", LINE_OTHER, 0, 0, 0, 0, 0, ""},
    {"fuzz/canary.c:17: does not hold: !query.has_limit || query.limit_count != 7", LINE_CAUSE, 0,
     0, 0, 0, 0, "fuzz/canary.c:17: does not hold: !query.has_limit || query.limit_count != 7"},
    {"==30572== ERROR: libFuzzer: deadly signal", LINE_CAUSE, 0, 0, 0, 0, 0, "deadly signal"},
    {"==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602", LINE_CAUSE, 0, 0, 0, 0,
     0, "heap-buffer-overflow on address 0x602"},
    {"==8==WARNING: MemorySanitizer: use-of-uninitialized-value", LINE_CAUSE, 0, 0, 0, 0, 0,
     "use-of-uninitialized-value"},
    {"==9==ERROR: UndefinedBehaviorSanitizer: SEGV on unknown address 0x10", LINE_CAUSE, 0, 0, 0, 0,
     0, "SEGV on unknown address 0x10"},
    {"src/a.c:3:5: runtime error: signed integer overflow", LINE_CAUSE, 0, 0, 0, 0, 0,
     "signed integer overflow"},
    {"\x1b[1;91m[-] PROGRAM ABORT : \x1b[0mUnable to open 'in'", LINE_CAUSE, 0, 0, 0, 0, 0,
     "\x1b[0mUnable to open 'in'"},
    {"[-]  SYSTEM ERROR : Unable to write to 'out'", LINE_CAUSE, 0, 0, 0, 0, 0,
     "Unable to write to 'out'"},
    {"artifact_prefix='f/x-'; Test unit written to f/x-crash-ab3c58a0", LINE_WRITTEN, 0, 0, 0, 0, 0,
     "f/x-crash-ab3c58a0"},
};

static void check_lines(void)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const struct line_row *row = &lines[i];
        struct vitals vitals = {0};
        struct view words = VIEW("");
        enum vitals_line kind = vitals_read_line(&vitals, &words, view_of_text(row->line));
        CHECK_ROW(i, kind == row->kind);
        CHECK_ROW(i, vitals.runs == row->runs);
        CHECK_ROW(i, vitals.edges == row->edges);
        CHECK_ROW(i, vitals.features == row->features);
        CHECK_ROW(i, vitals.corpus == row->corpus);
        CHECK_ROW(i, vitals.exec_per_s == row->exec_per_s);
        CHECK_ROW(i, view_equal(words, view_of_text(row->words)));
    }
}

static const char stats[] = "start_time        : 1795351433\n"
                            "execs_done        : 166363\n"
                            "execs_per_sec     : 8315.66\n"
                            "execs_ps_last_min : 0.00\n"
                            "corpus_count      : 461\n"
                            "stability         : 99.07%\n"
                            "saved_crashes     : 2\n"
                            "edges_found       : 306\n"
                            "command_line      : afl-fuzz -V 20 -- afl/fuzz/fuzz_query\n";

static const char datagram[] = "fuzzing.cycle_done:0|g\n"
                               "fuzzing.execs_done:64661|g\n"
                               "fuzzing.execs_per_sec:28174.73|g\n"
                               "fuzzing.corpus_count:423|g\n"
                               "fuzzing.saved_crashes:1|g\n"
                               "fuzzing.edges_found:305|g";

static void check_afl(void)
{
    struct vitals vitals = {0};
    CHECK(vitals_read_afl(&vitals, view_of_text(stats)));
    CHECK(vitals.runs == 166363);
    CHECK(vitals.exec_per_s == 8315);
    CHECK(vitals.corpus == 461);
    CHECK(vitals.crashes == 2);
    CHECK(vitals.edges == 306);
    CHECK(vitals.stability_part == 9907);
    CHECK(vitals_read_afl(&vitals, view_of_text(datagram)));
    CHECK(vitals.runs == 64661);
    CHECK(vitals.exec_per_s == 28174);
    CHECK(vitals.corpus == 423);
    CHECK(vitals.crashes == 1);
    CHECK(vitals.edges == 305);
    CHECK(vitals.stability_part == 9907); // is not said, and stays
    CHECK(!vitals_read_afl(&vitals, VIEW("")));
    CHECK(!vitals_read_afl(&vitals, VIEW("execs_done : many\n")));
    CHECK(!vitals_read_afl(&vitals, VIEW("edges_found : 7\n")));
    CHECK(vitals.edges == 305);
}

int main(void)
{
    check_lines();
    check_afl();
    return unit_end();
}
