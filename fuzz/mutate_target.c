// SPDX-License-Identifier: Apache-2.0
// Request targets and query strings.
#include "donor.h"
#include "mutate_parts.h"

static struct view name_of(struct view item) { return view_first(item, view_index(item, '=')); }

// find_item finds the first item with the name of another one; a name may stand in any case.
static bool find_item(struct span *out, const struct edit *edit, const struct items *items,
                      struct view item)
{
    for (size_t i = 0; i < items->count; i++) {
        *out = items->at[i];
        if (view_equal_nocase(name_of(edit_view(edit, *out)), name_of(item)))
            return true;
    }
    return false;
}

static bool insert_item(struct edit *edit, struct span region, struct view item)
{
    bool is_first = edit_chance(edit, 4);
    size_t at = is_first ? region.at : span_end(region);
    if (!edit_insert(edit, at, item))
        return false;
    if (region.len != 0)
        (void)edit_insert(edit, is_first ? at + item.len : at, VIEW("&"));
    return true;
}

// set_parameter gives a parameter a value of its table, mostly in place of the one it has.
static bool set_parameter(struct edit *edit, struct span region)
{
    static const enum axis axes[] = {AXIS_LIMIT,    AXIS_LIMIT,  AXIS_LOCATION,
                                     AXIS_LOCATION, AXIS_FIELDS, AXIS_EXTRA};
    struct donor donor;
    struct items items;
    struct span old;
    donor_open(&donor, edit_bytes(edit));
    enum axis axis = axes[edit_below(edit, sizeof axes / sizeof axes[0])];
    struct view item = donor_query(donor_row(&donor, edit, axis));
    if (item.len == 0)
        return false;
    items_split(&items, edit_bytes(edit), region, '&');
    bool is_new = edit_chance(edit, 8) || !find_item(&old, edit, &items, item);
    return is_new ? insert_item(edit, region, item) : edit_replace(edit, old, item);
}

static bool write_query(struct edit *edit, struct span region)
{
    struct donor donor;
    donor_open(&donor, edit_bytes(edit));
    struct view query = donor_query(donor_any(&donor, edit));
    return query.len != 0 && edit_replace(edit, region, query);
}

bool mutate_query(struct edit *edit, struct span region)
{
    struct items items;
    switch (edit_below(edit, 16)) {
    case 0:
    case 1:
        items_split(&items, edit_bytes(edit), region, '&');
        return items_edit(edit, &items, VIEW("&"));
    case 2:
    case 3:
    case 4:
        return write_query(edit, region);
    case 5:
        return mutate_percent(edit, region);
    case 6:
        return mutate_number(edit, region);
    case 7:
        return mutate_text(edit, region, SEED_QUERY);
    default:
        return set_parameter(edit, region);
    }
}

struct span target_query(struct view bytes, struct span target)
{
    size_t mark = view_index(span_view(bytes, target), '?');
    size_t begin = target.at + mark + (mark < target.len);
    return span_of(begin, span_end(target));
}

// write_path puts the path of another SIM, another spelling or another resource.
static bool write_path(struct edit *edit, struct span path)
{
    static const enum axis axes[] = {AXIS_ROLE, AXIS_SIM, AXIS_PATH, AXIS_HOST};
    struct donor donor;
    donor_open(&donor, edit_bytes(edit));
    enum axis axis = axes[edit_below(edit, sizeof axes / sizeof axes[0])];
    struct view with = donor_path(donor_row(&donor, edit, axis));
    return with.len != 0 && edit_replace(edit, path, with);
}

static bool mutate_path(struct edit *edit, struct span path)
{
    struct items items;
    switch (edit_below(edit, 8)) {
    case 0:
        items_split(&items, edit_bytes(edit), path, '/');
        return items_edit(edit, &items, VIEW("/"));
    case 1:
        return mutate_percent(edit, path);
    case 2:
        return mutate_number(edit, path);
    case 3:
        return mutate_text(edit, path, SEED_TARGET);
    default:
        return write_path(edit, path);
    }
}

bool mutate_target(struct edit *edit, struct span region)
{
    struct span query = target_query(edit_bytes(edit), region);
    bool has_query = query.len != 0 || view_index(edit_view(edit, region), '?') < region.len;
    if (has_query && edit_chance(edit, 16))
        return edit_replace(edit, span_of(query.at - 1, span_end(query)), view_of(NULL, 0));
    if (edit_chance(edit, 3))
        return mutate_path(edit, span_of(region.at, query.at - has_query));
    if (has_query)
        return mutate_query(edit, query);
    if (!edit_insert(edit, query.at, VIEW("?")))
        return false;
    (void)set_parameter(edit, (struct span){query.at + 1, 0});
    return true;
}
