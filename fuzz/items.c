// SPDX-License-Identifier: Apache-2.0
#include "items.h"

enum { REPEATED_LEN_MAX = 1 << 13 };

void items_split(struct items *out, struct view bytes, struct span region, char separator)
{
    out->count = 0;
    for (size_t at = region.at; out->count < ITEM_COUNT_MAX;) {
        struct view rest = span_view(bytes, span_of(at, span_end(region)));
        size_t len = view_index(rest, separator);
        items_add(out, (struct span){at, len});
        if (len == rest.len)
            return;
        at += len + 1;
    }
}

void items_lines(struct items *out, struct view bytes, struct span region)
{
    out->count = 0;
    for (size_t at = region.at; at < span_end(region) && out->count < ITEM_COUNT_MAX;) {
        struct view rest = span_view(bytes, span_of(at, span_end(region)));
        size_t len = view_index(rest, '\n');
        len += len < rest.len;
        items_add(out, (struct span){at, len});
        at += len;
    }
}

// drop takes an item away with one of the separators beside it.
static bool drop(struct edit *edit, const struct items *items, size_t i)
{
    struct span gone = items->at[i];
    if (i + 1 < items->count)
        gone = span_of(gone.at, items->at[i + 1].at);
    else if (i > 0)
        gone = span_of(span_end(items->at[i - 1]), span_end(gone));
    return gone.len != 0 && edit_replace(edit, gone, view_of(NULL, 0));
}

static bool swap(struct edit *edit, const struct items *items, size_t i, size_t j)
{
    if (i == j)
        return false;
    edit_swap(edit, items->at[i < j ? i : j], items->at[i < j ? j : i]);
    return true;
}

// move puts an item, and the separator behind it, in front of another one.
static bool move(struct edit *edit, const struct items *items, size_t i, size_t j)
{
    if (i + 1 >= items->count || j == i || j == i + 1)
        return false;
    size_t cuts[] = {items->at[i].at, items->at[i + 1].at, items->at[j].at};
    if (j > i)
        edit_swap(edit, span_of(cuts[0], cuts[1]), span_of(cuts[1], cuts[2]));
    else
        edit_swap(edit, span_of(cuts[2], cuts[0]), span_of(cuts[0], cuts[1]));
    return true;
}

// Once to two thousand times, seldom that often.
static bool repeat(struct edit *edit, struct span item, struct view separator)
{
    size_t most = (size_t)2 << edit_below(edit, 10);
    size_t count = edit_below(edit, 1 + REPEATED_LEN_MAX / (item.len + separator.len));
    return edit_repeat(edit, item, separator, 1 + count % most);
}

bool items_edit(struct edit *edit, const struct items *items, struct view separator)
{
    if (items->count == 0)
        return false;
    size_t i = edit_below(edit, items->count);
    size_t j = edit_below(edit, items->count);
    size_t step = items->at[i].len + separator.len;
    switch (edit_below(edit, 8)) {
    case 0:
    case 1:
        return drop(edit, items, i);
    case 2:
        return swap(edit, items, i, j);
    case 3:
        return move(edit, items, i, j);
    case 4:
        return step != 0 && repeat(edit, items->at[i], separator);
    default:
        return edit_repeat(edit, items->at[i], separator, 1);
    }
}
