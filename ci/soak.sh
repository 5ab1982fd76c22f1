#!/bin/sh
# Soaks of the server over mutual TLS, and a check whose endpoint dies. One figure a line, separated
# by tabs: name, value, unit, limit, ok or FAILED.
#
#   sh ci/soak.sh idle [COUNT]            10000 idle connections: memory of each, p99 of another one
#   sh ci/soak.sh slow [COUNT [SECONDS]]  1000 slow ones for 60 s, and a healthy one
#   sh ci/soak.sh kill                    kill -9 in the middle of a check, and a restart
#   sh ci/soak.sh valgrind                server and client under memcheck
#   sh ci/soak.sh                         all of them
#
# Exit status 0: all limits kept; 1: one was not; 3: this machine does not allow it.
set -eu
cd "$(dirname "$0")/.."
work=build/soak
server=build/release/balprobe-server
mkdir -p $work
# shellcheck source=ci/serve.sh
. ci/serve.sh

compile() { # PROGRAM SOURCES...
    program=$1
    shift
    gcc -std=c11 -O2 -g -D_POSIX_C_SOURCE=200809L -Isrc -o "$work/$program" "$@" \
        ci/bench/party.c ci/bench/meter.c build/release/libbalprobe_net.a \
        build/release/libbalprobe_core.a -lssl -lcrypto -lyajl
}

say() { # NAME VALUE UNIT LIMIT ok|FAILED
    printf '%s\t%s\t%s\t%s\t%s\n' "$@"
    [ "$5" = ok ] || status=1
}

ok_if() { # COMMAND...: the word for it
    if "$@"; then echo ok; else echo FAILED; fi
}

note() { # STATUS of a program: the gravest counts
    if [ "$1" != 0 ] && [ $status != 1 ]; then status=$1; fi
}

soak_idle() {
    compile idle ci/bench/idle.c
    serve $server --pki $work/pki --idle-time 3600
    $work/idle "$port" $work/pki "$pid" "${1:-10000}" || note $?
    stop "$pid"
}

soak_slow() {
    compile slow ci/bench/slow.c ci/bench/healthy.c
    serve $server --pki $work/pki
    $work/slow "$port" $work/pki "$pid" "${1:-1000}" "${2:-60}" || note $?
    stop "$pid"
}

begin_check() { # in the background for 10 seconds, its pid is $checking, its output $work/check.log
    "$balprobe" check "https://127.0.0.1:$port/v1" --cert $work/pki/client.pem \
        --key $work/pki/client.key --cacert $work/pki/ca.pem --cases 1000000 --time 10 \
        --out $work/findings >$work/check.log 2>&1 &
    checking=$!
    keep $checking
}

end_check() { # NAME: it must neither pass nor call itself passed
    result=0
    wait "$checking" || result=$?
    forget "$checking"
    case $result in 1 | 3) word=ok ;; *) word=FAILED ;; esac
    say "$1, exit status" "$result" status "1 or 3" $word
    verdict=$(grep -oE '^(PASS|FAIL|PARTIAL|INCONCLUSIVE)' $work/check.log | tail -n 1 || true)
    case $verdict in FAIL | PARTIAL) word=ok ;; *) word=FAILED ;; esac
    say "$1, verdict" "${verdict:-none}" word "PARTIAL or FAIL" $word
    [ $word = ok ] || tail -n 5 $work/check.log
}

soak_kill() {
    serve $server --pki $work/pki
    begin_check
    sleep 3
    kill -9 "$pid"
    end_check "killed server"
    stop "$pid"
    serve $server --pki $work/pki
    begin_check
    sleep 3
    kill -9 "$pid"
    stop "$pid"
    killed_port=$port
    sleep 1
    serve $server --pki $work/pki --listen "127.0.0.1:$killed_port"
    end_check "killed and started again"
    stop "$pid"
}

memcheck() { # COMMAND...
    valgrind --quiet --leak-check=full --error-exitcode=99 --log-file=$work/memcheck.%p "$@"
}

soak_valgrind() {
    rm -f $work/memcheck.*
    compile bare ci/bench/bare.c
    serve valgrind --quiet --leak-check=full --error-exitcode=99 \
        "--log-file=$work/memcheck.%p" $server --pki $work/pki
    $work/bare "$port" $work/pki "$pid" requests 200 >/dev/null || note 1
    $work/bare "$port" $work/pki "$pid" handshakes 50 >/dev/null || note 1
    result=0
    memcheck "$balprobe" check "https://127.0.0.1:$port/v1" --cert $work/pki/client.pem \
        --key $work/pki/client.key --cacert $work/pki/ca.pem --cases 200 --time 60 \
        --only GB-LIMIT --max-time 60 --out $work/findings >$work/check.log 2>&1 || result=$?
    say "check under memcheck, exit status" $result status 0 "$(ok_if [ $result = 0 ])"
    kill "$pid"
    result=0
    wait "$pid" || result=$?
    forget "$pid"
    say "server under memcheck, exit status" $result status 0 "$(ok_if [ $result = 0 ])"
    found=$(cat $work/memcheck.* | wc -l)
    say "lines that memcheck wrote" "$found" lines 0 "$(ok_if [ "$found" = 0 ])"
    [ "$found" = 0 ] || cat $work/memcheck.* | head -n 40
}

status=0
sh ci/setup.sh
case ${1:-all} in
valgrind | all) sh ci/setup.sh bench ;;
esac
sh ci/build.sh release
make_pki
case ${1:-all} in
idle) soak_idle "${2:-}" ;;
slow) soak_slow "${2:-}" "${3:-}" ;;
kill) soak_kill ;;
valgrind) soak_valgrind ;;
all)
    soak_idle
    soak_slow
    soak_kill
    soak_valgrind
    ;;
*)
    echo "usage: sh ci/soak.sh [idle|slow|kill|valgrind]" >&2
    exit 2
    ;;
esac
exit $status
