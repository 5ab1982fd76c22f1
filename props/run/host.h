// SPDX-License-Identifier: Apache-2.0
// A host: a child process that serves an endpoint, right or wrong on purpose, over mutual TLS on
// loopback.
//
// It ends with its parent, whatever becomes of that. Its clock is the machine's, until an act moves
// it.
#ifndef BP_PROPS_RUN_HOST_H
#define BP_PROPS_RUN_HOST_H

#include <sys/types.h>

#include "props/liar/liar.h"
#include "props/liar/tls_liars.h"

struct host_options {
    const char *folder;             // of pki_make
    struct view sims;               // the operator's inventory, JSON
    const struct fixture *fixture;  // its base path and credentials are the deployment's
    const struct liar *liar;        // NULL: none
    const struct tls_liar *spoiler; // NULL: TLS as it should be
    const char *client_ca_path;     // who issues the clients' certificates; NULL: the folder's root
    bool ignores_crl;               // revoked certificates are as good as others
};

struct host {
    pid_t pid; // 0: not running
    uint16_t port;
    int fd; // for orders (host_order.h), while it is running
};

// host_start starts a host and waits until it listens. False with the trouble in words. The parent
// has one thread. host_stop is to be called in any case.
BP_MUST_USE bool host_start(struct host *out, struct bp_trouble *trouble,
                            const struct host_options *options);

// host_hooks are the hooks of its operator, all of which are there, and an undo: the inventory is
// read again, and the memory of transaction ids, limiter, fault and clock are as at the start. They
// borrow the host.
struct bp_hooks host_hooks(struct host *host);

// host_stop ends the process and waits for it.
void host_stop(struct host *host);

#endif
