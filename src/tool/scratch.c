// SPDX-License-Identifier: Apache-2.0
#include "tool/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RANDOM_LEN = 6 }; // octets at the end of a path that mkdtemp replaces

bool scratch_open(struct scratch *scratch)
{
    const char *place = getenv("TMPDIR");
    if (place == NULL || place[0] == '\0')
        place = "/tmp";
    int len = snprintf(scratch->path, sizeof scratch->path, "%s/balprobe-", place);
    bool fits = len > 0 && (size_t)len + RANDOM_LEN < sizeof scratch->path;
    if (fits) {
        memset(scratch->path + len, 'X', RANDOM_LEN);
        scratch->path[len + RANDOM_LEN] = '\0';
        if (mkdtemp(scratch->path) != NULL)
            return true;
    }
    fprintf(stderr, "balprobe: no temporary folder can be made in %s: %s; set TMPDIR\n", place,
            fits ? strerror(errno) : "the path is too long");
    scratch->path[0] = '\0';
    return false;
}

// Removes what is in the folder `fd`, which is closed, and calls `remove_folder` for folders in it.
static void remove_entries(int fd, void (*remove_folder)(int fd, const char *name))
{
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        bool is_itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!is_itself && unlinkat(fd, entry->d_name, 0) != 0 && remove_folder != NULL)
            remove_folder(fd, entry->d_name);
    }
    closedir(folder);
}

static void remove_folder_in(int fd, const char *name)
{
    remove_entries(openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), NULL);
    unlinkat(fd, name, AT_REMOVEDIR);
}

void scratch_close(struct scratch *scratch)
{
    if (scratch->path[0] == '\0')
        return;
    remove_entries(open(scratch->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), remove_folder_in);
    rmdir(scratch->path);
    scratch->path[0] = '\0';
}
