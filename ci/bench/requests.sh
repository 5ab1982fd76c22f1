#!/bin/sh
# Makes ci/bench/requests.http: 200 varied valid requests for the sample operator, as a service,
# browsers, gateways and command-line clients would send them. Deterministic.
#
#   sh ci/bench/requests.sh >ci/bench/requests.http
exec awk 'BEGIN {
    split("8988247000100003319 8988247000100042176 8988247000100056200 8988247000100003555 8988247000100105734", sims, " ")
    split("US us CA GB FR JP", places, " ")
    for (i = 0; i < 200; i++) {
        sim = sims[i % 5 < 3 ? 1 : 2 + int(i / 5) % 4]
        query = ""
        if (i % 7 != 0) query = query "&fieldsTemplate=" (i % 3 ? "basic" : "full")
        if (i % 2) query = query "&limit=" (i % 4 + 1)
        if (i % 3 != 2) query = query "&location=" places[i % 6 + 1]
        if (i % 11 == 0) query = query "&imei=35209900176148" i % 10
        target = "/v1/sims/" (i % 6 == 1 ? "iccid:" : "") sim "/balances"
        if (query != "") target = target "?" substr(query, 2)
        printf "GET %s HTTP/1.1\r\nHost: mo.example\r\n", target
        if (i % 10 != 9)
            printf "X-MS-DM-TransactionId: MSFT-%08d-1234-1234-1234-%012d\r\n", i, i * 7919
        printf "Accept: application/json\r\n"
        if (i % 5 != 3)
            printf "Accept-Language: en-US,en;q=0.8\r\n"
        if (i % 3 == 0)
            printf "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) MobilePlans/%d.0\r\n", i
        if (i % 3 == 1)
            printf "User-Agent: curl/7.88.1\r\n"
        if (i % 4 != 2)
            printf "traceparent: 00-%032d-%016d-01\r\n", i * 104729, i * 1299709
        if (i % 2 == 0)
            printf "Accept-Encoding: identity\r\nConnection: keep-alive\r\n"
        if (i % 4 == 0)
            printf "X-Forwarded-For: 10.1.%d.%d\r\nVia: 1.1 gateway%d.example\r\n", i, i + 1, i
        if (i % 5 == 0)
            printf "Cache-Control: no-cache\r\nPragma: no-cache\r\nRequest-Id: |%08x.%d.\r\n", i * 99991, i
        printf "\r\n"
    }
}'
