// SPDX-License-Identifier: Apache-2.0
// One entry of an operator's allow-list: a host, perhaps with scheme and port.
//
//     login.live.com   login.live.com:443   http://crl.microsoft.com   *.datamart.windows.com
//     *smartscreen.microsoft.com   192.0.2.7   192.0.2.0/24   [2001:db8::7]:443   2001:db8::/32
#ifndef BP_PROPS_LAUNCH_GARDEN_ENTRY_H
#define BP_PROPS_LAUNCH_GARDEN_ENTRY_H

#include "base/view.h"

enum { GARDEN_NAME_LEN_MAX = 253 };

enum garden_kind {
    GARDEN_NAME,
    GARDEN_PATTERN, // with a star in front
    GARDEN_ADDRESS, // of IPv4 or IPv6
    GARDEN_NETWORK  // address/length
};

struct garden_entry {
    enum garden_kind kind;
    struct view host; // as written, without brackets; of a pattern what follows the star
    uint16_t port;    // 0: every port
    size_t line;      // for the caller
};

// garden_entry_read reads one entry without blanks around it. It returns NULL, or what is wrong in
// words, one clause without a full stop: schemes other than http and https, a scheme and port that
// contradict each other, paths, stars elsewhere than in front, names and addresses that are none.
// The view borrows from `text`. Cost: linear.
const char *garden_entry_read(struct garden_entry *out, struct view text);

enum garden_cover {
    GARDEN_COVERS_NOT,
    GARDEN_COVERS_BELOW, // *.name for *name: all but the name itself
    GARDEN_COVERS
};

// garden_entry_covers says whether an entry opens `host`, letter case and ports apart. `host` may
// have a star in front: then all names that end so must be open. A network covers no host: nobody
// is asked here what addresses a name has.
enum garden_cover garden_entry_covers(const struct garden_entry *entry, struct view host);

// garden_entry_opens_port says whether the entry is for `port`.
static inline bool garden_entry_opens_port(const struct garden_entry *entry, uint16_t port)
{
    return entry->port == 0 || entry->port == port;
}

// garden_host_is_usable says whether `host` can be connected to: a name or an address.
bool garden_host_is_usable(struct view host);

#endif
