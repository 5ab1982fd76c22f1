// SPDX-License-Identifier: Apache-2.0
// For tests of what opens descriptors: no room for them, and then more and more.
#ifndef BP_PROPS_UNIT_FEW_FDS_H
#define BP_PROPS_UNIT_FEW_FDS_H

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "props/unit/unit.h"

enum { FEW_FDS_MAX = 256 }; // of a test, with what whoever started it left open

static inline size_t few_fds_open(void)
{
    size_t count = 0;
    for (int fd = 0; fd < FEW_FDS_MAX; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

// few_fds_try calls `play` with room for one descriptor more each time, until it returns true; play
// closes what it opened. Checked: it does return true, and nothing stays open behind any call.
static inline void few_fds_try(bool (*play)(void))
{
    struct rlimit before;
    CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
    size_t count = few_fds_open();
    size_t room = STDERR_FILENO + 1;
    for (bool is_done = false; room < FEW_FDS_MAX && !is_done; room++) {
        const struct rlimit limit = {room, before.rlim_max};
        CHECK_ROW(room, setrlimit(RLIMIT_NOFILE, &limit) == 0);
        is_done = play();
        CHECK_ROW(room, setrlimit(RLIMIT_NOFILE, &before) == 0);
        CHECK_ROW(room, few_fds_open() == count);
    }
    CHECK(room < FEW_FDS_MAX);
}

#endif
