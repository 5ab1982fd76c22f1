// SPDX-License-Identifier: Apache-2.0
// A link: the connection of a remote subject, made at the pace of the target and made again when
// it is gone. Private to props/subject.
#ifndef BP_PROPS_SUBJECT_LINK_H
#define BP_PROPS_SUBJECT_LINK_H

#include "props/subject/pace.h"
#include "props/subject/remote.h"

struct link {
    struct pace pace;
    struct bp_connection connection;
    bool is_connected;
    bool is_lost;           // nobody has been there for a while
    struct bp_end last_end; // of the connection before this one
    struct remote_counts counts;
    unsigned failed_count;   // exchanges in a row without a connection
    int64_t failed_since_us; // the first of them
};

enum {
    LINK_SLICE_US = 100000,      // between two questions whether to go on
    LINK_ANSWER_TIMES_WHOLE = 2, // a whole answer has that many times `answer_ms`
};

// link_init makes a link that is not connected.
void link_init(struct link *link, const struct target *target);

// link_connect makes a connection, with further tries where that may help. It returns false when
// there is none, which is a failure of the exchange, or when the target says stop.
BP_MUST_USE bool link_connect(struct link *link);
void link_disconnect(struct link *link);

// link_open makes a further connection to the target, once, and counts it. bp_connection_close is
// to be called in any case.
BP_MUST_USE bool link_open(struct link *link, struct bp_connection *out);

// link_is_barred says that a connection ended because the certificate that we showed is not taken:
// under TLS 1.3 a client learns that only behind its handshake.
bool link_is_barred(const struct bp_end *end);

// link_note_failure counts an exchange that failed since `begin_us`, and returns false.
bool link_note_failure(struct link *link, int64_t begin_us);

#endif
