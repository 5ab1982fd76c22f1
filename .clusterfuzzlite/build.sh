#!/bin/sh
# Builds the fuzz targets as ClusterFuzzLite wants them: in $OUT each target with its seeds
# (TARGET_seed_corpus.zip), dictionary and options; one sanitizer, nothing to be linked at run time
# but the C library. Dockerfile is the image it runs in, upon the one of the platform.
#
#   OUT=FOLDER SANITIZER=address|undefined|memory sh .clusterfuzzlite/build.sh
#
# CC in the environment is another compiler than that of the presets. memory needs
# BALPROBE_YAJL_SOURCE, see ci/build.sh. ci/checkbuild.sh does this here and checks what comes out.
# Exit status 1 when the build fails.
set -eu
cd "$(dirname "$0")/.."
. ci/engines.sh
mkdir -p "${OUT:?where to}"
OUT=$(cd "$OUT" && pwd)
if [ "${SANITIZER:-}" = memory ] && [ ! -f "${BALPROBE_YAJL_SOURCE:-}/src/yajl.c" ]; then
    echo "build: memory needs a source tree of yajl in BALPROBE_YAJL_SOURCE" >&2
    exit 1
fi
options="-DBALPROBE_WERROR=OFF -DOPENSSL_USE_STATIC_LIBS=ON"
if [ "${SANITIZER:?address, undefined or memory}" != memory ]; then
    options="$options -DYAJL_LIBRARY=$(find /usr/lib -name libyajl_s.a | head -n 1)"
fi
[ -z "${CC:-}" ] || options="$options -DCMAKE_C_COMPILER=$CC"
BALPROBE_BUILD_OPTIONS=$options sh ci/build.sh "fuzz-$SANITIZER"
while read -r target; do
    name=fuzz_$target
    cp "build/fuzz-$SANITIZER/fuzz/$name" "$OUT/$name"
    rm -f "$OUT/${name}_seed_corpus.zip"
    (cd "corpus/$target" && find . -type f ! -name ".*" | sort | zip -q -X -@ "$OUT/${name}_seed_corpus.zip")
    [ ! -f "fuzz/$target.dict" ] || cp "fuzz/$target.dict" "$OUT/$name.dict"
    cp "build/fuzz-$SANITIZER/fuzz/$name.options" "$OUT/$name.options"
done <fuzz/targets.txt
