// SPDX-License-Identifier: Apache-2.0
// What holds of every text that people are shown.
#ifndef BP_FUZZ_SAID_H
#define BP_FUZZ_SAID_H

#include "base/buf.h"
#include "fuzz.h"

// said_check_text: printable ASCII and line feeds, nothing that a terminal would obey.
static inline void said_check_text(const struct buf *said)
{
    FUZZ_ASSERT(!said->overflow);
    for (size_t i = 0; i < said->len; i++)
        FUZZ_ASSERT(said->data[i] == '\n' || (said->data[i] >= ' ' && said->data[i] <= '~'));
}

#endif
