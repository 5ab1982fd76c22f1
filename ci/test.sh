#!/bin/sh
# The tests: units, corpora, the exhaustive check, the kill matrix, architecture and format.
#
#   sh ci/test.sh
#
# The last line counts tests: N passed, N failed, N skipped.
set -eu
cd "$(dirname "$0")/.."
sh ci/setup.sh
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

mkdir -p build
echo "building four presets (some minutes)" >&2
sh ci/build.sh release asan asan-clang afl

one "format and architecture" sh ci/tidy.sh
suite release
suite asan
suite asan-clang
one "check, exhaustive and random" build/release/balprobe check --in-process
one "check under ASan+UBSan" build/asan/balprobe check --in-process --cases 20000
one "kill matrix" build/release/balprobe prove
for target in $(cat fuzz/targets.txt); do
    one "AFL++ build replays corpus/$target" build/afl/fuzz/fuzz_$target corpus/$target/*
done

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
