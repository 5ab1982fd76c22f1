#!/bin/sh
# Floors: what the committed corpus reaches and how fast a target is, against ci/floors.tsv.
#
#   sh ci/floors.sh [TARGET...]            exit status 1 when anything dropped
#   sh ci/floors.sh --bless [TARGET...]    writes the table anew and shows what changed
#
# The table has for each target of fuzz/targets.txt:
#   edges, features  libFuzzer after it loaded corpus/TARGET, in a fixed order (-runs=0)
#   functions        of those that its first comment names as target functions, which are reached;
#                    those that the compiler put into their callers cannot be seen
#   rate             executions per CPU second of `runs` runs with a fixed seed, divided by those of
#                    the empty target just before; the floor is 0.6 of it, at the best of 3 tries
# A rise is told, and is no failure. build/floors has junit.xml and the logs.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
table=ci/floors.tsv
work=build/floors
blesses=no
if [ "${1:-}" = --bless ]; then
    blesses=yes
    shift
fi
targets=$(targets_of "$@") || exit 2
rm -rf $work
mkdir -p $work
sh ci/setup.sh
echo "building: fuzz" >&2
sh ci/build.sh fuzz

committed() { # TARGET COLUMN
    [ ! -f $table ] || awk -F '\t' -v name="$1" -v n="$2" 'NR > 1 && $1 == name { print $n }' $table
}

# CPU milliseconds of a command, which gets a shell of its own so that nothing else is counted.
cpu_ms() { # LOG COMMAND...
    # shellcheck disable=SC2016
    sh -c 'log=$1; shift; "$@" >"$log" 2>&1 || exit; times' sh "$@" |
        awk 'NR == 2 { split($1 "m" $2, part, /[ms]+/)
            printf "%d\n", 1000 * (60 * part[1] + part[2] + 60 * part[3] + part[4]) }'
}

# Names of functions in the first sentence of the first comment. _feed behind bp_json_read is
# bp_json_feed.
named() { # TARGET
    sed -n '2,/^[^/]/p' "fuzz/$1.c" | sed -n 's|^// *||p' | tr '\n' ' ' |
        sed 's/.*Target functions: //; s/\. .*//; s/\.$//' | tr -c 'a-z0-9_' '\n' | awk '
        /^_/ { print stem $0; next }
        /_/ { print; stem = $0; sub(/_[a-z0-9]*$/, "", stem) }' | sort -u
}

# New inputs go to a folder of their own, which is empty at first.
fuzz() { # TARGET RUNS: CPU milliseconds, nothing when it failed
    rm -rf "$work/$1.new"
    mkdir "$work/$1.new"
    # shellcheck disable=SC2046
    cpu_ms "$work/$1.speed" "build/fuzz/fuzz/fuzz_$1" -seed=1 -runs="$2" \
        -artifact_prefix="$work/$1-" $(limits "$1") "$work/$1.new" "corpus/$1"
}

empty_runs=300000
measure_rate() { # TARGET RUNS: sets rate; the empty target's time is at least a millisecond
    rate=
    empty_ms=$(cpu_ms $work/empty.speed build/fuzz/fuzz/fuzz_empty -seed=1 -runs=$empty_runs)
    target_ms=$(fuzz "$1" "$2")
    [ -n "$target_ms" ] || return 0
    rate=$(awk -v runs="$2" -v ms="$target_ms" -v empty_runs=$empty_runs -v empty_ms="$empty_ms" \
        'BEGIN { printf "%.3g", runs / (ms + 1) / (empty_runs / (empty_ms + 1)) }')
}

# As many runs as take about a CPU second, with one digit that counts.
choose_runs() { # TARGET
    runs=100
    while ms=$(fuzz "$1" $runs) && [ "${ms:-9999}" -lt 300 ] && [ $runs -lt 300000 ]; do
        runs=$((runs * 4))
    done
    awk -v runs=$runs -v ms="${ms:-1000}" 'BEGIN { n = runs * 1000 / ms; ten = 1
        while (n / ten >= 10) ten *= 10
        print int(n / ten + 0.5) * ten }'
}

is_below() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'; }

measure() { # TARGET: sets edges, features, functions, runs, rate
    program=build/fuzz/fuzz/fuzz_$1
    edges=
    features=
    rate=
    : >"$work/$1.named"
    : >"$work/$1.reached"
    "$program" -runs=0 -seed=1 -shuffle=0 -print_coverage=1 "corpus/$1" >"$work/$1.log" 2>&1 || {
        echo "corpus/$1 fails, see $work/$1.log; ci/replay.sh names the input"
        return 1
    }
    # shellcheck disable=SC2046
    set -- "$1" $(sed -n 's/.*INITED cov: \([0-9]*\) ft: \([0-9]*\) .*/\1 \2/p' "$work/$1.log")
    edges=${2:-0}
    features=${3:-0}
    named "$1" >"$work/$1.named"
    sed -n 's/^COVERED_FUNC: .* edges: [0-9/]* \([A-Za-z0-9_]*\) .*/\1/p' "$work/$1.log" | sort -u |
        comm -12 - "$work/$1.named" >"$work/$1.reached"
    functions=$(tr '\n' ',' <"$work/$1.reached" | sed 's/,$//')
    runs=$(committed "$1" 2)
    [ -n "$runs" ] || runs=$(choose_runs "$1")
    floor=$(committed "$1" 5 | awk '{ print 0.6 * $1 }')
    best=0
    try=1
    while [ $try -le 3 ]; do
        measure_rate "$1" "$runs"
        [ -n "$rate" ] || {
            echo "failed while it was timed: see $work/$1.speed, input $work/$1-*"
            return 1
        }
        is_below "$rate" "$best" || best=$rate
        if [ $blesses = no ] && ! is_below "$rate" "${floor:-0}"; then break; fi
        try=$((try + 1))
    done
    rate=$best
}

compare() { # TARGET: what dropped
    [ -n "$(committed "$1" 1)" ] || {
        echo "no row in $table: sh ci/floors.sh --bless $1"
        return
    }
    [ "$edges" -ge "$(committed "$1" 3)" ] || echo "edges dropped from $(committed "$1" 3) to $edges"
    [ "$features" -ge "$(committed "$1" 4)" ] ||
        echo "features dropped from $(committed "$1" 4) to $features"
    ! is_below "$rate" "$floor" ||
        echo "rate dropped from $(committed "$1" 5) to $rate of the empty target's"
    committed "$1" 6 | tr ',' '\n' | grep . | sort | comm -23 - "$work/$1.reached" |
        sed 's/^/no longer reached: /'
}

failed=0
header=$(printf 'target\truns\tedges\tfeatures\trate\tfunctions')
echo "$header" >$work/rows
for target in $targets; do
    begun=$(now_ms)
    words=ok
    if measure "$target" >"$work/$target.wrong"; then
        printf '%s\t%d\t%d\t%d\t%s\t%s\n' "$target" "$runs" "$edges" "$features" "$rate" \
            "$functions" >>$work/rows
        [ $blesses = yes ] || compare "$target" >"$work/$target.wrong"
    fi
    junit_case $work/junit.xml floors "$target" $(($(now_ms) - begun)) <"$work/$target.wrong"
    if [ -s "$work/$target.wrong" ]; then
        words=FAILED
        failed=1
    fi
    printf '%-11s %6d edges %6d features %7s of empty %4d of %2d functions  %s\n' "$target" \
        "${edges:-0}" "${features:-0}" "${rate:-0}" "$(wc -l <"$work/$target.reached")" \
        "$(wc -l <"$work/$target.named")" "$words"
    sed 's/^/    /' "$work/$target.wrong"
done
junit_end $work/junit.xml floors

if [ $blesses = yes ] && [ $failed = 0 ]; then
    {
        echo "$header"
        for target in $(cat fuzz/targets.txt); do
            awk -F '\t' -v name="$target" 'FNR > 1 && $1 == name { row = $0 } END { if (row) print row }' \
                $([ ! -f $table ] || echo $table) $work/rows
        done
    } >$work/table
    diff $table $work/table 2>/dev/null || true
    mv $work/table $table
    for target in $targets; do
        comm -13 "$work/$target.reached" "$work/$target.named" | sed "s/^/$target: not seen: /"
    done
fi
[ $failed = 0 ] || echo "floors: FAILED, see $work"
exit $failed
