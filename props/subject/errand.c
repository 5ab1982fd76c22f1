// SPDX-License-Identifier: Apache-2.0
#include "props/subject/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/clock.h"

enum {
    SLICE_MS = 20,       // between two looks
    SLICE_SILENT_MS = 1, // the same when there is nothing to hear
    ROUND_COUNT = 16,    // of reading between two looks: some talk without end
};

struct running {
    struct errand *out;
    pid_t pid;
    int said_fd; // -1: it has closed its side
};

// The child's part: it becomes the program, or tells the reason through `failed_fd`.
static _Noreturn void become(char *const *words, pid_t parent, int said_fd, int failed_fd)
{
    int nothing = open("/dev/null", O_RDONLY);
    (void)signal(SIGPIPE, SIG_DFL);
    bool is_ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                    getppid() == parent && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
                    dup2(said_fd, STDOUT_FILENO) >= 0 && dup2(said_fd, STDERR_FILENO) >= 0;
    if (nothing > STDERR_FILENO)
        close(nothing);
    if (is_ready)
        execvp(words[0], words);
    int reason = errno;
    (void)!write(failed_fd, &reason, sizeof reason);
    _exit(127);
}

static bool open_pipe(int fds[2])
{
    if (pipe(fds) != 0)
        return false;
    // Three streams belong to the child: a pipe never takes their place.
    for (int i = 0; i < 2; i++) {
        int fd = fcntl(fds[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(fds[i]);
        fds[i] = fd;
    }
    return fds[0] >= 0 && fds[1] >= 0;
}

static void close_pipe(int fds[2])
{
    for (int i = 0; i < 2; i++)
        if (fds[i] >= 0)
            close(fds[i]);
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

// Starts the program; false with the errno in `out->code`.
static bool start(struct running *running, char *const *words)
{
    int said[2] = {-1, -1};
    int failed[2] = {-1, -1};
    pid_t parent = getpid();
    running->pid = -1;
    if (open_pipe(said) && open_pipe(failed))
        running->pid = fork();
    if (running->pid == 0)
        become(words, parent, said[1], failed[1]);
    int reason = running->pid < 0 ? errno : 0;
    if (running->pid > 0) {
        close(failed[1]);
        failed[1] = -1;
        reason = hear_failure(failed[0]);
        if (reason != 0)
            while (waitpid(running->pid, NULL, 0) < 0 && errno == EINTR)
                ;
    }
    if (reason == 0) {
        running->said_fd = said[0];
        said[0] = -1;
        fcntl(running->said_fd, F_SETFL, O_NONBLOCK);
    }
    close_pipe(said);
    close_pipe(failed);
    running->out->code = reason;
    return reason == 0;
}

// Takes what the program has said by now.
static void hear(struct running *running)
{
    struct errand *out = running->out;
    char dropped[4096];
    for (unsigned round = 0; round < ROUND_COUNT && running->said_fd >= 0; round++) {
        bool has_room = out->said_len < sizeof out->said;
        ssize_t len = has_room ? read(running->said_fd, out->said + out->said_len,
                                      sizeof out->said - out->said_len)
                               : read(running->said_fd, dropped, sizeof dropped);
        if (len < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (len <= 0) {
            close(running->said_fd);
            running->said_fd = -1;
            return;
        }
        out->said_len += has_room ? (size_t)len : 0;
    }
}

static void note_end(struct errand *out, int status)
{
    out->end = WIFEXITED(status) ? ERRAND_EXITED : ERRAND_SIGNALLED;
    out->code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

static void kill_group(struct running *running, enum errand_end end)
{
    kill(-running->pid, SIGKILL);
    while (waitpid(running->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    running->out->end = end;
    running->out->code = 0;
}

static void await(struct running *running, int timeout_ms, bool (*stopped)(void *context),
                  void *context)
{
    int64_t end_ms = bp_clock_ms() + timeout_ms;
    for (;;) {
        struct pollfd look = {.fd = running->said_fd, .events = POLLIN};
        poll(&look, 1, running->said_fd < 0 ? SLICE_SILENT_MS : SLICE_MS);
        hear(running);
        int status;
        if (waitpid(running->pid, &status, WNOHANG) == running->pid) {
            hear(running);
            note_end(running->out, status);
            return;
        }
        bool is_stopped = stopped != NULL && stopped(context);
        if (is_stopped || bp_clock_ms() >= end_ms) {
            kill_group(running, is_stopped ? ERRAND_STOPPED : ERRAND_TOO_SLOW);
            return;
        }
    }
}

bool errand_run(struct errand *out, char *const *words, int timeout_ms,
                bool (*stopped)(void *context), void *context)
{
    struct running running = {.out = out, .said_fd = -1};
    *out = (struct errand){.end = ERRAND_NOT_WANTED};
    if (stopped != NULL && stopped(context))
        return false;
    out->end = ERRAND_NOT_STARTED;
    if (!start(&running, words))
        return false;
    await(&running, timeout_ms, stopped, context);
    if (running.said_fd >= 0)
        close(running.said_fd);
    return out->end == ERRAND_EXITED && out->code == 0;
}

void errand_put(struct buf *out, const struct errand *errand)
{
    switch (errand->end) {
    case ERRAND_NOT_STARTED:
        buf_put_text(out, "it cannot be started: ");
        buf_put_text(out, strerror(errand->code));
        break;
    case ERRAND_EXITED:
        buf_put_text(out, "exit status ");
        buf_put_signed(out, errand->code);
        break;
    case ERRAND_SIGNALLED:
        buf_put_text(out, "ended by signal ");
        buf_put_signed(out, errand->code);
        break;
    case ERRAND_TOO_SLOW:
        buf_put_text(out, "not done in time, and killed");
        break;
    case ERRAND_STOPPED:
    case ERRAND_NOT_WANTED:
        buf_put_text(out, "interrupted");
        break;
    }
    struct view said = view_of(errand->said, errand->said_len);
    while (said.len != 0 && (said.data[said.len - 1] == '\n' || said.data[said.len - 1] == '\r'))
        said.len--;
    buf_put_text(out, said.len == 0 ? "" : ": ");
    buf_put_escaped(out, said);
}
