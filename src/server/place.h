// SPDX-License-Identifier: Apache-2.0
// Where to listen or connect: "127.0.0.1:8443", "[::1]:0".
#ifndef BP_SERVER_PLACE_H
#define BP_SERVER_PLACE_H

#include "base/view.h"

struct place {
    char address[64]; // numeric, NUL-terminated, without brackets
    uint16_t port;
    bool is_loopback;
};

// place_read reads a numeric address and a port of 0 to 65535. False when it is anything else.
BP_MUST_USE bool place_read(struct place *out, const char *text);

// place_listen makes a non-blocking socket that listens at `place`, which has been read. -1 with
// errno.
BP_MUST_USE int place_listen(const struct place *place);

#endif
