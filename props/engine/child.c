// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/engine/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tool/spawn.h"

int child_start(struct child *out, char *const *words, char *const *settings, const char *path)
{
    *out = (struct child){.said_fd = -1};
    int write_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (write_fd < 0)
        return errno;
    out->said_fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_open = out->said_fd >= 0 && lseek(out->said_fd, 0, SEEK_END) >= 0;
    int reason = is_open ? spawn_start(&out->pid, words, settings, write_fd) : errno;
    close(write_fd);
    if (reason != 0)
        child_end(out);
    return reason;
}

// The line that stands in the text, if it is whole or as long as can be.
static bool take_line(struct child *child, struct view *line)
{
    struct view rest = view_of(child->text + child->taken, child->len - child->taken);
    size_t len = view_index(rest, '\n');
    bool is_full = child->taken == 0 && child->len == sizeof child->text;
    if (len == rest.len && !is_full)
        return false;
    *line = view_first(rest, len);
    child->taken += len < rest.len ? len + 1 : len;
    return true;
}

bool child_next_line(struct child *child, struct view *line)
{
    while (!take_line(child, line)) {
        memmove(child->text, child->text + child->taken, child->len - child->taken);
        child->len -= child->taken;
        child->taken = 0;
        ssize_t len = child->said_fd < 0 ? 0
                                         : read(child->said_fd, child->text + child->len,
                                                sizeof child->text - child->len);
        if (len <= 0)
            return false;
        child->len += (size_t)len;
    }
    return true;
}

bool child_has_ended(struct child *child, int *status)
{
    int how = 0;
    if (child->pid == 0)
        return true;
    pid_t ended = waitpid(child->pid, &how, WNOHANG);
    bool is_lost = ended < 0 && errno == ECHILD; // somebody else has waited for it
    if (ended != child->pid && !is_lost)
        return false;
    bool is_told = !is_lost && WIFEXITED(how);
    *status = is_told ? WEXITSTATUS(how) : CHILD_FAILED + (is_lost ? 0 : WTERMSIG(how));
    child->pid = 0;
    return true;
}

void child_signal(const struct child *child, int number)
{
    if (child->pid != 0)
        kill(-child->pid, number);
}

void child_end(struct child *child)
{
    if (child->pid != 0)
        spawn_kill(child->pid);
    if (child->said_fd > STDERR_FILENO)
        close(child->said_fd);
    child->pid = 0;
    child->said_fd = -1;
}
