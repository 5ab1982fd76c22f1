// SPDX-License-Identifier: Apache-2.0
// Items: the parts of a list that stand one behind the other, such as the parameters of a query,
// the lines of a head, the members of a JSON object, the requests on a connection.
#ifndef BP_FUZZ_ITEMS_H
#define BP_FUZZ_ITEMS_H

#include "edit.h"

enum { ITEM_COUNT_MAX = 64 }; // later items are left alone

struct items {
    size_t count;
    struct span at[ITEM_COUNT_MAX]; // in their order
};

// items_add adds an item behind the others.
static inline void items_add(struct items *items, struct span item)
{
    if (items->count < ITEM_COUNT_MAX)
        items->at[items->count++] = item;
}

// items_split takes the items of a region between separators; items_lines its lines, each with its
// line feed. Cost: linear.
void items_split(struct items *out, struct view bytes, struct span region, char separator);
void items_lines(struct items *out, struct view bytes, struct span region);

// items_edit drops an item, doubles or repeats it, swaps two of them or moves one. `separator` is
// what stands between two. False when nothing was changed. Cost: linear in the bytes.
bool items_edit(struct edit *edit, const struct items *items, struct view separator);

#endif
