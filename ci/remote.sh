#!/bin/sh
# The reference endpoint over mutual TLS on loopback, checked from outside like anybody's: throw-away
# PKI, server with Basic and a revocation list, preflight, clauses, certificate matrix, probes.
#
#   sh ci/remote.sh [CHECK-OPTION...]
#
# Needs build/release. The exit status is that of `balprobe check`.
set -eu
cd "$(dirname "$0")/.."
balprobe=build/release/balprobe
work=build/remote
MO_USER=mobileplans:sesame
export MO_USER
mkdir -p $work
rm -f $work/ready
$balprobe pki $work/pki >$work/pki.txt
# shellcheck disable=SC2016
$balprobe serve --pki $work/pki --user '${MO_USER}' --ready-file $work/ready \
    --access-log $work/access.log 2>$work/serve.txt &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
tries=0
until [ -s $work/ready ]; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 $server 2>/dev/null; then
        cat $work/serve.txt >&2
        echo "remote: the server did not start" >&2
        exit 3
    fi
    sleep 0.1
done
# shellcheck disable=SC2016
$balprobe check "$(sed -n 's/^url //p' $work/ready)" -u '${MO_USER}' --cert $work/pki/client.pem \
    --key $work/pki/client.key --cacert $work/pki/ca.pem --pki $work/pki --pki-crl \
    --out $work/findings "$@"
