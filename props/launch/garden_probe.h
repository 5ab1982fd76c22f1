// SPDX-License-Identifier: Apache-2.0
// Is a place reached? TCP, then a TLS handshake or one HTTP request, directly, from an interface,
// or through a proxy (WG-1, WG-3, WG-5).
#ifndef BP_PROPS_LAUNCH_GARDEN_PROBE_H
#define BP_PROPS_LAUNCH_GARDEN_PROBE_H

#include "props/launch/garden_entry.h"
#include "props/launch/garden_places.h"
#include "props/launch/garden_tunnel.h"
#include "props/launch/lint.h"

// How places are reached. Texts are borrowed.
struct garden_way {
    struct bp_route_config config; // interface, overrides; host and port are filled in
    struct garden_proxy proxy;
    struct bp_tls tls; // a client that verifies nothing
    struct bp_client_times times;
    struct view portal; // host of the portal, whose redirects mean that a place is closed; or empty
};

enum garden_outcome {
    GARDEN_REACHED,
    GARDEN_DOUBTFUL, // somebody answered, perhaps in its place
    GARDEN_BLOCKED,
    GARDEN_NAMELESS, // the name cannot be resolved
    GARDEN_UNTESTED  // a wildcard, or this machine or the proxy is the trouble
};

enum { GARDEN_WORDS_LEN_MAX = 256 };

struct garden_reach {
    enum garden_outcome outcome;
    int64_t taken_us;
    char words[GARDEN_WORDS_LEN_MAX]; // how it ended; printable, NUL-terminated
};

// A place on its way to being probed.
struct garden_target {
    struct garden_place place;
    char host[GARDEN_NAME_LEN_MAX + 1]; // of the place or the proxy; the route points to it
    bool has_route;                     // false: the name cannot be resolved
    struct bp_route route;
};

// garden_resolve finds the addresses to connect to for a place: its own, or the proxy's. Nothing is
// found for a wildcard. It may wait for the name service. The target must not be moved.
void garden_resolve(struct garden_target *out, const struct garden_way *way,
                    const struct garden_place *place);

// garden_probe connects and tells how far it came: REACHED needs a TLS handshake or an alert of
// TLS, on a port of http an HTTP answer. A redirect to the portal or status 511 is BLOCKED, a
// redirect to another host or to what is no URL, and an answer in another protocol, DOUBTFUL. At
// most times.connect_ms and twice times.answer_ms pass, and the same for a proxy.
void garden_probe(struct garden_reach *out, const struct garden_way *way,
                  const struct garden_target *target);

// garden_probe_put puts what a probe found. `is_stood_for` says that a name which stands for this
// wildcard is probed as well. It returns false when the place could not be tested.
bool garden_probe_put(struct lint *lint, const struct garden_place *place,
                      const struct garden_reach *reach, bool is_stood_for);

#endif
