// SPDX-License-Identifier: Apache-2.0
#include "server/access_log.h"

#include "tool/stamp.h"
#include "json/json_write.h"

enum { REQUEST_LEN_MAX = 256 };

static void put_number(struct buf *out, const char *name, uint64_t number)
{
    buf_put_text(out, ",\"");
    buf_put_text(out, name);
    buf_put_text(out, "\":");
    buf_put_unsigned(out, number);
}

static void put_certificate(struct buf *out, const struct bp_access *access)
{
    const struct bp_presented *presented = &access->presented;
    buf_put_text(out, access->is_secure ? ",\"tls\":true" : ",\"tls\":false");
    buf_put_text(out,
                 presented->has_certificate ? ",\"certificate\":true" : ",\"certificate\":false");
    if (presented->error_count == 0)
        return;
    buf_put_text(out, ",\"errors\":[");
    for (unsigned i = 0; i < presented->error_count; i++) {
        buf_put_text(out, i == 0 ? "{\"error\":" : ",{\"error\":");
        buf_put_unsigned(out, presented->errors[i].error);
        put_number(out, "depth", presented->errors[i].depth);
        buf_put_byte(out, '}');
    }
    buf_put_byte(out, ']');
}

static void put_request(struct buf *out, struct view request)
{
    char space[4 * REQUEST_LEN_MAX];
    struct buf escaped = BUF(space);
    size_t len = request.len < REQUEST_LEN_MAX ? request.len : REQUEST_LEN_MAX;
    buf_put_escaped(&escaped, view_first(request, len));
    buf_put_text(out, ",\"request\":");
    bp_json_put_string(out, buf_view(&escaped));
}

static void put_end(struct buf *out, const struct bp_end *end)
{
    char space[256];
    struct buf words = BUF(space);
    bp_end_put(&words, end);
    buf_put_text(out, ",\"end\":\"");
    buf_put_text(out, bp_end_name(end->kind));
    buf_put_text(out, end->in_handshake ? "\",\"handshake\":true" : "\",\"handshake\":false");
    buf_put_text(out, ",\"words\":");
    bp_json_put_string(out, buf_view(&words));
}

void access_log_put(struct buf *out, const struct bp_access *access)
{
    buf_put_text(out, "{\"time\":\"");
    stamp_put_ms(out, access->at_ms);
    buf_put_byte(out, '"');
    put_number(out, "connection", access->connection);
    put_certificate(out, access);
    if (access->request.len != 0)
        put_request(out, access->request);
    if (access->status != 0)
        put_number(out, "status", access->status);
    put_number(out, "bytes", access->sent_len);
    put_number(out, "us", access->taken_us < 0 ? 0 : (uint64_t)access->taken_us);
    if (access->end.kind != BP_END_NONE)
        put_end(out, &access->end);
    buf_put_text(out, "}\n");
}
