// SPDX-License-Identifier: Apache-2.0
// Writing the head of a response: the one place where our own HTTP answers get their bytes.
#ifndef BP_HTTP_ANSWER_H
#define BP_HTTP_ANSWER_H

#include "base/buf.h"

// A bp_answer is a response before it is written. Empty views leave their field out.
struct bp_answer {
    unsigned status;
    struct view date;           // IMF-fixdate
    struct view content_type;   // "application/json"
    struct view body;           // its length is announced even when it is not sent
    struct view transaction_id; // echoed as it is; the caller has checked it for line ends
    bool has_retry_after;
    uint32_t retry_after_s;
    bool asks_basic;       // WWW-Authenticate: Basic (401)
    bool asks_certificate; // WWW-Authenticate: ClientCertificate (401)
    bool allows_get;       // Allow: GET, HEAD (405)
    bool closes;           // Connection: close
    bool omits_body;       // answer to HEAD
};

// bp_answer_write appends the response, head and body. A status without a registered phrase is
// written with an empty one. Cost: linear in the output; nothing is formatted by stdio.
void bp_answer_write(struct buf *out, const struct bp_answer *answer);

// bp_status_phrase is the registered phrase of `status`, or an empty view.
struct view bp_status_phrase(unsigned status);

#endif
