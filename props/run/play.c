// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "props/run/check.h"
#include "props/run/panel.h"

void panel_clear(struct panel *panel)
{
    panel->judge_count = 0;
    memset(panel->program_clause, PANEL_NO_CLAUSE, sizeof panel->program_clause);
    memset(panel->only, 0, sizeof panel->only);
    panel->seen = NULL;
}

void panel_seat(struct panel *panel, struct verdict (*judge)(const struct exchange *x),
                size_t number)
{
    assert(panel->judge_count < PANEL_JUDGE_COUNT_MAX);
    panel->judges[panel->judge_count] = judge;
    panel->judge_clause[panel->judge_count++] = (uint16_t)number;
}

void panel_init(struct panel *out, const bool *only,
                void (*told)(void *context, size_t clause, struct verdict verdict,
                             const struct exchange *x),
                void *context)
{
    panel_clear(out);
    out->told = told;
    out->context = context;
    size_t index = 0;
    for (size_t i = 0; i < family_count; i++) {
        for (size_t j = 0; j < families[i]->clause_count; j++, index++) {
            const struct clause *clause = &families[i]->clauses[j];
            assert(index < CLAUSE_COUNT_MAX);
            out->only[index] = only == NULL || only[index];
            if (clause->run != NULL)
                out->program_clause[clause->program] = (uint8_t)index;
            if (clause->judge != NULL && out->only[index])
                panel_seat(out, clause->judge, index);
        }
    }
}

struct play {
    const struct panel *panel;
};

static void judge_exchange(void *context, const struct exchange *x)
{
    const struct panel *panel = ((const struct play *)context)->panel;
    if (panel->seen != NULL)
        panel->seen(panel->context, x);
    if (x->fate == FATE_FAILED)
        return;
    size_t count = panel->judge_count; // the calls might change it, for all the compiler knows
    for (size_t i = 0; i < count; i++) {
        struct verdict verdict = panel->judges[i](x);
        if (verdict.grade != GRADE_NONE)
            panel->told(panel->context, panel->judge_clause[i], verdict, x);
    }
}

static void run_intent(struct trial *trial, unsigned program)
{
    struct intent intent;
    if (program == PROGRAM_PAIR)
        intent_choose_pair(&intent, trial->choices, &trial->world->fixture);
    else
        intent_choose(&intent, trial->choices, &trial->world->fixture);
    trial_ask(trial, 0, &intent);
}

static void run_program(const struct panel *panel, struct trial *trial, size_t clause)
{
    struct verdict verdict = clause_at(clause)->run(trial);
    if (verdict.grade != GRADE_NONE && panel->only[clause])
        panel->told(panel->context, clause, verdict, &trial->slots[trial->last_slot].exchange);
}

void panel_play(const struct panel *panel, struct trial *trial, struct choices *choices,
                const struct world *worlds, size_t world_count)
{
    unsigned index = choose(choices, WORLD_COUNT_MAX);
    const struct world *world = &worlds[index < world_count ? index : 0];
    unsigned program = choose(choices, PROGRAM_COUNT);
    if (world->subject.reset != NULL) {
        world->subject.reset(world->subject.context);
        trial->serial = 0;
    }
    struct play play = {panel};
    trial_start(trial, choices, world);
    trial->seen = judge_exchange;
    trial->context = &play;
    size_t clause = panel->program_clause[program];
    if (clause == PANEL_NO_CLAUSE)
        run_intent(trial, program);
    else
        run_program(panel, trial, clause);
    trial->seen = NULL;
    trial->context = NULL;
}

void trial_play(struct trial *trial, struct choices *choices, const struct world *worlds,
                size_t world_count, const bool *only,
                void (*told)(void *context, size_t clause, struct verdict verdict,
                             const struct exchange *x),
                void *context)
{
    struct panel panel;
    panel_init(&panel, only, told, context);
    panel_play(&panel, trial, choices, worlds, world_count);
}
