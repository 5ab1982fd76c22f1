// SPDX-License-Identifier: Apache-2.0
// A subject: who answers. Request bytes in, response bytes out.
//
// The reference endpoint in process, a liar around it, somebody's C function, or a TLS connection:
// nothing else of the checker changes.
#ifndef BP_PROPS_SUBJECT_SUBJECT_H
#define BP_PROPS_SUBJECT_SUBJECT_H

#include "base/buf.h"

// A sending is what goes to a subject: bytes, and what their author knows of the answers, so that a
// subject over a network knows when it has read them all.
struct sending {
    struct view request;   // one request, or several in a row
    unsigned answer_count; // answers that a right endpoint gives, from 1
    bool to_head;          // a HEAD: its answer has no body
    bool is_plain; // any client might send this; else more than those answers may come, or fewer
};

enum { TOGETHER_COUNT_MAX = 8 };

struct subject {
    // exchange sends the bytes on a connection where nothing is under way, and appends all that is
    // answered to `response`; a subject in process is also told that nothing more will come. It
    // returns false when the world failed (no connection), not when the endpoint refused.
    bool (*exchange)(void *context, struct buf *response, const struct sending *sending);
    // together sends `count` plain sendings (at most TOGETHER_COUNT_MAX) at the same time, each on
    // a connection of its own: all of them but their last octets, then those. What is answered to
    // each is appended to its response. It returns false like exchange. NULL: it cannot be done.
    bool (*together)(void *context, struct buf *const responses[], const struct sending *sendings,
                     size_t count);
    // beside leaves a connection open on which no more than `begun` has come, bytes of a request
    // that is not whole, and meanwhile does what exchange does on another fresh connection. Then it
    // says on the first one that no more will come; what is answered there is appended to `cut`.
    // Where the second connection can only be had without the first, nothing was answered. It
    // returns false like exchange. NULL: it cannot be done.
    bool (*beside)(void *context, struct buf *response, struct buf *cut,
                   const struct sending *sending, struct view begun);
    // reset forgets what earlier exchanges left behind, where that can be done; may be NULL.
    void (*reset)(void *context);
    // wait lets `seconds` pass, because the endpoint asked for it (429); false: the run is to end.
    // NULL: nobody waits.
    bool (*wait)(void *context, int64_t seconds);
    void *context;
    // Transaction ids begin here where there is no reset: unlike those of earlier runs.
    uint64_t first_serial;
};

#endif
