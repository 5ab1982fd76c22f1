// SPDX-License-Identifier: Apache-2.0
// The reference endpoint in this process, as a subject.
//
// It remembers transaction ids, has no limiter, and its clock starts at the same second each time
// and moves only when the back office says so or somebody waits. The subject's reset brings back
// SIMs, clock and memory as they were when the inventory was read.
#ifndef BP_PROPS_SUBJECT_LOCAL_H
#define BP_PROPS_SUBJECT_LOCAL_H

#include "operator/endpoint.h"
#include "props/case/fixture.h"
#include "props/rule/trial.h"

enum local_kind {
    LOCAL_OPEN,  // base path of the inventory, no Basic
    LOCAL_BASIC, // Basic asked for: user "mobileplans", password "a:b c"
    LOCAL_ROOT,  // no base path
    LOCAL_KIND_COUNT
};

#define LOCAL_START_MS ((int64_t)1767225600 * 1000) // 2026-01-01T00:00:00Z

struct local; // the operator's tables, its clock, and one endpoint

// local_size is the bytes of space for local_open, aligned to 16.
size_t local_size(void);

// local_open reads the inventory `text` (JSON) and starts a deployment of kind `kind` at
// LOCAL_START_MS. It returns NULL with a fault when the text is refused. `text` is not needed
// afterwards.
struct local *local_open(void *space, struct bp_fault *fault, struct view text,
                         enum local_kind kind);

// local_world describes it for trials: name, fixture, subject; the profile is the bundle `seed`.
// The world borrows from `local`.
void local_world(struct world *out, struct local *local);

// local_act is the act of the world's hooks, all of which are there: what it does is undone by the
// subject's reset. It returns false where bp_act_apply does, and for SIMs without a role.
bool local_act(struct local *local, const struct bp_act *act);
int64_t local_now_ms(const struct local *local);

// local_answer answers `requests`, all the bytes of one connection. `is_last`: with the first
// answer the connection ends. It returns false, and sets `response->overflow`, when the answers do
// not fit.
bool local_answer(struct bp_endpoint *endpoint, struct buf *response, struct view requests,
                  bool is_last, int64_t now_ms);

#endif
