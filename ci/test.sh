#!/bin/sh
# The tests: units, corpora, the exhaustive check, the kill matrix, real peers, architecture, format.
#
#   sh ci/test.sh
#
# The last line counts tests: N passed, N failed, N skipped.
set -eu
cd "$(dirname "$0")/.."
sh ci/setup.sh
sh ci/setup.sh peers
passed=0
failed=0
skipped=0

one() { # NAME COMMAND...: a test that is one command
    name=$1
    shift
    begun=$(date +%s)
    if "$@" >build/one.log 2>&1; then
        passed=$((passed + 1))
        printf 'ok      %-40s %4s s\n' "$name" $(($(date +%s) - begun))
    else
        failed=$((failed + 1))
        tail -n 40 build/one.log
        printf 'FAILED  %-40s %4s s\n' "$name" $(($(date +%s) - begun))
    fi
}

suite() { # PRESET: the tests that ctest knows
    begun=$(date +%s)
    ctest --preset "$1" -j 2 >"build/ctest-$1.log" 2>&1 || true
    run=$(sed -n 's/.* out of \([0-9]*\)$/\1/p' "build/ctest-$1.log" | tail -n 1)
    bad=$(sed -n 's/.* \([0-9]*\) tests* failed out of .*/\1/p' "build/ctest-$1.log" | tail -n 1)
    left=$(grep -c '\*\*\*Skipped' "build/ctest-$1.log" || true)
    if [ -z "$run" ]; then
        tail -n 20 "build/ctest-$1.log"
        run=1
        bad=1
    fi
    if [ "$bad" != 0 ]; then
        grep -vE ' Passed +[0-9.]+ sec$|^ +Start ' "build/ctest-$1.log" | tail -n 60
    fi
    passed=$((passed + run - bad - left))
    failed=$((failed + bad))
    skipped=$((skipped + left))
    printf '%-7s %-40s %4s s\n' "$([ "$bad" = 0 ] && echo ok || echo FAILED)" \
        "ctest $1: $run tests, $bad failed" $(($(date +%s) - begun))
}

counted() { # NAME COMMAND...: a command that counts its tests in its last line, as we do
    name=$1
    shift
    begun=$(date +%s)
    "$@" >build/counted.log 2>&1 || true
    line=$(tail -n 1 build/counted.log)
    case $line in
    *" passed, "*" failed, "*" skipped") ;;
    *)
        tail -n 40 build/counted.log
        line="0 passed, 1 failed, 0 skipped"
        ;;
    esac
    # shellcheck disable=SC2086
    set -- $line
    passed=$((passed + $1))
    failed=$((failed + $3))
    skipped=$((skipped + $5))
    grep -E "^(FAILED|skipped)" build/counted.log || true
    printf "%-7s %-40s %4s s\n" "$([ "$3" = 0 ] && echo ok || echo FAILED)" "$name: $line" \
        $(($(date +%s) - begun))
}

mkdir -p build
echo "building four presets (some minutes)" >&2
sh ci/build.sh release asan asan-clang afl

one "format and architecture" sh ci/tidy.sh
one "the mutants are those expected" sh ci/mutants.sh --selftest
suite release
suite asan
suite asan-clang

# This one mostly waits, so it runs beside the others; its result is taken at the end.
build/release/balprobe prove --over-tls >build/over-tls.log 2>&1 &
over_tls=$!
trap 'kill $over_tls 2>/dev/null || true' EXIT
trap 'exit 143' INT TERM

one "check, exhaustive and random" build/release/balprobe check --in-process
one "check under ASan+UBSan" build/asan/balprobe check --in-process --cases 20000
one "kill matrix" build/release/balprobe prove
one "check over mutual TLS" sh ci/remote.sh
counted "real servers and clients" sh ci/peers.sh
one "AFL++ build replays every kept input" sh ci/replay.sh afl
one "an implementer's project finds its faults" sh ci/example.sh

join() { # what runs beside the others
    wait $over_tls || {
        tail -n 40 build/over-tls.log
        return 1
    }
}
one "kill matrix over TLS" join
trap - EXIT

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
