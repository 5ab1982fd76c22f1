// SPDX-License-Identifier: Apache-2.0
// The access log: one line of JSON for each answered request, and for each connection that ended
// without one or not in good order.
//
//     {"time":"2026-01-01T00:00:00.000Z","connection":7,"tls":true,"certificate":true,
//      "errors":[{"error":10,"depth":0}],"request":"GET / HTTP/1.1","status":401,"bytes":380,
//      "us":95}
//
// `request` is the first line with foreign bytes escaped as \xHH, a backslash as \\, in a JSON
// string. `errors` are OpenSSL's numbers (X509_V_ERR_...), `end` says how a connection ended.
#ifndef BP_SERVER_ACCESS_LOG_H
#define BP_SERVER_ACCESS_LOG_H

#include "net/server.h"

enum { ACCESS_LOG_LINE_LEN_MAX = 4096 };

// access_log_put appends a line with its line end; ACCESS_LOG_LINE_LEN_MAX bytes hold any.
void access_log_put(struct buf *out, const struct bp_access *access);

#endif
