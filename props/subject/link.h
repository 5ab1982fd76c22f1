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

// link_init makes a link that is not connected.
void link_init(struct link *link, const struct target *target);

// link_sleep and link_turn are pace_sleep and pace_turn, counted.
BP_MUST_USE bool link_sleep(struct link *link, int64_t due_us);
BP_MUST_USE bool link_turn(struct link *link);

// link_connect makes a connection, with further tries where that may help. It returns false when
// there is none, which is a failure of the exchange, or when the target says stop.
BP_MUST_USE bool link_connect(struct link *link);
void link_disconnect(struct link *link);

// link_note_failure counts an exchange that failed since `begin_us`, and returns false.
bool link_note_failure(struct link *link, int64_t begin_us);

#endif
