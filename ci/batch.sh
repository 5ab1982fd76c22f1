#!/bin/sh
# A long run: libFuzzer (fork mode, ASan+UBSan) and AFL++ (with comparison logging and our mutator)
# side by side, one core each, target after target.
#
#   sh ci/batch.sh SECONDS [TARGET...]     for all targets together; default: all of them
#
# Both start from corpus/TARGET and build/fuzzing/TARGET, where both leave what they found: AFL++'s
# queue is merged into it at the end of a target, so each begins the next time with what the other
# has. ci/prune.sh takes from there what belongs into corpus/.
#
# AFL++'s exit status says nothing: its crash and hang files are counted, and run by the libFuzzer
# build. Findings of both go to build/fuzzing/findings and through ci/triage.sh. Prints two lines for
# each target; the first has the edges and features of all inputs of both. Exit status 1 when there
# is a finding, when an engine ran nothing or when AFL++'s stability is below 99 %. Logs are in
# build/batch. What an earlier run found and does not fail any more is fixed: it is told of and moved
# to build/fuzzing/fixed.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
case ${1:-} in
'' | *[!0-9]*)
    echo "usage: sh ci/batch.sh SECONDS [TARGET...]" >&2
    exit 2
    ;;
esac
seconds=$1
shift
targets=$(targets_of "$@") || exit 2
each=$((seconds / $(echo "$targets" | wc -l)))
[ $each -ge 5 ] || {
    echo "batch: $seconds s are less than 5 s a target" >&2
    exit 2
}
work=$PWD/build/batch
pools=$PWD/build/fuzzing
findings=$pools/findings
rm -rf "$work"
mkdir -p "$work" "$findings"
sh ci/setup.sh
echo "building: fuzz afl afl-cmplog; then $each s a target" >&2
sh ci/build.sh fuzz afl afl-cmplog
export AFL_CMPLOG_ONLY_NEW=1
export AFL_CUSTOM_MUTATOR_LIBRARY="$PWD/build/afl/fuzz/libbalprobe_mutator.so"
children=
end_children() { # libFuzzer's own children are in its group
    for child in $children; do
        kill -- "-$child" 2>/dev/null || kill "$child" 2>/dev/null || true
    done
}
trap end_children EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
ulimit -c 0

run_libfuzzer() { # TARGET: exec, as in afl_fuzz, so that its number is the shell's
    # shellcheck disable=SC2046
    exec setsid "build/fuzz/fuzz/fuzz_$1" -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 \
        $(limits "$1") -max_total_time="$each" -artifact_prefix="$work/$1/libfuzzer-" \
        "$pools/$1" "corpus/$1" >"$work/$1/libfuzzer.log" 2>&1
}

run_afl() { # TARGET
    # shellcheck disable=SC2046
    afl_fuzz -V "$each" -t 2000 -m none -i "$work/$1/seeds" -o "$work/$1/afl" \
        $([ ! -f "fuzz/$1.dict" ] || echo "-x fuzz/$1.dict") -c "build/afl-cmplog/fuzz/fuzz_$1" \
        -l 2AT -- "build/afl/fuzz/fuzz_$1" >"$work/$1/afl.log" 2>&1
}

copy_seeds() { # TARGET: AFL++ reads one flat folder; names that stand twice are no loss
    mkdir -p "$work/$1/seeds" "$pools/$1"
    find "corpus/$1" "$pools/$1" -type f ! -name '.*' -size -64k -exec cp {} "$work/$1/seeds" \;
}

merge_from() { # FOLDER...: what they have for a feature that the new pool of $target lacks
    # shellcheck disable=SC2046
    "build/fuzz/fuzz/fuzz_$target" -merge=1 -artifact_prefix="$work/$target/merge-" \
        $(limits "$target") "$work/$target/pool" "$@" >"$work/$target/merge.log" 2>&1
}

# The new pool is what the corpus and the pool have, and then AFL++'s queue, without what adds
# nothing: it does not grow for ever.
merge() { # for $target; sets given, empty when it failed
    given=
    mkdir "$work/$target/pool"
    merge_from "corpus/$target" "$pools/$target" || return 0
    before=$(find "$work/$target/pool" -type f | wc -l)
    merge_from "$work/$target/afl/default/queue" || return 0
    mv "$pools/$target" "$work/$target/old-pool"
    mv "$work/$target/pool" "$pools/$target"
    given=$(($(find "$pools/$target" -type f | wc -l) - before))
}

keep() { # TARGET FILE WHENCE
    cp "$2" "$findings/$1-$3-$(cksum <"$2" | tr ' ' '-')"
    found=$((found + 1))
}

put_fixed_aside() {
    for file in "$findings"/*; do
        name=${file##*/}
        program=build/fuzz/fuzz/fuzz_${name%%-*}
        [ -x "$program" ] || continue
        if ! fails "$program" "$file" "$work/again.log"; then
            mkdir -p "$pools/fixed"
            mv "$file" "$pools/fixed"
            echo "$name does not fail any more: moved to $pools/fixed"
        fi
    done
}

put_fixed_aside
failed=0
for target in $targets; do
    copy_seeds "$target"
    run_libfuzzer "$target" &
    libfuzzer=$!
    run_afl "$target" &
    children="$libfuzzer $!"
    for child in $children; do wait "$child" || true; done
    children=
    merge
    found=0
    crashes=0
    hangs=0
    not_again=0
    for file in "$work/$target"/libfuzzer-* "$work/$target"/merge-*; do
        case $file in *.log | *'*') continue ;; esac
        keep "$target" "$file" libfuzzer
    done
    for file in "$work/$target"/afl/*/crashes/id* "$work/$target"/afl/*/hangs/id*; do
        [ -f "$file" ] || continue
        case $file in */hangs/*) hangs=$((hangs + 1)) ;; *) crashes=$((crashes + 1)) ;; esac
        if fails "build/fuzz/fuzz/fuzz_$target" "$file" "$work/again.log"; then
            keep "$target" "$file" afl
        else
            not_again=$((not_again + 1))
        fi
    done
    runs=$(sed -n 's/^#\([0-9]*\): cov: .*/\1/p' "$work/$target/libfuzzer.log" | tail -n 1)
    execs=$(afl_stat "$work/$target/afl" execs_done)
    stability=$(afl_stat "$work/$target/afl" stability)
    words=ok
    if [ $found != 0 ]; then
        words="FAILED: $found findings"
    elif [ "${runs:-0}" = 0 ] || [ "${execs:-0}" = 0 ]; then
        words="FAILED: an engine ran nothing, see $work/$target"
    elif [ -z "$given" ]; then
        words="FAILED: the inputs cannot be merged, see $work/$target/merge.log"
    elif [ "${stability%%.*}" -lt 99 ]; then
        words="FAILED: not stable"
    fi
    [ "$words" = ok ] || failed=1
    reached=$(reach_of "$target" "$pools/$target" "corpus/$target")
    printf '%-11s libFuzzer %9d runs  %5s edges %6s features  %4d inputs from AFL++\n' "$target" \
        "${runs:-0}" "${reached% *}" "${reached#* }" "${given:-0}"
    printf '%-11s AFL++     %9d runs  %5s edges  stable %7s  %d crashes, %d hangs, %d not again  %s\n' \
        "" "${execs:-0}" "$(afl_stat "$work/$target/afl" edges_found)" "${stability:-?}" $crashes $hangs \
        $not_again "$words"
done
if [ -n "$(find "$findings" -type f)" ]; then
    sh ci/triage.sh || failed=1
fi
[ $failed = 0 ] || echo "batch: FAILED, see $work"
exit $failed
