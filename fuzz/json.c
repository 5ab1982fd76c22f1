// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_json_read, _feed, _finish, _first, _next, _find, _put_string, _put_number,
// bp_decimal_read, bp_decimal_write, bp_utf8_is_valid.
// The bytes are a JSON text, and then a number and the octets of a string. Asserts:
//   independent model: accepted when, and only when, json_model.h accepts it; split invariance:
//   whole, cut in two, in small pieces and byte by byte, nodes and refusals are the same; round
//   trip: nodes, and octets that are UTF-8, read back equal when written; look-up: members are
//   found by their names only; limits: one byte or value less is refused; yajl's memory never runs
//   out.
#include "fuzz.h"
#include "json_model.h"
#include "json_pieces.h"
#include "value/decimal.h"
#include "json/utf8.h"

static struct json_model model;
static char written[JSON_PIECES_LEN_MAX];

static void check_nodes(const struct json_outcome *whole)
{
    struct buf out = BUF(written);
    FUZZ_ASSERT(json_model_finds(whole->nodes, whole->count));
    json_model_write(&out, whole->nodes, whole->count);
    struct json_outcome again = json_read_whole(1, buf_view(&out), out.len, whole->count);
    FUZZ_ASSERT(json_outcome_is_same(whole, &again));
}

static void check_limits(struct view text, size_t count)
{
    struct json_outcome o = json_read_pieces(text, text.len - 1, text.len - 1, 1);
    FUZZ_ASSERT(!o.ok && o.fault.reason == BP_REASON_JSON_LEN && o.offset == text.len - 1);
    o = json_read_whole(1, text, text.len - 1, count);
    FUZZ_ASSERT(!o.ok && o.fault.reason == BP_REASON_JSON_LEN && o.offset == text.len - 1);
    o = json_read_whole(1, text, text.len, count - 1);
    FUZZ_ASSERT(!o.ok && o.fault.reason == BP_REASON_JSON_SPACE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = fuzz_view(data, size < JSON_MODEL_LEN_MAX ? size : JSON_MODEL_LEN_MAX);
    struct json_outcome whole = json_read_whole(0, text, text.len, text.len);
    FUZZ_ASSERT(whole.ok == json_model_accepts(&model, text));
    const size_t cuts[][2] = {{size / 2, size}, {whole.offset, 1 + size / 16}, {1, 1}};
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        struct json_outcome split = json_read_pieces(text, text.len, cuts[i][0], cuts[i][1]);
        FUZZ_ASSERT(json_outcome_is_same(&whole, &split) && split.offset == whole.offset);
    }
    if (whole.ok) {
        check_nodes(&whole);
        check_limits(text, whole.count);
    }
    double number;
    bool is_number = whole.ok && whole.nodes[0].kind == BP_JSON_NUMBER;
    FUZZ_ASSERT(bp_decimal_read(&number, text) ==
                (is_number && whole.nodes[0].text.len == text.len));
    struct buf out = BUF(written);
    bp_json_put_string(&out, text);
    struct json_outcome string = json_read_whole(0, buf_view(&out), out.len, 1);
    FUZZ_ASSERT(string.ok && view_equal(string.nodes[0].text, text) == bp_utf8_is_valid(text));
    return 0;
}
