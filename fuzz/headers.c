// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_basic_check, bp_base64_read, bp_base64_write, bp_transaction_read,
// bp_date_read, bp_date_write.
//
// The bytes up to the first LF are an Authorization value and a Date, those behind it
// user:password; all of them are a transaction id, the first eight a time to write. Always asserts
// independent models: headers_model.h gives the same reason and decodes the same octets;
// date_model.h takes the same dates and gives the same time, which is written as they are. In turn
// (fuzz.h):
//   round trip: octets written as base64 read back, and let in when they are the right ones; so do
//   times;
//   transaction ids are taken as they are, without blanks around them and never with CR, LF or NUL.
#include "date_model.h"
#include "fuzz.h"
#include "headers_model.h"
#include "http/basic.h"

static struct headers_model model;
static char written[2 * HEADERS_MODEL_LEN_MAX];
static char decoded[2 * HEADERS_MODEL_LEN_MAX];

static void check_basic(struct view field, struct view expected)
{
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    bool ok = bp_basic_check(&fault, field, expected);
    FUZZ_ASSERT(fault.reason == model_basic(&model, field, expected));
    FUZZ_ASSERT(ok == (fault.reason == BP_REASON_NONE));
}

static void check_base64(struct view octets)
{
    struct buf out = BUF(written);
    struct buf back = BUF(decoded);
    buf_put(&out, VIEW("bASIC  "));
    bp_base64_write(&out, octets);
    struct view text = view_from(buf_view(&out), 7);
    FUZZ_ASSERT(bp_base64_read(&back, text) && view_equal(buf_view(&back), octets));
    check_basic(buf_view(&out), octets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { BASE64, NO_SCHEME, TIME, TRANSACTION, RELATION_COUNT };
    struct view all = fuzz_view(data, size < HEADERS_MODEL_LEN_MAX ? size : HEADERS_MODEL_LEN_MAX);
    size_t len = view_index(all, '\n');
    struct view rest = view_from(all, len == all.len ? len : len + 1);
    check_basic(view_first(all, len), rest);
    date_check(view_first(all, len));
    for (struct fuzz_turn turn = fuzz_turn(all, RELATION_COUNT); turn.at < turn.end; turn.at++) {
        if (turn.at == BASE64)
            check_base64(rest);
        else if (turn.at == NO_SCHEME)
            check_basic(rest, VIEW(":"));
        else if (turn.at == TIME)
            date_check_time(all);
        else
            transaction_check(all);
    }
    return 0;
}
