#!/bin/sh
# The main job: install what is missing, build, check the reference endpoint in process and over
# mutual TLS, prove the rules, fuzz every target for a while, and end with a verdict.
#
#   sh ci/run.sh [SECONDS]     seconds of fuzzing per target, default 20
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-20}
sh ci/setup.sh
echo "building (a minute or two)" >&2
sh ci/build.sh release:balprobe fuzz

summary=
verdict=PASS
step() { # NAME COMMAND...
    name=$1
    shift
    echo
    echo "== $name"
    begun=$(date +%s)
    if "$@"; then words=ok; else
        words=FAILED
        verdict=FAIL
    fi
    summary="$summary$(printf '%-34s %-7s %4s s' "$name" "$words" $(($(date +%s) - begun)))
"
}

# The proof needs one core, and the check over TLS mostly waits: they run side by side.
build/release/balprobe prove >build/prove.log 2>&1 &
proof=$!
trap 'kill $proof 2>/dev/null || true' EXIT
trap 'exit 143' INT TERM
join() { # what runs beside the others
    proved=0
    wait $proof || proved=$?
    trap - EXIT
    cat build/prove.log
    return $proved
}

step "check the reference endpoint" build/release/balprobe check --in-process
step "check it over mutual TLS" sh ci/remote.sh
step "prove every clause" join
step "fuzz, $seconds s a target" sh ci/fuzz.sh "$seconds"

printf '\n%s%s\n' "$summary" "$verdict"
[ $verdict = PASS ]
