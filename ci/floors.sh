#!/bin/sh
# Floors: what the committed corpus reaches and how fast a target is, against ci/floors.tsv.
#
#   sh ci/floors.sh [TARGET...]            exit status 1 when anything dropped
#   sh ci/floors.sh --bless [TARGET...]    writes the table anew and shows what changed
#   sh ci/floors.sh --empty [TARGET...]    fuzzes from nothing, see below
#
# The table has for each target of fuzz/targets.txt:
#   edges, features  libFuzzer after it loaded corpus/TARGET, in a fixed order (-runs=0)
#   functions        of those that its first comment names as target functions, which are reached;
#                    those that the compiler put into their callers cannot be seen
#   rate             executions per CPU second of `runs` runs (ci/rate.sh), divided by those of the
#                    empty target just before, the median of 3 tries; the floor is 0.6 of it, at the
#                    best of 3 tries
# A rise is told, and is no failure. build/floors has junit.xml and the logs.
#
# --empty gives each target at most a minute of CPU time, the mutator and its dictionary, and no
# inputs: what it finds has to reach 90 % of the edges of its committed corpus, or fuzzing lives on
# what it was given. (Of signed chains, TLS flights, files and answers the mutator has whole ones:
# the samples of fuzz/CMakeLists.txt.) Exit status 1 when one does not.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
. ci/rate.sh
table=ci/floors.tsv
work=build/floors
blesses=no
from_nothing=no
if [ "${1:-}" = --bless ]; then
    blesses=yes
    shift
elif [ "${1:-}" = --empty ]; then
    from_nothing=yes
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

# Names of functions in the first sentence of the first comment. _feed behind bp_json_read is
# bp_json_feed.
named() { # TARGET
    sed -n '2,/^[^/]/p' "fuzz/$1.c" | sed -n 's|^// *||p' | tr '\n' ' ' |
        sed 's/.*Target functions: //; s/\. .*//; s/\.$//' | tr -c 'a-z0-9_' '\n' | awk '
        /^_/ { print stem $0; next }
        /_/ { print; stem = $0; sub(/_[a-z0-9]*$/, "", stem) }' | sort -u
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
    "$program" -runs=0 -seed=1 -shuffle=0 -print_coverage=1 -artifact_prefix="$work/$1-" \
        "corpus/$1" >"$work/$1.log" 2>&1 || {
        echo "corpus/$1 fails, see $work/$1.log; ci/replay.sh names the input"
        return 1
    }
    # shellcheck disable=SC2046
    set -- "$1" $(reach_in "$work/$1.log")
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
    : >"$work/$1.rates"
    while [ $try -le 3 ]; do
        measure_rate "$1" "$runs"
        [ -n "$rate" ] || {
            echo "failed while it was timed: see $work/$1.speed, input $work/$1-*"
            return 1
        }
        echo "$rate" >>"$work/$1.rates"
        is_below "$rate" "$best" || best=$rate
        if [ $blesses = no ] && ! is_below "$rate" "${floor:-0}"; then break; fi
        try=$((try + 1))
    done
    rate=$best
    [ $blesses = no ] || rate=$(sort -n "$work/$1.rates" | sed -n 2p)
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

empty_share=90
empty_budget_s=60
empty_slice_s=15
# In slices, so that it is known when that was; where others use the machine, a second of CPU time is
# more than one of the clock.
discover() { # TARGET EDGES: sets reached, nothing when it failed, and seconds
    reached=0
    spent_ms=0
    seed=1
    found=$work/$1.found
    mkdir "$found"
    while [ $spent_ms -lt $((empty_budget_s * 1000)) ] &&
        [ $((100 * reached)) -lt $((empty_share * $2)) ]; do
        left_s=$((empty_budget_s - spent_ms / 1000))
        [ $left_s -lt $empty_slice_s ] || left_s=$empty_slice_s
        # shellcheck disable=SC2046
        ms=$(cpu_ms "$work/$1.log" "build/fuzz/fuzz/fuzz_$1" -seed=$seed -max_total_time=$left_s \
            -artifact_prefix="$work/$1-" $(limits "$1") "$found")
        reached=
        [ -n "$ms" ] || break
        spent_ms=$((spent_ms + ms))
        reached=$(edges_of "$1" "$found")
        seed=$((seed + 1))
    done
    seconds=$((spent_ms / 1000))
}

if [ $from_nothing = yes ]; then
    failed=0
    for target in $targets; do
        edges=$(edges_of "$target" "corpus/$target")
        discover "$target" "${edges:-0}"
        share=$((100 * ${reached:-0} / ${edges:-1}))
        words=ok
        if [ -z "$edges" ] || [ -z "$reached" ]; then
            words="FAILED: see $work/$target.log, input $work/$target-*"
        elif [ $share -lt $empty_share ]; then
            words="FAILED: less than $empty_share %"
        fi
        [ "$words" = ok ] || failed=1
        printf '%-11s %6d edges by its corpus %6d from nothing %4d %% in %3d s  %s\n' "$target" \
            "${edges:-0}" "${reached:-0}" $share $seconds "$words"
    done
    exit $failed
fi

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
