// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_json_read, _feed, _finish, _first, _next, _find, _put_string, _put_number,
// bp_decimal_read, bp_decimal_write, bp_utf8_is_valid.
//
// The bytes are a JSON text, and then a number and the octets of a string. Always asserts an
// independent model: accepted when, and only when, json_model.h accepts it; yajl's memory never
// runs out. In turn (fuzz.h):
//   split invariance: cut in two, in small pieces and byte by byte, nodes and refusals are those of
//   the whole; round trip: nodes, and octets that are UTF-8, read back equal when written; look-up:
//   members are found by their names only; limits: one byte or value less is refused; a text is a
//   number when its only node is.
#include "fuzz.h"
#include "json_model.h"
#include "json_pieces.h"
#include "value/decimal.h"
#include "json/utf8.h"

static struct json_model model;
static char written[JSON_PIECES_LEN_MAX];

static void check_nodes(const struct json_outcome *whole, struct view text)
{
    (void)text;
    if (!whole->ok)
        return;
    struct buf out = BUF(written);
    FUZZ_ASSERT(json_model_finds(whole->nodes, whole->count));
    json_model_write(&out, whole->nodes, whole->count);
    struct json_outcome again = json_read_whole(1, buf_view(&out), out.len, whole->count);
    FUZZ_ASSERT(json_outcome_is_same(whole, &again));
}

static void check_limits(const struct json_outcome *whole, struct view text)
{
    if (!whole->ok)
        return;
    size_t count = whole->count;
    struct json_outcome o = json_read_pieces(text, text.len - 1, text.len - 1, 1);
    FUZZ_ASSERT(!o.ok && o.fault.reason == BP_REASON_JSON_LEN && o.offset == text.len - 1);
    o = json_read_whole(1, text, text.len - 1, count);
    FUZZ_ASSERT(!o.ok && o.fault.reason == BP_REASON_JSON_LEN && o.offset == text.len - 1);
    o = json_read_whole(1, text, text.len, count - 1);
    FUZZ_ASSERT(!o.ok && o.fault.reason == BP_REASON_JSON_SPACE);
}

static void check_pieces(const struct json_outcome *whole, struct view text, size_t first,
                         size_t step)
{
    struct json_outcome split = json_read_pieces(text, text.len, first, step);
    FUZZ_ASSERT(json_outcome_is_same(whole, &split) && split.offset == whole->offset);
}

static void check_halves(const struct json_outcome *whole, struct view text)
{
    check_pieces(whole, text, text.len / 2, text.len);
}

static void check_steps(const struct json_outcome *whole, struct view text)
{
    check_pieces(whole, text, whole->offset, 1 + text.len / 16);
}

static void check_bytes(const struct json_outcome *whole, struct view text)
{
    check_pieces(whole, text, 1, 1);
}

static void check_number(const struct json_outcome *whole, struct view text)
{
    double number;
    bool is_number = whole->ok && whole->nodes[0].kind == BP_JSON_NUMBER;
    FUZZ_ASSERT(bp_decimal_read(&number, text) ==
                (is_number && whole->nodes[0].text.len == text.len));
}

static void check_string(const struct json_outcome *whole, struct view octets)
{
    (void)whole;
    struct buf out = BUF(written);
    bp_json_put_string(&out, octets);
    struct json_outcome string = json_read_whole(1, buf_view(&out), out.len, 1);
    FUZZ_ASSERT(string.ok && view_equal(string.nodes[0].text, octets) == bp_utf8_is_valid(octets));
}

static void (*const relations[])(const struct json_outcome *whole, struct view text) = {
    check_halves, check_steps, check_bytes, check_nodes, check_limits, check_number, check_string,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = fuzz_view(data, size < JSON_MODEL_LEN_MAX ? size : JSON_MODEL_LEN_MAX);
    struct json_outcome whole = json_read_whole(0, text, text.len, text.len);
    FUZZ_ASSERT(whole.ok == json_model_accepts(&model, text));
    struct fuzz_turn turn = fuzz_turn(text, sizeof relations / sizeof relations[0]);
    for (; turn.at < turn.end; turn.at++)
        relations[turn.at](&whole, text);
    return 0;
}
