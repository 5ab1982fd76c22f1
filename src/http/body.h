// SPDX-License-Identifier: Apache-2.0
// The body of an HTTP/1 message: how long it is, and its bytes without chunk framing
// (RFC 9112 section 6). Any split of the bytes gives the same body.
#ifndef BP_HTTP_BODY_H
#define BP_HTTP_BODY_H

#include "base/buf.h"
#include "http/head.h"

enum bp_framing {
    BP_FRAMING_NONE,    // there is no body
    BP_FRAMING_LENGTH,  // Content-Length
    BP_FRAMING_CHUNKED, // Transfer-Encoding: chunked, with extensions and trailers dropped
    BP_FRAMING_CLOSE,   // everything up to the end of the connection (responses only)
};

struct bp_body {
    enum bp_framing framing;
    uint64_t left;             // bytes still to come of the length or of the current chunk
    unsigned char state;       // where a chunked body stands; private to body.c
    unsigned char digit_count; // of the current chunk size
    size_t dropped_len;        // bytes of chunk extensions and trailer seen
};

// bp_body_start finds the framing of the message behind `head`. For responses `to_head` says that
// the request was HEAD; 1xx, 204 and 304 have no body either, whatever their fields say. It returns
// false with a fault for framing that cannot be trusted: a malformed Content-Length or more than
// one, one beside a Transfer-Encoding, a transfer coding other than just chunked, any in HTTP/1.0.
// `side` is the side for which the head was read.
BP_MUST_USE bool bp_body_start(struct bp_body *body, struct bp_fault *fault,
                               const struct bp_head *head, enum bp_side side, bool to_head);

// bp_body_read takes the next bytes; after BP_READ_DONE and BP_READ_BAD it is not called again.
// Chunk lines end with CR LF; extensions and trailer together are at most BP_HEAD_LEN_MAX. Decoded
// octets are appended to `out`, or dropped when `out` is NULL; `out` may overflow, which the caller
// sees there. `*used` is how many bytes of `bytes` belong to this message. `at_end` says that no
// byte follows `bytes`. BP_READ_BAD: the framing is broken (BP_REASON_HTTP_CHUNK) or the message
// ends too early (BP_REASON_HTTP_CUT). Cost: linear.
BP_MUST_USE enum bp_read bp_body_read(struct bp_body *body, struct buf *out, size_t *used,
                                      struct bp_fault *fault, struct view bytes, bool at_end);

#endif
