// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_head_start, bp_head_read, bp_head_find, bp_body_start, bp_body_read.
//
// The bytes are a request, a response, a chunked body, and octets to send in chunks. Asserts:
//   independent model: http_model.h accepts the same requests, with the same fields;
//   split invariance: heads and bodies are the same in pieces of every size tried;
//   round trip: octets written in chunks are read back whole.
#include "fuzz.h"
#include "http_model.h"
#include "http_pieces.h"

static struct head_outcome whole;
static struct head_outcome split;
static struct http_model model;

static void check_head(enum bp_side side, struct view text)
{
    head_feed(&whole, side, text, text.len, 1);
    bool is_done = whole.answer == BP_READ_DONE;
    struct view place = is_done ? view_from(text, whole.used) : whole.fault.where;
    size_t turn = place.data == NULL ? 0 : (size_t)(place.data - text.data);
    const size_t cuts[][2] = {
        {0, 1 + text.len / 2048}, {text.len / 2, text.len}, {turn, 1 + text.len / 16}};
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        head_feed(&split, side, text, cuts[i][0], cuts[i][1]);
        FUZZ_ASSERT(head_is_same(&whole, &split));
    }
    if (side == BP_REQUEST) {
        FUZZ_ASSERT(http_model_read(&model, text) == is_done);
        FUZZ_ASSERT(whole.answer != BP_READ_MORE || model.head_len > text.len);
        FUZZ_ASSERT(!is_done || whole.used == model.head_len);
    }
    if (is_done && side == BP_REQUEST)
        http_model_check(&model, &whole.head);
    struct bp_body body;
    for (int to_head = 0; is_done && to_head < 2; to_head++)
        if (bp_body_start(&body, &whole.fault, &whole.head, side, to_head))
            body_check(body, place);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = fuzz_view(data, size < BODY_TEXT_LEN_MAX ? size : BODY_TEXT_LEN_MAX);
    check_head(BP_REQUEST, text);
    check_head(BP_RESPONSE, text);
    body_check((struct bp_body){.framing = BP_FRAMING_CHUNKED}, text);
    chunks_check(text);
    return 0;
}
