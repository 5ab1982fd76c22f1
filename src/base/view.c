// SPDX-License-Identifier: Apache-2.0
#include "base/view.h"

size_t view_find(struct view v, struct view needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t i = 0; i + needle.len <= v.len; i++) {
        // Without the last place, which is compared when it stands nowhere before.
        i += view_index(view_first(view_from(v, i), v.len - i - needle.len), needle.data[0]);
        if (memcmp(v.data + i, needle.data, needle.len) == 0)
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

struct view view_trim(struct view v, struct view set)
{
    while (v.len != 0 && view_index(set, v.data[0]) < set.len)
        v = view_from(v, 1);
    while (v.len != 0 && view_index(set, v.data[v.len - 1]) < set.len)
        v.len--;
    return v;
}

struct view view_without_mark(struct view text)
{
    struct view mark = VIEW("\xEF\xBB\xBF");
    return view_from(text, view_starts(text, mark) ? mark.len : 0);
}
