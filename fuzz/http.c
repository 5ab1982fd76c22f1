// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_head_start, bp_head_read, bp_head_find, bp_body_start, bp_body_read.
//
// The bytes are a request, a response, a chunked body, and octets to send in chunks. Always asserts
// an independent model: http_model.h accepts the same requests, with the same fields. In turn
// (fuzz.h):
//   split invariance: heads and bodies are the same in pieces of every size tried;
//   round trip: octets written in chunks are read back whole.
#include "fuzz.h"
#include "http_model.h"
#include "http_pieces.h"

enum { SIDE_COUNT = 2 };

static struct head_outcome wholes[SIDE_COUNT];
static struct http_model model;

static void check_request(const struct head_outcome *whole, struct view text)
{
    bool is_done = whole->answer == BP_READ_DONE;
    FUZZ_ASSERT(http_model_read(&model, text) == is_done);
    FUZZ_ASSERT(whole->answer != BP_READ_MORE || model.head_len > text.len);
    FUZZ_ASSERT(!is_done || whole->used == model.head_len);
    if (is_done)
        http_model_check(&model, &whole->head);
}

static void check_pieces(enum bp_side side, struct view text, size_t begin, size_t step)
{
    static struct head_outcome split;
    head_feed(&split, side, text, begin, step);
    FUZZ_ASSERT(head_is_same(&wholes[side], &split));
}

static void check_steps(enum bp_side side, struct view text)
{
    check_pieces(side, text, 0, 1 + text.len / 2048);
}

static void check_halves(enum bp_side side, struct view text)
{
    check_pieces(side, text, text.len / 2, text.len);
}

// The first piece ends with the head, or where it is refused.
static void check_end(enum bp_side side, struct view text)
{
    const struct head_outcome *whole = &wholes[side];
    const char *refused = whole->fault.where.data;
    size_t end = refused == NULL ? 0 : (size_t)(refused - text.data);
    check_pieces(side, text, whole->answer == BP_READ_DONE ? whole->used : end, 1 + text.len / 16);
}

// Behind a head that is whole. The body of a response depends on the request (`to_head`).
static bool start_body(struct bp_body *body, enum bp_side side, bool to_head)
{
    const struct head_outcome *whole = &wholes[side];
    struct bp_fault fault;
    return whole->answer == BP_READ_DONE &&
           bp_body_start(body, &fault, &whole->head, side, to_head);
}

static void check_body(enum bp_side side, struct view text)
{
    struct bp_body body;
    for (int to_head = 0; to_head < 2; to_head++)
        if (start_body(&body, side, to_head))
            body_check(body, view_from(text, wholes[side].used));
}

static const struct bp_body chunked = {.framing = BP_FRAMING_CHUNKED};

static void check_chunked(enum bp_side side, struct view text)
{
    (void)side;
    body_check(chunked, text);
}

static void check_sent(enum bp_side side, struct view text)
{
    (void)side;
    chunks_check(text);
    chunks_check_wide(text);
}

static const struct {
    void (*check)(enum bp_side side, struct view text);
    enum bp_side side;
} relations[] = {
    {check_steps, BP_REQUEST},   {check_steps, BP_RESPONSE}, {check_halves, BP_REQUEST},
    {check_halves, BP_RESPONSE}, {check_end, BP_REQUEST},    {check_end, BP_RESPONSE},
    {check_body, BP_REQUEST},    {check_body, BP_RESPONSE},  {check_chunked, BP_RESPONSE},
    {check_sent, BP_RESPONSE},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = fuzz_view(data, size < BODY_TEXT_LEN_MAX ? size : BODY_TEXT_LEN_MAX);
    struct bp_body body;
    for (unsigned i = 0; i < SIDE_COUNT; i++) {
        enum bp_side side = (enum bp_side)i;
        head_feed(&wholes[side], side, text, text.len, 1);
        if (start_body(&body, side, false))
            (void)body_read(body, view_from(text, wholes[side].used));
    }
    check_request(&wholes[BP_REQUEST], text);
    (void)body_read(chunked, text);
    struct fuzz_turn turn = fuzz_turn(text, sizeof relations / sizeof relations[0]);
    for (; turn.at < turn.end; turn.at++)
        relations[turn.at].check(relations[turn.at].side, text);
    return 0;
}
