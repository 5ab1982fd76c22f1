// SPDX-License-Identifier: Apache-2.0
// A case played against an endpoint that answers the same bytes to whatever is asked.
#ifndef BP_FUZZ_EXCHANGE_PLAY_H
#define BP_FUZZ_EXCHANGE_PLAY_H

#include "exchange_checks.h"
#include "exchange_model.h"
#include "props/run/panel.h"
#include "props/subject/local.h"
#include "sample_inventory.h"

struct exchange_play {
    struct view answer;
    bool is_cut; // more came than that
    struct world world;
    struct trial *trial;
    struct choices choices;
    struct check_result result;
    uint64_t verdicts;  // a digest of all
    size_t seen_count;  // exchanges
    bool is_conforming; // the first of them, by the model
};

static inline bool exchange_answer(void *context, struct buf *response,
                                   const struct sending *sending)
{
    const struct exchange_play *play = context;
    FUZZ_ASSERT(sending->request.len != 0);
    buf_put(response, play->answer);
    response->overflow = play->is_cut;
    return true;
}

static inline void exchange_forget(void *context) { (void)context; }

// exchange_play_open makes a world with the sample operator's SIMs and nobody behind it.
static inline void exchange_play_open(struct exchange_play *play)
{
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    struct bp_fault fault;
    struct local *local = local_open(malloc(local_size()), &fault, text, LOCAL_OPEN);
    FUZZ_ASSERT(local != NULL);
    local_world(&play->world, local);
    play->world.subject =
        (struct subject){.exchange = exchange_answer, .reset = exchange_forget, .context = play};
    play->world.hooks = (struct bp_hooks){.there = 0};
    play->trial = trial_init(aligned_alloc(16, (trial_size() + 15) & ~(size_t)15));
}

// exchange_see looks at the first exchange of a case: all of them have the same answer.
static inline void exchange_see(void *context, const struct exchange *x)
{
    struct exchange_play *play = context;
    play->is_conforming = false;
    if (play->seen_count++ != 0)
        return;
    exchange_check_scene(x);
    if (play->is_cut)
        return;
    exchange_check_fate(x);
    exchange_check_rest(x);
    if (x->intent == NULL || (x->intent->changed_axes & ~(1u << AXIS_ROLE)) != 0)
        return;
    struct view id = view_first(view_from(x->request, x->intent->sent_id_at), //
                                x->intent->sent_id_len);
    play->is_conforming = exchange_model_conforms(x->response, intent_role(x->intent), id);
}

static inline void exchange_hear(void *context, size_t clause, struct verdict verdict,
                                 const struct exchange *x)
{
    struct exchange_play *play = context;
    FUZZ_ASSERT((verdict.why != NULL) == (verdict.grade > GRADE_PASS));
    play->verdicts = ((play->verdicts * 31 + clause) * 31 + verdict.grade) * 31 + x->status;
    play->result.graded[clause][verdict.grade]++;
    if (verdict.grade != GRADE_FAIL)
        return;
    if (play->is_conforming)
        fprintf(stderr, "%s: %s\n", clause_at(clause)->id, verdict.why);
    FUZZ_ASSERT(!play->is_conforming);
    finding_note(play->result.findings, &play->result.finding_count, clause, verdict.why,
                 choices_tape(&play->choices));
}

#endif
