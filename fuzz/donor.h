// SPDX-License-Identifier: Apache-2.0
// A donor: texts that the grammar's tables know, to be put into an input. They are the tables from
// which `balprobe corpus` writes seeds and dictionaries.
#ifndef BP_FUZZ_DONOR_H
#define BP_FUZZ_DONOR_H

#include "base/buf.h"
#include "edit.h"
#include "props/case/intent.h"
#include "props/case/seeds.h"

enum { DONOR_LEN_MAX = 12288 }; // the longest rows of the tables that are worth their time

struct donor {
    struct fixture fixture;
    struct buf text;
    char space[DONOR_LEN_MAX];
};

// donor_open learns host, base path and ICCID from `bytes`, as far as they are there, which stay
// as they are while the donor is used; what is not there is as in the sample inventory.
void donor_open(struct donor *donor, struct view bytes);

// donor_row is a request that is plain but for one row of an axis, every other time one that must
// be served; donor_any is any request of the grammar. Empty when it is longer than DONOR_LEN_MAX.
struct view donor_row(struct donor *donor, struct edit *edit, enum axis axis);
struct view donor_any(struct donor *donor, struct edit *edit);

// donor_target, donor_query and donor_path are parts of such a request, donor_start its first line.
struct view donor_target(struct view request);
struct view donor_query(struct view request);
struct view donor_path(struct view request);
struct view donor_start(struct view request);

// donor_token is a seed or a token of a target's dictionary; SEED_TARGET_COUNT is any target.
struct view donor_token(struct edit *edit, enum seed_target target);

// donor_sample is a whole input of a format that the tables do not have: a paper, an inventory, an
// answer, a certificate, a flight of TLS.
struct view donor_sample(struct edit *edit);

#endif
