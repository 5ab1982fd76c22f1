#!/bin/sh
# Makes corpora small: of the inputs that fuzzing found, few that take every edge that they take
# together. How often an edge is taken does not count here: a campaign finds that again in seconds.
#
#   sh ci/prune.sh [TARGET...]     default: all targets
#
# What build/fuzzing/TARGET and corpus/TARGET have under a hash is replaced by libFuzzer's set cover
# (-set_cover_merge=1) of what files named in words do not reach. These, among them the seeds of
# `balprobe corpus`, and all of regress/ stay. Above 500 files or 2 MB the largest hashes go first.
# Prints one line for each target. Exit status 1 when what has to stay is too much, or fails, or
# when the corpus would reach less than before.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL
. ci/engines.sh
targets=$(targets_of "$@") || exit 2
work=build/prune
rm -rf $work
mkdir -p $work
sh ci/setup.sh
echo "building: fuzz" >&2
sh ci/build.sh fuzz

hashed() { find "$1" -type f ! -path '*/regress/*' | grep -E '/[0-9a-f]{40}$' || true; }
octets_in() { find "$1" -type f -exec cat {} + | wc -c; }

failed=0
for target in $targets; do
    kept=$work/$target/kept
    found=$work/$target/found
    mkdir -p "$kept" "$found"
    cp -R "corpus/$target/." "$kept"
    hashed "$kept" | while read -r file; do mv "$file" "$found"; done
    if [ -d "build/fuzzing/$target" ]; then
        hashed "build/fuzzing/$target" | while read -r file; do cp "$file" "$found"; done
    fi
    files_before=$(find "corpus/$target" -type f | wc -l)
    octets_before=$(octets_in "corpus/$target")
    edges_before=$(edges_of "$target" "corpus/$target")
    words=ok
    # Not shortened here: a file of words may be longer than what is fuzzed.
    if ! "build/fuzz/fuzz/fuzz_$target" -set_cover_merge=1 -use_counters=0 -timeout=5 \
        -rss_limit_mb=512 -artifact_prefix="$work/$target/" "$kept" "$found" \
        >"$work/$target/log" 2>&1; then
        words="FAILED: see $work/$target/log"
    fi
    hashed "$kept" | while read -r file; do echo "$(wc -c <"$file") $file"; done | sort -rn |
        while read -r _ file; do
            [ "$(find "$kept" -type f | wc -l)" -gt $files_max ] ||
                [ "$(octets_in "$kept")" -gt $octets_max ] || break
            rm "$file"
        done
    files=$(find "$kept" -type f | wc -l)
    octets=$(octets_in "$kept")
    edges=$(edges_of "$target" "$kept")
    if [ "$words" = ok ] && [ "$files" -gt $files_max ]; then
        words="FAILED: $files files have to stay"
    elif [ "$words" = ok ] && [ "$octets" -gt $octets_max ]; then
        words="FAILED: $octets octets have to stay"
    elif [ "$words" = ok ] && { [ -z "$edges" ] || [ -z "$edges_before" ]; }; then
        words="FAILED: an input fails (sh ci/replay.sh names it), left as it was"
    elif [ "$words" = ok ] && [ "$edges" -lt "$edges_before" ]; then
        words="FAILED: would lose edges, left as it was"
    fi
    if [ "$words" = ok ]; then
        hashed "corpus/$target" | while read -r file; do rm "$file"; done
        hashed "$kept" | while read -r file; do cp "$file" "corpus/$target"; done
    else
        failed=1
    fi
    printf '%-11s %4d -> %3d files  %7d -> %7d octets  %5d -> %5d edges  %s\n' "$target" \
        "$files_before" "$files" "$octets_before" "$octets" "${edges_before:-0}" \
        "${edges:-0}" "$words"
done
exit $failed
