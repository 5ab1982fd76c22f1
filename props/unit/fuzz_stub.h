// SPDX-License-Identifier: Apache-2.0
// Stand-ins for fuzz programs and for afl-fuzz: shell scripts that print what engines print, so
// that who runs engines is tested in every build.
#ifndef BP_PROPS_UNIT_FUZZ_STUB_H
#define BP_PROPS_UNIT_FUZZ_STUB_H

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

// A libFuzzer program. $written names the file that is to be told as written, prefixed as asked.
#define STUB_WORDS                                                                   \
    "#!/bin/sh\n"                                                                    \
    "for word in \"$@\"; do case $word in -artifact_prefix=*) prefix=${word#*=} ;; " \
    "-seed=*) seed=${word#*=} ;; esac; done\n"
#define STUB_HEAD                                                           \
    STUB_WORDS                                                              \
    "echo '#2\tINITED cov: 22 ft: 23 corp: 1/1b exec/s: 0 rss: 34Mb' >&2\n" \
    "echo '#100\tNEW    cov: 24 ft: 25 corp: 2/14b lim: 9 exec/s: 50 rss: 34Mb L: 1/1' >&2\n"

#define STUB_FAILS(name)                                                               \
    "echo 'fuzz/x.c:1: does not hold: a == b' >&2\n"                                   \
    "echo 'ERROR: libFuzzer: deadly signal' >&2\n"                                     \
    "echo input >\"${prefix}" name "\"\n"                                              \
    "echo \"artifact_prefix='$prefix'; Test unit written to ${prefix}" name "\" >&2\n" \
    "echo 'stat::number_of_executed_units: 150' >&2\nexit 77\n"

static const char stub_passes[] =
    STUB_HEAD "echo '#300\tDONE   cov: 24 ft: 26 corp: 2/14b lim: 9 exec/s: 50 rss: 34Mb' >&2\n";
// Fails on another input at each start, always on the same, or on one of its seeds.
static const char stub_fails_anew[] = STUB_HEAD STUB_FAILS("crash-$seed");
static const char stub_fails_again[] = STUB_HEAD STUB_FAILS("crash-same");
static const char stub_seed_fails[] = STUB_WORDS STUB_FAILS("crash-same");
// It says something, and dies.
static const char stub_dies[] = "#!/bin/sh\necho 'no such option' >&2\nexit 1\n";
static const char stub_is_silent[] = "#!/bin/sh\nexit 0\n";
// Runs until it is asked to end, as libFuzzer does.
static const char stub_runs_on[] = STUB_HEAD "trap 'exit 72' TERM\n"
                                             "while :; do sleep 0.05; done\n";
// Somebody else interrupts it.
static const char stub_is_interrupted[] = STUB_HEAD "exit 72\n";
// Built without instrumentation.
static const char stub_sees_nothing[] =
    "#!/bin/sh\n"
    "echo '#2\tINITED exec/s: 0 rss: 26Mb' >&2\n"
    "echo '#300\tDONE   corp: 1/1b lim: 4096 exec/s: 50 rss: 27Mb' >&2\n"
    "echo 'stat::number_of_executed_units: 300' >&2\n";

#define STUB_AFL_HEAD                                                            \
    "#!/bin/sh\n"                                                                \
    "while [ $# -gt 0 ]; do case $1 in -o) out=$2 ;; esac; shift; done\n"        \
    "mkdir -p $out/default/crashes $out/default/hangs $out/default/queue\n"      \
    "printf 'execs_done : 166363\\nedges_found : 306\\nstability : 100.00%%\\n'" \
    " >$out/default/fuzzer_stats\n"
#define STUB_AFL_SAVES                                   \
    "echo bad >$out/default/crashes/id:000000,sig:06\n"  \
    "echo good >$out/default/crashes/id:000001,sig:06\n" \
    "echo README >$out/default/crashes/README.txt\n"     \
    "echo good >$out/default/hangs/id:000000\n"

// afl-fuzz saved two crashes and a hang, and says that all is well; or it saved them and aborts.
static const char stub_afl[] = STUB_AFL_HEAD STUB_AFL_SAVES;
static const char stub_afl_aborts[] =
    STUB_AFL_HEAD STUB_AFL_SAVES "echo '[-]  SYSTEM ERROR : Unable to write' >&2\nexit 1\n";
// It saved nothing, and all is well, or it ends in the middle.
static const char stub_afl_passes[] = STUB_AFL_HEAD;
static const char stub_afl_ends[] = STUB_AFL_HEAD "exit 1\n";
// Fails on inputs that are bad; a merge finds one more.
static const char stub_checks[] =
    "#!/bin/sh\n"
    "for word in \"$@\"; do case $word in -artifact_prefix=*) echo more >${word#*=}crash-1; exit 0"
    " ;; esac; file=$word; done\n"
    "! grep -q bad \"$file\" || { echo 'fuzz/x.c:1: does not hold: a == b' >&2; exit 77; }\n";

// A library that it needs is not there.
static const char stub_is_not_loaded[] = "#!/bin/sh\nexit 127\n";
// Cannot merge.
static const char stub_cannot_merge[] = "#!/bin/sh\ncase $1 in -merge=1) exit 1 ;; esac\n";
static const char stub_merges[] = "#!/bin/sh\n";

// stub_write writes a stub as a program.
static inline bool stub_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return false;
    bool is_written = fputs(text, file) >= 0;
    is_written = fclose(file) == 0 && is_written;
    return chmod(path, 0755) == 0 && is_written;
}

#endif
