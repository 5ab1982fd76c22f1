// SPDX-License-Identifier: Apache-2.0
// An endpoint over the network, as a subject.
//
// One exchange is in flight at a time, on one connection. A connection is kept behind plain
// sendings as long as the endpoint keeps it, and made again when it does not. Behind other sendings
// it is half-closed and read to its end, so that an answer more than was asked for, or the body of
// an answer to HEAD, is seen. An endpoint that waits for more of a sending that is not plain is
// told by a half-close that no more comes.
//
// What is sent together goes over connections of its own (remote_together.h), and so does a request
// that stays unfinished beside an exchange; they are closed behind the answers. Connections of
// those that cannot be had are no failures of the run: an endpoint may take fewer at a time.
//
// Whatever the other side does, an exchange ends. The first byte of an answer has `answer_ms` to
// come, and so has each further byte, and all of it twice that; an answer is cut at the room in
// `response`. An answer that was cut sets `response->overflow`. Nothing is sent twice, unless the
// kept connection was closed before a byte of an answer came: then once, on a fresh connection.
//
// Bytes that come unasked behind an answer belong to it as long as they can be seen: those that are
// there when the answer is whole. When some come later, which is noticed before the next sending,
// the connection is closed and they are counted, and from then on the remote waits REMOTE_LINGER_MS
// behind each answer: whatever the endpoint does regularly is seen where it belongs.
#ifndef BP_PROPS_SUBJECT_REMOTE_H
#define BP_PROPS_SUBJECT_REMOTE_H

#include "props/subject/subject.h"
#include "props/subject/target.h"

enum {
    REMOTE_LINGER_MS = 50,            // behind answers of an endpoint that says more unasked
    REMOTE_PATIENCE_MS = 1000,        // for the end of a connection, and before a half-close
    REMOTE_PATIENCE_NEAR_MS = 250,    // the same on loopback
    REMOTE_WAIT_S_MAX = 60,           // at most that long for one Retry-After
    REMOTE_LOST_COUNT = 5,            // failed exchanges in a row: the endpoint is gone
    REMOTE_LOST_SHORT_COUNT = 3,      // or so many over more than REMOTE_LOST_MS
    REMOTE_LOST_MS = 5000,            //
    REMOTE_CONNECT_TRIES_MAX = 3,     // of one exchange
    REMOTE_CONNECT_PATIENCE_MS = 2000 // no further try after that long
};

struct remote_counts {
    uint64_t request_count;    // sendings, those sent again included
    uint64_t connection_count; // connections made
    uint64_t failure_count;    // connections that could not be made
    uint64_t resent_count;     // sent again on a fresh connection
    uint64_t throttled_count;  // 429 answers waited for
    uint64_t timeout_count;    // exchanges that ended because nothing came
    uint64_t cut_count;        // answers that were cut here, too long or too slow
    uint64_t unasked_count;    // times that bytes came too late to belong to an answer
};

// How the last exchange went, beside its bytes. Behind sendings that went together, or beside one
// that is not whole, nothing is known: `end` is BP_END_NONE and `first_us` -1.
struct remote_trip {
    struct bp_end end; // of its connection; BP_END_NONE: it is kept
    int64_t first_us;  // until the first byte of an answer came; -1: none came
};

struct remote;

// remote_size is the bytes of space for remote_open, aligned to 16. `target` is borrowed.
size_t remote_size(void);
struct remote *remote_open(void *space, const struct target *target);
void remote_close(struct remote *remote);

// remote_subject has no reset: what the endpoint remembers stays. Its transaction ids begin at the
// time of remote_open in microseconds. An exchange fails when there is no connection, when a TLS
// alert about certificates comes in place of the first answer, and when the target says stop.
struct subject remote_subject(struct remote *remote);

// remote_last_end is how the last connection ended, or that it is open.
const struct bp_end *remote_last_end(const struct remote *remote);

const struct remote_trip *remote_last_trip(const struct remote *remote);

// remote_is_lost says that several exchanges in a row could not connect: the endpoint is gone.
// Further exchanges fail at once, until remote_hope lets them try again.
bool remote_is_lost(const struct remote *remote);
void remote_hope(struct remote *remote);

const struct remote_counts *remote_counts(const struct remote *remote);

#endif
