// SPDX-License-Identifier: Apache-2.0
// An errand: another program is run to its end, within a time, and what it said is kept.
//
// It is found as a shell finds it, and no shell reads its words. It has its own process group,
// nothing to read, and one pipe for its output and its errors. Whoever is too slow or no longer
// wanted is killed with all its group; what a program that has ended leaves in the background is
// left alone. It is killed when we are, too.
#ifndef BP_PROPS_SUBJECT_ERRAND_H
#define BP_PROPS_SUBJECT_ERRAND_H

#include "base/buf.h"

enum errand_end {
    ERRAND_NOT_STARTED, // `code` is an errno: there is no such program
    ERRAND_EXITED,      // `code` is the exit status
    ERRAND_SIGNALLED,   // `code` is the signal's number
    ERRAND_TOO_SLOW,    //
    ERRAND_STOPPED,     // killed because `stopped` said so
    ERRAND_NOT_WANTED   // `stopped` said so before it was started
};

enum { ERRAND_SAID_LEN_MAX = 256 };

struct errand {
    enum errand_end end;
    int code;
    size_t said_len; // the first octets of what it said; the rest is read and dropped
    char said[ERRAND_SAID_LEN_MAX];
};

// errand_run runs `words`, NULL-terminated as for execvp, and waits. `stopped` is asked several
// times a second, and at once when a signal comes; it may be NULL. It returns whether the program
// ended with the exit status 0. The caller has one thread.
bool errand_run(struct errand *out, char *const *words, int timeout_ms,
                bool (*stopped)(void *context), void *context);

// errand_put appends how it ended and what it said, escaped: "exit status 1: no such SIM\n".
void errand_put(struct buf *out, const struct errand *errand);

#endif
