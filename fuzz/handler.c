// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_converse, bp_answer_request, bp_answer_slow, bp_balances_at,
// bp_balances_write, bp_replay_is_repeat.
//
// The bytes are what arrives on one connection to a small operator. Always asserts:
//   strict answers: each is a whole response with the fields of its status and strict JSON in which
//   type, data and time agree, or a row of the reason table; no 5xx but 501 and 505 (answers.h);
//   count: no more answers than ends of heads, and one for a cut or broken rest.
// In turn (fuzz.h):
//   split invariance: cut in two, in small pieces, or with room for one answer at a time, the
//   answers are the same;
//   bodies: the same bytes behind a Content-Length that covers them are never requests;
//   metamorphic (guarded.h): Basic turns answers into 401, all of them where no credentials are
//   sent; replay memory turns answers into 409 whose id was sent before; other answers stay the
//   same; behind all guards at once answers are also 429, just when the tokens are spent;
//   refused.h: a connection that is refused for its certificate has that refusal for each whole
//   request, equal for all SIMs; the last answer of a connection closes it; 408 is a strict answer.
#include "guarded.h"
#include "refused.h"

// The longest input is chosen so that all answers to it fit.
enum { IN_LEN_MAX = 1 << 16, OUT_LEN_MAX = 1 << 20 };

static char outs[3][OUT_LEN_MAX];

static void check_halves(struct view whole, struct view bytes)
{
    struct bp_endpoint endpoint;
    size_t middle = bytes.len == 0 ? 0 : (unsigned char)bytes.data[bytes.len / 2];
    size_t cut = bytes.len == 0 ? 0 : (middle * 257 + bytes.len) % bytes.len;
    bp_endpoint_init(&endpoint, sample_inventory());
    FUZZ_ASSERT(view_equal(whole, sample_talk(BUF(outs[1]), &endpoint, bytes, cut, bytes.len)));
}

static void check_steps(struct view whole, struct view bytes)
{
    struct bp_endpoint endpoint;
    size_t step = 1 + bytes.len / 256;
    bp_endpoint_init(&endpoint, sample_inventory());
    FUZZ_ASSERT(view_equal(whole, sample_talk(BUF(outs[1]), &endpoint, bytes, 0, step)));
}

static void check_room(struct view whole, struct view bytes)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, sample_inventory());
    FUZZ_ASSERT(view_equal(whole, sample_drain(BUF(outs[1]), &endpoint, bytes)));
}

static void check_body_is_no_request(struct view whole, struct view bytes)
{
    static char wrapped[IN_LEN_MAX + 128];
    struct bp_endpoint endpoint;
    struct buf in = BUF(wrapped);
    (void)whole;
    buf_put_text(&in, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: ");
    buf_put_unsigned(&in, bytes.len);
    buf_put_text(&in, "\r\n\r\n");
    buf_put(&in, bytes);
    size_t head_len = in.len - bytes.len;
    bp_endpoint_init(&endpoint, sample_inventory());
    struct view rest = sample_talk(BUF(outs[1]), &endpoint, buf_view(&in), head_len, 4096);
    struct answer answer;
    answer_take(&answer, &rest);
    FUZZ_ASSERT(answer.head.status == 404 && rest.len == 0);
}

static void check_basic(struct view whole, struct view bytes)
{
    guarded_check_basic(BUF(outs[1]), whole, bytes);
}

static void check_broken(struct view whole, struct view bytes)
{
    guarded_check_broken(BUF(outs[1]), whole, bytes);
}

static void check_memory(struct view whole, struct view bytes)
{
    guarded_check_memory(BUF(outs[1]), whole, bytes);
}

static void check_guards(struct view whole, struct view bytes)
{
    guarded_check_all(BUF(outs[1]), whole, bytes);
}

static void check_ends(struct view whole, struct view bytes)
{
    refused_check_last(BUF(outs[1]), whole, bytes);
    refused_check_slow(BUF(outs[1]));
}

static void check_certificate(struct view whole, struct view bytes, enum bp_reason reason)
{
    enum { ALONE, WITH_CREDENTIALS, NOBODY, WAY_COUNT };
    struct buf spaces[] = {BUF(outs[1]), BUF(outs[2])};
    struct fuzz_turn turn = fuzz_turn(view_from(bytes, bytes.len / 2), WAY_COUNT);
    for (; turn.at < turn.end; turn.at++) {
        struct view credentials = turn.at == ALONE ? view_of(NULL, 0) : GUARDED_CREDENTIALS;
        if (turn.at == NOBODY)
            refused_check_nobody(spaces, bytes, reason);
        else
            refused_check_certificate(spaces[0], whole, bytes, reason, credentials);
    }
}

static void (*const relations[])(struct view whole, struct view bytes) = {
    check_halves, check_steps,  check_room, check_body_is_no_request, check_basic, check_broken,
    check_memory, check_guards, check_ends,
};

enum {
    RELATION_COUNT = sizeof relations / sizeof relations[0],
    CERTIFICATE_COUNT = BP_REASON_CERT_SUBJECT - BP_REASON_CERT_MISSING + 1 // reasons behind them
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view bytes = fuzz_view(data, size < IN_LEN_MAX ? size : IN_LEN_MAX);
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, sample_inventory());
    struct view whole = sample_talk(BUF(outs[0]), &endpoint, bytes, bytes.len, 1);
    FUZZ_ASSERT(answers_check(whole, bytes) <= answers_expected_max(bytes));
    struct fuzz_turn turn = fuzz_turn(bytes, RELATION_COUNT + CERTIFICATE_COUNT);
    for (; turn.at < turn.end; turn.at++) {
        size_t i = turn.at - RELATION_COUNT;
        if (turn.at < RELATION_COUNT)
            relations[turn.at](whole, bytes);
        else
            check_certificate(whole, bytes, (enum bp_reason)(BP_REASON_CERT_MISSING + i));
    }
    return 0;
}
