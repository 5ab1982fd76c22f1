// SPDX-License-Identifier: Apache-2.0
// A scratch folder in TMPDIR or /tmp, for files that are gone when the program ends.
#ifndef BP_TOOL_SCRATCH_H
#define BP_TOOL_SCRATCH_H

#include <stdbool.h>

struct scratch {
    char path[256]; // "": none
};

// scratch_open makes a folder with mode 0700. False, and told, when that fails.
bool scratch_open(struct scratch *scratch);

// scratch_close removes the folder, the files in it, and the folders in it that hold files only. It
// may be called for one that is all zero.
void scratch_close(struct scratch *scratch);

#endif
