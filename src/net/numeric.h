// SPDX-License-Identifier: Apache-2.0
// Numeric addresses to listen on: "127.0.0.1", "::1".
#ifndef BP_NET_NUMERIC_H
#define BP_NET_NUMERIC_H

#include <netinet/in.h>

#include "base/view.h"

union bp_numeric {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

// bp_numeric_read reads an address (IPv6 without brackets); false when it is no number.
BP_MUST_USE bool bp_numeric_read(union bp_numeric *out, const char *text, uint16_t port);

// bp_numeric_bind makes a non-blocking stream socket that has the address, and is ready for options
// and listen(2). -1 with errno.
BP_MUST_USE int bp_numeric_bind(const union bp_numeric *address);

// bp_numeric_port is the port that a bound socket has.
uint16_t bp_numeric_port(int fd);

#endif
