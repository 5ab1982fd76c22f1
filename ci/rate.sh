# shellcheck shell=sh
# Read by the scripts that say how fast a target is (floors.sh, bench/fuzz.sh), so that both say the
# same: executions per CPU second, user and system, of libFuzzer with the mutator, the dictionary
# and a fixed seed, fuzzing from the committed corpus. That is what a campaign does; a replay would
# measure the longest inputs. At first new inputs are found and written all the time: the more runs,
# the less that counts.
# Needs ci/engines.sh, and a folder in $work.
# shellcheck disable=SC2034,SC2154

# CPU milliseconds of a command, which gets a shell of its own so that nothing else is counted.
cpu_ms() { # LOG COMMAND...
    # shellcheck disable=SC2016
    sh -c 'log=$1; shift; "$@" >"$log" 2>&1 || exit; times' sh "$@" |
        awk 'NR == 2 { split($1 "m" $2, part, /[ms]+/)
            printf "%d\n", 1000 * (60 * part[1] + part[2] + 60 * part[3] + part[4]) }'
}

# New inputs go to a folder of their own, which is empty at first.
fuzz() { # TARGET RUNS: CPU milliseconds, nothing when it failed
    rm -rf "$work/$1.new"
    mkdir "$work/$1.new"
    # shellcheck disable=SC2046
    cpu_ms "$work/$1.speed" "build/fuzz/fuzz/fuzz_$1" -seed=1 -runs="$2" \
        -artifact_prefix="$work/$1-" $(limits "$1") "$work/$1.new" "corpus/$1"
}

# What the target that does nothing takes, just before.
empty_runs=300000
measure_rate() { # TARGET RUNS: sets per_s, empty_per_s and rate, their ratio; empty when it failed
    rate=
    empty_ms=$(cpu_ms "$work/empty.speed" build/fuzz/fuzz/fuzz_empty -seed=1 -runs=$empty_runs)
    target_ms=$(fuzz "$1" "$2")
    if [ -z "$target_ms" ] || [ -z "$empty_ms" ]; then return 0; fi
    per_s=$(($2 * 1000 / (target_ms + 1)))
    empty_per_s=$((empty_runs * 1000 / (empty_ms + 1)))
    rate=$(awk -v a="$2" -v b="$target_ms" -v c=$empty_runs -v d="$empty_ms" \
        'BEGIN { printf "%.3g", a / (b + 1) / (c / (d + 1)) }')
}
