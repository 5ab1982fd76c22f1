// SPDX-License-Identifier: Apache-2.0
// The places that a garden is judged by: host and port, and why.
#ifndef BP_PROPS_LAUNCH_GARDEN_PLACES_H
#define BP_PROPS_LAUNCH_GARDEN_PLACES_H

#include "props/launch/garden_list.h"

enum garden_origin {
    GARDEN_OF_LIST,     // WG-1, WG-2
    GARDEN_OF_ENDPOINT, // WG-3
    GARDEN_OF_PORTAL,   // WG-3
    GARDEN_OF_OPEN,     // named by the user: must be reached
    GARDEN_OF_CLOSED    // named by the user: must not be reached (WG-5)
};

struct garden_place {
    struct view host; // may begin with a star; IPv6 without brackets
    uint16_t port;
    bool is_secure; // https
    enum garden_origin origin;
};

enum { GARDEN_PLACE_COUNT_MAX = 192 };

struct garden_places {
    size_t count;
    struct garden_place items[GARDEN_PLACE_COUNT_MAX];
};

// garden_places_list adds the hosts of a version, each with its ports. There is room for one
// version, endpoint, portal and 64 words.
void garden_places_list(struct garden_places *places, enum garden_version version);

// garden_places_url adds the host of an http or https URL; what stands behind ? and # does not
// count. It returns false when it is none. The view borrows from `url`.
BP_MUST_USE bool garden_places_url(struct garden_places *places, struct view url,
                                   enum garden_origin origin);

// garden_places_word adds HOST (ports 80 and 443) or HOST:PORT (http on 80, https elsewhere). It
// returns NULL, or what is wrong in words.
BP_MUST_USE const char *garden_places_word(struct garden_places *places, struct view word,
                                           enum garden_origin origin);

#endif
