// SPDX-License-Identifier: Apache-2.0
// Requests that show what the liars of GB-PATH to GB-HTTP do which no spelling of one axis shows:
// one sequence, played in each world.
#ifndef BP_PROPS_UNIT_NEAR_REQUESTS_H
#define BP_PROPS_UNIT_NEAR_REQUESTS_H

#include "base/view.h"

#define NEAR_HOST " HTTP/1.1\r\nHost: mo.example\r\n"
#define NEAR_A "/v1/sims/8988247000100003319/balances"
#define NEAR_SIM(id) "GET /v1/sims/" id "/balances" NEAR_HOST "\r\n"
#define NEAR_AUTH(text) "GET " NEAR_A NEAR_HOST "Authorization: Basic " text "\r\n\r\n"
#define NEAR_FIELDS(fields) "GET " NEAR_A NEAR_HOST fields "\r\n"
#define NEAR_TXN "X-MS-DM-TransactionId: "
#define NEAR_64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct view near_requests[] = {
    VIEW_INIT(NEAR_SIM("8988247000100003310")),
    VIEW_INIT(NEAR_SIM("898824700010000331_")),
    VIEW_INIT(NEAR_SIM("898824700010000331%27%7C%7C%279")),
    VIEW_INIT(NEAR_SIM("8988247000100003319.0")),
    VIEW_INIT(NEAR_SIM("8988247000100003319,8988247000100003319")),
    VIEW_INIT("GET /v1/sims/x%2f..%2f8988247000100003319/balances" NEAR_HOST "\r\n"),
    VIEW_INIT("OPTIONS " NEAR_A NEAR_HOST "\r\n"),
    VIEW_INIT("PUT " NEAR_A NEAR_HOST "Content-Length: 2\r\n\r\n{}"),
    VIEW_INIT("GET " NEAR_A " HTTP/1.1\r\nhost: mo.example\r\n\r\n"),
    VIEW_INIT(NEAR_FIELDS("Transfer-Encoding: Chunked\r\n") "0\r\n\r\n"),
    VIEW_INIT(NEAR_FIELDS("content-length: 3\r\n") "abc"),
    VIEW_INIT(NEAR_FIELDS(NEAR_TXN NEAR_64 "a\r\n")),
    VIEW_INIT(NEAR_FIELDS(NEAR_TXN NEAR_64 "b\r\n")),
    VIEW_INIT(NEAR_FIELDS(NEAR_TXN NEAR_64 NEAR_64 NEAR_64 NEAR_64 "a\r\n")),
    VIEW_INIT(NEAR_FIELDS(NEAR_TXN NEAR_64 NEAR_64 NEAR_64 NEAR_64 "b\r\n")),
    VIEW_INIT(NEAR_FIELDS(NEAR_TXN "n\r\n")),
    VIEW_INIT("GET /v1/sims/8988247000100056200/balances" NEAR_HOST NEAR_TXN "n\r\n\r\n"),
    // In one world the credentials are mobileplans:a:b c.
    VIEW_INIT(NEAR_AUTH("bW9iaWxlcGxhbnM6YTpi")),
    VIEW_INIT(NEAR_AUTH("Bw9IAwXLCgXHBNm6ytPIigm=")),
    VIEW_INIT(NEAR_AUTH("bW9iaWxlcGxhbnM6QTpCIEM=")),
    VIEW_INIT(NEAR_AUTH("bW9iaWxlcGxhbnM6")),
    VIEW_INIT(NEAR_AUTH("bW9iaWxlcGxhbnM6YTpiIGM=")),
    VIEW_INIT(NEAR_FIELDS("")),
    VIEW_INIT(NEAR_AUTH("bW9iaWxlcGxhbnM6YTpiIGM=")),
};

#endif
