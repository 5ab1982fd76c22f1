#!/bin/sh
# Builds presets: sh ci/build.sh release asan ...   Quiet unless something goes wrong.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build
for preset in "$@"; do
    log=build/$preset.log
    if ! { cmake --preset "$preset" -DBALPROBE_WERROR=ON &&
        cmake --build --preset "$preset" --parallel "$(nproc)"; } >"$log" 2>&1; then
        grep -E -A8 'error:|CMake Error|undefined reference|multiple definition' "$log" | head -n 60 >&2 || true
        echo "build: preset $preset failed; the whole output is in $log" >&2
        exit 1
    fi
done
