# shellcheck shell=sh disable=SC2034,SC2154
# Sourced by scripts that need running servers: starts them, and ends them however the script ends.
# It wants $work, a folder. BALPROBE names another program than build/release/balprobe.

balprobe=${BALPROBE:-build/release/balprobe}
running=
: >"$work/serve.log"

alive() { grep -q '^State:[[:space:]]*[^ZX]' "/proc/$1/status" 2>/dev/null; }

# keep PID: it is ended with this script. forget PID: it has ended.
keep() { running="${running:- }$1 "; }
forget() { running=$(echo "$running" | sed "s/ $1 / /"); }

stop() { # PID: of a process that is kept; as asked for, or else by force
    kill "$1" 2>/dev/null || true
    tries=0
    while alive "$1" && [ $tries -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    ! alive "$1" || kill -9 "$1" || true
    wait "$1" 2>/dev/null || true
    forget "$1"
}

stop_all() {
    for pid in $running; do stop "$pid"; done
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# wait_for PID CONDITION...: until the condition holds, for half a minute; false when the process
# ends before it.
wait_for() {
    awaited=$1
    shift
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || return 1
        alive "$awaited" || return 1
        sleep 0.05
    done
}

make_pki() { # $work/pki, once for all servers of the script
    rm -rf "$work/pki"
    "$balprobe" pki "$work/pki" >"$work/pki.log"
}

serve() { # COMMAND...: starts a balprobe server; its process is $pid, it is at $port and $url
    rm -f "$work/ready"
    "$@" --ready-file "$work/ready" >>"$work/serve.log" 2>&1 &
    pid=$!
    keep $pid
    if ! wait_for $pid test -s "$work/ready"; then
        echo "$0: no server: $*" >&2
        tail -n 5 "$work/serve.log" >&2
        exit 3
    fi
    port=$(sed -n 's/^port //p' "$work/ready")
    url=$(sed -n 's/^url //p' "$work/ready")
}
