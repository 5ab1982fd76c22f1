// SPDX-License-Identifier: Apache-2.0
// A subject: who answers. Request bytes in, response bytes out.
//
// The reference endpoint in process, a liar around it, somebody's C function, or a TLS connection:
// nothing else of the checker changes.
#ifndef BP_PROPS_SUBJECT_SUBJECT_H
#define BP_PROPS_SUBJECT_SUBJECT_H

#include "base/buf.h"

struct subject {
    // exchange sends `request` on a fresh connection, says that nothing more will come, and appends
    // all that is answered to `response`. It returns false when the world failed (no connection),
    // not when the endpoint refused.
    bool (*exchange)(void *context, struct buf *response, struct view request);
    // reset forgets what earlier exchanges left behind, where that can be done; may be NULL.
    void (*reset)(void *context);
    void *context;
};

#endif
