#!/bin/sh
# Fuzzes what a change touches: the targets that reach a changed file, 30 s each, with a fixed seed
# and from the committed corpora alone.
#
#   sh ci/pr.sh BASE [SECONDS]     BASE: a commit; what differs from it counts, committed or not
#
# A target reaches fuzz/TARGET.c and every .c file in which its corpus runs a function
# (libFuzzer's -print_coverage), and all headers that these include (the compiler's .d files);
# corpus/TARGET and fuzz/TARGET.dict are its own too. A change of the build, of fuzz.h, of the
# mutator or of the tables that it takes its values from concerns all targets. A finding blocks only
# when BASE, built in build/pr/base, does not fail on the same input.
# Prints targets with the file that concerns them, and findings. Exit status 1 when a finding
# blocks or a target did not run, 2 for a wrong argument.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
seconds=${2:-30}
base=$(git rev-parse -q --verify "${1:-}^{commit}") || base=
case $base:$seconds in
:* | *[!0-9a-f:]* | *:)
    echo "usage: sh ci/pr.sh BASE [SECONDS], where BASE is a commit" >&2
    exit 2
    ;;
esac
work=build/pr
rm -rf $work
mkdir -p $work
sh ci/setup.sh
echo "building: fuzz" >&2
sh ci/build.sh fuzz
{
    git diff --name-only "$base"
    git ls-files --others --exclude-standard
} | sort -u >$work/changed

# Files behind the rule of an object, named from the root.
includes_of() { # OBJECT.d
    tr ' \\' '\n\n' <"$1" | sed -n "s|^$PWD/||p" | grep -v '^build/'
}

reached_by() { # TARGET
    echo "fuzz/$1.dict"
    includes_of "build/fuzz/fuzz/CMakeFiles/fuzz_$1.dir/$1.c.o.d"
    sed -n 's|^COVERED_FUNC: .*/\./\([^ ]*\.c\):[0-9]*$|\1|p' "$work/$1.reach" | sort -u |
        while read -r file; do
            find build/fuzz/CMakeFiles -path "*.dir/$file.o.d" | while read -r rule; do
                includes_of "$rule"
            done
        done
}

touch $work/all
own='CMake.*|fuzz/(CMakeLists.txt|targets.txt|fuzz.h|edit.*|items.*|donor.*|mutate.*)|ci/(fuzz|engines|build).sh'
tables='corpus/sims.json|props/case/.*|props/rule/(profile_rows|tls_rules).c'
samples=$(sed -n '/^set(samples /,/)/p' fuzz/CMakeLists.txt | tr -s ' ()' '\n\n\n' | grep / |
    tr '\n' '|')
grep -E "^($own|$tables|corpus/(${samples%|}))\$" $work/changed >$work/all || true
targets=
for target in $(cat fuzz/targets.txt); do
    why=$(head -n 1 $work/all)
    "build/fuzz/fuzz/fuzz_$target" -runs=0 -print_coverage=1 -artifact_prefix=$work/ \
        "corpus/$target" >"$work/$target.reach" 2>&1 || why="corpus/$target, which fails"
    reached_by "$target" | sort -u >"$work/$target.files"
    [ -n "$why" ] || why=$(comm -12 "$work/$target.files" $work/changed | head -n 1)
    [ -n "$why" ] || why=$(grep "^corpus/$target/" $work/changed | head -n 1)
    if [ -n "$why" ]; then
        targets="$targets $target"
        printf '%-11s concerned by %s\n' "$target" "$why"
    else
        printf '%-11s left out: none of its %d files changed\n' "$target" "$(wc -l <"$work/$target.files")"
    fi
done
[ -n "$targets" ] || {
    echo "no target is concerned"
    exit 0
}

failed=0
# shellcheck disable=SC2086
BALPROBE_FUZZING=$work/fuzzing sh ci/fuzz.sh "$seconds" $targets >$work/log || failed=1
cat $work/log
[ $failed = 1 ] || exit 0
findings=$(find $work/fuzzing/findings -type f | sort)
[ -n "$findings" ] || exit 1

# The base is built only now, and only the targets that found something.
trap 'git worktree remove --force $work/base 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
git worktree prune
git worktree add --quiet --detach $work/base "$base"
echo "building the base" >&2
blocking=0
for file in $findings; do
    name=$(basename "$file")
    target=${name%%-*}
    program=$work/base/build/fuzz/fuzz/fuzz_$target
    if ! { (cd $work/base && cmake --preset fuzz) &&
        cmake --build $work/base/build/fuzz --parallel "$(nproc)" --target "fuzz_$target"; } \
        >>$work/base.log 2>&1; then
        echo "$name BLOCKS: the base has no target $target, or cannot be built ($work/base.log)"
        blocking=1
    elif fails "$program" "$file" "$work/$name.base"; then
        echo "$name is known: the base fails on it, too"
    else
        echo "$name BLOCKS: the base does not fail on it"
        blocking=1
    fi
done
! grep -q -e 'FAILED: only' -e 'NOT FOUND' $work/log || blocking=1
for target in $(sed -n 's/ .*FAILED: exit.*//p' $work/log); do
    [ -n "$(find $work/fuzzing/findings -name "$target-*")" ] || {
        echo "$target BLOCKS: it failed and left no input, see $work/fuzzing/$target.log"
        blocking=1
    }
done
sh ci/triage.sh $work/fuzzing/findings || true
exit $blocking
