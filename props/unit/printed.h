// SPDX-License-Identifier: Apache-2.0
// What is printed for people, looked at by tests.
#ifndef BP_PROPS_UNIT_PRINTED_H
#define BP_PROPS_UNIT_PRINTED_H

#include "tool/text.h"

// printed_is_tidy says whether every line ends, is at most `width` columns wide and holds printable
// ASCII only.
static inline bool printed_is_tidy(const struct buf *out, size_t width)
{
    struct view rest = buf_view(out);
    while (rest.len != 0) {
        size_t len = view_index(rest, '\n');
        if (len == rest.len || len > width)
            return false;
        for (size_t i = 0; i < len; i++)
            if (rest.data[i] < 0x20 || rest.data[i] > 0x7e)
                return false;
        rest = view_from(rest, len + 1);
    }
    return !out->overflow;
}

#endif
