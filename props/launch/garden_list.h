// SPDX-License-Identifier: Apache-2.0
// The walled garden: hosts that a subscriber without balance must still reach, by version of the
// document that lists them (WG-2).
#ifndef BP_PROPS_LAUNCH_GARDEN_LIST_H
#define BP_PROPS_LAUNCH_GARDEN_LIST_H

#include "base/view.h"

enum garden_version {
    GARDEN_2017_11,
    GARDEN_2018_09, // the prepaid experience document; the default
    GARDEN_2018_11,
    GARDEN_2019_04,
    GARDEN_2023_12,
    GARDEN_VERSION_COUNT
};

enum { GARDEN_HTTP = 1, GARDEN_HTTPS = 2 };

struct garden_host {
    struct view name; // "*smartscreen.microsoft.com" is every name that ends so
    uint8_t schemes;  // of GARDEN_HTTP (port 80) and GARDEN_HTTPS (port 443)
    uint8_t first;    // enum garden_version: the first and the last one that lists it
    uint8_t last;
};

// garden_next is the next host of a version from `*at` (0 to begin with) on, which it moves; NULL
// behind the last one. The order is that of the documents.
const struct garden_host *garden_next(enum garden_version version, size_t *at);

// garden_host_find is the host of any version with this name, letter case apart, or NULL.
const struct garden_host *garden_host_find(struct view name);

// garden_version_name is "2018-09". garden_version_find returns false when no version is called so.
const char *garden_version_name(enum garden_version version);
BP_MUST_USE bool garden_version_find(enum garden_version *out, struct view name);

// garden_refuses_addresses says whether entries that are addresses fail (WG-4) under the profile
// called so; under the others they are warned of.
bool garden_refuses_addresses(struct view profile);

#endif
