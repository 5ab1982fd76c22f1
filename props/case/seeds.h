// SPDX-License-Identifier: Apache-2.0
// Seeds and dictionaries of the fuzz targets, made from the grammar's tables.
//
// A seed is a small input with words for its name: "limit-2-31", "role-U-location-ZZ". The same
// tables and fixture give the same seeds.
#ifndef BP_PROPS_CASE_SEEDS_H
#define BP_PROPS_CASE_SEEDS_H

#include "base/buf.h"
#include "props/case/fixture.h"

enum seed_target {
    SEED_HTTP,     // whole requests, with defects in their heads and bodies
    SEED_TARGET,   // request targets
    SEED_QUERY,    // query strings
    SEED_HEADERS,  // transaction ids, and Authorization values with the right credentials
    SEED_JSON,     // answers
    SEED_DURATION, //
    SEED_ICCID,    //
    SEED_HANDLER,  // whole requests, for every role
    SEED_TRIAL,    // tapes of trials
    SEED_SEQUENCE, // tapes of sequences
    SEED_TARGET_COUNT
};

enum { SEED_NAME_LEN_MAX = 96, SEED_LEN_MAX = 16384, SEED_DICTIONARY_LEN_MAX = 32768 };

// A seed_sink takes the seeds, one call each; both views end with the call. Names hold letters,
// digits and dashes only, at most SEED_NAME_LEN_MAX of them, and differ within a target.
struct seed_sink {
    void (*put)(void *context, struct view name, struct view bytes);
    void *context;
};

// seed_target_name is the target's name and its folder's: "query".
const char *seed_target_name(enum seed_target target);

// seeds_make makes all seeds of a target. The fixture should be the sample inventory's.
void seeds_make(enum seed_target target, const struct fixture *fixture,
                const struct seed_sink *sink);

// seeds_dictionary appends the target's dictionary in the syntax of libFuzzer and AFL++, at most
// SEED_DICTIONARY_LEN_MAX bytes; nothing where a dictionary is of no use (trial, sequence).
void seeds_dictionary(struct buf *out, enum seed_target target);

#endif
