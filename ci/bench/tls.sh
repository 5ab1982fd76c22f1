#!/bin/sh
# Benchmarks of mutual TLS, in the format of ci/bench.sh. CPU time as the scheduler counts it, so a
# busy machine disturbs little; ours and theirs take turns, and the quietest round of each counts.
#
#   sh ci/bench/tls.sh [ROUNDS]      at least 5; default 9
#
# nginx serves a body of the same size with the same certificates: TLS 1.3, one worker, no session
# tickets, revocation list read, no access log. The bare client is ci/bench/bare.c.
set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-9}
work=build/bench/tls
mkdir -p $work/nginx
. ci/bench/serve.sh
folder=$(pwd)/$work

compile() { # PROGRAM SOURCES AND FLAGS...
    program=$1
    shift
    gcc -std=c11 -O2 -g -D_POSIX_C_SOURCE=200809L -Isrc -I. -Ibuild/release/generated \
        -o "$work/$program" "$@"
}
net="build/release/libbalprobe_net.a build/release/libbalprobe_core.a -lssl -lcrypto -lyajl"
props=
for part in props pki server tool; do props="$props build/release/libbalprobe_$part.a"; done
compile bare ci/bench/bare.c ci/bench/meter.c -lssl -lcrypto
# shellcheck disable=SC2086
compile plain ci/bench/plain.c ci/bench/party.c ci/bench/meter.c $props $net

make_pki
serve build/release/balprobe-server --tlsv1.3
ours_pid=$pid
ours_port=$port

configure_nginx() { # PORT
    body=$(printf '%0203d' 0)
    cat >$work/nginx/nginx.conf <<END
daemon off;
worker_processes 1;
pid $folder/nginx/pid;
error_log $folder/nginx/error.log warn;
events { worker_connections 1024; }
http {
    access_log off;
    default_type application/json;
    keepalive_requests 1000000000;
    keepalive_timeout 3600s;
    client_body_temp_path $folder/nginx/body;
    proxy_temp_path $folder/nginx/proxy;
    fastcgi_temp_path $folder/nginx/fastcgi;
    uwsgi_temp_path $folder/nginx/uwsgi;
    scgi_temp_path $folder/nginx/scgi;
    server {
        listen 127.0.0.1:$1 ssl;
        ssl_certificate $folder/pki/server.pem;
        ssl_certificate_key $folder/pki/server.key;
        ssl_client_certificate $folder/pki/ca.pem;
        ssl_crl $folder/pki/crl.pem;
        ssl_verify_client on;
        ssl_verify_depth 8;
        ssl_protocols TLSv1.3;
        ssl_session_cache off;
        ssl_session_tickets off;
        add_header X-MS-DM-TransactionId \$http_x_ms_dm_transactionid;
        add_header Cache-Control no-store;
        location / { return 200 '$body'; }
    }
}
END
}

# nginx cannot be asked for any free port: try some below those that the system hands out.
nginx_port=$((20000 + $$ % 10000))
last_port=$((nginx_port + 20))
nginx_pid=
while [ -z "$nginx_pid" ] && [ $nginx_port -lt $last_port ]; do
    nginx_port=$((nginx_port + 1))
    configure_nginx $nginx_port
    rm -f $work/nginx/pid
    nginx -p "$folder/nginx" -c "$folder/nginx/nginx.conf" 2>>$work/nginx/start.log &
    pid=$!
    started="$started $pid"
    sleep 1
    [ ! -s $work/nginx/pid ] || nginx_pid=$(cat /proc/$pid/task/$pid/children)
done
nginx_pid=${nginx_pid% }
[ -n "$nginx_pid" ] || {
    echo "tls.sh: nginx does not start; $work/nginx/start.log says why" >&2
    exit 3
}

least() { sort -n "$1" | head -n 1; }

measure_servers() { # HOW COUNT: nanoseconds of each round, into $work/{ours,theirs,client}.HOW
    for file in ours theirs client; do : >"$work/$file.$1"; done
    for round in $(seq "$rounds"); do
        $work/bare "$ours_port" $work/pki "$ours_pid" "$1" "$2" >$work/out
        cut -d ' ' -f 1 $work/out >>"$work/ours.$1"
        cut -d ' ' -f 2 $work/out >>"$work/client.$1"
        $work/bare "$nginx_port" $work/pki "$nginx_pid" "$1" "$2" | cut -d ' ' -f 1 >>"$work/theirs.$1"
    done
}

line() { # NAME NANOSECONDS PEER PEER-NANOSECONDS
    awk -v n="$1" -v v="$2" -v p="$3" -v w="$4" 'BEGIN {
        printf "%s\t%.2f\tus CPU\t%s %.2f\t%.2f\n", n, v / 1000, p, w / 1000, v / w }'
}

measure_servers requests 5000
line "server, kept-alive mTLS request" "$(least $work/ours.requests)" nginx \
    "$(least $work/theirs.requests)"
measure_servers handshakes 200
line "server, full mutual handshake and one request" "$(least $work/ours.handshakes)" nginx \
    "$(least $work/theirs.handshakes)"

# The client: what 10,000 requests more cost on one connection.
for how in sent judged; do
    : >"$work/few.$how"
    : >"$work/many.$how"
    for round in $(seq "$rounds"); do
        $work/plain "$ours_port" $work/pki 1000 $how >>"$work/few.$how"
        $work/plain "$ours_port" $work/pki 11000 $how >>"$work/many.$how"
        $work/bare "$ours_port" $work/pki "$ours_pid" requests 5000 | cut -d ' ' -f 2 \
            >>"$work/client.requests"
    done
done

more() { # HOW: nanoseconds for each request more
    sort -n -k 3 "$work/few.$1" | head -n 1 >"$work/least"
    sort -n -k 3 "$work/many.$1" | head -n 1 | cat "$work/least" - | awk '
        { requests[NR] = $1; cpu[NR] = $3 }
        END { printf "%d\n", (cpu[2] - cpu[1]) / (requests[2] - requests[1]) }'
}
bare=$(least $work/client.requests)
line "client, request sent and read" "$(more sent)" "bare libssl loop" "$bare"
line "client, request made, sent, read, judged" "$(more judged)" "bare libssl loop" \
    "$bare"
