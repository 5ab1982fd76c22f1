// SPDX-License-Identifier: Apache-2.0
// The request target and the path of the balances resource (RFC 9112 section 3.2, RFC 3986).
//
//     /v1/sims/8988247000100003319/balances?limit=1
//     /v1/sims/iccid:8988247000100003319/balances
//     https://mo.example/v1/sims/8988247000100003319/balances
//
// The path is split at '/' first and each segment is percent-decoded once, afterwards: %2F never
// separates and %25 never starts a second decoding (GB-PATH-10, GB-PATH-11).
#ifndef BP_HTTP_TARGET_H
#define BP_HTTP_TARGET_H

#include "base/buf.h"
#include "base/reason.h"
#include "value/iccid.h"

struct bp_target {
    struct view authority; // absolute form only, else empty
    struct view path;      // starts with '/', still percent-encoded; "/" where none is written
    struct view query;     // behind '?', without it; still percent-encoded
    bool has_query;
};

// bp_target_read takes origin form and absolute form (http or https, in any letter case). Asterisk
// and authority form, an authority that is no host and port, a fragment, control octets, blanks and
// octets above 0x7E are refused (TARGET_FORM, TARGET_OCTET). Percent signs are not looked at here.
// Cost: linear.
BP_MUST_USE bool bp_target_read(struct bp_target *out, struct bp_fault *fault, struct view raw);

// bp_path_read matches `path` against {base}/sims/{sim id}/balances and reads the SIM id, bare or
// behind the scheme word `iccid:`. `base` is "" or a path without a slash at its end ("/v1") and
// without bad percent signs; it is compared after the same decoding. Nothing is normalised: dot
// segments, empty segments and a slash at the end make another resource (GB-PATH-13). Refusals in
// this order: TARGET_ESCAPE, PATH_UNKNOWN, SIM_MALFORMED. Cost: linear.
BP_MUST_USE bool bp_path_read(struct bp_iccid *out, struct bp_fault *fault, struct view path,
                              struct view base);

// bp_percent_find_bad is the offset of the first percent sign in `raw` that is not followed by two
// hexadecimal digits, or raw.len when there is none.
size_t bp_percent_find_bad(struct view raw);

// bp_percent_take_encoded is bp_percent_take where a percent sign stands first.
char bp_percent_take_encoded(struct view *raw);

// bp_percent_take removes the first octet from `*raw`, which is not empty, and returns it decoded.
// A bad percent sign and '+' stand for themselves.
static inline char bp_percent_take(struct view *raw)
{
    char c = raw->data[0];
    if (c == '%')
        return bp_percent_take_encoded(raw);
    *raw = view_of(raw->data + 1, raw->len - 1);
    return c;
}

// bp_percent_decode appends the decoded octets of `raw` to `out` and returns false at a bad percent
// sign, with `*bad_at` its offset.
BP_MUST_USE bool bp_percent_decode(struct buf *out, size_t *bad_at, struct view raw);

#endif
