// SPDX-License-Identifier: Apache-2.0
// Files and folders for the subcommands. Problems are told on standard error by name.
#ifndef BP_TOOL_FILES_H
#define BP_TOOL_FILES_H

#include "base/buf.h"

enum { FILE_PATH_LEN_MAX = 4096 };

// file_read reads a file of at most `len_max` bytes into a new block, which the caller frees; NULL
// when it cannot be read or is longer.
char *file_read(size_t *len, const char *path, size_t len_max);

// file_write writes a file under a temporary name and renames it, so that it is whole or not there.
BP_MUST_USE bool file_write(const char *path, struct view bytes);

// file_write_private is file_write for secrets: only the owner may read the file (mode 0600), from
// its first moment on.
BP_MUST_USE bool file_write_private(const char *path, struct view bytes);

// file_write_in is file_write for `name` in `folder`, which must be there.
BP_MUST_USE bool file_write_in(const char *folder, struct view name, struct view bytes);

// folder_make makes a folder and those above it, unless they are there.
BP_MUST_USE bool folder_make(const char *path);

bool path_is_folder(const char *path);

// folder_visit calls `visit` with the path of each regular file in a folder, in the order of their
// names; hidden files are left out. It stops when `visit` answers false, and returns false when the
// folder cannot be read.
BP_MUST_USE bool folder_visit(const char *path, bool (*visit)(void *context, const char *path),
                              void *context);

#endif
