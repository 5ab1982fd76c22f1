// SPDX-License-Identifier: Apache-2.0
// A child: a program that runs beside us, with its output in a file that is read as it grows.
//
// It is started as tool/spawn.h says, in its own process group. What it started itself may outlive
// it: only while it runs are signals for its whole group.
#ifndef BP_PROPS_ENGINE_CHILD_H
#define BP_PROPS_ENGINE_CHILD_H

#include <sys/types.h>

#include "base/view.h"

enum { CHILD_LINE_LEN_MAX = 8192, CHILD_FAILED = 256 };

struct child {
    pid_t pid;   // 0: none is running
    int said_fd; // of its output, or -1
    size_t len;  // octets in `text`
    size_t taken;
    char text[CHILD_LINE_LEN_MAX];
};

// child_start starts `words` with the environment `settings`, and appends what it says to the file
// `path`. It returns 0, or the errno of what could not be done. One that was started is ended with
// child_end, whatever happens. The caller has one thread.
int child_start(struct child *out, char *const *words, char *const *settings, const char *path);

// child_next_line is the next whole line of its output, without its end; false: there is none yet.
// Of a longer line than CHILD_LINE_LEN_MAX, the pieces are lines. The view is valid until the next
// call.
BP_MUST_USE bool child_next_line(struct child *child, struct view *line);

// child_has_ended says whether it has; `*status` is then its exit status, or CHILD_FAILED and the
// signal that ended it, or CHILD_FAILED alone when nobody knows. What it said can still be read.
BP_MUST_USE bool child_has_ended(struct child *child, int *status);

// child_signal sends a signal to it and its group, while it runs.
void child_signal(const struct child *child, int number);

// child_end kills it with its group if it still runs, and closes its output. It may be called for
// one that is all zero.
void child_end(struct child *child);

#endif
