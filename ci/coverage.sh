#!/bin/sh
# Line, branch and MC/DC coverage of src/ below net/: by the committed corpora alone, and by the
# unit tables alone.
#
#   sh ci/coverage.sh [BASE]     BASE: a folder that an earlier run left, a copy of build/coverage
#
# Prints a line for each, and with BASE the ways out that were taken there and are not now. Lists,
# JSON and HTML go to build/coverage. Exit status 1 when there are such ways out, when a target
# fails, or when clang cannot measure a decision (one with a group of other operators in it).
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
base=${1:-}
if [ $# -gt 1 ] || { [ -n "$base" ] && [ ! -f "$base/corpora.missed" ]; }; then
    echo "usage: sh ci/coverage.sh [BASE], where BASE has corpora.missed" >&2
    exit 2
fi
sh ci/setup.sh
build=build/coverage
core='src/(base|http|value|json|operator)/'
# Only what is compiled says what cannot be measured.
rm -rf $build/CMakeFiles/balprobe_core.dir/src
echo "building: coverage" >&2
sh ci/build.sh coverage
failed=0

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
    llvm-cov-19 show "$@" --show-branches=count --show-mcdc >"$build/$name.txt"
    llvm-cov-19 show "$@" --show-branches=count --show-mcdc -format=html \
        -output-dir="$build/$name.html"
    llvm-cov-19 report "$@" --show-mcdc-summary |
        sed 's|^[a-z]*/[a-z0-9_]*\.[ch] |src/&|' >"$build/$name.report"
    llvm-cov-19 export -format=lcov "$@" | list_missed >"$build/$name.missed"
    list_decisions <"$build/$name.txt" | sort -u >"$build/$name.mcdc"
    awk -v name="$name" '$1 == "TOTAL" {
        printf "%-8s lines %s   branches %5d of %5d  %s   MC/DC %5d of %5d  %s\n", name, $10,
            $11 - $12, $11, $13, $14 - $15, $14, $16 }' "$build/$name.report"
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

# One line for each condition whose effect on its decision was not shown.
list_decisions() {
    awk -v root="$PWD/" '
        /^\/.*:$/ { file = substr($0, length(root) + 1); sub(/:$/, "", file) }
        /MC\/DC Decision Region/ { match($0, /\([0-9]+:/); at = substr($0, RSTART + 1, RLENGTH - 2) }
        /C[0-9]+-Pair: not covered/ { match($0, /C[0-9]+/)
            print file ":" at ": condition " substr($0, RSTART + 1, RLENGTH - 1) }'
}

rm -f $build/*.profraw
targets=
for target in $(cat fuzz/targets.txt); do
    program=$build/fuzz/fuzz_$target
    if ! LLVM_PROFILE_FILE=$build/corpora-$target.profraw "$program" "corpus/$target" >/dev/null; then
        echo "coverage: corpus/$target fails" >&2
        failed=1
    fi
    targets="$targets $program"
done
units=
for program in "$build"/props/unit/*_test; do
    LLVM_PROFILE_FILE=$build/units-$(basename "$program").profraw LOCPATH=$PWD/$build/locale \
        "$program" >$build/units.log 2>&1 ||
        echo "coverage: $program failed" >&2
    units="$units $program"
done
echo "coverage of src/ ($core)"
# shellcheck disable=SC2086
measure corpora $targets
# shellcheck disable=SC2086
measure units $units
echo "file by file: $build/corpora.report, $build/units.report; line by line: .txt and .html/index.html"
echo "what was never taken: the .missed beside them; conditions without effect: the .mcdc"

unmeasured=$(grep -cE "$core.*unsupported MC/DC" build/coverage.log || true)
echo "decisions that cannot be measured: $unmeasured"
if [ "$unmeasured" != 0 ]; then
    grep -E -A 2 "$core.*unsupported MC/DC" build/coverage.log
    failed=1
fi
if [ -n "$base" ]; then
    sed 's/:[0-9]*: /: /' "$base/corpora.missed" | sort >$build/base.missed
    sed 's/:[0-9]*: /: /' $build/corpora.missed | sort | comm -13 $build/base.missed - >$build/gap
    echo "ways out that the corpora took in $base and do not now: $(wc -l <$build/gap)"
    sed 's/^/    /' $build/gap
    [ ! -s $build/gap ] || failed=1
fi
exit $failed
