#!/bin/sh
# Benchmarks of mutual TLS, in the format of ci/bench.sh. CPU time as the scheduler counts it, so a
# busy machine disturbs little; ours and theirs take turns in short rounds. The figures are those of
# the round whose ratio is the median.
#
#   sh ci/bench/tls.sh [ROUNDS]      at least 5; default 21
#
# nginx serves a body of the same size with the same certificates: TLS 1.3, one worker, no session
# tickets, revocation list read, no access log. The bare client is ci/bench/bare.c.
set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-21}
work=build/bench/tls
mkdir -p $work/nginx
# shellcheck source=ci/serve.sh
. ci/serve.sh
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
serve build/release/balprobe-server --pki $work/pki --tlsv1.3
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
has_worker() {
    nginx_pid=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
    [ -n "$nginx_pid" ]
}
while [ -z "$nginx_pid" ] && [ $nginx_port -lt $last_port ]; do
    nginx_port=$((nginx_port + 1))
    configure_nginx $nginx_port
    nginx -p "$folder/nginx" -c "$folder/nginx/nginx.conf" 2>>$work/nginx/start.log &
    pid=$!
    keep $pid
    wait_for $pid has_worker || stop $pid
done
nginx_pid=${nginx_pid% }
[ -n "$nginx_pid" ] || {
    echo "tls.sh: nginx does not start; $work/nginx/start.log says why" >&2
    exit 3
}

line() { # NAME PEER FILE: lines of nanoseconds, ours and theirs
    awk '{ print $1 / $2, $1, $2 }' "$3" | sort -n | awk -v n="$1" -v p="$2" '
        { ratio[NR] = $1; ours[NR] = $2; theirs[NR] = $3 }
        END { i = int((NR + 1) / 2)
            printf "%s\t%.2f\tus CPU\t%s %.2f\t%.2f\n", n, ours[i] / 1000, p,
                theirs[i] / 1000, ratio[i] }'
}

compare_servers() { # NAME HOW COUNT
    : >"$work/$2"
    for _ in $(seq "$rounds"); do
        ours=$($work/bare "$ours_port" $work/pki "$ours_pid" "$2" "$3")
        theirs=$($work/bare "$nginx_port" $work/pki "$nginx_pid" "$2" "$3")
        echo "${ours% *} ${theirs% *}" >>"$work/$2"
    done
    line "$1" nginx "$work/$2"
}

# The client: what 5,000 cases more cost. What is plain stays on one connection.
compare_clients() { # NAME HOW
    : >"$work/$2"
    for _ in $(seq "$rounds"); do
        $work/plain "$ours_port" $work/pki 1000 "$2" >$work/few
        $work/plain "$ours_port" $work/pki 6000 "$2" >$work/many
        bare=$($work/bare "$ours_port" $work/pki "$ours_pid" requests 5000)
        cat $work/few $work/many | awk -v bare="${bare#* }" '
            { requests[NR] = $1; cpu[NR] = $3 }
            END { print (cpu[2] - cpu[1]) / (requests[2] - requests[1]), bare }' >>"$work/$2"
    done
    line "$1" "bare libssl loop" "$work/$2"
}

compare_servers "server, kept-alive mTLS request" requests 5000
compare_servers "server, full mutual handshake and one request" handshakes 50
compare_clients "client, request sent and read" sent
compare_clients "client, request made, sent, read, judged" judged
