// SPDX-License-Identifier: Apache-2.0
// Proving the rules: every clause against every liar.
//
// A liar is an endpoint that breaks one promise; it must be caught by the clause that states the
// promise. The honest endpoint and its conforming variants must pass every clause. A liar that is a
// wrong judge is caught when it fails an exchange of those. A clause that catches no liar has
// proved nothing. The liars of clauses that need a TLS connection are wrong servers
// (props/liar/tls_liars.h); they join the same result (prove_tls.h).
//
// The liars play in this process, or wherever a mount puts them.
#ifndef BP_PROPS_RUN_PROVE_H
#define BP_PROPS_RUN_PROVE_H

#include "props/liar/liar.h"
#include "props/run/tour.h"

enum { LIAR_COUNT_MAX = 512, VARIANT_COUNT_MAX = 96, PROVE_FACE_COUNT_MAX = 64 };

// A prove_row is what one endpoint, or one wrong judge, met with.
struct prove_row {
    const struct liar *liar; // NULL: the honest endpoint
    uint64_t case_count;
    uint64_t request_count;
    uint64_t failed_count;             // exchanges without a world to speak to
    bool saw_200;                      // else its passing proves nothing
    uint32_t first[CLAUSE_COUNT_MAX];  // number of the case in which the clause failed; 0: in none
    const char *why[CLAUSE_COUNT_MAX]; // the reason given there
};

struct prove_result {
    struct prove_row honest;
    size_t variant_count;
    struct prove_row variants[VARIANT_COUNT_MAX];
    size_t liar_count;
    struct prove_row liars[LIAR_COUNT_MAX];
    bool over_tls; // the clauses that need a TLS connection were proved too
    bool was_stopped;
    size_t face_count; // rows of endpoints that are no `struct liar`: their names and words
    struct liar faces[PROVE_FACE_COUNT_MAX];
};

// A mount puts endpoints somewhere else than into this process.
struct prove_mount {
    // put changes the subjects of `worlds`, honest ones, to those of a liar (NULL: to honest ones)
    // and takes away what an earlier call put there. False, and told: the run ends.
    bool (*put)(void *context, struct world *worlds, size_t world_count, const struct liar *liar);
    void *context;
};

// How much an endpoint is asked.
struct prove_extent {
    uint64_t run_cap;      // enumerated runs of one clause's program in one world; 0: all
    uint64_t pair_cap;     // enumerated pairs in one world; 0: all
    uint64_t random_count; // random cases
};

struct prove_options {
    struct prove_extent liars;
    struct prove_extent right; // of the honest endpoint and its variants
    enum tour_order order;
    uint64_t seed;
    bool leaves_caught;              // a liar is left as soon as its own clause has caught it
    bool leaves_failed;              // or as soon as any clause has failed it
    const struct prove_mount *mount; // NULL: in this process
    // goes_on is asked now and then; false ends the run. May be NULL.
    bool (*goes_on)(void *context, uint64_t case_count, size_t row_count);
    void *context;
};

// prove_size is the bytes of space for prove_run, aligned to 16.
size_t prove_size(size_t world_count);

// prove_run plays the liars around `worlds`, then the honest endpoint and its variants. A liar is
// judged under its own profile, everything else under the worlds'. A liar visits the random cases
// and the first world's programs, unless it is left earlier; one that is not caught by then goes on
// until it is.
void prove_run(struct prove_result *out, const struct prove_options *options,
               const struct world *worlds, size_t world_count, void *space);

// prove_kill_count is the number of liars that the clause catches.
size_t prove_kill_count(const struct prove_result *result, size_t clause);

// prove_is_judged says that the clause was to be proved.
bool prove_is_judged(const struct prove_result *result, size_t clause);

// prove_is_idle says that the clause was to be proved and catches no liar.
bool prove_is_idle(const struct prove_result *result, size_t clause);

// prove_is_caught says whether the liar of `row` is caught by its own clause.
bool prove_is_caught(const struct prove_row *row);

// prove_failure_count is the number of clauses that fail the endpoint of `row`.
size_t prove_failure_count(const struct prove_row *row);

// prove_is_right says that the honest endpoint or variant of `row` passed, and that this says
// something: it answered a request, and no exchange was lost.
bool prove_is_right(const struct prove_row *row);

// prove_passes: no clause is idle, every liar is caught by its own clause, and the honest
// endpoint and every variant pass.
bool prove_passes(const struct prove_result *result);

#endif
