// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_converse, bp_answer_request, bp_answer_slow, bp_balances_at,
// bp_balances_write, bp_replay_is_repeat.
//
// The bytes are what arrives on one connection to a small operator. Asserts:
//   split invariance: whole, cut in two, in small pieces, or with room for one answer at a time,
//   the answers are the same;
//   strict answers: each is a whole response with the fields of its status and strict JSON in which
//   type, data and time agree, or a row of the reason table; no 5xx but 501 and 505 (answers.h);
//   count: no more answers than ends of heads, and one for a cut or broken rest;
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

static void check_body_is_no_request(struct bp_endpoint *endpoint, struct view bytes)
{
    static char wrapped[IN_LEN_MAX + 128];
    struct buf in = BUF(wrapped);
    buf_put_text(&in, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: ");
    buf_put_unsigned(&in, bytes.len);
    buf_put_text(&in, "\r\n\r\n");
    buf_put(&in, bytes);
    struct view rest = sample_talk(BUF(outs[1]), endpoint, buf_view(&in), in.len - bytes.len, 4096);
    struct answer answer;
    answer_take(&answer, &rest);
    FUZZ_ASSERT(answer.head.status == 404 && rest.len == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size = size < IN_LEN_MAX ? size : IN_LEN_MAX;
    struct view bytes = fuzz_view(data, size);
    size_t cut = size == 0 ? 0 : (data[size / 2] * (size_t)257 + size) % size;
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, sample_inventory());
    struct view whole = sample_talk(BUF(outs[0]), &endpoint, bytes, size, 1);
    FUZZ_ASSERT(view_equal(whole, sample_talk(BUF(outs[1]), &endpoint, bytes, cut, size)));
    FUZZ_ASSERT(view_equal(whole, sample_talk(BUF(outs[1]), &endpoint, bytes, 0, 1 + size / 256)));
    FUZZ_ASSERT(view_equal(whole, sample_drain(BUF(outs[1]), &endpoint, bytes)));
    FUZZ_ASSERT(answers_check(whole, bytes) <= answers_expected_max(bytes));
    check_body_is_no_request(&endpoint, bytes);
    struct buf spaces[] = {BUF(outs[1]), BUF(outs[2])};
    refused_check_certificates(spaces, whole, bytes);
    refused_check_last(BUF(outs[1]), whole, bytes);
    refused_check_slow(BUF(outs[1]), &endpoint);
    guarded_check_all(BUF(outs[1]), &endpoint, whole, bytes);
    return 0;
}
