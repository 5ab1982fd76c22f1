#!/bin/sh
# Benchmarks. One figure a line, separated by tabs: name, value, unit, peer, ratio to the peer.
# Instructions are counted by callgrind, so they are the same on a busy machine.
#
#   sh ci/bench.sh [core|tls|fuzz]     the parsers and the checker; mutual TLS; both by default;
#                                      how fast the fuzz targets are
set -eu
cd "$(dirname "$0")/.."
sh ci/setup.sh
[ "${1:-}" != fuzz ] || exec sh ci/bench/fuzz.sh
sh ci/setup.sh bench
sh ci/build.sh release
case ${1:-both} in
core) ;;
both) sh ci/bench/tls.sh ;;
tls) exec sh ci/bench/tls.sh ;;
*)
    echo "usage: sh ci/bench.sh [core|tls|fuzz]" >&2
    exit 2
    ;;
esac
work=build/bench
mkdir -p $work

compile() { # PROGRAM SOURCE FLAGS...
    program=$1
    shift
    gcc -std=c11 -O2 -g -Wl,-z,now -o "$work/$program" "$@" # no binding at a first call is counted
}
core="-Isrc build/release/libbalprobe_core.a -lyajl"
# shellcheck disable=SC2086
compile handle ci/bench/handle.c $core
# shellcheck disable=SC2086
compile parsers ci/bench/parsers.c $core
compile llhttp ci/bench/llhttp.c /usr/share/llhttp/llhttp.c /usr/share/llhttp/http.c \
    /usr/share/llhttp/api.c -I/usr/share/include/llhttp

instructions() { # CALLGRIND-OPTIONS -- COMMAND: instructions collected
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    # shellcheck disable=SC2086
    valgrind --tool=callgrind --callgrind-out-file=/dev/null $options "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

per_request() { # COMMAND...: instructions per request of 10 more rounds
    few=$(instructions -- "$@" 5)
    many=$(instructions -- "$@" 15)
    echo $(((many - few) / 10 / 200))
}

line() { # NAME VALUE UNIT PEER PEER-VALUE
    awk -v n="$1" -v v="$2" -v u="$3" -v p="$4" -v w="$5" \
        'BEGIN { printf "%s\t%s\t%s\t%s\t%.2f\n", n, v, u, p, w == 0 ? 0 : v / w }'
}

requests=ci/bench/requests.http
$work/handle corpus/sims.json $requests 1 >&2
ours=$(per_request $work/handle corpus/sims.json $requests)
theirs=$(per_request $work/llhttp $requests)
line "request, read handle write" "$ours" instructions "llhttp bare parse $theirs" "$theirs"

# Judged exchanges a CPU second (generated, written, handled, read back, every rule that applies),
# beside the bare endpoint without any judging. A random case makes more than one of them.
judged() { # CASES: exchanges of a run in process
    build/release/balprobe check --in-process --cases "$1" 2>/dev/null |
        sed -n 's/.* cases of \([0-9,]*\) requests.*/\1/p' | tr -d ,
}
cpu_us() { # COMMAND...: user CPU in microseconds, the least of five runs: load only adds to it
    for _ in 1 2 3 4 5; do
        (
            "$@" >/dev/null 2>&1 || true
            times
        ) | awk 'END { split($1, t, /[ms]/); printf "%d\n", (t[1] * 60 + t[2]) * 1000000 }'
    done | sort -n | head -n 1
}
few=$(cpu_us build/release/balprobe check --in-process --cases 1)
many=$(cpu_us build/release/balprobe check --in-process --cases 1000001)
bare=$(cpu_us $work/handle corpus/sims.json $requests 5000)
exchanges=$(($(judged 1000001) - $(judged 1)))
cases=$(awk -v n="$exchanges" -v t=$((many - few)) 'BEGIN { printf "%d", n * 1e6 / t }')
handled=$(awk -v t="$bare" 'BEGIN { printf "%d", 1e12 / t }')
line "judged exchanges" "$cases" "a CPU second" "requests handled, not judged: $handled" "$handled"

# Requests until `check` at a URL on this machine has caught each liar.
props=
for library in props pki server net tool; do
    props="$props build/release/libbalprobe_$library.a"
done
# shellcheck disable=SC2086
compile detect -D_POSIX_C_SOURCE=200809L -I. ci/bench/detect.c $props $core -lssl -lcrypto -lm
for which in any own; do
    $work/detect $which corpus/sims.json >$work/detect.tsv
    awk -F'\t' '{ count[NR] = $3 } END { printf "%d %d %s\n", count[int((NR + 1) / 2)], $3, $1 }' \
        $work/detect.tsv | while read -r median most liar; do
        line "requests until $which clause fails a liar, median" "$median" requests "the limit 1500" 1500
        line "requests until $which clause fails a liar, most" "$most" "requests, $liar" "the limit 1500" 1500
    done
done

# Linear: instructions a byte at 1 MiB beside 1 KiB; bytewise beside whole.
$work/parsers list | while read -r name how; do
    small=$(instructions '--toggle-collect=measured*' -- $work/parsers "$name" 1024 whole)
    large=$(instructions '--toggle-collect=measured*' -- $work/parsers "$name" 1048576 whole)
    per_byte=$(awk -v l="$large" 'BEGIN { printf "%.2f", l / 1048576 }')
    small_byte=$(awk -v s="$small" 'BEGIN { printf "%.2f", s / 1024 }')
    line "$name, 1 MiB" "$per_byte" "instructions/byte" "1 KiB: $small_byte" "$small_byte"
    [ "$how" = bytewise ] || continue
    bytes=$(instructions '--toggle-collect=measured*' -- $work/parsers "$name" 1024 bytewise)
    line "$name, bytewise" "$bytes" instructions "whole, 1 KiB: $small" "$small"
done
