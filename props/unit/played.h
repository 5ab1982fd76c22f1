// SPDX-License-Identifier: Apache-2.0
// A subcommand played in a process of its own: its exit status and all that it printed.
#ifndef BP_PROPS_UNIT_PLAYED_H
#define BP_PROPS_UNIT_PLAYED_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tool/cli.h"

enum { PLAYED_WORD_COUNT_MAX = 64, PLAYED_OUTPUT_LEN_MAX = 1 << 16, PLAYED_PATIENCE_S = 20 };

struct played {
    pid_t pid;
    int fd; // its output
    char output[PLAYED_OUTPUT_LEN_MAX];
};

static inline _Noreturn void played_live(const struct command *command, int fds[2], int argc,
                                         char **argv)
{
    int nothing = open("/dev/null", O_RDONLY);
    alarm(PLAYED_PATIENCE_S);
    dup2(nothing, STDIN_FILENO);
    dup2(fds[1], STDOUT_FILENO);
    dup2(fds[1], STDERR_FILENO);
    close(fds[0]);
    close(fds[1]);
    int code = command->run(command, argc, argv);
    fflush(stdout);
    _exit(code);
}

// played_start starts it with words up to NULL; nobody can be asked.
static inline bool played_start(struct played *played, const struct command *command,
                                const char *const *words)
{
    static char copies[PLAYED_WORD_COUNT_MAX][512];
    char *argv[PLAYED_WORD_COUNT_MAX];
    int argc = 0;
    int fds[2];
    for (; argc < PLAYED_WORD_COUNT_MAX && words[argc] != NULL; argc++) {
        snprintf(copies[argc], sizeof copies[argc], "%s", words[argc]);
        argv[argc] = copies[argc];
    }
    fflush(stdout);
    if (pipe(fds) != 0)
        return false;
    played->pid = fork();
    if (played->pid == 0)
        played_live(command, fds, argc, argv);
    close(fds[1]);
    played->fd = fds[0];
    return played->pid > 0;
}

// played_end waits for its end: the exit status, or -1. What there is no room for is read, too, and
// forgotten.
static inline int played_end(struct played *played)
{
    size_t len = 0;
    ssize_t step = 0;
    int status = -1;
    char rest[512];
    size_t room = sizeof played->output - 1;
    for (; room != 0; room -= (size_t)step, len += (size_t)step)
        if ((step = read(played->fd, played->output + len, room)) <= 0)
            break;
    while (read(played->fd, rest, sizeof rest) > 0)
        ;
    played->output[len] = '\0';
    close(played->fd);
    waitpid(played->pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline int played_run(struct played *played, const struct command *command,
                             const char *const *words)
{
    return played_start(played, command, words) ? played_end(played) : -1;
}

static inline bool played_says(const struct played *played, const char *words)
{
    return strstr(played->output, words) != NULL;
}

// The last line begins with `verdict`.
static inline bool played_ends_with(const struct played *played, const char *verdict)
{
    size_t len = strlen(played->output);
    size_t at = len == 0 ? 0 : len - 1;
    while (at != 0 && played->output[at - 1] != '\n')
        at--;
    return strncmp(played->output + at, verdict, strlen(verdict)) == 0;
}

#endif
