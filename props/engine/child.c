// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/engine/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// The child's part: it becomes the program, or tells the reason through `failed_fd`.
static _Noreturn void become(char *const *words, char *const *settings, pid_t parent, int said_fd,
                             int failed_fd)
{
    const struct rlimit no_core = {0, 0};
    int nothing = open("/dev/null", O_RDONLY);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)setrlimit(RLIMIT_CORE, &no_core);
    bool is_ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                    getppid() == parent && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
                    dup2(said_fd, STDOUT_FILENO) >= 0 && dup2(said_fd, STDERR_FILENO) >= 0;
    if (is_ready)
        execvpe(words[0], words, settings);
    int reason = errno;
    (void)!write(failed_fd, &reason, sizeof reason);
    _exit(127);
}

static int hear_failure(int fd)
{
    int reason = 0;
    ssize_t len;
    do
        len = read(fd, &reason, sizeof reason);
    while (len < 0 && errno == EINTR);
    return len == (ssize_t)sizeof reason ? reason : 0;
}

// Streams 0 to 2 are open in every program of ours, so no file takes their place.
int child_start(struct child *out, char *const *words, char *const *settings, const char *path)
{
    int failed[2];
    pid_t parent = getpid();
    *out = (struct child){.said_fd = -1};
    int write_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (write_fd < 0)
        return errno;
    out->said_fd = open(path, O_RDONLY | O_CLOEXEC);
    if (out->said_fd < 0 || pipe2(failed, O_CLOEXEC) != 0) {
        int reason = errno;
        close(write_fd);
        child_end(out);
        return reason;
    }
    pid_t pid = fork();
    if (pid == 0)
        become(words, settings, parent, write_fd, failed[1]);
    int reason = pid < 0 ? errno : 0;
    close(write_fd);
    close(failed[1]);
    if (pid > 0) {
        out->pid = pid;
        reason = hear_failure(failed[0]);
    }
    close(failed[0]);
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
    if (waitpid(child->pid, &how, WNOHANG) != child->pid)
        return false;
    *status = WIFEXITED(how) ? WEXITSTATUS(how) : CHILD_FAILED + WTERMSIG(how);
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
    if (child->pid != 0) {
        kill(-child->pid, SIGKILL);
        while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    if (child->said_fd > STDERR_FILENO)
        close(child->said_fd);
    child->pid = 0;
    child->said_fd = -1;
}
