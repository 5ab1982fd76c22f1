# shellcheck shell=sh disable=SC2034,SC2154
# Sourced by scripts that need running servers: starts them, and ends them however the script ends.
# It wants $work, a folder, and makes $work/pki.

started=

stop_one() { # PID: as asked for, or else by force
    kill "$1" 2>/dev/null || return 0
    waited=0
    while kill -0 "$1" 2>/dev/null && [ $waited -lt 50 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    kill -9 "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

stop_all() {
    for pid in $started; do stop_one "$pid"; done
    started=
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make_pki() { # once for all servers of the script
    rm -rf "$work/pki"
    build/release/balprobe pki "$work/pki" >/dev/null
}

serve() { # COMMAND...: starts a balprobe server; its pid and port are $pid and $port
    rm -f "$work/ready"
    "$@" --pki "$work/pki" --ready-file "$work/ready" >>"$work/serve.log" 2>&1 &
    pid=$!
    started="$started $pid"
    waited=0
    while [ ! -s "$work/ready" ]; do
        if [ $waited = 300 ] || ! kill -0 $pid 2>/dev/null; then
            echo "$0: no server: $*" >&2
            tail -n 5 "$work/serve.log" >&2
            exit 3
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    port=$(sed -n 's/^port //p' "$work/ready")
}
