// SPDX-License-Identifier: Apache-2.0
// The clause table: every documented promise, in our own words, with the code that judges it.
//
// A clause is judged on single exchanges (`judge`, a pure predicate), by a short program that makes
// several exchanges (`run`), or both. Rules and programs see responses and intents only. What lies
// below HTTP is judged over a connection instead, by the certificate matrix and the probes
// (props/tls): then the clause is `over_tls` and has neither.
#ifndef BP_PROPS_RULE_CLAUSE_H
#define BP_PROPS_RULE_CLAUSE_H

#include "operator/act.h"
#include "props/rule/exchange.h"
#include "props/rule/verdict.h"

enum strength { MUST, SHOULD, MAY, DERIVED, STANDARD };

struct trial;

// Scopes tell of which exchanges a judge can speak at all: whoever has a hundred judges asks about
// an exchange only those that have it in one of their scopes. A judge decides by itself all the
// same.
enum scope {
    SCOPE_ANY = 0,            // of all
    SCOPE_SERVED = 1 << 0,    // status 200
    SCOPE_REFUSED = 1 << 1,   // status 400 or higher
    SCOPE_REFUSABLE = 1 << 2, // some axis of the request has refusals
    SCOPE_FAILING = 1 << 3,   // status 500 or higher; where the back office was broken on purpose,
                              // those of no other scope are asked
    SCOPE_ORDINARY = 1 << 4,  // every axis is as any client would write it
    SCOPE_MALFORMED = 1 << 5, // what came is no whole HTTP/1 response
    SCOPE_ODD_AT = 6,         // the bits of those with a parameter, below, begin here
    SCOPE_ROLE_AT = SCOPE_ODD_AT + (int)AXIS_COUNT,
    SCOPE_KIND_AT = SCOPE_ROLE_AT + (int)ROLE_COUNT,
    SCOPE_COUNT = SCOPE_KIND_AT + (int)SEEN_TYPE_COUNT
};

// SCOPE_ODD_AXIS is the scope of exchanges whose request is odd on that axis, SCOPE_ROLE of those
// that ask for the SIM of that role, and SCOPE_KIND of those with status 200 and a balance of that
// kind (enum seen_type).
#define SCOPE_ODD_AXIS(axis) ((uint64_t)1 << ((unsigned)SCOPE_ODD_AT + (unsigned)(axis)))
#define SCOPE_ROLE(role) ((uint64_t)1 << ((unsigned)SCOPE_ROLE_AT + (unsigned)(role)))
#define SCOPE_KIND(kind) ((uint64_t)1 << ((unsigned)SCOPE_KIND_AT + (unsigned)(kind)))

struct clause {
    const char *id; // "GB-LIMIT-4": a name forever
    enum strength strength;
    const char *source;    // document and heading: "integration, GetBalance negative tests, item 3"
    const char *statement; // what is promised, one sentence
    const char *expect;    // what a right answer looks like: "400 with \"limit\" named in the body"
    const char *why;       // why it matters, to whom
    const char *likely;    // likely cause of a failure in common stacks, and the fix
    uint64_t scope;        // of `judge`: the union of some, or SCOPE_ANY
    struct verdict (*judge)(const struct exchange *x); // or NULL
    struct verdict (*run)(struct trial *trial);        // or NULL
    // weigh is the end of a `run` that asks for readings: it judges the exchanges that `run` left
    // in the slots, and nothing else, so that they can be judged under other readings. NULL where
    // `run` asks for none.
    struct verdict (*weigh)(const struct trial *trial);
    uint64_t keys;   // KEY_BITs of the readings that `judge` and `weigh` ask for
    uint8_t program; // number of `run` in case files: unique, 2..255, never reused; 0 without `run`
    bool over_tls;   // needs a TLS connection: nothing that runs in one process can judge it
    uint8_t hooks;   // BP_HOOK_BITs that `run` needs; where they are missing it answers skip()
    uint8_t also_hooks; // BP_HOOK_BITs that `run` uses where they are there, and does without
    uint16_t roles;     // bit per role without whose SIM nothing is said about it
    uint16_t run_max;   // enumerated runs are cut here; 0: `run` has few choices
};

// A family is an area of the report: the clauses of one file.
struct family {
    const char *name; // "Query"
    const struct clause *clauses;
    size_t clause_count;
};

extern const struct family *const families[];
extern const size_t family_count;

enum { CLAUSE_COUNT_MAX = 192 };

// clause_count is the number of clauses of all families; clause_at numbers them in table order.
size_t clause_count(void);
const struct clause *clause_at(size_t index);

// clause_local_count is how many of them can be judged in process.
size_t clause_local_count(void);

// clause_find is the index of the clause called `id` (letter case does not matter), or
// clause_count().
size_t clause_find(struct view id);

// clause_of_program is the clause whose `run` has that number in case files, or NULL.
const struct clause *clause_of_program(unsigned program);

#endif
