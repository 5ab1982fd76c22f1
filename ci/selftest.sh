#!/bin/sh
# Plants one fault for each documented invariant in src/, and requires that the fuzz target which
# watches over it finds it: by its corpus, or else by fuzzing from it.
#
#   sh ci/selftest.sh [SECONDS]    for one fault, default 20
#
# Prints fault, target, seconds, how it was found. Exit status 1 when a fault is not found in time,
# cannot be planted any more, or when a target fails without any. Everything is in build/selftest.
set -eu
cd "$(dirname "$0")/.."
. ci/engines.sh
seconds=${1:-20}
case $seconds in
*[!0-9]* | 0)
    echo "usage: sh ci/selftest.sh [SECONDS]" >&2
    exit 2
    ;;
esac
work=build/selftest
rm -rf $work
mkdir -p $work
sh ci/setup.sh
echo "building: fuzz" >&2
sh ci/build.sh fuzz

# The compiler's command for FILE, and the linker's for TARGET, are those of build/fuzz.
compile() { # FILE SOURCE OBJECT
    sed -n "s|^ *\"command\": \"\(.*\) -o [^ ]* -c [^ ]*/$1\",*\$|\1|p" \
        build/fuzz/compile_commands.json | sed 's/\\"/"/g' >$work/command
    eval "$(cat $work/command) -w -I$(dirname "$1") -o $3 -c $2"
}
link_with() { # TARGET OBJECT PROGRAM: what is named first is not taken from the library
    (cd build/fuzz/fuzz && eval "$(sed "s|-o fuzz_$1|-o $3 $2|" "CMakeFiles/fuzz_$1.dir/link.txt")")
}

passes() { # TARGET FOLDER: its corpus, without any fault
    # shellcheck disable=SC2046
    "build/fuzz/fuzz/fuzz_$1" -runs=0 $(limits "$1") -artifact_prefix="$2/" "corpus/$1" \
        >"$2/log" 2>&1
}

failed=0
count=0
fault() { # INVARIANT TARGET FILE SED-COMMAND
    count=$((count + 1))
    place=$PWD/$work/$count
    mkdir -p "$place/corpus"
    sed "$4" "$3" >"$place/$(basename "$3")"
    program=$place/fuzz_$2
    words="NOT FOUND"
    begun=$(now_ms)
    took=0
    if cmp -s "$3" "$place/$(basename "$3")"; then
        words="NOT PLANTED: $3 has no such line any more"
    elif ! passes "$2" "$place"; then
        words="NOT TESTED: the target fails without it, see $work/$count/log"
    elif ! { compile "$3" "$place/$(basename "$3")" "$place/object.o" &&
        link_with "$2" "$place/object.o" "$program"; } >"$place/build.log" 2>&1; then
        words="NOT BUILT: see $work/$count/build.log"
    else
        begun=$(now_ms)
        status=0
        # shellcheck disable=SC2046
        "$program" -seed=1 $(limits "$2") -max_total_time="$seconds" -artifact_prefix="$place/" \
            "$place/corpus" "corpus/$2" >"$place/log" 2>&1 || status=$?
        took=$(($(now_ms) - begun))
        if [ $status != 0 ] && grep -qE 'does not hold|ERROR: |runtime error' "$place/log"; then
            words="by its corpus"
            ! grep -q 'INITED' "$place/log" || words="by fuzzing"
        fi
    fi
    case $words in by*) ;; *) failed=1 ;; esac
    awk -v what="$1" -v target="$2" -v ms=$took -v words="$words" \
        'BEGIN { printf "%-44s %-11s %6.2f s  %s\n", what, target, ms / 1000, words }'
}

fault "a limit of 2^31 is refused" query src/http/query.c \
    's/(limit > INT32_MAX)$/(limit - 1 > INT32_MAX)/'
fault "letters of a location in any case" query src/value/country.c \
    's/byte_upper(\(text.data.1.\))/\1/'
fault "a parameter comes once" query src/http/query.c 's/\*seen |= 1U <</*seen |= 0U <</'
fault "percent signs are decoded once" target src/http/target.c \
    '/^    \*raw = view_from(all, 3);/s/$/ if (all.len > 4 \&\& all.data[2] == 53) *raw = view_from(all, 5);/'
fault "64 fields are allowed" http src/http/head.c \
    's/== BP_FIELD_COUNT_MAX/== BP_FIELD_COUNT_MAX - 1/'
fault "the size of a chunk does not wrap" http src/http/body.c \
    's/digit_count > 16/digit_count > 17/'
fault "a base64 quantum is whole" headers src/http/basic.c \
    "s/text.data\[i + 3\] == '='/text.data[i + 2] == '='/"
fault "a name comes once in an object" json src/json/take.c \
    's/if (!is_new)/if (!is_new \&\& name.len > 1)/'
fault "a part of a second is not rounded up" duration src/value/duration.c \
    's/unit_ns + value) \/ 10/unit_ns + value + 5) \/ 10/'
fault "an ICCID has 19 or 20 digits" iccid src/value/iccid.c \
    's/text.len > BP_ICCID_LEN_MAX/text.len > BP_ICCID_LEN_MAX - 1/'
fault "a transaction id is known for its window" guard src/operator/replay.c \
    's/seen_ms < replay->window_ms/seen_ms < replay->window_ms - 1/'
fault "what a plan counts has a limit" act src/operator/act.c \
    's/BP_MB - act->bytes)/BP_MB)/'
fault "a repeated transaction is 409" handler src/operator/endpoint.c \
    's/return !is_repeat ||/return true ||/'
fault "an answer to HEAD has no body" handler src/operator/endpoint.c \
    's/\.omits_body = view_equal(head->method, VIEW("HEAD"))/.omits_body = false/'
fault "a balance of zero is 200, not 404" trial src/operator/endpoint.c \
    's/return request->sim != NULL ||/return (request->sim != NULL \&\& !request->sim->has_micro) ||/'
fault "consumption is booked once" sequence src/operator/sim.c \
    's/^        bytes -= part;/        bytes -= part - 1;/'
[ $failed = 0 ] || echo "selftest: FAILED, see $work"
exit $failed
