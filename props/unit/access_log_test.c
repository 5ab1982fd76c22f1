// SPDX-License-Identifier: Apache-2.0
#include "server/access_log.h"

#include "props/unit/unit.h"

static char space[ACCESS_LOG_LINE_LEN_MAX];

static const struct {
    struct bp_access access;
    const char *line;
} rows[] = {
    {{.at_ms = 1767225600007,
      .taken_us = 12,
      .connection = 3,
      .request = VIEW_INIT("GET /v1 HTTP/1.1"),
      .status = 200,
      .sent_len = 300,
      .is_secure = true,
      .presented = {.has_certificate = true}},
     "{\"time\":\"2026-01-01T00:00:00.007Z\",\"connection\":3,\"tls\":true,\"certificate\":true,"
     "\"request\":\"GET /v1 HTTP/1.1\",\"status\":200,\"bytes\":300,\"us\":12}\n"},
    {{.connection = 1,
      .request = VIEW_INIT("\"\\\x1b[31m\x00\xff\r"),
      .status = 400,
      .presented = {.error_count = 2, .errors = {{10, 0}, {23, 1}}}},
     "{\"time\":\"1970-01-01T00:00:00.000Z\",\"connection\":1,\"tls\":false,\"certificate\":false,"
     "\"errors\":[{\"error\":10,\"depth\":0},{\"error\":23,\"depth\":1}],"
     "\"request\":\"\\\"\\\\\\\\\\\\x1b[31m\\\\x00\\\\xff\\\\r\",\"status\":400,\"bytes\":0,"
     "\"us\":0}\n"},
    {{.connection = 9, .taken_us = -5, .end = {.kind = BP_END_TIMEOUT, .in_handshake = true}},
     "{\"time\":\"1970-01-01T00:00:00.000Z\",\"connection\":9,\"tls\":false,\"certificate\":false,"
     "\"bytes\":0,\"us\":0,\"end\":\"timeout\",\"handshake\":true,\"words\":\""},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf line = BUF(space);
        access_log_put(&line, &rows[i].access);
        CHECK_ROW(i, !line.overflow && line.data[line.len - 1] == '\n');
        CHECK_ROW(i, view_starts(buf_view(&line), view_of_text(rows[i].line)));
    }
    // The worst case fits.
    char request[256];
    struct bp_access worst = {.at_ms = 253402300799999,
                              .taken_us = INT64_MAX,
                              .connection = UINT64_MAX,
                              .request = view_of(request, sizeof request),
                              .status = 999,
                              .sent_len = SIZE_MAX,
                              .end = {.kind = BP_END_PROTOCOL, .in_handshake = true},
                              .presented = {.error_count = BP_PRESENTED_ERROR_COUNT_MAX}};
    memset(request, '\\', sizeof request);
    struct buf line = BUF(space);
    access_log_put(&line, &worst);
    CHECK(!line.overflow && line.len > 1000);
    return unit_end();
}
