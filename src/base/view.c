// SPDX-License-Identifier: Apache-2.0
#include "base/view.h"

size_t view_find(struct view v, struct view needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t i = 0; i + needle.len <= v.len; i++) {
        i += view_index(view_first(view_from(v, i), v.len - i - needle.len + 1), needle.data[0]);
        if (i + needle.len <= v.len && memcmp(v.data + i, needle.data, needle.len) == 0)
            return i;
    }
    return v.len;
}

size_t view_find_nocase(struct view v, struct view needle)
{
    for (size_t i = 0; i + needle.len <= v.len; i++)
        if (view_equal_nocase(view_first(view_from(v, i), needle.len), needle))
            return i;
    return v.len;
}
