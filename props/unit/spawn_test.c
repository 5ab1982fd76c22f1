// SPDX-License-Identifier: Apache-2.0
// What has no room: a process, or a pipe.
#define _GNU_SOURCE
#include "tool/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "props/unit/few_fds.h"
#include "props/unit/unit.h"

enum { NOBODY = 65534, EXIT_UNFIT = 77 };

// Runs a part of a test in a child, for it changes more than its own memory.
static int end_of(int (*part)(void))
{
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(part());
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Nobody with no room for a process; root would have it anyhow.
static int start_nothing(void)
{
    const struct rlimit none = {0, 0};
    char word[] = "true";
    char *const words[] = {word, NULL};
    pid_t pid = 4711;
    if (geteuid() == 0 && setuid(NOBODY) != 0)
        return EXIT_UNFIT;
    if (setrlimit(RLIMIT_NPROC, &none) != 0)
        return EXIT_UNFIT;
    int reason = spawn_start(&pid, words, NULL, STDERR_FILENO);
    return reason == EAGAIN && pid == 4711 ? 0 : 1;
}

// The three streams are free, and stay so.
static int open_beside_streams(void)
{
    int fds[2];
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        close(fd);
    if (!spawn_pipe(fds))
        return 1;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            return 2;
    for (int i = 0; i < 2; i++)
        if (fcntl(fds[i], F_GETFD) != FD_CLOEXEC)
            return 3;
    char byte = 'x';
    bool is_through = write(fds[1], "y", 1) == 1 && read(fds[0], &byte, 1) == 1 && byte == 'y';
    return is_through ? 0 : 4;
}

static bool open_pipe(void)
{
    int fds[2];
    if (!spawn_pipe(fds)) {
        CHECK(errno == EMFILE);
        return false;
    }
    close(fds[0]);
    close(fds[1]);
    return true;
}

int main(void)
{
    int end = end_of(start_nothing);
    CHECK(end == 0 || end == EXIT_UNFIT);
    CHECK(end_of(open_beside_streams) == 0);
    few_fds_try(open_pipe);
    return unit_end();
}
