// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_basic_check, bp_base64_read, bp_base64_write, bp_transaction_read,
// bp_date_read, bp_date_write.
//
// The bytes up to the first LF are an Authorization value and a Date, those behind it
// user:password; all of them are a transaction id, the first eight a time to write. Asserts:
//   independent model: headers_model.h gives the same reason and decodes the same octets;
//   round trip: octets written as base64 read back, and let in when they are the right ones;
//   dates: date_model.h takes the same ones and gives the same time, which is written as they are;
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
    check_basic(octets, VIEW(":"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view all = fuzz_view(data, size < HEADERS_MODEL_LEN_MAX ? size : HEADERS_MODEL_LEN_MAX);
    size_t len = view_index(all, '\n');
    struct view rest = view_from(all, len == all.len ? len : len + 1);
    check_basic(view_first(all, len), rest);
    check_base64(rest);
    date_check(view_first(all, len));
    date_check_time(all);
    transaction_check(all);
    return 0;
}
