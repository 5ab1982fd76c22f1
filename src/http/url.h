// SPDX-License-Identifier: Apache-2.0
// The URL of an endpoint, {moBaseUrl}: https://host[:port][/path].
//
//     https://mo.example:8443/v1   https://[::1]:8443   https://mo.example
#ifndef BP_HTTP_URL_H
#define BP_HTTP_URL_H

#include "base/reason.h"

struct bp_url {
    bool is_secure;        // https
    struct view authority; // as it goes into Host: "mo.example:8443"; without :443
    struct view host;      // "mo.example", "::1" without brackets
    uint16_t port;         // 443 or 80 unless given
    struct view path;      // "" or "/v1", without a slash at its end
};

// bp_url_read reads an http or https URL with reason URL and the offending part otherwise: other
// schemes, credentials, queries and fragments, empty hosts, ports beyond 65535, octets that RFC
// 3986 does not allow. Where an @ stands behind the beginning of that part, the last @ is named in
// its place: what stands before it may be a password. The views borrow from `text`. Cost: linear.
BP_MUST_USE bool bp_url_read(struct bp_url *out, struct bp_fault *fault, struct view text);

#endif
