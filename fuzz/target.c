// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_target_read, bp_path_read, bp_percent_decode, bp_host_is_valid.
//
// The bytes are a request target, and also a path. Always asserts an independent model:
// target_model.h takes the same targets, and finds the same SIM under /v1 or the same reason
// against the path. In turn (fuzz.h):
//   metamorphic: with every octet of its segments written with percent signs a path means the same;
//   round trip: decoding what was encoded gives the octets back.
#include "fuzz.h"
#include "target_model.h"

static struct target_model model;
static char encoded[3 * TARGET_MODEL_LEN_MAX];
static char decoded[TARGET_MODEL_LEN_MAX];

// Writes every octet with a percent sign; slashes and what is encoded already may be left alone.
static struct view encode(struct view raw, bool keeps_syntax)
{
    struct buf out = BUF(encoded);
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.data[i];
        bool is_digit = (i > 0 && raw.data[i - 1] == '%') || (i > 1 && raw.data[i - 2] == '%');
        bool is_kept = keeps_syntax && (c == '/' || c == '%' || is_digit);
        if (!is_kept)
            buf_put_byte(&out, '%');
        buf_put_byte(&out, is_kept ? raw.data[i] : "0123456789abcdef"[c >> 4]);
        if (!is_kept)
            buf_put_byte(&out, "0123456789ABCDEF"[c & 15]);
    }
    return buf_view(&out);
}

static void check_path(struct view path, enum bp_reason want, struct view sim)
{
    struct bp_iccid got;
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    bool ok = bp_path_read(&got, &fault, path, VIEW("/v1"));
    FUZZ_ASSERT(ok == (want == BP_REASON_NONE) && fault.reason == want);
    FUZZ_ASSERT(!ok || view_equal(bp_iccid_view(&got), sim));
}

static void check_round_trip(struct view octets)
{
    struct buf out = BUF(decoded);
    size_t bad_at;
    FUZZ_ASSERT(bp_percent_decode(&out, &bad_at, encode(octets, false)));
    FUZZ_ASSERT(view_equal(buf_view(&out), octets));
}

static void check_decoded(struct view path, bool is_good)
{
    struct buf out = BUF(decoded);
    size_t bad_at;
    FUZZ_ASSERT(bp_percent_decode(&out, &bad_at, path) == is_good);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ENCODED, ROUND_TRIP, DECODED, RELATION_COUNT };
    struct view raw = fuzz_view(data, size < TARGET_MODEL_LEN_MAX ? size : TARGET_MODEL_LEN_MAX);
    struct bp_target target;
    struct bp_fault fault;
    struct view sim = {NULL, 0};
    bool ok = bp_target_read(&target, &fault, raw);
    FUZZ_ASSERT(ok == model_target(raw));
    struct view path = ok ? target.path : raw;
    FUZZ_ASSERT(!ok || (view_starts(path, VIEW("/")) && view_index(path, '?') == path.len));
    FUZZ_ASSERT(!ok || target.has_query == (view_index(raw, '?') < raw.len));
    FUZZ_ASSERT(!ok || view_equal(target.query, view_from(raw, raw.len - target.query.len)));
    enum bp_reason reason = model_path(&model, &sim, path);
    check_path(path, reason, sim);
    for (struct fuzz_turn turn = fuzz_turn(raw, RELATION_COUNT); turn.at < turn.end; turn.at++) {
        if (turn.at == ENCODED)
            check_path(encode(path, true), reason, sim);
        else if (turn.at == ROUND_TRIP)
            check_round_trip(raw);
        else
            check_decoded(path, reason != BP_REASON_TARGET_ESCAPE);
    }
    return 0;
}
