// SPDX-License-Identifier: Apache-2.0
// The preflight: can this endpoint be tested, and if not, why and what to do. `balprobe doctor` is
// the preflight alone; `balprobe check` begins with it.
//
// Steps, each with what was found in words, and for a warning or failure its likely cause and
// remedy: resolve, connect, TLS, the server's certificate, our own, and the inventory's roles
// (roles.h). A step that makes the rest impossible ends it.
#ifndef BP_PROPS_RUN_PREFLIGHT_H
#define BP_PROPS_RUN_PREFLIGHT_H

#include "props/run/roles.h"
#include "props/subject/target.h"
#include "props/tls/remedy.h"

enum step_grade { STEP_OK, STEP_WARNING, STEP_FAILED };

enum { PREFLIGHT_STEP_COUNT_MAX = 32, STEP_WORDS_LEN_MAX = 512 };

struct preflight_step {
    const char *name; // "connect"
    enum step_grade grade;
    char words[STEP_WORDS_LEN_MAX]; // printable
    struct remedy remedy;           // texts may be NULL
};

struct preflight {
    size_t step_count;
    struct preflight_step steps[PREFLIGHT_STEP_COUNT_MAX];
    bool has_ended; // the rest is impossible
    struct roles roles;
    // begins is told of each step before it is taken; may be NULL.
    void (*begins)(void *context, const char *step);
    void *context;
};

// preflight_resolve finds the addresses and keeps the route in `target`.
void preflight_resolve(struct preflight *preflight, struct target *target,
                       const struct bp_route_config *config);

// preflight_reach connects once, completes the handshake and looks at what the server showed. No
// request is sent. When the certificate is not to be trusted it connects once more, unverified, to
// tell which certificate that is.
void preflight_reach(struct preflight *preflight, const struct target *target);

// preflight_ask asks for the roles of the world's fixture, says what their answers are, and takes
// the ICCIDs of those out of the fixture that are not the SIMs that they are said to be. `last_end`
// tells how the subject's last connection ended, for requests without an answer; NULL where nothing
// is sent in truth. It ends the preflight when no role is answered 200.
void preflight_ask(struct preflight *preflight, struct trial *trial, struct world *world,
                   const struct bp_end *(*last_end)(void *context), void *context,
                   bool has_certificate);

// preflight_hooks says which hooks are `used`, which of those that are `there` (BP_HOOK_BITs) are
// not, and how many clauses will be skipped for want of the others.
void preflight_hooks(struct preflight *preflight, const struct bp_hooks *used, unsigned there);

// preflight_add adds a step with those words, cut to what there is room for. There is room for more
// steps than the functions above add together.
struct preflight_step *preflight_add(struct preflight *preflight, const char *name,
                                     enum step_grade grade, struct view words, enum mishap mishap);

#endif
