#!/bin/sh
# Branch coverage of src/ below net/: by the committed corpora alone, and by the unit tables alone.
# Prints one line each, and the branches that the corpora miss.
#
#   sh ci/coverage.sh
set -eu
cd "$(dirname "$0")/.."
sh ci/setup.sh
sh ci/build.sh coverage
build=build/coverage
core='src/(base|http|value|json|operator)/'

measure() { # NAME PROGRAM...: what the profiles of that name cover
    name=$1
    shift
    objects=$(printf ' -object %s' "$@")
    llvm-profdata-19 merge -sparse $build/"$name"-*.profraw -o "$build/$name.profdata"
    # shellcheck disable=SC2086
    llvm-cov-19 export -summary-only $objects -instr-profile="$build/$name.profdata" \
        -ignore-filename-regex='(props|fuzz|ci)/' >"$build/$name.json"
    # shellcheck disable=SC2086
    llvm-cov-19 show $objects -instr-profile="$build/$name.profdata" --show-branches=count \
        -ignore-filename-regex='(props|fuzz|ci)/' >"$build/$name.txt"
    # shellcheck disable=SC2086
    llvm-cov-19 report $objects -instr-profile="$build/$name.profdata" \
        -ignore-filename-regex='(props|fuzz|ci)/' >"$build/$name.report"
    awk -v name="$name" '$1 == "TOTAL" {
        printf "%-8s branches %5d of %5d  %s   lines %s\n", name, $11 - $12, $11, $13, $10 }' \
        "$build/$name.report"
}

rm -f $build/*.profraw
targets=
for target in http target query headers json duration iccid handler trial sequence; do
    program=$build/fuzz/fuzz_$target
    LLVM_PROFILE_FILE=$build/corpora-$target.profraw "$program" "corpus/$target" >/dev/null
    targets="$targets $program"
done
units=
for program in "$build"/props/unit/*_test; do
    LLVM_PROFILE_FILE=$build/units-$(basename "$program").profraw "$program" >/dev/null ||
        echo "coverage: $program failed" >&2
    units="$units $program"
done
echo "branch coverage of src/ ($core)"
# shellcheck disable=SC2086
measure corpora $targets
# shellcheck disable=SC2086
measure units $units
echo "file by file: $build/corpora.report, $build/units.report; line by line: the .txt beside them"
