// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "tool/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_NOT_STARTED = 127 };

// The child's part: it becomes the program, or tells the reason through `failed_fd`.
static _Noreturn void become(char *const *words, char *const *settings, pid_t parent, int said_fd,
                             int failed_fd)
{
    int nothing = open("/dev/null", O_RDONLY);
    (void)signal(SIGPIPE, SIG_DFL);
    bool is_ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                    getppid() == parent && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
                    dup2(said_fd, STDOUT_FILENO) >= 0 && dup2(said_fd, STDERR_FILENO) >= 0;
    if (nothing > STDERR_FILENO)
        close(nothing);
    if (is_ready)
        execvpe(words[0], words, settings == NULL ? environ : settings);
    int reason = errno;
    (void)!write(failed_fd, &reason, sizeof reason);
    _exit(EXIT_NOT_STARTED);
}

// How starting went: 0, or an errno.
static int hear_failure(int fd)
{
    int reason = 0;
    ssize_t len;
    do
        len = read(fd, &reason, sizeof reason);
    while (len < 0 && errno == EINTR);
    return len == (ssize_t)sizeof reason ? reason : 0;
}

static void mind_children(void)
{
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
        (void)signal(SIGCHLD, SIG_DFL);
}

static void await(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

int spawn_start(pid_t *out, char *const *words, char *const *settings, int said_fd)
{
    int failed[2];
    pid_t parent = getpid();
    if (!spawn_pipe(failed))
        return errno;
    mind_children();
    pid_t pid = fork();
    if (pid == 0)
        become(words, settings, parent, said_fd, failed[1]);
    int reason = pid < 0 ? errno : 0;
    close(failed[1]);
    if (pid > 0)
        reason = hear_failure(failed[0]);
    close(failed[0]);
    if (reason == 0)
        *out = pid;
    else if (pid > 0)
        await(pid);
    return reason;
}

void spawn_kill(pid_t pid)
{
    kill(-pid, SIGKILL);
    await(pid);
}

// Three streams belong to the child: what is told through a pipe never takes their place.
bool spawn_pipe(int fds[2])
{
    int low[2];
    if (pipe2(low, O_CLOEXEC) != 0)
        return false;
    fds[0] = fcntl(low[0], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    fds[1] = fds[0] < 0 ? -1 : fcntl(low[1], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int reason = errno;
    close(low[0]);
    close(low[1]);
    if (fds[0] >= 0 && fds[1] < 0)
        close(fds[0]);
    errno = reason;
    return fds[1] >= 0;
}
