// SPDX-License-Identifier: Apache-2.0
// An arrival: answers that come over a connection, read only as far as it takes to know where each
// of them ends. What they mean is for exchange_open.
//
//     HTTP/1.1 100 Continue | HTTP/1.1 200 OK ... body | HTTP/1.1 404 Not Found ... body
#ifndef BP_PROPS_SUBJECT_ARRIVAL_H
#define BP_PROPS_SUBJECT_ARRIVAL_H

#include "http/body.h"
#include "http/head.h"

enum arrival_state {
    ARRIVAL_MORE,   // answers are still to come
    ARRIVAL_WHOLE,  // all have come that will come
    ARRIVAL_BROKEN, // no whole answer can come any more
};

struct arrival {
    enum arrival_state state;
    unsigned left_count; // final answers that have not come whole
    bool to_head;        // answers have no body
    bool is_open_ended;  // the body that is arriving ends with the connection
    bool is_last;        // the connection ends behind the answers: one of them says so
    bool is_in_body;
    size_t begin; // where the head begins that is being read, or how far the body has been read
    struct bp_head_reader reader;
    struct bp_head head;
    struct bp_body body;
};

// arrival_is_interim says that another response follows one with this status.
static inline bool arrival_is_interim(unsigned status) { return status < 200 && status != 101; }

// arrival_start begins to read `answer_count` final answers.
void arrival_start(struct arrival *arrival, unsigned answer_count, bool to_head);

// arrival_read goes on: `bytes` is all that has come so far, at the same address in every call.
// ARRIVAL_WHOLE: `begin` is the end of the last answer; bytes behind it were not asked for. Behind
// an answer that ends the connection no other is waited for. Cost: linear in the new bytes.
enum arrival_state arrival_read(struct arrival *arrival, struct view bytes);

#endif
