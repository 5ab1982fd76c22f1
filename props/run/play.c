// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "props/run/check.h"
#include "props/run/panel.h"

void panel_clear(struct panel *panel)
{
    panel->judge_count = 0;
    memset(panel->judges_of, 0, sizeof panel->judges_of);
    memset(panel->program_clause, PANEL_NO_CLAUSE, sizeof panel->program_clause);
    memset(panel->only, 0, sizeof panel->only);
    panel->acts_for_good = false;
    panel->leaves_acts = false;
    panel->seen = NULL;
    panel->readings = NULL;
}

void panel_seat(struct panel *panel, struct verdict (*judge)(const struct exchange *x),
                unsigned scope, size_t number)
{
    assert(panel->judge_count < PANEL_JUDGE_COUNT_MAX);
    assert(scope < SCOPE_COUNT);
    size_t seat = panel->judge_count++;
    panel->judges[seat] = judge;
    panel->judge_clause[seat] = (uint16_t)number;
    panel->judges_of[scope][seat / 64] |= (uint64_t)1 << seat % 64;
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
                panel_seat(out, clause->judge, clause->scope, index);
        }
    }
}

struct play {
    const struct panel *panel;
    uint64_t consulted; // keys that were asked for since this was cleared
};

static void add_judges(uint64_t *judges, const struct panel *panel, unsigned scope)
{
    for (size_t i = 0; i < PANEL_WORD_COUNT; i++)
        judges[i] |= panel->judges_of[scope][i];
}

// find_judges sets the bits of those in whose scope the exchange is.
static void find_judges(uint64_t *judges, const struct panel *panel, const struct exchange *x)
{
    memset(judges, 0, PANEL_WORD_COUNT * sizeof judges[0]);
    if (x->status >= 500)
        add_judges(judges, panel, SCOPE_FAILING);
    if (x->status >= 500 && x->is_broken)
        return;
    add_judges(judges, panel, SCOPE_ANY);
    if (x->status == 200)
        add_judges(judges, panel, SCOPE_SERVED);
    if (x->status >= 400)
        add_judges(judges, panel, SCOPE_REFUSED);
    if (x->open_axes != 0)
        add_judges(judges, panel, SCOPE_REFUSABLE);
    if (x->intent != NULL && x->odd_axes == 0)
        add_judges(judges, panel, SCOPE_ORDINARY);
    for (unsigned left = x->odd_axes; left != 0; left &= left - 1)
        add_judges(judges, panel, SCOPE_ODD_AXIS(__builtin_ctz(left)));
}

// Judges the exchange once more, each judge on its own, to see what depends on a reading.
static void hear_readings(struct play *play, const uint64_t *judges, const struct exchange *x)
{
    const struct panel *panel = play->panel;
    for (size_t i = 0; i < PANEL_WORD_COUNT; i++) {
        for (uint64_t left = judges[i]; left != 0; left &= left - 1) {
            size_t seat = i * 64 + (size_t)__builtin_ctzll(left);
            play->consulted = 0;
            struct verdict verdict = panel->judges[seat](x);
            readings_hear_exchange(panel->readings, panel->judge_clause[seat], x,
                                   panel->judges[seat], verdict, play->consulted);
        }
    }
}

// Whether some key is of interest that was asked for, and the occasion is counted.
static bool wants(struct readings *readings, uint64_t keys)
{
    keys &= readings->open;
    for (uint64_t left = keys; left != 0; left &= left - 1) {
        unsigned key = (unsigned)__builtin_ctzll(left);
        if (++readings->keys[key].asked_count == READINGS_ASKED_MAX)
            readings->open &= ~KEY_BIT(key);
    }
    return keys != 0;
}

static void judge_exchange(void *context, const struct exchange *x)
{
    struct play *play = context;
    const struct panel *panel = play->panel;
    struct readings *readings = panel->readings;
    uint64_t consulted_before = play->consulted;
    bool has_fault = false;
    if (panel->seen != NULL)
        panel->seen(panel->context, x);
    if (x->fate == FATE_FAILED)
        return;
    uint64_t judges[PANEL_WORD_COUNT];
    find_judges(judges, panel, x);
    play->consulted = 0;
    for (size_t i = 0; i < PANEL_WORD_COUNT; i++) {
        for (uint64_t left = judges[i]; left != 0; left &= left - 1) {
            size_t seat = i * 64 + (size_t)__builtin_ctzll(left);
            struct verdict verdict = panel->judges[seat](x);
            if (verdict.grade == GRADE_NONE)
                continue;
            panel->told(panel->context, panel->judge_clause[seat], verdict, x);
            if (readings != NULL && verdict_is_fault(verdict))
                has_fault = has_fault || readings_want_fault(readings, panel->judge_clause[seat]);
        }
    }
    if (readings != NULL) {
        bool is_wanted = wants(readings, play->consulted | readings_opened(x));
        if (is_wanted || has_fault)
            hear_readings(play, judges, x);
    }
    play->consulted = consulted_before;
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

static void run_program(struct play *play, struct trial *trial, size_t clause)
{
    const struct panel *panel = play->panel;
    struct readings *readings = panel->readings;
    struct verdict verdict = clause_at(clause)->run(trial);
    if (!panel->only[clause])
        return;
    if (verdict.grade != GRADE_NONE)
        panel->told(panel->context, clause, verdict, &trial->slots[trial->last_slot].exchange);
    if (readings == NULL)
        return;
    uint64_t keys = play->consulted;
    bool is_wanted = verdict_is_fault(verdict) ? readings_want_fault(readings, clause) : keys != 0;
    if (is_wanted)
        readings_hear_program(readings, clause, trial, verdict, keys);
}

// Whether the program of that clause may be run in a world.
static bool may_run(const struct panel *panel, const struct world *world, size_t clause)
{
    if (clause == PANEL_NO_CLAUSE)
        return false;
    bool can_undo = world->subject.reset != NULL || world->hooks.undo != NULL;
    return clause_at(clause)->hooks == 0 || panel->acts_for_good ||
           (can_undo && !panel->leaves_acts);
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
    } else if (trial->serial < world->subject.first_serial) {
        trial->serial = world->subject.first_serial;
    }
    struct play play = {.panel = panel};
    trial_start(trial, choices, world);
    trial->acts_for_good = panel->acts_for_good;
    trial->consulted = panel->readings == NULL ? NULL : &play.consulted;
    trial->seen = judge_exchange;
    trial->context = &play;
    size_t clause = panel->program_clause[program];
    if (may_run(panel, world, clause))
        run_program(&play, trial, clause);
    else
        run_intent(trial, program);
    if (trial->act_count != 0 && world->hooks.undo != NULL)
        (void)!world->hooks.undo(world->hooks.context);
    trial->consulted = NULL;
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
