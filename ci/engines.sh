# shellcheck shell=sh
# Read by the scripts that run fuzz targets: how a target is run, and how a verdict becomes a file.
# Needs the root as current folder.

export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
export UBSAN_OPTIONS=print_stacktrace=1
# Freed blocks are kept for a while, to see who still uses them: OpenSSL frees a lot of them.
export ASAN_OPTIONS=quarantine_size_mb=64

# Targets that were asked for, or all; ends the script when one is not there.
targets_of() { # [TARGET...]
    [ $# -gt 0 ] || {
        cat fuzz/targets.txt
        return
    }
    for target in "$@"; do
        grep -qx -- "$target" fuzz/targets.txt || {
            echo "no such target: $target (fuzz/targets.txt has them)" >&2
            return 2
        }
        echo "$target"
    done
}

# What every run of libFuzzer gets, as the build of preset fuzz has it; no argument has a blank in it.
limits() { # TARGET
    sed -n 's/^\([a-z_]*\) = \(.*\)/-\1=\2/p' "build/fuzz/fuzz/fuzz_$1.options"
    [ ! -f "fuzz/$1.dict" ] || echo "-dict=fuzz/$1.dict"
}

# AFL++ without its screen and its questions about the machine, in the place of the shell. It takes
# no options of a sanitizer but its own, and its exit status says nothing.
afl_fuzz() { # ARGUMENT...
    unset ASAN_OPTIONS UBSAN_OPTIONS
    export AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
    export AFL_TRY_AFFINITY=1 AFL_FAST_CAL=1
    exec afl-fuzz "$@"
}
afl_stat() { # OUT NAME: what its statistics say, nothing when it did not start
    sed -n "s/^$2 *: *//p" "$1/default/fuzzer_stats" 2>/dev/null || true
}

# What a target reaches with the inputs that it loaded: "EDGES FEATURES"; with those of folders, in
# a fixed order. Nothing when it fails. (libFuzzer's fork mode also counts what runs before the first
# input.)
reach_in() { # [LOG]
    sed -n 's/.*INITED cov: \([0-9]*\) ft: \([0-9]*\) .*/\1 \2/p' "$@"
}
reach_of() { # TARGET FOLDER...
    fuzzer=build/fuzz/fuzz/fuzz_$1
    shift
    "$fuzzer" -runs=0 -seed=1 -shuffle=0 -artifact_prefix=build/ "$@" 2>&1 | reach_in
}
edges_of() { reach_of "$@" | cut -d ' ' -f 1; } # TARGET FOLDER...

# Whether an input fails, with every relation played: an engine plays one (fuzz/fuzz.h).
fails() { # PROGRAM INPUT LOG
    ! BALPROBE_PLAYS_ALL=1 timeout -k 5 60 "$1" -timeout=5 -rss_limit_mb=512 "$2" >"$3" 2>&1 </dev/null
}

# The most that corpus/TARGET may have.
# shellcheck disable=SC2034
files_max=500
# shellcheck disable=SC2034
octets_max=2000000

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Text for XML, and for a JSON string: what is not printable ASCII becomes a question mark.
printable() { LC_ALL=C tr -c '\n\t -~' '?'; }
xml_text() { printable | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'; }
json_text() {
    printable | tr '\t' ' ' | sed 's/\\/\\\\/g; s/"/\\"/g' | awk '{ printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }'
}

# A JUnit file is made of cases: standard input has what went wrong, and nothing when all is well.
junit_case() { # FILE SUITE NAME MILLISECONDS
    [ -f "$1.cases" ] || : >"$1.cases"
    wrong=$(cat)
    {
        printf '<testcase classname="%s" name="%s" time="%d.%03d"' "$(echo "$2" | xml_text)" \
            "$(echo "$3" | xml_text)" $(($4 / 1000)) $(($4 % 1000))
        if [ -n "$wrong" ]; then
            printf '>\n<failure message="%s">%s</failure>\n</testcase>\n' \
                "$(echo "$wrong" | head -n 1 | xml_text)" "$(echo "$wrong" | xml_text)"
        else echo '/>'; fi
    } >>"$1.cases"
}
junit_end() { # FILE NAME
    [ -f "$1.cases" ] || : >"$1.cases"
    {
        echo '<?xml version="1.0" encoding="UTF-8"?>'
        echo "<testsuite name=\"$2\" tests=\"$(grep -c '^<testcase' "$1.cases" || true)\"" \
            "failures=\"$(grep -c '^<failure' "$1.cases" || true)\">"
        cat "$1.cases"
        echo '</testsuite>'
    } >"$1"
    rm -f "$1.cases"
}
