// SPDX-License-Identifier: Apache-2.0
// The route: which addresses to connect to for a host and port, and from where.
#ifndef BP_NET_ROUTE_H
#define BP_NET_ROUTE_H

#include "net/trouble.h"

enum { BP_ROUTE_OVERRIDE_COUNT_MAX = 16 };

// Where to connect for a host and port, in curl's words. Hosts are compared without letter case;
// IPv6 addresses stand in brackets. The first --connect-to that matches renames host and port, an
// empty HOST1 or PORT1 matches all, an empty HOST2 or PORT2 keeps what was there. Then the last
// --resolve for that host and port, or else the last one for the host *, gives the addresses.
struct bp_route_override {
    const char *text; // "HOST:PORT:ADDRESS[,ADDRESS]" or "HOST1:PORT1:HOST2:PORT2"
    bool is_connect_to;
};

enum bp_family { BP_FAMILY_ANY, BP_FAMILY_4, BP_FAMILY_6 };

struct bp_route_config {
    const char *host; // NUL-terminated, IPv6 without brackets
    uint16_t port;
    struct bp_route_override overrides[BP_ROUTE_OVERRIDE_COUNT_MAX];
    size_t override_count;
    const char *interface; // name or address to leave from; NULL: any
    enum bp_family family;
};

enum { BP_ROUTE_ADDRESS_COUNT_MAX = 8 };

// A route: the addresses found, tried in order.
struct bp_route {
    struct bp_route_config config;
    size_t address_count;
    struct bp_address {
        _Alignas(8) uint8_t bytes[128]; // a sockaddr
        unsigned len;
        char text[64]; // "127.0.0.1:8443", "[::1]:8443"
    } addresses[BP_ROUTE_ADDRESS_COUNT_MAX];
    struct bp_address source; // to leave from; len 0: any
    const char *device;       // the interface to leave from, or NULL
    bool is_loopback;         // all of them are loopback addresses
};

// bp_route_find resolves. It returns false with the trouble in words: name unknown, override
// malformed, interface unknown or not allowed. `config`'s texts are borrowed. It may wait for the
// name service.
BP_MUST_USE bool bp_route_find(struct bp_route *out, struct bp_trouble *trouble,
                               const struct bp_route_config *config);

// bp_route_socket makes a non-blocking socket for one of the route's addresses that leaves where
// the route says. -1 with errno otherwise.
BP_MUST_USE int bp_route_socket(const struct bp_route *route, const struct bp_address *address);

#endif
