// SPDX-License-Identifier: Apache-2.0
// A trial: one test case being run. Choices in, verdicts out.
//
// The tape of a trial's choices is the case itself: fuzzers, seeds, replay files and the shrinker
// all speak it. Its layout: choose(8) for the world (beyond the last: the first), choose(256) for
// the program (PROGRAM_ANY, PROGRAM_PAIR, or the clause with that program number; an unused number
// is PROGRAM_ANY), then whatever the program asks.
#ifndef BP_PROPS_RULE_TRIAL_H
#define BP_PROPS_RULE_TRIAL_H

#include "operator/act.h"
#include "props/rule/clause.h"
#include "props/subject/subject.h"

// A world is one deployment under test.
struct world {
    const char *name; // "open", "basic", "root"
    struct fixture fixture;
    struct subject subject;
    struct bp_hooks hooks;
    struct profile profile;
};

// world_read_as puts a profile in force: how answers are judged, and in which form requests write
// the SIM id (path.form).
void world_read_as(struct world *world, const struct profile *profile);

enum { WORLD_COUNT_MAX = 8 }; // a tape's first answer is one of that many

enum { PROGRAM_ANY = 0, PROGRAM_PAIR = 1, PROGRAM_FIRST = 2, PROGRAM_COUNT = 256 };

// trial_choose makes the request of a case whose program is no clause's: intent_choose_pair for
// PROGRAM_PAIR, else intent_choose.
void trial_choose(struct intent *out, struct choices *c, unsigned program,
                  const struct fixture *fixture);

enum {
    TRIAL_SLOT_COUNT = TOGETHER_COUNT_MAX + 1, // and one to compare with
    TRIAL_SEND_COUNT_MAX = 256,
    TRIAL_ACT_COUNT_MAX = 64, // that are kept; more can be done
    TRIAL_WAIT_COUNT_MAX = 3,
    TRIAL_SETTLE_S = 5 // for a back office to take effect, and for caches
};

// A slot holds one exchange with its bytes until it is asked again.
struct trial_slot {
    struct intent intent;
    struct exchange exchange;
    struct opener opener;
    struct buf request;
    struct buf response;
};

// An act of the trial, and when it was done.
struct trial_act {
    struct bp_act_kept kept;
    size_t send_count; // requests that had been sent
    bool is_done;      // false: it could not be done
};

struct trial {
    struct choices *choices;
    const struct world *world;
    struct trial_slot slots[TRIAL_SLOT_COUNT];
    uint64_t serial;      // of the next request; makes transaction ids fresh
    size_t send_count;    // requests sent in this trial; one that is sent again counts once
    size_t request_count; // the same of trials that were counted (trial_count)
    size_t act_count;     // acts done in this trial
    struct trial_act acts[TRIAL_ACT_COUNT_MAX]; // the first of them, in their order
    unsigned last_slot;                         // the slot that was asked last: the report shows it
    bool saw_200;
    uint16_t changed_roles; // bit per role whose SIM need not be as before
    bool is_broken;         // the back office has been broken in this trial, and not mended
    bool is_mending;        // it has been mended, and has not served since
    bool acts_for_good;     // acts are done also where they cannot be undone
    bool settles;           // the first request behind acts waits for TRIAL_SETTLE_S
    bool is_unsettled;      // that is to come
    uint64_t *consulted;    // becomes that of each exchange; may be NULL
    // seen is told of every exchange of a program, so that rules judge those too; may be NULL.
    void (*seen)(void *context, const struct exchange *x);
    void *context;
};

// trial_size is the bytes of space for trial_init, aligned to 16.
size_t trial_size(void);
struct trial *trial_init(void *space);

// trial_forget forgets the texts of answers, which are kept to be read only once: what comes next
// takes the same steps as in new space. Cost: constant.
void trial_forget(struct trial *trial);

// trial_start begins another trial in the same space: what was counted and seen is forgotten,
// `serial` goes on. At most TRIAL_SEND_COUNT_MAX requests can be sent until the next call.
void trial_start(struct trial *trial, struct choices *choices, const struct world *world);

// trial_count adds what was sent to `request_count`, and sends from 0 on.
static inline void trial_count(struct trial *trial)
{
    trial->request_count += trial->send_count;
    trial->send_count = 0;
}

// trial_ask writes `intent` as a request, sends it to the world's subject, opens the answer in slot
// `slot` (0..TRIAL_SLOT_COUNT-1) and returns it. The exchange is valid until the slot is asked
// again. `intent` is copied. A 429 answer is seen like any other; where the subject can wait, the
// request is written and sent again after the time asked for, with a fresh transaction id, up to
// TRIAL_WAIT_COUNT_MAX times.
const struct exchange *trial_ask(struct trial *trial, unsigned slot, const struct intent *intent);

// trial_ask_once is trial_ask, but a 429 is returned as it is. trial_wait lets the seconds pass;
// false: nobody can wait here.
const struct exchange *trial_ask_once(struct trial *trial, unsigned slot,
                                      const struct intent *intent);
bool trial_wait(struct trial *trial, int64_t seconds);

// trial_send sends bytes as they are: what the program wrote into `trial_request(trial, slot)`.
// `intent` may be NULL. trial_send_row sends `count` GET requests that were written there one
// behind the other. What has to be sent again after a 429 is the same bytes.
struct buf *trial_request(struct trial *trial, unsigned slot);
const struct exchange *trial_send(struct trial *trial, unsigned slot, const struct intent *intent);
const struct exchange *trial_send_row(struct trial *trial, unsigned slot, unsigned count);

// trial_ask_together sends `count` intents at the same time, each on a connection of its own, and
// opens the answers in the slots 0..count-1. They have to be plain. False: the world cannot do
// that, or failed.
bool trial_ask_together(struct trial *trial, const struct intent *intents, unsigned count);

// trial_send_together does so with the bytes that the program wrote into trial_request() of those
// slots: plain GET requests. The exchanges have no intent.
bool trial_send_together(struct trial *trial, unsigned count);

// trial_ask_beside sends `intent` in slot `slot` while another connection hangs on a request that
// is not whole: the bytes that the program wrote into trial_request(trial, cut_slot). What is
// answered to those, once no more of them can come, is opened in `cut_slot` and shown to nobody
// else. NULL: the world cannot do that, or failed.
const struct exchange *trial_ask_beside(struct trial *trial, unsigned slot,
                                        const struct intent *intent, unsigned cut_slot);

// trial_can says whether the world has that hook; programs that need it answer skip() otherwise.
static inline bool trial_can(const struct trial *trial, enum bp_hook hook)
{
    return (trial->world->hooks.there & BP_HOOK_BIT(hook)) != 0;
}

// trial_act has an act done. False: the world has no such hook, or it failed; the program answers
// skip() then.
bool trial_act(struct trial *trial, const struct bp_act *act);

// world_can_undo says whether acts can be undone there.
static inline bool world_can_undo(const struct world *world)
{
    return world->subject.reset != NULL || world->hooks.undo != NULL;
}

// trial_can_undo says whether acts are undone behind the trial, or may stay.
static inline bool trial_can_undo(const struct trial *trial)
{
    return trial->acts_for_good || world_can_undo(trial->world);
}

// trial_has says whether the fixture has that role; programs that need it answer skip() otherwise.
static inline bool trial_has(const struct trial *trial, enum role role)
{
    return trial->world->fixture.iccid[role].len != 0;
}

#endif
