// SPDX-License-Identifier: Apache-2.0
// What fuzzing engines say about themselves: libFuzzer line by line on its error stream; AFL++ in
// datagrams for statsd, each second, and at its end in the file fuzzer_stats. (Its plot_data stays
// empty for a minute.) What they do not say stays as it was.
#ifndef BP_PROPS_ENGINE_VITALS_H
#define BP_PROPS_ENGINE_VITALS_H

#include "base/view.h"

struct vitals {
    uint64_t runs;
    uint64_t edges;
    uint64_t features; // edges with how often they were passed; AFL++ has none
    uint64_t corpus;   // inputs
    uint64_t exec_per_s;
    uint64_t crashes;        // that AFL++ has saved: none of them is a finding yet
    uint64_t stability_part; // of AFL++, in hundredths of a per cent; 0: not said
};

// What a line of libFuzzer is about.
enum vitals_line {
    LINE_OTHER,
    LINE_BEGINS, // the corpus is read: what follows is news
    LINE_FIGURES,
    LINE_CAUSE,  // what went wrong, in `words`
    LINE_WRITTEN // the input that made it wrong: its path is `words`
};

// vitals_read_digits reads the decimal digits at the beginning of `text`; false when there are
// none, or too many.
BP_MUST_USE bool vitals_read_digits(uint64_t *out, struct view text);

// vitals_read_line reads one line of libFuzzer, or of what a target said as it failed, without its
// end. Whether figures come before LINE_BEGINS the caller knows. Pure; cost: linear.
enum vitals_line vitals_read_line(struct vitals *vitals, struct view *words, struct view line);

// vitals_read_afl reads fuzzer_stats ("execs_done : 12") or a datagram ("fuzzing.execs_done:12|g");
// false: it counts no executions. Pure; cost: linear.
BP_MUST_USE bool vitals_read_afl(struct vitals *vitals, struct view text);

#endif
