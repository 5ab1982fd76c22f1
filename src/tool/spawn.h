// SPDX-License-Identifier: Apache-2.0
// Starting another program beside us.
#ifndef BP_TOOL_SPAWN_H
#define BP_TOOL_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

// spawn_start starts `words`, NULL-terminated, with the environment `settings` (NULL: ours). The
// program is found as a shell finds it, and no shell reads its words. It has its own process group,
// nothing to read, and `said_fd`, above 2, for its output and its errors; it is killed when we are.
// It returns 0 with the number in `*out`, who is to be waited for; or the errno of what could not
// be done, and nothing runs and `*out` stays as it was.
//
// Where we were started with SIGCHLD ignored, it gets its default: nobody could be waited for. The
// caller has one thread.
int spawn_start(pid_t *out, char *const *words, char *const *settings, int said_fd);

// spawn_kill kills it with its group, and waits for it.
void spawn_kill(pid_t pid);

// spawn_pipe opens a pipe with both ends above 2, where they are in no child's way, and closed in
// programs that are started. False with errno set: there is no room, and nothing is open.
bool spawn_pipe(int fds[2]);

#endif
