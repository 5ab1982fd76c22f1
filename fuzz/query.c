// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_query_read, bp_percent_take, bp_percent_find_bad.
//
// The bytes are a query string. Always asserts an independent model: query_model.h gives the same
// values, or the same reason. In turn (fuzz.h), metamorphic: with its items the other way round, or
// with the octets of its items written with percent signs, a query is accepted or refused as before
// and means the same.
#include "base/buf.h"
#include "fuzz.h"
#include "query_model.h"

static char space[3 * QUERY_MODEL_LEN_MAX + 1];

static struct view turn_round(struct view raw)
{
    struct buf out = BUF(space);
    for (size_t end = raw.len, at = raw.len + 1; at-- > 0;)
        if (at == 0 || raw.data[at - 1] == '&') {
            buf_put(&out, view_first(view_from(raw, at), end - at));
            buf_put_byte(&out, '&');
            end = at == 0 ? 0 : at - 1;
        }
    return buf_view(&out);
}

static struct view encode(struct view raw)
{
    struct buf out = BUF(space);
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.data[i];
        bool is_kept = c == '&' || c == '=' || c == '%' || (i > 0 && raw.data[i - 1] == '%') ||
                       (i > 1 && raw.data[i - 2] == '%');
        if (!is_kept)
            buf_put_byte(&out, '%');
        buf_put_byte(&out, is_kept ? raw.data[i] : "0123456789abcdef"[c >> 4]);
        if (!is_kept)
            buf_put_byte(&out, "0123456789ABCDEF"[c & 15]);
    }
    return buf_view(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { TURNED_ROUND, ENCODED, RELATION_COUNT };
    struct view raw = fuzz_view(data, size < QUERY_MODEL_LEN_MAX ? size : QUERY_MODEL_LEN_MAX);
    struct query_model model;
    struct bp_query query;
    struct bp_query other;
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    struct bp_fault changed = {BP_REASON_NONE, {NULL, 0}};
    bool ok = bp_query_read(&query, &fault, raw);
    FUZZ_ASSERT(query_model_read(&model, raw) == fault.reason);
    FUZZ_ASSERT(!ok || query_model_same(&query, &model.query));
    FUZZ_ASSERT(ok || (fault.where.data >= raw.data && fault.where.len != 0 &&
                       fault.where.data + fault.where.len <= raw.data + raw.len));
    for (struct fuzz_turn turn = fuzz_turn(raw, RELATION_COUNT); turn.at < turn.end; turn.at++) {
        struct view again = turn.at == ENCODED ? encode(raw) : turn_round(raw);
        FUZZ_ASSERT(bp_query_read(&other, &changed, again) == ok);
        FUZZ_ASSERT(!ok || query_model_same(&query, &other));
        FUZZ_ASSERT(!ok || changed.reason == fault.reason);
    }
    return 0;
}
