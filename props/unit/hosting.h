// SPDX-License-Identifier: Apache-2.0
// A host (props/run/host.h) with the sample inventory, for tests of subcommands.
#ifndef BP_PROPS_UNIT_HOSTING_H
#define BP_PROPS_UNIT_HOSTING_H

#include "props/run/host.h"
#include "props/unit/sample.h"
#include "props/unit/unit.h"

enum { HOSTING_URL_LEN = 64 };

// hosting_serve starts a host with the certificates of `folder`, right (NULL) or as the liar called
// so, and writes its URL.
static inline void hosting_serve(struct host *host, char url[HOSTING_URL_LEN], const char *folder,
                                 const char *liar)
{
    const struct fixture fixture = {.base = VIEW("/v1"), .host = VIEW("127.0.0.1")};
    struct bp_trouble trouble = {""};
    const struct host_options options = {.folder = folder,
                                         .sims = sample_text(),
                                         .fixture = &fixture,
                                         .liar =
                                             liar == NULL ? NULL : liar_find(view_of_text(liar))};
    CHECK(host_start(host, &trouble, &options));
    snprintf(url, HOSTING_URL_LEN, "https://127.0.0.1:%u/v1", host->port);
}

#endif
