// SPDX-License-Identifier: Apache-2.0
// A ClientHello of our own, and what comes back: to ask for what OpenSSL no longer offers (old
// versions, NULL, anonymous, export, RC4 and 3DES suites), whatever this machine's build allows.
#ifndef BP_PROPS_TLS_HELLO_H
#define BP_PROPS_TLS_HELLO_H

#include "base/buf.h"

enum { HELLO_LEN_MAX = 1024, HELLO_ANSWER_LEN_MAX = 2048 };

enum { HELLO_SSL_3_0 = 0x0300, HELLO_TLS_1_0, HELLO_TLS_1_1, HELLO_TLS_1_2 };

// hello_put appends one record with a ClientHello for `version` at most and these suites. `name`
// is the server's name for SNI; empty: none (an address).
void hello_put(struct buf *out, unsigned version, const uint16_t *suites, size_t suite_count,
               struct view name);

enum hello_reply {
    HELLO_MORE,    // the answer is not whole yet
    HELLO_TAKEN,   // a ServerHello: `version` and `suite` are what it chose
    HELLO_REFUSED, // an alert: `alert`
    HELLO_FOREIGN, // no TLS
};

struct hello_answer {
    enum hello_reply reply;
    unsigned version;
    unsigned suite;
    int alert;
};

// hello_read reads what came back, from its first byte.
void hello_read(struct hello_answer *out, struct view bytes);

#endif
