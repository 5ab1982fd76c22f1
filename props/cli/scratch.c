// SPDX-License-Identifier: Apache-2.0
#include "props/cli/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool scratch_open(struct scratch *scratch)
{
    const char *place = getenv("TMPDIR");
    if (place == NULL || place[0] == '\0')
        place = "/tmp";
    int len = snprintf(scratch->path, sizeof scratch->path, "%s/balprobe-XXXXXX", place);
    bool fits = len > 0 && (size_t)len < sizeof scratch->path;
    if (fits && mkdtemp(scratch->path) != NULL)
        return true;
    fprintf(stderr, "balprobe: no temporary folder can be made in %s: %s; set TMPDIR\n", place,
            fits ? strerror(errno) : "the path is too long");
    scratch->path[0] = '\0';
    return false;
}

void scratch_close(struct scratch *scratch)
{
    if (scratch->path[0] == '\0')
        return;
    DIR *folder = opendir(scratch->path);
    if (folder != NULL) {
        struct dirent *entry;
        while ((entry = readdir(folder)) != NULL)
            unlinkat(dirfd(folder), entry->d_name, 0);
        closedir(folder);
    }
    rmdir(scratch->path);
    scratch->path[0] = '\0';
}
