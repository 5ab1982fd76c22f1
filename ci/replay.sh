#!/bin/sh
# Replays every kept input, regress/ included, in a fixed order and with no random choice: with
# floors.sh this is the gate that blocks.
#
#   sh ci/replay.sh [PRESET...]    default: asan and afl, and asan-clang where it is built
#
# Prints one line for each build and target, and the name of every input that fails. build/replay
# has junit.xml and what the failing programs said. Exit status 1 when an input fails, or when a
# target replays fewer inputs than its folder has; 2 for a wrong argument.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
presets=${*:-asan afl$([ ! -d build/asan-clang/fuzz ] || echo ' asan-clang')}
for preset in $presets; do
    grep -q "\"name\": \"$preset\"" CMakePresets.json || {
        echo "usage: sh ci/replay.sh [PRESET...]: there is no preset $preset" >&2
        exit 2
    }
done
work=build/replay
rm -rf $work
mkdir -p $work
sh ci/setup.sh
echo "building: $presets" >&2
# shellcheck disable=SC2086
sh ci/build.sh $presets

# The drivers name their input when they are aborted, so a sanitizer and a timeout abort too.
export ASAN_OPTIONS="$ASAN_OPTIONS:abort_on_error=1"
export UBSAN_OPTIONS="$UBSAN_OPTIONS:abort_on_error=1"
ulimit -c 0
run() { # SECONDS PROGRAM INPUT...
    limit_s=$1
    shift
    timeout -k 5 -s ABRT "$limit_s" "$@" </dev/null 2>&1
}

# Our driver counts. AFL++'s says a word for each: nothing of one that it cannot open, and it runs no
# empty ones.
has_replayed() { # COUNT LOG
    grep -qx "$1 inputs replayed" "$2" ||
        [ "$(grep -c '^Execution successful' "$2")" = "$(xargs -I '{}' find '{}' -size +0 <"$work/inputs" | wc -l)" ]
}

failed=0
for preset in $presets; do
    for target in $(cat fuzz/targets.txt); do
        program=build/$preset/fuzz/fuzz_$target
        log=$work/$preset-$target
        find "corpus/$target" -type f ! -name '.*' | sort >"$work/inputs"
        count=$(wc -l <"$work/inputs")
        begun=$(now_ms)
        status=0
        : >"$log.wrong"
        # Names of inputs have no blanks; all of them fit into one command line.
        # shellcheck disable=SC2046
        run 300 "$program" $(cat "$work/inputs") >"$log.log" || status=$?
        if [ "$count" = 0 ]; then
            echo "corpus/$target has no input" >"$log.wrong"
        elif [ $status != 0 ]; then
            while read -r input; do
                run 20 "$program" "$input" >"$log.one" && continue
                echo "$input"
                grep -vE '^(input|Reading|Running)' "$log.one" | head -n 40 | sed 's/^/    /'
            done <"$work/inputs" >"$log.wrong"
            [ -s "$log.wrong" ] ||
                echo "all of corpus/$target in a row: status $status, see $log.log" >"$log.wrong"
        elif ! has_replayed "$count" "$log.log"; then
            echo "not all $count inputs were replayed, see $log.log" >"$log.wrong"
        fi
        took=$(($(now_ms) - begun))
        junit_case $work/junit.xml "replay.$preset" "$target" $took <"$log.wrong"
        words=ok
        if [ -s "$log.wrong" ]; then
            words=FAILED
            failed=1
        fi
        printf '%-11s %-11s %4d inputs %6d ms  %s\n' "$preset" "$target" "$count" $took $words
        sed 's/^/    /' "$log.wrong"
        rm -f "$log.one" "$log.wrong"
    done
done
junit_end $work/junit.xml replay
[ $failed = 0 ] || echo "replay: FAILED, see $work"
exit $failed
