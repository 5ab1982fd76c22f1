#!/bin/sh
# Line, branch and MC/DC coverage of src/ below net/: by the committed corpora alone, and by the
# unit tables alone.
#
#   sh ci/coverage.sh [BASE]     BASE: a folder that an earlier run left, a copy of build/coverage
#
# Prints a line for each, and with BASE the ways out that were taken there and are not now. Lists,
# JSON and HTML go to build/coverage. A function of a header counts once, all its copies together.
# What no input can reach stands in ci/coverage.excluded, a row for each way out of a condition:
# file, the source from the condition to the end of its line, true or false, and why; that an
# assertion fails is excluded by this script. Exit status 1
#   - when a target fails, or a corpus has more than 500 files or 2 MB;
#   - when the corpora miss a way out that has no row, or take one that has (it is not excluded then);
#   - when they show less than 95 % of all MC/DC conditions, those of excluded ways out among them;
#   - when clang cannot measure a decision (one with a group of other operators in it);
#   - when ways out were taken in BASE and are not now.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
base=${1:-}
if [ $# -gt 1 ] || { [ -n "$base" ] && [ ! -f "$base/corpora.missed" ]; }; then
    echo "usage: sh ci/coverage.sh [BASE], where BASE has corpora.missed" >&2
    exit 2
fi
sh ci/setup.sh
build=build/coverage
excluded=ci/coverage.excluded
core='src/(base|http|value|json|operator)/'
# Only what is compiled says what cannot be measured.
rm -rf $build/CMakeFiles/balprobe_core.dir/src
echo "building: coverage" >&2
sh ci/build.sh coverage
failed=0

# Copies of functions of headers that nobody calls have no counters, and it says so every time.
llvm_cov() { # ARGUMENT...
    llvm-cov-19 "$@" 2>$build/llvm-cov.log || {
        cat $build/llvm-cov.log >&2
        return 1
    }
}

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
    llvm_cov export -summary-only "$@" >"$build/$name.json"
    llvm_cov show "$@" --show-branches=count --show-mcdc >"$build/$name.txt"
    llvm_cov show "$@" --show-branches=count --show-mcdc -format=html \
        -output-dir="$build/$name.html"
    llvm_cov report "$@" --show-mcdc-summary |
        sed 's|^[a-z]*/[a-z0-9_]*\.[ch] |src/&|' >"$build/$name.report"
    list_ways <"$build/$name.txt" | sort -u >"$build/$name.ways"
}

# Two kinds of rows, with tabs between: "way", and "effect" for a condition of a decision that has
# several. Place, source from the condition on, true or false, 1 when it was taken or shown. The
# effect of a condition is shown by two runs that differ in it and in the outcome, and in no other
# condition that was looked at in both (masking MC/DC).
list_ways() {
    awk -v root="$PWD/" '
        function place_in(text) {
            match(text, /\([0-9]+:[0-9]+\)/)
            return file ":" substr(text, RSTART + 1, RLENGTH - 2)
        }
        function number_in(text) { match(text, /C[0-9]+/); return substr(text, RSTART + 1, RLENGTH - 1) }
        function source_at(place,    part, line, n) {
            split(place, part, ":")
            if (part[1] != read_file) {
                for (n in lines) delete lines[n]
                for (n = 1; (getline line < (root part[1])) > 0; n++) lines[n] = line
                close(root part[1])
                read_file = part[1]
            }
            return substr(lines[part[2]], part[3])
        }
        function is_shown(decision, n,    i, j, k, a, b, apart) {
            for (i = 1; i <= run_count[decision]; i++)
                for (j = 1; j < i; j++) {
                    split(run[decision, i], a, " ")
                    split(run[decision, j], b, " ")
                    apart = a[n] != "-" && b[n] != "-" && a[n] != b[n] && a[count[decision] + 1] != b[count[decision] + 1]
                    for (k = 1; k <= count[decision]; k++)
                        if (k != n && a[k] != "-" && b[k] != "-" && a[k] != b[k]) apart = 0
                    if (apart) return 1
                }
            return 0
        }
        /^\/.*:$/ { file = substr($0, length(root) + 1); sub(/:$/, "", file); next }
        /^ *\|  Branch \([0-9:]*\): \[True/ {
            place = place_in($0)
            split($0, times, /True: |, False: |\]/)
            taken[place, "true"] += times[2] != "0"
            taken[place, "false"] += times[3] != "0"
            places[place]
        }
        /MC\/DC Decision Region/ { decision = place_in($0); decisions[decision] }
        /^ *\|     Condition C[0-9]+ -->/ {
            n = number_in($0)
            condition[decision, n] = place_in($0)
            if (n + 0 > count[decision] + 0) count[decision] = n + 0
        }
        /^ *\| *[0-9]+ \{.*\} *$/ {
            gsub(/^.*\{ *| *\}.*$|,/, "")
            gsub(/[ =]+/, " ")
            if (!((decision, $0) in seen)) run[decision, ++run_count[decision]] = $0
            seen[decision, $0]
        }
        /C[0-9]+-Pair: constant/ { folded[decision, number_in($0)] }
        END {
            for (place in places)
                for (way = 0; way < 2; way++)
                    printf "way\t%s\t%s\t%s\t%d\n", place, source_at(place), way ? "true" : "false",
                        taken[place, way ? "true" : "false"] != 0
            for (decision in decisions)
                for (n = 1; n <= count[decision]; n++)
                    if (!((decision, n) in folded))
                        printf "effect\t%s\t%s\t%d\t%d\n", condition[decision, n],
                            source_at(condition[decision, n]), n, is_shown(decision, n)
        }'
}

# Prints the line of NAME and lists in .missed the ways out without a row that were not taken, in
# .mcdc the conditions whose effect was not shown, in .stale the rows that are wrong.
judge() { # NAME
    : >"$build/$1.missed"
    : >"$build/$1.mcdc"
    : >"$build/$1.stale"
    lines=$(awk '$1 == "TOTAL" { print $10 }' "$build/$1.report")
    awk -F '\t' -v lines="$lines" -v name="$1" -v out="$build/$1" '
        function key(file, source, way) { return file "\t" source "\t" way }
        function file_of(place) { sub(/:.*/, "", place); return place }
        FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF) row[key($1, $2, $3)]; next }
        $3 ~ /^assert\(/ { next }
        $1 == "effect" {
            effects++
            shown += $5
            if (!$5) print $2 ": " $3 >(out ".mcdc")
            next
        }
        {
            k = key(file_of($2), $3, $4)
            if (k in row) {
                met[k]
                if ($5) print "taken, though it is excluded: " k >(out ".stale")
            } else {
                ways++
                taken += $5
                if (!$5) print $2 ": " $4 ": " $3 >(out ".missed")
            }
        }
        END {
            for (k in row)
                if (!(k in met)) print "there is no such condition: " k >(out ".stale")
            printf "%-8s lines %s   ways out of conditions %d of %d  %.2f%%   MC/DC %d of %d  %.2f%%\n",
                name, lines, taken, ways, 100 * taken / ways, shown, effects, 100 * shown / effects
            exit shown < 0.95 * effects
        }' $excluded "$build/$1.ways"
}

rm -f $build/*.profraw
targets=
for target in $(cat fuzz/targets.txt); do
    program=$build/fuzz/fuzz_$target
    if ! LLVM_PROFILE_FILE=$build/corpora-$target.profraw "$program" "corpus/$target" >/dev/null; then
        echo "coverage: corpus/$target fails" >&2
        failed=1
    fi
    files=$(find "corpus/$target" -type f | wc -l)
    octets=$(find "corpus/$target" -type f -exec cat {} + | wc -c)
    if [ "$files" -gt $files_max ] || [ "$octets" -gt $octets_max ]; then
        echo "coverage: corpus/$target has $files files and $octets octets: sh ci/prune.sh $target" >&2
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
echo "coverage of src/ ($core), assertions apart, and what $excluded has"
# shellcheck disable=SC2086
measure corpora $targets
judge corpora || {
    echo "FAILED: the corpora show less than 95 % of MC/DC"
    failed=1
}
# shellcheck disable=SC2086
measure units $units
judge units || true
echo "file by file: $build/corpora.report, $build/units.report; line by line: .txt and .html/index.html"
echo "what was never taken: the .missed beside them; conditions without effect: the .mcdc"
if [ -s $build/corpora.missed ] || [ -s $build/corpora.stale ]; then
    echo "FAILED: the corpora miss these; each needs an input, or a row in $excluded:"
    sed 's/^/    /' $build/corpora.missed
    echo "FAILED: rows of $excluded that are wrong:"
    sed 's/^/    /' $build/corpora.stale
    failed=1
fi
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
