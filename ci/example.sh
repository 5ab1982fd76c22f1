#!/bin/sh
# An implementer's view: balprobe is installed into an empty folder, an outside project that knows
# nothing else (fuzz/example) is built with it for all three engines, and its planted faults are
# looked for: first by the tour of all clauses, under ASan and UBSan, then by libFuzzer.
#
#   sh ci/example.sh
#
# Prints a line for each fault: the clause, and after how many executions it was found. Exit status 1
# when a handler without fault is accused, when a fault is not found within 20 s, or when something
# cannot be built. Takes a minute behind the first build; leaves all in build/example.
set -eu
cd "$(dirname "$0")/.."
. ci/engines.sh
work=$PWD/build/example
prefix=$work/prefix
rm -rf "$work"
mkdir -p "$work"
AFL_QUIET=1
export AFL_QUIET

step() { # WORDS COMMAND...
    words=$1
    shift
    if ! "$@" >"$work/step.log" 2>&1; then
        tail -n 30 "$work/step.log" >&2
        echo "FAILED  $words" >&2
        exit 1
    fi
    echo "ok      $words"
}

project() { # ENGINE SANITIZERS C_COMPILER CXX_COMPILER TARGET...
    engine=$1
    cmake -S "$work/project" -B "$work/$1" -DCMAKE_PREFIX_PATH="$prefix" -DBALPROBE_ENGINE="$1" \
        -DBALPROBE_SANITIZE="$2" -DCMAKE_C_COMPILER="$3" -DCMAKE_CXX_COMPILER="$4" \
        -DCMAKE_C_FLAGS='-O1 -g' -DCMAKE_CXX_FLAGS='-O1 -g' || return
    shift 4
    cmake --build "$work/$engine" --parallel "$(nproc)" --target "$@"
}

install_it() {
    sh ci/setup.sh && sh ci/build.sh release && cmake --install build/release --prefix "$prefix"
}

# Where libraries are depends on the prefix that the build was configured with.
PKG_CONFIG_PATH=$prefix/lib/pkgconfig:$prefix/lib/$(gcc -dumpmachine)/pkgconfig
export PKG_CONFIG_PATH

with_pkg_config() {
    # shellcheck disable=SC2046
    gcc -std=c11 -o "$work/fuzz_pc" "$work/project/handler.c" "$work/project/request.c" \
        $(pkg-config --cflags --libs balprobe) -lbalprobe_replay &&
        "$work/fuzz_pc" "$(pkg-config --variable=seeds balprobe)"
}

echo "building (a minute or two at first)" >&2
step "balprobe is installed into an empty folder" install_it
cp -R fuzz/example "$work/project"
step "replay programs, gcc, ASan and UBSan" project replay address,undefined gcc g++ fuzz_c fuzz_cc
step "libFuzzer programs, clang, ASan and UBSan" \
    project libfuzzer address,undefined clang-19 clang++-19 fuzz_c fuzz_cc
step "AFL++ program" project afl "" afl-clang-fast afl-clang-fast++ fuzz_c
step "pkg-config alone, and the seeds" with_pkg_config
step "without faults: tour and seeds accuse nobody" \
    ctest --test-dir "$work/replay" -j 2 --output-on-failure --no-tests=error

found_by() { # LOG: the clause, or what a sanitizer says
    sed -n -e 's/^\(GB-[A-Z0-9-]*\|framing\): .*/\1/p' \
        -e 's/^.*ERROR: AddressSanitizer: \([A-Za-z-]*\).*/\1/p' "$1" | head -n 1
}

shows() { # PROGRAM INPUT CLAUSE LOG: whether that bug is found with one input
    "$work/replay/$1" "$2" >"$4" 2>&1 || true
    [ "$(found_by "$4")" = "$3" ]
}

search() { # PROGRAM BUG: leaves a row
    log=$work/$1.$2
    BUG=$2
    export BUG
    how=tour
    mkdir "$log.tour"
    (cd "$log.tour" && timeout 20 "$work/replay/$1" || true) >"$log" 2>&1
    count=$(sed -n 's/^input: .*-case-\([0-9]*\)$/\1/p' "$log")
    if [ -z "$count" ]; then
        how=libFuzzer
        mkdir -p "$log.corpus"
        "$work/libfuzzer/$1" -seed=1 -max_total_time=20 -max_len=4096 -print_final_stats=1 \
            -dict="$prefix/share/balprobe/balprobe.dict" -artifact_prefix="$log-" "$log.corpus" \
            "$prefix/share/balprobe/seeds" >"$log" 2>&1 || true
        count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    fi
    clause=$(found_by "$log")
    if [ $how = tour ] && ! shows "$1" "$log.tour/$1-case-$count" "$clause" "$log.again"; then
        printf 'MISSED  %-8s BUG=%s: case %s of the tour does not show it again\n' "$1" "$2" "$count"
    elif [ -n "$clause" ]; then
        printf 'found   %-8s BUG=%s after %7s executions (%s) by %s\n' "$1" "$2" "${count:-?}" "$how" "$clause"
    else
        printf 'MISSED  %-8s BUG=%s\n' "$1" "$2"
    fi >"$log.row"
}

afl() { # the same bug, by the third engine
    mkdir -p "$work/afl.seeds"
    cp "$prefix"/share/balprobe/seeds/trial/plain-in-world-* "$work/afl.seeds"
    (
        export BUG=1 AFL_CUSTOM_MUTATOR_LIBRARY="$mutator" AFL_BENCH_UNTIL_CRASH=1
        afl_fuzz -s 1 -V 20 -i "$work/afl.seeds" -o "$work/afl.out" \
            -x "$prefix/share/balprobe/balprobe.dict" -- "$work/afl/fuzz_c"
    ) >"$work/afl.log" 2>&1 || true
    count=$(afl_stat "$work/afl.out" execs_done)
    for crash in "$work"/afl.out/default/crashes/id*; do
        [ -f "$crash" ] || break
        BUG=1 "$work/replay/fuzz_c" "$crash" >"$work/fuzz_c.afl" 2>&1 || true
        clause=$(found_by "$work/fuzz_c.afl")
        [ -n "$clause" ] || continue
        printf 'found   fuzz_c   BUG=1 after %7s executions (AFL++) by %s\n' "$count" "$clause"
        return
    done
    echo "MISSED  fuzz_c   BUG=1 by AFL++"
}

mutator=$(pkg-config --variable=mutator balprobe)
afl >"$work/afl.row" &
for program in fuzz_c fuzz_cc; do
    for bug in 1 2 3 4 5 6 7 8 9; do search $program $bug; done
done
wait
cat "$work"/*.row
missed=$(cat "$work"/*.row | grep -vc '^found ' || true)
echo "$missed missed"
[ "$missed" = 0 ]
