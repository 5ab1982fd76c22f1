#!/bin/sh
# Shows what the mutator is worth: a planted fault that needs three values at once (fuzz/planted.c)
# is looked for by libFuzzer and by AFL++, with the mutator and without it, from the same three
# inputs and with the same dictionary.
#
#   sh ci/planted.sh [SECONDS]     seconds after which a search is given up, default 60
#
# Prints seconds and executions of every search. Exit status 1 unless both engines with the mutator
# find it within 10 s (median over the seeds), neither does so without it, and libFuzzer with it
# needs at most 1/20 of the executions; a search that was given up counts as what it used. Takes
# about eight times SECONDS, and as long as the build. Everything is left in build/planted.
set -eu
cd "$(dirname "$0")/.."
. ci/engines.sh
cap=${1:-60}
case $cap in
'' | *[!0-9]* | 0)
    echo "usage: sh ci/planted.sh [SECONDS]" >&2
    exit 2
    ;;
esac
work=build/planted
rm -rf "$work"
mkdir -p "$work/seeds"

sh ci/setup.sh
echo "building: fuzz afl" >&2
sh ci/build.sh fuzz afl

printf 'limit=1' >"$work/seeds/limit"
printf 'fieldsTemplate=basic' >"$work/seeds/fields"
printf 'location=US' >"$work/seeds/location"

# Each search leaves one row: whether it was found (1) or given up (0), milliseconds, executions.
libfuzzer() { # NAME PROGRAM SEED
    run=$work/$1.$3
    mkdir -p "$run.corpus"
    begun=$(now_ms)
    status=0
    # shellcheck disable=SC2046
    "build/fuzz/fuzz/$2" -seed="$3" $(limits query) -max_total_time="$cap" -print_final_stats=1 \
        -artifact_prefix="$run-" "$run.corpus" "$work/seeds" >"$run.log" 2>&1 || status=$?
    took=$(($(now_ms) - begun))
    found=0
    if [ "$status" = 77 ] && grep -q 'does not hold' "$run.log"; then found=1; fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$run.log")
    echo "$found $took ${runs:-0}" >"$run.row"
}

afl() { # NAME MUTATOR SEED
    run=$work/$1.$3
    begun=$(now_ms)
    (
        [ -z "$2" ] || export AFL_CUSTOM_MUTATOR_LIBRARY="$2"
        export AFL_BENCH_UNTIL_CRASH=1
        afl_fuzz -s "$3" -V "$cap" -i "$work/seeds" -o "$run.out" -x fuzz/query.dict -- \
            build/afl/fuzz/fuzz_planted
    ) >"$run.log" 2>&1 || true
    took=$(($(now_ms) - begun))
    found=0
    for crash in "$run".out/default/crashes/id*; do
        if [ -f "$crash" ]; then found=1; fi
    done
    runs=$(afl_stat "$run.out" execs_done)
    echo "$found $took ${runs:-0}" >"$run.row"
}

search() { # NAME SEEDS COMMAND PROGRAM
    echo "searching: $1" >&2
    seed=1
    while [ $seed -le "$2" ]; do
        "$3" "$1" "$4" $seed &
        seed=$((seed + 1))
        if [ $seed -le "$2" ]; then
            "$3" "$1" "$4" $seed &
            seed=$((seed + 1))
        fi
        wait
    done
}

median() { # NAME COLUMN
    cut -d ' ' -f "$2" "$work/$1".*.row | sort -n |
        awk '{ row[NR] = $1 } END { print row[int((NR + 1) / 2)] }'
}

table() { # NAME
    printf '\n%-22s %5s %10s %12s\n' "$1" seed seconds executions
    for row in "$work/$1".*.row; do
        seed=${row%.row}
        awk -v seed="${seed##*.}" '{ printf "%-22s %5s %10.2f %12d\n", $1 ? "found" : "given up", seed,
            $2 / 1000, $3 }' "$row"
    done
    printf '%-22s %5s %10.2f %12d\n' median "" "$(median "$1" 2 | awk '{ print $1 / 1000 }')" \
        "$(median "$1" 3)"
}

search libfuzzer-mutator 9 libfuzzer fuzz_planted
search libfuzzer-plain 9 libfuzzer fuzz_planted_plain
search afl-mutator 5 afl "$PWD/build/afl/fuzz/libbalprobe_mutator.so"
search afl-plain 5 afl ''
for name in libfuzzer-mutator libfuzzer-plain afl-mutator afl-plain; do table $name; done

failed=0
say() { # WORDS STATUS
    if [ "$2" = 0 ]; then echo "holds: $1"; else
        echo "DOES NOT HOLD: $1"
        failed=1
    fi
}
is_quick() { [ "$(median "$1" 2)" -le 10000 ] && [ "$(median "$1" 1)" = 1 ]; }
is_given_up() { [ "$(median "$1" 1)" = 0 ]; }
is_true() { if "$@"; then echo 0; else echo 1; fi; }
with=$(median libfuzzer-mutator 3)
without=$(median libfuzzer-plain 3)
is_cheap() { [ $((with * 20)) -le "$without" ]; }

echo
say "libFuzzer with the mutator finds it within 10 s" "$(is_true is_quick libfuzzer-mutator)"
say "AFL++ with the mutator finds it within 10 s" "$(is_true is_quick afl-mutator)"
say "libFuzzer without it does not within $cap s" "$(is_true is_given_up libfuzzer-plain)"
say "AFL++ without it does not within $cap s" "$(is_true is_given_up afl-plain)"
say "at most 1/20 of plain libFuzzer's executions: 1/$((without / (with == 0 ? 1 : with)))" \
    "$(is_true is_cheap)"
exit $failed
