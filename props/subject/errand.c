// SPDX-License-Identifier: Apache-2.0
#include "props/subject/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/clock.h"
#include "tool/spawn.h"

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

// Starts the program; false with the errno in `out->code`.
static bool start(struct running *running, char *const *words)
{
    int said[2];
    if (!spawn_pipe(said)) {
        running->out->code = errno;
        return false;
    }
    running->out->code = spawn_start(&running->pid, words, NULL, said[1]);
    close(said[1]);
    if (running->out->code != 0) {
        close(said[0]);
        return false;
    }
    running->said_fd = said[0];
    fcntl(running->said_fd, F_SETFL, O_NONBLOCK);
    return true;
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
    spawn_kill(running->pid);
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
