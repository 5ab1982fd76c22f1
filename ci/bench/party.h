// SPDX-License-Identifier: Apache-2.0
// A party: everything the soaks' clients need to reach one server, and its plain requests.
#ifndef BP_CI_PARTY_H
#define BP_CI_PARTY_H

#include "net/client.h"

struct party {
    struct bp_tls tls;
    struct bp_route route;
    struct bp_client_times times;
    uint64_t serial; // of the last transaction id
};

// party_init reads ca.pem, client.pem and client.key in `folder`; false: it has told why not.
bool party_init(struct party *out, const char *folder, uint16_t port);
void party_free(struct party *party);

// party_request writes a plain request with a fresh transaction id; it is valid until the next one
// written to the same space.
struct view party_request(struct party *party, char space[512]);

// party_ask sends one and reads the answer: its status, 0 when there is none.
unsigned party_ask(struct party *party, struct bp_connection *connection);

// party_dial makes a connection; false: there is none, and nothing to be closed.
bool party_dial(struct party *party, struct bp_connection *out);

// party_measure asks `count` times (10,000 at most) on one connection. It returns how many were
// answered 200, and in `*p99_us` the 99th percentile of the latencies.
size_t party_measure(struct party *party, struct bp_connection *connection, size_t count,
                     uint32_t *p99_us);

#endif
