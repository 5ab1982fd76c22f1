#!/bin/sh
# Branch coverage of src/ below net/: by the committed corpora alone, and by the unit tables alone.
# Prints one line each; lists go to build/coverage.
#
#   sh ci/coverage.sh
set -eu
cd "$(dirname "$0")/.."
sh ci/setup.sh
sh ci/build.sh coverage
build=build/coverage
core='src/(base|http|value|json|operator)/'

# Sources are named relative to the root (CMakeLists.txt), which is where they are compiled from.
measure() { # NAME PROGRAM...: what the profiles of that name cover
    name=$1
    shift
    llvm-profdata-19 merge -sparse $build/"$name"-*.profraw -o "$build/$name.profdata"
    first=$1
    shift
    # shellcheck disable=SC2046
    set -- "$first" $([ $# = 0 ] || printf -- '-object %s ' "$@") \
        -instr-profile="$build/$name.profdata" -compilation-dir="$PWD" \
        -ignore-filename-regex="^$PWD/(props|fuzz|ci|build|certs|src/net|src/server|src/tool)/"
    llvm-cov-19 export -summary-only "$@" >"$build/$name.json"
    llvm-cov-19 show "$@" --show-branches=count >"$build/$name.txt"
    llvm-cov-19 report "$@" | sed 's|^[a-z]*/[a-z0-9_]*\.[ch] |src/&|' >"$build/$name.report"
    llvm-cov-19 export -format=lcov "$@" | list_missed >"$build/$name.missed"
    awk -v name="$name" '$1 == "TOTAL" {
        printf "%-8s branches %5d of %5d  %s   lines %s\n", name, $11 - $12, $11, $13, $10 }' \
        "$build/$name.report"
}

# One line for each way out of a condition in a .c file that was never taken.
list_missed() {
    awk -F '[:,]' -v root="$PWD/" '
        $1 == "SF" { file = substr($2, length(root) + 1); split("", text)
            for (n = 1; (getline line < $2) > 0; n++) text[n] = line
            close($2) }
        $1 == "BRDA" && ($5 == 0 || $5 == "-") && file ~ /\.c$/ {
            sub(/^ +/, "", text[$2]); print file ":" $2 ": " text[$2] }'
}

rm -f $build/*.profraw
targets=
for target in $(cat fuzz/targets.txt); do
    program=$build/fuzz/fuzz_$target
    LLVM_PROFILE_FILE=$build/corpora-$target.profraw "$program" "corpus/$target" >/dev/null
    targets="$targets $program"
done
units=
for program in "$build"/props/unit/*_test; do
    LLVM_PROFILE_FILE=$build/units-$(basename "$program").profraw LOCPATH=$PWD/$build/locale \
        "$program" >/dev/null ||
        echo "coverage: $program failed" >&2
    units="$units $program"
done
echo "branch coverage of src/ ($core)"
# shellcheck disable=SC2086
measure corpora $targets
# shellcheck disable=SC2086
measure units $units
echo "file by file: $build/corpora.report, $build/units.report; line by line: the .txt beside them"
echo "what was never taken: the .missed beside them"
