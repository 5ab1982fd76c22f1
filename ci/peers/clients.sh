# shellcheck shell=sh disable=SC2154,SC2015
# Real clients at balprobe serve: read by ci/peers.sh, which sets work, pki, here and port.
#
# says PROGRAM NAME PATTERN COMMAND: the command, run in the folder of certificates with $sim as the
# URL of a SIM with balances and $at as the server's address, says something that the pattern (grep
# -E over all of it as one line) matches.
export sim="https://127.0.0.1:$port/v1/sims/8988247000100003319/balances" at="127.0.0.1:$port"
export here

matches() { # PATTERN COMMAND
    said=$(cd "$pki" && timeout 20 sh -c "$2" 2>&1 </dev/null | tr '\r\n' '  ' || true)
    if ! printf '%s' "$said" | grep -Eq -e "$1"; then
        printf 'wanted  %s\nsaid    %s\n' "$1" "$(printf '%s' "$said" | cut -c 1-600)"
        return 1
    fi
}

says() {
    ! wants "$1" || test_one "$1" "$1: $2" matches "$3" "$4"
}

curl='curl -sS -v -w "|%{http_code} %{num_connects}" --cacert ca.pem'
good='--cert client.pem --key client.key'
balances='\{"balances":\[.*\]\}'

says curl 'PEM, TLS 1.2' "using TLSv1.2 .*$balances.*\|200 1\$" \
    "$curl $good --tlsv1.2 --tls-max 1.2 \$sim"
says curl 'PEM, TLS 1.3' "using TLSv1.3 .*$balances.*\|200 1\$" "$curl $good --tlsv1.3 \$sim"
says curl 'PKCS#12' "$balances.*\|200 1\$" \
    "$curl --cert-type P12 --cert client.p12:balprobe \$sim"
says curl 'PKCS#12 with an intermediate' "$balances.*\|200 1\$" \
    "$curl --cert-type P12 --cert client-chain.p12:balprobe \$sim"
says curl 'encrypted key' "$balances.*\|200 1\$" \
    "$curl --cert client.pem --key client-encrypted.key --pass balprobe \$sim"
says curl 'RSA client' "$balances.*\|200 1\$" \
    "$curl --cert client-rsa.pem --key client-rsa.key \$sim"
for version in 1.2 1.3; do
    only="--tlsv$version --tls-max $version"
    says curl "no certificate, TLS $version: 401 with a body" \
        '< WWW-Authenticate: .*\{"error":\{"code":"cert.missing".*\|401 1$' "$curl $only \$sim"
    says curl "expired, TLS $version: 401" '"code":"cert.expired".*\|401 1$' \
        "$curl $only --cert expired.pem --key expired.key \$sim"
    says curl "self-signed, TLS $version: 403" '\{"error":.*\|403 1$' \
        "$curl $only --cert self-signed.pem --key self-signed.key \$sim"
done
says curl 'twice on one connection' "$balances\|200 1.*$balances\|200 0\$" \
    "$curl $good \$sim \$sim 2>/dev/null"
says curl 'HEAD' 'HTTP/1.1 200 OK.*Content-Length: [1-9][0-9]*  *\|200 1$' \
    "$curl $good -I \$sim 2>/dev/null"
says curl 'HTTP/2 offered, HTTP/1.1 spoken' '< HTTP/1.1 200 OK.*\|200 1$' \
    "$curl $good --http2 \$sim"
says curl 'HTTP/1.0' "$balances\|200 1\$" "$curl $good --http1.0 \$sim 2>/dev/null"
says curl 'compression offered' "$balances\|200 1\$" "$curl $good --compressed \$sim 2>/dev/null"
says curl 'plain HTTP on this port' 'This port speaks HTTPS.*\|400 1$' \
    "$curl http://\$at/v1/sims/8988247000100003319/balances"

s_client="openssl s_client -connect \$at -CAfile ca.pem -verify_return_error"
shown='-cert client.pem -key client.key'
lines='GET /v1/sims/8988247000100003319/balances HTTP/1.1\r\nHost: localhost\r\n'
ask="printf '${lines}Connection: close\r\n\r\n'"
reconnects="$s_client -tls1_2 -reconnect $shown >re.txt 2>/dev/null
    echo \$(grep -c ^New, re.txt) \$(grep -c ^Reused, re.txt)"

for version in 2 3; do
    only=-tls1_$version
    says openssl "TLS 1.$version" 'Verify return code: 0 \(ok\).*HTTP/1.1 200 OK.*"balances"' \
        "$ask | $s_client $only $shown -ign_eof"
    says openssl "TLS 1.$version without certificate" 'HTTP/1.1 401 Unauthorized.*cert.missing' \
        "$ask | $s_client $only -ign_eof"
    says openssl "TLS 1.$version, a kept session is not resumed" '^(0 New,|nothing to keep) *$' \
        "$ask | $s_client $only $shown -ign_eof -sess_out kept >re.txt 2>/dev/null
        grep -q '200 OK' re.txt || { echo no answer; exit; }
        [ -s kept ] || { echo nothing to keep; exit; }
        $ask | $s_client $only $shown -ign_eof -sess_in kept >re.txt 2>/dev/null
        echo \$(grep -c ^Reused, re.txt) \$(grep -o ^New, re.txt)
        rm kept"
done
says openssl 'reconnecting five times resumes nothing, TLS 1.2' '^6 0 *$' "$reconnects"
says openssl 'TLS 1.1 is refused' 'alert number 70' \
    "$s_client -tls1_1 -cipher DEFAULT@SECLEVEL=0 $shown"
says openssl 'no renegotiation' 'RENEGOTIATING.*:no renegotiation:' \
    "(sleep 0.2; echo R; sleep 0.3) | $s_client -tls1_2 $shown"

says node 'https, three times on one connection' '^200 true 200 true 200 true 1 *$' \
    "node \$here/client.js \$sim client"
says node 'https without certificate' '^401 true 401 true 401 true 1 *$' \
    "node \$here/client.js \$sim"
says node 'https with a self-signed one' '^403 true 403 true 403 true 1 *$' \
    "node \$here/client.js \$sim self-signed"
