// SPDX-License-Identifier: Apache-2.0
// A program beside us: its end, what it says, and what cannot be started.
#define _GNU_SOURCE
#include "props/engine/child.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "props/subject/errand.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

enum { NAP_COUNT = 500, NAP_MS = 10, PATH_LEN_MAX = 264, FD_COUNT = 64 };

static struct scratch folder;
static char log_path[PATH_LEN_MAX];

// Waits for the end; false: it does not come.
static bool await(struct child *child, int *status)
{
    const struct timespec time = {0, NAP_MS * 1000000};
    for (int i = 0; i < NAP_COUNT; i++) {
        if (child_has_ended(child, status))
            return true;
        nanosleep(&time, NULL);
    }
    return false;
}

static int start(struct child *out, const char *script)
{
    char text[128];
    char *const words[] = {strdup("sh"), strdup("-c"), text, NULL};
    (void)snprintf(text, sizeof text, "%s", script);
    int reason = child_start(out, words, environ, log_path);
    free(words[0]);
    free(words[1]);
    return reason;
}

static const struct {
    const char *script;
    int status;
} ends[] = {
    {"exit 0", 0},
    {"exit 72", 72},
    {"kill -9 $$", CHILD_FAILED + SIGKILL},
    {"kill -15 $$", CHILD_FAILED + SIGTERM},
};

static void check_ends(void)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        static struct child child;
        int status = -1;
        CHECK_ROW(i, start(&child, ends[i].script) == 0);
        CHECK_ROW(i, await(&child, &status));
        CHECK_ROW(i, status == ends[i].status);
        child_end(&child);
    }
}

// What is said is appended, and only this child's part is heard.
static void check_lines(void)
{
    static struct child child;
    struct view line;
    int status = -1;
    size_t len = 0;
    CHECK(unlink(log_path) == 0);
    for (int i = 0; i < 2; i++) {
        CHECK(start(&child, i == 0 ? "echo one" : "echo two; echo three >&2") == 0);
        CHECK(await(&child, &status));
        CHECK(child_next_line(&child, &line));
        CHECK(view_equal(line, i == 0 ? VIEW("one") : VIEW("two")));
        CHECK(child_next_line(&child, &line) == (i == 1));
        child_end(&child);
    }
    char *text = file_read(&len, log_path, 4096);
    CHECK(text != NULL && view_equal(view_of(text, len), VIEW("one\ntwo\nthree\n")));
    free(text);
}

// Whoever starts us may ignore the ends of children; and an end may be lost.
static void check_ignored(void)
{
    static struct child child;
    int status = -1;
    (void)signal(SIGCHLD, SIG_IGN);
    CHECK(start(&child, "exit 3") == 0);
    CHECK(await(&child, &status));
    CHECK(status == 3);
    child_end(&child);
    CHECK(start(&child, "sleep 0.1") == 0);
    (void)signal(SIGCHLD, SIG_IGN);
    CHECK(await(&child, &status));
    CHECK(status == CHILD_FAILED);
    child_end(&child);
    (void)signal(SIGCHLD, SIG_DFL);
}

static void check_failures(void)
{
    static struct child child;
    char *const words[] = {folder.path, NULL};
    CHECK(child_start(&child, words, environ, log_path) == EACCES);
    CHECK(child.pid == 0);
    CHECK(child_start(&child, words, environ, folder.path) == EISDIR);
    child_end(&child);
}

// The file descriptors that a program finds open are 0 to 2.
static void check_open(void)
{
    static struct child child;
    struct view line;
    int status = -1;
    CHECK(start(&child, "cd /proc/self/fd; echo [3-9]*") == 0);
    CHECK(await(&child, &status));
    CHECK(child_next_line(&child, &line));
    CHECK(view_equal(line, VIEW("3")) || view_equal(line, VIEW("[3-9]*")));
    child_end(&child);
}

int main(void)
{
    struct errand removal;
    if (!scratch_open(&folder))
        return 1;
    (void)snprintf(log_path, sizeof log_path, "%s/log", folder.path);
    for (int fd = STDERR_FILENO + 1; fd < FD_COUNT; fd++)
        close(fd); // of whoever started us
    check_ends();
    check_lines();
    check_ignored();
    check_failures();
    check_open();
    char *const words[] = {"rm", "-r", folder.path, NULL};
    CHECK(errand_run(&removal, words, 10000, NULL, NULL));
    return unit_end();
}
