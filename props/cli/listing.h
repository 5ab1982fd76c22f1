// SPDX-License-Identifier: Apache-2.0
// --dry-run: what would be sent, one request a line, escaped and without secrets.
#ifndef BP_PROPS_CLI_LISTING_H
#define BP_PROPS_CLI_LISTING_H

#include "props/case/fixture.h"
#include "props/subject/subject.h"

struct listing {
    const struct fixture *fixture;
    uint64_t count;
};

// listing_put is the `list` of a guard; `context` is a listing. It prints to standard output.
void listing_put(void *context, const struct sending *sending);

#endif
