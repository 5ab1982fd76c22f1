#!/bin/sh
# Fuzzes targets with libFuzzer, two at a time, and prints one line for each.
#
#   sh ci/fuzz.sh SECONDS [TARGET...]     default: all targets
#
# New inputs go to build/fuzzing/TARGET, findings to build/fuzzing/findings (BALPROBE_FUZZING in the
# environment is another folder), for ci/triage.sh. Exit status 1 when anything was found, when a
# target ran nothing, or when the canary's planted fault was not found.
set -eu
cd "$(dirname "$0")/.."
. ci/engines.sh
seconds=${1:?usage: sh ci/fuzz.sh SECONDS [TARGET...]}
shift
targets=$(targets_of "$@") || exit 2
work=${BALPROBE_FUZZING:-build/fuzzing}
mkdir -p "$work/findings"
sh ci/setup.sh
echo "building: fuzz" >&2
sh ci/build.sh fuzz

running=
trap 'kill $running 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fuzz_one() { # TARGET SECONDS: exec, so that its number is the shell's
    from=$1
    [ "$1" != canary ] || from=query
    mkdir -p "$work/$1"
    # shellcheck disable=SC2046
    exec "build/fuzz/fuzz/fuzz_$1" -seed=1 $(limits "$from") -max_total_time="$2" \
        -print_final_stats=1 -artifact_prefix="$work/findings/$1-" \
        "$work/$1" "corpus/$from" >"$work/$1.log" 2>&1
}

fuzz_all() { # SECONDS TARGET...: all at once; leaves their exit statuses
    for_seconds=$1
    shift
    for target in "$@"; do
        fuzz_one "$target" "$for_seconds" &
        running="$running $!"
    done
    for number in $running; do
        status=0
        wait "$number" || status=$?
        echo $status >"$work/$1.status"
        shift
    done
    running=
}

# The canary reads queries, so it starts from their seeds.
fuzz_all 20 canary
if [ "$(cat "$work/canary.status")" = 77 ] && grep -q 'does not hold' "$work/canary.log"; then
    rm -f "$work"/findings/canary-*
    echo "canary      its planted fault was found"
else
    echo "canary      NOT FOUND: this build of the engine finds nothing (see $work/canary.log)"
    exit 1
fi

# shellcheck disable=SC2086
set -- $targets
while [ $# -gt 0 ]; do
    fuzz_all "$seconds" "$1" ${2:+"$2"}
    shift
    [ $# = 0 ] || shift
done

failed=0
for target in $targets; do
    log=$work/$target.log
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    new=$(sed -n 's/^stat::new_units_added: *//p' "$log")
    status=$(cat "$work/$target.status")
    words=ok
    if [ "$status" != 0 ]; then
        words="FAILED: exit $status, see $log and $work/findings"
        failed=1
    elif [ "${runs:-0}" -lt 1000 ]; then
        words="FAILED: only ${runs:-0} runs"
        failed=1
    fi
    printf '%-11s %9s runs  %6s edges  %5s new inputs  %s\n' "$target" "${runs:-0}" "${edges:-0}" \
        "${new:-0}" "$words"
done
exit $failed
