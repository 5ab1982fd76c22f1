// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_duration_read, bp_duration_write.
//
// The bytes are a duration; their first eight, as a number, are seconds to write. Asserts:
//   independent model: duration_model.h gives the same form and value, or refuses too;
//   round trip: what is written is of the strict grammar and reads back as the same seconds.
#include "duration_model.h"
#include "fuzz.h"

static void check_round_trip(uint64_t whole_s)
{
    char space[BP_DURATION_TEXT_LEN_MAX];
    struct buf out = BUF(space);
    struct bp_duration back;
    struct bp_fault fault;
    bp_duration_write(&out, whole_s);
    FUZZ_ASSERT(!out.overflow);
    FUZZ_ASSERT(bp_duration_read(&back, &fault, buf_view(&out)));
    FUZZ_ASSERT(back.form == BP_DURATION_STRICT && back.is_zero == (whole_s == 0));
    FUZZ_ASSERT(back.whole_s == whole_s && back.fraction_ns == 0);
    FUZZ_ASSERT(whole_s != 0 || view_equal(buf_view(&out), VIEW("PT0S")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text =
        fuzz_view(data, size < DURATION_MODEL_LEN_MAX ? size : DURATION_MODEL_LEN_MAX);
    struct bp_duration got;
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    struct duration_model want;
    bool ok = bp_duration_read(&got, &fault, text);
    FUZZ_ASSERT(ok == duration_model_read(&want, text));
    if (ok) {
        FUZZ_ASSERT(got.form == want.form && got.is_zero == want.is_zero);
        FUZZ_ASSERT(got.fraction_ns < 1000000000 && got.whole_s <= BP_DURATION_S_MAX);
        model_wide ns = (model_wide)got.whole_s * 1000000000 + got.fraction_ns;
        FUZZ_ASSERT(ns >= want.least_ns && ns <= want.most_ns);
        check_round_trip(got.whole_s);
    } else {
        FUZZ_ASSERT(fault.reason == BP_REASON_DURATION);
        FUZZ_ASSERT(fault.where.len == 0 ||
                    (fault.where.data >= text.data && fault.where.data < text.data + text.len));
    }
    uint64_t whole_s = 0;
    for (size_t i = 0; i < size && i < 8; i++)
        whole_s = whole_s << 8 | data[i];
    check_round_trip(whole_s % (BP_DURATION_S_MAX + 1));
    return 0;
}
