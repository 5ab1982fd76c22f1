// SPDX-License-Identifier: Apache-2.0
// Host and port as the Host field and the absolute form of a target carry them.
//
//     mo.example   mo.example:8443   192.0.2.7   [2001:db8::7]:443
#ifndef BP_HTTP_HOST_H
#define BP_HTTP_HOST_H

#include "base/view.h"

// bp_host_is_valid takes uri-host [ ":" port ] of RFC 9110 section 7.2: a registered name or IPv4
// address, or an IPv6 address in brackets; a port of at most five digits, which may be empty. The
// host must not be empty: http targets always have one. A comma is refused although RFC 3986 allows
// it in names: it is what two joined Host fields look like. User information, IPvFuture and zone
// ids are refused. Cost: linear.
bool bp_host_is_valid(struct view text);

// bp_port_read reads a port of 1 to 65535, written with at most five digits.
BP_MUST_USE bool bp_port_read(uint16_t *out, struct view text);

#endif
