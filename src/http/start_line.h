// SPDX-License-Identifier: Apache-2.0
// Start lines of HTTP/1 messages (RFC 9112 sections 3 and 4).
//
//     GET /v1/sims/8988247000100003319/balances HTTP/1.1
//     HTTP/1.1 200 OK
#ifndef BP_HTTP_START_LINE_H
#define BP_HTTP_START_LINE_H

#include "http/head.h"

// A bp_line is a line without its line end.
struct bp_line {
    struct view text;
    const char *control; // its first control other than HTAB, or NULL
};

// bp_request_line_read reads method, target and version into `*head`: single blanks between them, a
// method of at most BP_METHOD_LEN_MAX, a target of at most BP_TARGET_LEN_MAX octets. Refusals:
// HTTP_LINE, HTTP_LINE_END (a bare CR), HTTP_TARGET_LEN, HTTP_VERSION. Cost: linear.
BP_MUST_USE bool bp_request_line_read(struct bp_head *head, struct bp_fault *fault,
                                      struct bp_line line);

// bp_request_line_is_too_long refuses `line`, which is not whole yet, when its target is too long
// for certain: it has an octet more than it may have and one behind that, for the first of them
// could be the CR of the line end. Fault and method are what bp_request_line_read would say. Only
// the call for which the line grows beyond that length from `old_len` looks at the target.
BP_MUST_USE bool bp_request_line_is_too_long(struct bp_head *head, struct bp_fault *fault,
                                             struct bp_line line, size_t old_len);

// bp_status_line_read reads version, status and phrase into `*head`; the phrase may be missing with
// its blank. Refusal: HTTP_STATUS_LINE. Cost: linear.
BP_MUST_USE bool bp_status_line_read(struct bp_head *head, struct bp_fault *fault,
                                     struct bp_line line);

#endif
