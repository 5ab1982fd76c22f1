// SPDX-License-Identifier: Apache-2.0
// Hosted worlds: the deployments of a prove run as hosts of their own, each with a remote subject
// that speaks to it over mutual TLS.
#ifndef BP_PROPS_RUN_HOSTED_H
#define BP_PROPS_RUN_HOSTED_H

#include "props/run/host.h"
#include "props/run/panel.h"
#include "props/subject/remote.h"

struct hosted_world {
    struct host host;
    struct target target; // its fixture's base path is in the URL
    char url[128];
    void *space; // of the remote
    struct remote *remote;
};

struct hosted {
    const char *folder;
    struct view sims;
    bool (*stopped)(void *context); // as in struct target; may be NULL
    char cert[512];                 // of the good client
    char key[512];
    char ca[512];
    struct bp_trouble trouble; // why hosted_mount failed
    struct hosted_world worlds[WORLD_COUNT_MAX];
};

// hosted_open prepares worlds with the certificates of `folder` (pki_make) and the inventory
// `sims`; both are borrowed. False: the path is too long.
BP_MUST_USE bool hosted_open(struct hosted *out, const char *folder, struct view sims,
                             bool (*stopped)(void *context));

// hosted_mount ends the hosts that are there, starts one for each of `worlds` with its base path
// and credentials, and makes it the world's subject and hooks. `liar` and `spoiler` may be NULL.
// False with `hosted->trouble`.
BP_MUST_USE bool hosted_mount(struct hosted *hosted, struct world *worlds, size_t world_count,
                              const struct liar *liar, const struct tls_liar *spoiler);

// hosted_close ends the hosts. It may be called twice.
void hosted_close(struct hosted *hosted);

#endif
