#!/bin/sh
# The reference endpoint over mutual TLS on loopback, checked from outside like anybody's: throw-away
# PKI, server with Basic and a revocation list, preflight, clauses, certificate matrix, probes; its
# back office by hook commands.
#
#   sh ci/remote.sh [CHECK-OPTION...]
#
# Needs build/release. The exit status is that of `balprobe check`.
set -eu
cd "$(dirname "$0")/.."
work=build/remote
MO_USER=mobileplans:sesame
export MO_USER
mkdir -p $work
# shellcheck source=ci/serve.sh
. ci/serve.sh
make_pki
# shellcheck disable=SC2016
serve "$balprobe" serve --pki $work/pki --user '${MO_USER}' --access-log $work/access.log \
    --control 127.0.0.1:0
control=$(sed -n 's/^control //p' $work/ready)
office="\"$balprobe\", \"control\", \"$control\""
{
    cat <<END
{
  "hooks": {
    "limiter": [$office, "limiter", "{rate}"],
    "fault": [$office, "break", "{switch}"],
    "walled": [$office, "garden", "{iccid}", "{switch}"],
    "micro": [$office, "micro", "{iccid}", "{switch}"],
    "order": [$office, "order", "{iccid}", "{id}", "{type}", "{mb}", "{duration}", "{locations}"],
    "consume": [$office, "consume", "{iccid}", "{mb}"],
    "clock": [$office, "clock", "+{seconds}"],
    "undo": [$office, "undo"]
  },
END
    tail -n +2 corpus/sims.json
} >$work/sims.json
# shellcheck disable=SC2016
"$balprobe" check "$url" -u '${MO_USER}' --cert $work/pki/client.pem \
    --key $work/pki/client.key --cacert $work/pki/ca.pem --pki $work/pki --pki-crl \
    --sims $work/sims.json --out $work/findings "$@"
