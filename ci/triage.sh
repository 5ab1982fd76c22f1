#!/bin/sh
# Sorts findings: which are the same, how small they get, what they mean, how to keep them.
#
#   sh ci/triage.sh [FOLDER]     default: build/fuzzing/findings, where ci/fuzz.sh and ci/batch.sh
#                                put them; files are named TARGET-anything
#
# Two findings are the same when target, kind or assertion, and the three frames above it agree.
# build/triage has a folder for each: input, minimal (the smallest that was found in 20 s and fails
# in the same way, with every relation played), explanation (what balprobe replay shows, for trial;
# the text otherwise), stack, command (one that shows it, and one that keeps it), commit. junit.xml
# and findings.sarif list every file of FOLDER. Exit status 1 when there is any, 0 when there is
# none, 2 for a wrong argument.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
from=${1:-build/fuzzing/findings}
if [ $# -gt 1 ] || [ ! -d "$from" ]; then
    echo "usage: sh ci/triage.sh [FOLDER]: there is no folder $from" >&2
    exit 2
fi
work=build/triage
rm -rf $work
mkdir -p $work
[ -n "$(find "$from" -type f)" ] || {
    echo "no findings in $from"
    exit 0
}
echo "building: fuzz" >&2
sh ci/build.sh fuzz
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain 2>/dev/null)" ] || commit="$commit, with changes"
ulimit -c 0
# A smaller input would have another relation's turn (fuzz/fuzz.h).
export BALPROBE_PLAYS_ALL=1

# What a log says: the kind, and the first frames of ours as "function file:line".
kind_of() { # LOG
    sed -n -e 's/.*: does not hold: /does not hold: /p' -e 's/.*: runtime error: /runtime error: /p' \
        -e 's/.*ERROR: AddressSanitizer: \([A-Za-z-]*\).*/\1/p' \
        -e 's/.*ERROR: MemorySanitizer: \([a-z-]*\).*/\1/p' \
        -e 's/.*ERROR: LeakSanitizer: .*/leak/p' -e 's/.*Assertion `\(.*\). failed.*/assert: \1/p' \
        -e 's/.*ERROR: libFuzzer: \([a-z-]*\).*/\1/p' "$1" | head -n 1 |
        sed 's/0x[0-9a-f]*/ADDRESS/g; s/-\{0,1\}[0-9][0-9]\{3,\}/NUMBER/g'
}
frames_of() { # LOG
    awk '/^ *#0 / { if (seen++) exit } /^ *#[0-9]+ 0x.* in .*\/\.\// { print $4, $5 }' "$1" |
        grep -v '^fuzz_assert_failed ' | sed 's|\([^ ]*\) .*/\./\(.*\)|\1 \2|; s|:[0-9]*$||' |
        head -n 3
}

key_of() { # TARGET LOG
    kind=$(kind_of "$2")
    echo "$1 ${kind:-unknown} $(frames_of "$2" | cut -d ' ' -f 1 | tr '\n' ' ')"
}

minimise() { # TARGET-PROGRAM FOLDER KEY: FOLDER/minimal, which fails as FOLDER/input does
    cp "$2/input" "$2/minimal"
    case $3 in *" timeout "* | *" out-of-memory "* | *" does not fail again") return ;; esac
    timeout -k 5 40 "$1" -minimize_crash=1 -runs=20000 -max_total_time=20 -timeout=5 \
        -rss_limit_mb=512 -exact_artifact_path="$2/smaller" "$2/input" >"$2/log" 2>&1 </dev/null || true
    if [ -s "$2/smaller" ] && fails "$1" "$2/smaller" "$2/log"; then
        [ "$(key_of "${1##*/fuzz_}" "$2/log")" != "$3" ] || mv "$2/smaller" "$2/minimal"
    fi
    rm -f "$2/smaller" "$2/log"
}

explain() { # TARGET FILE
    if [ "$1" = trial ] && [ -x build/release/balprobe ]; then
        build/release/balprobe replay "$2" 2>&1 || true
    else
        echo "The input as text ($(wc -c <"$2") octets; sed's notation):"
        sed -n l "$2"
    fi
}

sarif_row() { # RULE TEXT FILE LINE KEY: one result
    printf '%s{"ruleId":"%s","level":"error","message":{"text":"%s"},"partialFingerprints":{"key/v1":"%s"}' \
        "$([ ! -s $work/results ] || echo ,)" "$(echo "$1" | json_text)" "$(echo "$2" | json_text)" "$5"
    printf ',"locations":[{"physicalLocation":{"artifactLocation":{"uri":"%s"},"region":{"startLine":%d}}}]}\n' \
        "$(echo "$3" | json_text)" "$4"
}

find "$from" -type f | sort >$work/files
while read -r file; do
    name=$(basename "$file")
    target=${name%%-*}
    program=build/fuzz/fuzz/fuzz_$target
    begun=$(now_ms)
    if [ ! -x "$program" ]; then
        echo "$file: no program $program; names are TARGET-..." >&2
        echo "no such target" | junit_case $work/junit.xml triage "$name" 0
        continue
    fi
    if fails "$program" "$file" $work/log; then
        key=$(key_of "$target" $work/log)
    else
        key="$target does not fail again"
        : >$work/log
    fi
    kind=$(kind_of $work/log)
    id=$target-$(echo "$key" | cksum | cut -d ' ' -f 1)
    bundle=$work/$id
    if [ ! -d "$bundle" ]; then
        mkdir "$bundle"
        cp "$file" "$bundle/input"
        minimise "$program" "$bundle" "$key"
        cp $work/log "$bundle/stack"
        explain "$target" "$bundle/minimal" >"$bundle/explanation"
        echo "$commit" >"$bundle/commit"
        echo "$key" >"$bundle/key"
        {
            echo "$program $bundle/minimal"
            echo "mkdir -p corpus/$target/regress && cp $bundle/minimal corpus/$target/regress/$id"
        } >"$bundle/command"
    fi
    echo "$name" >>"$bundle/files"
    # The place: the assertion's or the report's own, or the first frame's.
    place=$(sed -n -e 's|^\(.*\): does not hold: .*|\1:1|p' -e 's|^\(.*\): runtime error: .*|\1|p' \
        $work/log | sed -n '1s|^.*/\./||; 1s|:[0-9]*$||; 1p')
    [ -n "$place" ] || place=$(frames_of $work/log | sed -n '1s/.* //p')
    line=${place##*:}
    case $line in '' | *[!0-9]*) line=1 ;; esac
    place=${place%:*}
    sarif_row "$target/${kind:-unknown}" "$name: $key; see $bundle" "${place:-fuzz/$target.c}" "$line" "$id" \
        >>$work/results
    {
        echo "$key"
        cat "$bundle/command"
        tail -n 60 $work/log
    } | junit_case $work/junit.xml "triage.$target" "$name" $(($(now_ms) - begun))
done <$work/files
junit_end $work/junit.xml triage
touch $work/results
{
    echo '{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{'
    echo '"tool":{"driver":{"name":"balprobe fuzzing"}},"results":['
    cat $work/results
    echo ']}]}'
} >$work/findings.sarif

for bundle in "$work"/*/; do
    [ -f "$bundle/key" ] || continue
    bundle=${bundle%/}
    echo
    cat "$bundle/key"
    echo "    files:   $(wc -l <"$bundle/files"), input $(wc -c <"$bundle/input") octets, minimal $(wc -c <"$bundle/minimal")"
    echo "    folder:  $bundle"
    echo "    see it:  $(sed -n 1p "$bundle/command")"
    echo "    keep it: $(sed -n 2p "$bundle/command")"
done
echo
echo "$(wc -l <$work/files) findings, $(find $work -name key | wc -l) different; $work/junit.xml, $work/findings.sarif"
rm -f $work/log $work/results $work/files
exit 1
