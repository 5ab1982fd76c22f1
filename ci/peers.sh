#!/bin/sh
# Real servers in front of balprobe serve, as they are and with the remedy that balprobe prints;
# real clients at balprobe serve; and an endpoint that is not ours. See ci/peers/README.md.
#
#   sh ci/peers.sh [PEER...]     default: nginx haproxy apache lighttpd node curl openssl
#
# BALPROBE names another program than build/release/balprobe. All files go to build/peers. A line
# for each test, what differs above it; the last line is: N passed, N failed, N skipped. Exit
# status 1 when one failed.
set -eu
cd "$(dirname "$0")/.."
known="nginx haproxy apache lighttpd node curl openssl"
peers=${*:-$known}
for peer in $peers; do
    case " $known " in *" $peer "*) continue ;; esac
    echo "peers: $peer is none of: $known" >&2
    exit 2
done
PATH=$PATH:/usr/sbin:/sbin
LC_ALL=C
export LC_ALL PATH
here=$PWD/ci/peers
work=$PWD/build/peers
pki=$work/pki
rm -rf "$work"
mkdir -p "$work"
# shellcheck source=ci/serve.sh
. ci/serve.sh
[ -x "$balprobe" ] || sh ci/build.sh release

passed=0
failed=0
skipped=0

listens() { grep -q ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; }
has() { command -v "$1" >/dev/null; }
wants() { case " $peers " in *" $1 "*) return 0 ;; *) return 1 ;; esac }

count() { # WORD NAME BEGUN
    case $1 in
    ok) passed=$((passed + 1)) ;;
    FAILED) failed=$((failed + 1)) ;;
    skipped) skipped=$((skipped + 1)) ;;
    esac
    printf '%-7s %-52s %4s s\n' "$1" "$2" $(($(date +%s) - $3))
}

# test_one PROGRAM NAME COMMAND...: a test, skipped where the program is not installed.
test_one() {
    program=$1
    name=$2
    shift 2
    begun=$(date +%s)
    if ! has "$program"; then
        count skipped "$name: $program is not installed" "$begun"
    elif "$@"; then
        count ok "$name" "$begun"
    else
        count FAILED "$name" "$begun"
    fi
}

# The endpoint behind the servers, in the clear; then the same over TLS, for the clients.
make_pki
serve "$balprobe" serve --plain
upstream=$port

# fill FOLDER PORT FROM TO: a configuration with its places filled in.
fill() {
    sed -e "s|@PORT@|$2|g" -e "s|@PKI@|$pki|g" -e "s|@WORK@|$1|g" \
        -e "s|@UPSTREAM@|127.0.0.1:$upstream|g" -e "s|@UPSTREAM_PORT@|$upstream|g" "$3" >"$4"
}

# launch PEER SETTING FOLDER: becomes the server.
launch() {
    case $1 in
    nginx) exec nginx -p "$3" -c "$3/conf" ;;
    haproxy) exec haproxy -db -f "$3/conf" ;;
    apache) exec apache2 -DFOREGROUND -f "$3/conf" ;;
    lighttpd) exec lighttpd -D -f "$3/conf" ;;
    node) exec node "$here/endpoint.js" "$pki" "$3/ready" "$2" ;;
    esac
}

# lift PEER SETTING: starts it and sets $server and $port. These servers cannot be given port 0.
lift() {
    folder=$work/$1-$2
    mkdir -p "$folder"
    rm -f "$folder/ready"
    cat "$pki/server.pem" "$pki/server.key" >"$folder/server.pem"
    [ ! -e "$here/$1-$2.lua" ] || cp "$here/$1-$2.lua" "$folder/mtls.lua"
    for try in 1 2 3 4 5; do
        port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
        ! listens $port || continue
        [ "$1" = node ] || fill "$folder" $port "$here/$1-$2.conf.in" "$folder/conf"
        launch "$1" "$2" "$folder" >"$folder/log" 2>&1 &
        server=$!
        keep $server
        if [ "$1" = node ]; then
            if wait_for $server test -e "$folder/ready"; then
                port=$(cat "$folder/ready")
                return 0
            fi
        elif wait_for $server listens $port; then
            return 0
        fi
        stop "$server"
    done
    echo "$1 $2 does not start (try $try):"
    tail -n 5 "$folder/log"
    return 1
}

# check OPTION...: of the server at $port. In the background, since a signal is only seen between
# commands and while waiting; its status does not matter here.
check() {
    "$balprobe" check "https://127.0.0.1:$port/v1" --cert "$pki/client.pem" \
        --key "$pki/client.key" --cacert "$pki/ca.pem" --pki "$pki" --pki-crl \
        --out "$folder/out" "$@" >"$folder/check.txt" 2>"$folder/check.log" &
    keep $!
    wait $! || true
    forget $!
}

# matrix PEER SETTING: its matrix is the committed one. Two things depend on timing: whether a
# connection is closed or reset, and all of a row that ends in "refused" there.
matrix() {
    lift "$1" "$2" || return 1
    sims=corpus/sims.json
    [ "$1" != node ] || sims=$here/endpoint-sims.json
    # No case is wanted, only the matrix.
    check --only GB-TLS --sims "$sims"
    stop "$server"
    sed -n '/^Client certificate/,/^  200, 401/{//!p}' "$folder/check.txt" |
        sed 's/reset warn /closed warn/g' >"$folder/matrix"
    awk -v width=37 'NR == FNR { want[FNR] = $0; next }
        want[FNR] ~ / refused$/ && substr($0, 1, width) == substr(want[FNR], 1, width) &&
            substr($0, width + 1) !~ /200|-/ { print want[FNR]; next }
        { print }' "$here/$1-$2.expect" "$folder/matrix" >"$folder/compared"
    diff -u "$here/$1-$2.expect" "$folder/compared" && [ -s "$folder/compared" ]
}

# printed PEER: the remedy that the program prints, out of its source.
printed() {
    awk -v name="$(echo "$1" | tr "[:lower:]" "[:upper:]")_REMEDY" '
        $1 == "#define" && $2 == name { is_on = 1; next }
        !is_on { next }
        {
            line = $0
            has_more = line ~ /\\$/
            sub(/^[^"]*"/, "", line)
            sub(/"[ \\]*$/, "", line)
            ends = sub(/\\n$/, "", line)
            gsub(/\\"/, "\"", line)
            printf "%s%s", line, ends ? "\n" : ""
        }
        !has_more { exit }' props/tls/who_remedies.h
}

# agrees PEER: what is printed is what stands between >> and << in what was tested.
agrees() {
    file=$here/$1-remedy.conf.in
    [ "$1" != node ] || file=$here/endpoint.js
    printed "$1" >"$work/$1.printed"
    {
        sed -n '/^[#/]* >>$/,/^[#/]* <<$/{//!p}' "$file"
        [ ! -e "$here/$1-remedy.lua" ] || cat "$here/$1-remedy.lua"
    } | sed -e 's|@PKI@/||g' -e 's|@WORK@/||g' -e 's|127.0.0.1:@PORT@|:8443|' >"$work/$1.tested"
    diff -u "$work/$1.printed" "$work/$1.tested" && [ -s "$work/$1.printed" ]
}

# judge: the endpoint at $port, which has the SIMs of endpoint.js, against all clauses.
judge() {
    check --sims "$here/endpoint-sims.json" --cases 300
    stop "$server"
    tail -n 1 "$folder/check.txt" | grep -q '^PASS .* 0 failed' && return 0
    sed -n '/^1\. /,$p' "$folder/check.txt" | cut -c 1-400 | head -n 60
    return 1
}

passes() { lift node remedy && judge; }

# passes_behind: the same in the clear, behind nginx with the remedy.
passes_behind() {
    lift node plain || return 1
    behind=$server
    ours=$upstream
    upstream=$port
    status=0
    lift nginx remedy && judge || status=1
    upstream=$ours
    stop "$behind"
    return $status
}

program_of() { case $1 in apache) echo apache2 ;; *) echo "$1" ;; esac }

for peer in nginx haproxy apache lighttpd node; do
    wants $peer || continue
    test_one "$(program_of $peer)" "$peer, stock" matrix $peer stock
    test_one "$(program_of $peer)" "$peer, with the remedy" matrix $peer remedy
    test_one sh "$peer, the remedy printed is the one tested" agrees $peer
done
! wants node || test_one node "an endpoint that is not ours passes" passes
if wants node && has node && wants nginx; then
    test_one nginx "an endpoint that is not ours passes behind nginx" passes_behind
fi

serve "$balprobe" serve --pki "$pki"
# shellcheck source=ci/peers/clients.sh
. "$here/clients.sh"

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
