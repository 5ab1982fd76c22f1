#!/bin/sh
# Builds presets of CMakePresets.json: sh ci/build.sh PRESET[:PROGRAM]...   All programs of a preset,
# or only one. Quiet unless something goes wrong. Without arguments it lists the presets. BALPROBE_BUILD_OPTIONS in the environment are more
# options for cmake, as -DNAME=VALUE.
#
# fuzz-memory needs a source tree of yajl 2.1 in BALPROBE_YAJL_SOURCE, since MSan has to see all
# that is written; without one it is skipped, with a message. Exit status 1 when a build fails.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || {
    cmake --list-presets
    exit 0
}
mkdir -p build
for what in "$@"; do
    preset=${what%%:*}
    program=${what#"$preset"}
    program=${program#:}
    log=build/$preset.log
    if [ "$preset" = fuzz-memory ] && [ ! -f "${BALPROBE_YAJL_SOURCE:-}/src/yajl.c" ]; then
        echo "build: fuzz-memory is skipped: BALPROBE_YAJL_SOURCE is no source tree of yajl" >&2
        continue
    fi
    # shellcheck disable=SC2086
    if ! { cmake --preset "$preset" -DBALPROBE_WERROR=ON ${BALPROBE_BUILD_OPTIONS:-} &&
        cmake --build --preset "$preset" --target "${program:-all}" --parallel "$(nproc)"; } >"$log" 2>&1; then
        grep -E -A8 'error:|CMake Error|undefined reference|multiple definition' "$log" | head -n 60 >&2 || true
        echo "build: preset $preset failed; the whole output is in $log" >&2
        exit 1
    fi
done
