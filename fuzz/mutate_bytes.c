// SPDX-License-Identifier: Apache-2.0
// Bytes without structure, and bytes that are choices.
#include "mutate_parts.h"

enum { RANGE_LEN_MAX = 64 };

// some_range is a short range inside a region that is not empty.
static struct span some_range(struct edit *edit, struct span region)
{
    size_t at = edit_below(edit, region.len);
    size_t room = region.len - at < RANGE_LEN_MAX ? region.len - at : RANGE_LEN_MAX;
    return (struct span){region.at + at, 1 + edit_below(edit, edit_chance(edit, 4) ? room : 1)};
}

static bool insert_random(struct edit *edit, size_t at, unsigned below)
{
    char fresh[4];
    size_t len = 1 + edit_below(edit, sizeof fresh);
    for (size_t i = 0; i < len; i++)
        fresh[i] = (char)(unsigned char)edit_below(edit, below);
    return edit_insert(edit, at, view_of(fresh, len));
}

// copy puts a copy of a range behind another place.
static bool copy(struct edit *edit, struct span region)
{
    char kept[RANGE_LEN_MAX];
    struct span from = some_range(edit, region);
    memcpy(kept, edit->bytes + from.at, from.len);
    struct span to = {region.at + edit_below(edit, region.len + 1), 0};
    if (edit_chance(edit, 2) && span_end(region) - to.at >= from.len)
        to.len = from.len;
    return edit_replace(edit, to, view_of(kept, from.len));
}

static bool exchange(struct edit *edit, struct span region)
{
    size_t len = region.len < RANGE_LEN_MAX ? region.len : RANGE_LEN_MAX;
    if (len < 2)
        return false;
    size_t at = region.at + edit_below(edit, region.len - len + 1);
    size_t cut = at + 1 + edit_below(edit, len - 1);
    edit_swap(edit, span_of(at, cut), span_of(cut, at + len));
    return true;
}

// Ways 0 to 3: take away, insert octets less than `below`, copy, exchange.
static bool move(struct edit *edit, struct span region, struct span range, size_t way,
                 unsigned below)
{
    switch (way) {
    case 0:
        return edit_replace(edit, range, view_of(NULL, 0));
    case 1:
        return insert_random(edit, range.at, below);
    case 2:
        return copy(edit, region);
    default:
        return exchange(edit, region);
    }
}

static unsigned interesting(struct edit *edit)
{
    static const unsigned char octets[] = {0,    1,   9,   '\n', '\r', ' ',  '"',  '%',  '&', '+',
                                           '-',  '.', '/', '0',  '9',  ':',  '=',  '?',  'A', 'Z',
                                           '\\', 'a', 'z', '{',  '}',  0x7F, 0x80, 0xC0, 0xFF};
    return octets[edit_below(edit, sizeof octets)];
}

bool mutate_octets(struct edit *edit, struct span region)
{
    if (region.len == 0)
        return insert_random(edit, region.at, 256);
    struct span range = some_range(edit, region);
    char *at = edit->bytes + range.at;
    size_t way = edit_below(edit, 8);
    switch (way) {
    case 0:
    case 1:
    case 2:
    case 3:
        return move(edit, region, range, way, 256);
    case 4:
        *at = (char)(unsigned char)(1u << edit_below(edit, 8) ^ (unsigned char)*at);
        return true;
    case 5:
        *at = (char)(unsigned char)interesting(edit);
        return true;
    case 6:
        return edit_repeat(edit, range, view_of(NULL, 0), 1 + edit_below(edit, RANGE_LEN_MAX));
    default:
        *at = (char)(unsigned char)edit_random(edit);
        return true;
    }
}

bool mutate_choices(struct edit *edit, struct span region)
{
    if (region.len == 0)
        return insert_random(edit, region.at, 16);
    struct span range = some_range(edit, region);
    char *at = edit->bytes + range.at;
    size_t way = edit_below(edit, 10);
    switch (way) {
    case 0:
    case 1:
    case 2:
    case 3:
        return move(edit, region, range, way, 16);
    case 4:
        *at = (char)(*at + 1);
        return true;
    case 5:
        *at = (char)(*at - 1);
        return true;
    case 6:
        *at = 0;
        return true;
    case 7:
        // The questions behind the last answer are answered with 0: go on asking.
        return insert_random(edit, span_end(region), 64);
    case 8:
        *at = (char)(unsigned char)edit_below(edit, 256);
        return true;
    default:
        *at = (char)(unsigned char)edit_below(edit, 16);
        return true;
    }
}
