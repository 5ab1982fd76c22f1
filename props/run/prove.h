// SPDX-License-Identifier: Apache-2.0
// Proving the rules: every clause against every liar.
//
// A liar is an endpoint that breaks one promise; it must be caught by the clause that states the
// promise. The honest endpoint and its conforming variants must pass every clause. A liar that is a
// wrong judge is caught when it fails an exchange of those. A clause that catches no liar has
// proved nothing.
#ifndef BP_PROPS_RUN_PROVE_H
#define BP_PROPS_RUN_PROVE_H

#include "props/liar/liar.h"
#include "props/rule/trial.h"

enum { LIAR_COUNT_MAX = 384, VARIANT_COUNT_MAX = 48 };

// A prove_row is what one endpoint, or one wrong judge, met with.
struct prove_row {
    const struct liar *liar; // NULL: the honest endpoint
    uint64_t case_count;
    uint32_t first[CLAUSE_COUNT_MAX];  // number of the case in which the clause failed; 0: in none
    const char *why[CLAUSE_COUNT_MAX]; // the reason given there
};

struct prove_result {
    struct prove_row honest;
    size_t variant_count;
    struct prove_row variants[VARIANT_COUNT_MAX];
    size_t liar_count;
    struct prove_row liars[LIAR_COUNT_MAX];
    bool was_stopped;
};

struct prove_options {
    uint64_t run_cap;      // enumerated runs of one clause's program in one world; 0: all
    uint64_t random_count; // random cases of each endpoint
    uint64_t seed;
    // goes_on is asked now and then; false ends the run. May be NULL.
    bool (*goes_on)(void *context, uint64_t case_count, size_t row_count);
    void *context;
};

// prove_size is the bytes of space for prove_run, aligned to 16.
size_t prove_size(size_t world_count);

// prove_run plays the liars around `worlds`, then the honest endpoint and its variants. A liar is
// judged under its own profile, everything else under the worlds'. A liar visits the random cases
// and the first world's programs; one that is not caught by then goes on until it is.
void prove_run(struct prove_result *out, const struct prove_options *options,
               const struct world *worlds, size_t world_count, void *space);

// prove_kill_count is the number of liars that the clause catches.
size_t prove_kill_count(const struct prove_result *result, size_t clause);

// prove_is_caught says whether the liar of `row` is caught by its own clause.
bool prove_is_caught(const struct prove_row *row);

// prove_failure_count is the number of clauses that fail the endpoint of `row`.
size_t prove_failure_count(const struct prove_row *row);

// prove_passes: every clause catches a liar, every liar is caught by its own clause, and the honest
// endpoint and every variant pass.
bool prove_passes(const struct prove_result *result);

#endif
