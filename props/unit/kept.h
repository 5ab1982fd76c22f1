// SPDX-License-Identifier: Apache-2.0
// What a folder keeps, counted by tests.
#ifndef BP_PROPS_UNIT_KEPT_H
#define BP_PROPS_UNIT_KEPT_H

#include "tool/files.h"

static inline bool kept_add(void *context, const char *path)
{
    (void)path;
    ++*(size_t *)context;
    return true;
}

// kept_count is how many files a folder has; 0 where there is no folder.
static inline size_t kept_count(const char *path)
{
    size_t count = 0;
    return path_is_folder(path) && folder_visit(path, kept_add, &count) ? count : 0;
}

#endif
