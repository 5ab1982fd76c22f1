// SPDX-License-Identifier: Apache-2.0
// Lint of an operator's allow-list against the places that must be open (WG-2, WG-3, WG-4, WG-5).
//
//     # one entry a line, see garden_entry.h
//     login.live.com          # every port
//     crl.microsoft.com:80
#ifndef BP_PROPS_LAUNCH_GARDEN_LINT_H
#define BP_PROPS_LAUNCH_GARDEN_LINT_H

#include "props/launch/garden_entry.h"
#include "props/launch/garden_places.h"
#include "props/launch/lint.h"

enum {
    GARDEN_ENTRY_COUNT_MAX = 1024,
    GARDEN_TEXT_LEN_MAX = 1 << 18,
    GARDEN_INFO_COUNT_MAX = 50 // lines about extra entries that are written
};

struct garden_entries {
    size_t count;
    size_t info_count; // entries that no place needs
    struct garden_entry items[GARDEN_ENTRY_COUNT_MAX];
    bool is_needed[GARDEN_ENTRY_COUNT_MAX];
};

// garden_lint reads the allow-list `text` into `space` and puts what is wrong with it: lines that
// are no entries, more entries than there is room for, addresses and networks (FAILED when
// `refuses_addresses`), duplicates, patterns that open far more than a garden, and for each place
// that must be open a FAILED when no entry opens it, with another port, or names below it only (a
// warning). Entries that no place needs are told as info, which counts for nothing, with the
// versions that list them. Cost: entries times places, entries squared for duplicates.
void garden_lint(struct lint *lint, struct garden_entries *space, struct view text,
                 const struct garden_places *places, bool refuses_addresses);

#endif
