// SPDX-License-Identifier: Apache-2.0
// A target: somebody's endpoint, where it is and how to speak to it. Read from the command line
// once; the remote subject, the preflight and the certificate matrix all start from it.
#ifndef BP_PROPS_SUBJECT_TARGET_H
#define BP_PROPS_SUBJECT_TARGET_H

#include "http/url.h"
#include "net/client.h"
#include "props/subject/time_use.h"

struct target {
    struct bp_url url;
    struct bp_route route;
    struct bp_tls_client_config tls_config; // as given; variants of it make the matrix
    struct bp_tls tls;                      // made from it
    struct bp_client_times times;
    unsigned rate; // requests a second at most, handshakes of probes included; 0: no limit
    // stopped is asked while waiting; true ends the wait. May be NULL.
    bool (*stopped)(void *context);
    void *context;
    // pass lets seconds pass at a target whose clock is ours, where others wait for a Retry-After.
    // NULL: they are waited for.
    bool (*pass)(void *clock, int64_t seconds);
    void *clock;
    struct time_use *use; // what waiting is added to; may be NULL
};

// target_note_wait counts as `kind` what a connection to the target waited since the last call.
static inline void target_note_wait(const struct target *target, enum time_kind kind,
                                    struct bp_connection *connection)
{
    time_use_add(target->use, kind, connection->waited_us);
    connection->waited_us = 0;
}

#endif
