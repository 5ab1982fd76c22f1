// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "props/rule/program.h"
#include "props/run/check.h"
#include "props/run/panel.h"

void panel_clear(struct panel *panel)
{
    panel->judge_count = 0;
    memset(panel->judges_of_any, 0, sizeof panel->judges_of_any);
    memset(panel->judges_of, 0, sizeof panel->judges_of);
    memset(panel->program_clause, PANEL_NO_CLAUSE, sizeof panel->program_clause);
    memset(panel->only, 0, sizeof panel->only);
    panel->acts_for_good = false;
    panel->leaves_acts = false;
    panel->is_hasty = false;
    panel->passes = NULL;
    panel->seen = NULL;
    panel->readings = NULL;
}

void panel_seat(struct panel *panel, struct verdict (*judge)(const struct exchange *x),
                uint64_t scope, size_t number)
{
    assert(panel->judge_count < PANEL_JUDGE_COUNT_MAX);
    assert(scope < (uint64_t)1 << SCOPE_COUNT);
    size_t seat = panel->judge_count++;
    uint64_t bit = (uint64_t)1 << seat % 64;
    panel->judges[seat] = judge;
    panel->judge_clause[seat] = (uint16_t)number;
    if (scope == SCOPE_ANY)
        panel->judges_of_any[seat / 64] |= bit;
    for (uint64_t left = scope; left != 0; left &= left - 1)
        panel->judges_of[__builtin_ctzll(left)][seat / 64] |= bit;
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

// `scope` is one bit.
static void add_judges(uint64_t *judges, const struct panel *panel, uint64_t scope)
{
    const uint64_t *more = panel->judges_of[__builtin_ctzll(scope)];
    for (size_t i = 0; i < PANEL_WORD_COUNT; i++)
        judges[i] |= more[i];
}

// find_judges sets the bits of those in one of whose scopes the exchange is.
static void find_judges(uint64_t *judges, const struct panel *panel, const struct exchange *x)
{
    bool is_failing = x->status >= 500;
    // A back office that hangs may keep the endpoint waiting for longer than anybody waits for it.
    bool is_hanging = x->fate == FATE_SILENT;
    if (x->is_broken && (is_failing || is_hanging)) {
        memset(judges, 0, PANEL_WORD_COUNT * sizeof judges[0]);
        if (is_failing)
            add_judges(judges, panel, SCOPE_FAILING);
        return;
    }
    memcpy(judges, panel->judges_of_any, sizeof panel->judges_of_any);
    if (is_failing)
        add_judges(judges, panel, SCOPE_FAILING);
    if (x->status == 200) {
        add_judges(judges, panel, SCOPE_SERVED);
        for (unsigned left = x->kinds; left != 0; left &= left - 1)
            add_judges(judges, panel, SCOPE_KIND(__builtin_ctz(left)));
    }
    if (x->status >= 400)
        add_judges(judges, panel, SCOPE_REFUSED);
    if (x->fate == FATE_MALFORMED)
        add_judges(judges, panel, SCOPE_MALFORMED);
    if (x->intent == NULL)
        return;
    add_judges(judges, panel, SCOPE_ROLE(intent_role(x->intent)));
    if (x->open_axes != 0)
        add_judges(judges, panel, SCOPE_REFUSABLE);
    if (x->odd_axes == 0)
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
static bool wants(struct readings *readings, uint64_t keys, enum readings_cause cause)
{
    keys &= readings->open[cause];
    for (uint64_t left = keys; left != 0; left &= left - 1) {
        unsigned key = (unsigned)__builtin_ctzll(left);
        if (++readings->keys[key].asked_count[cause] == READINGS_ASKED_MAX)
            readings->open[cause] &= ~KEY_BIT(key);
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
            size_t seat = i * 64 + (unsigned)__builtin_ctzll(left);
            struct verdict verdict = panel->judges[seat](x);
            if (verdict.grade == GRADE_NONE)
                continue;
            if (verdict.grade == GRADE_PASS && panel->passes != NULL) {
                panel->passes[panel->judge_clause[seat]][GRADE_PASS]++;
                continue;
            }
            panel->told(panel->context, panel->judge_clause[seat], verdict, x);
            if (readings != NULL && verdict_is_fault(verdict))
                has_fault = has_fault || readings_want_fault(readings, panel->judge_clause[seat]);
        }
    }
    if (readings != NULL) {
        uint64_t implied = readings_opened(x) & ~play->consulted;
        bool is_asked = wants(readings, play->consulted, readings_asked(x));
        bool is_implied = wants(readings, implied, CAUSE_OPENING);
        if (is_asked || is_implied || has_fault)
            hear_readings(play, judges, x);
    }
    play->consulted = consulted_before;
}

static void run_intent(struct trial *trial, unsigned program)
{
    struct intent intent;
    trial_choose(&intent, trial->choices, program, &trial->world->fixture);
    trial_ask(trial, 0, &intent);
}

// begin resets the world, where that can be done.
static void begin(struct trial *trial, const struct world *world)
{
    if (world->subject.reset != NULL) {
        world->subject.reset(world->subject.context);
        trial->serial = 0;
    } else if (trial->serial < world->subject.first_serial) {
        trial->serial = world->subject.first_serial;
    }
}

static bool was_broken(const struct trial *trial)
{
    for (size_t i = 0; i < trial->act_count && i < TRIAL_ACT_COUNT_MAX; i++)
        if (trial->acts[i].kept.act.hook == BP_HOOK_FAULT)
            return true;
    return false;
}

// What was broken on purpose may take a while to serve again, and nobody is told of that.
static void recover(struct trial *trial)
{
    enum { TRY_COUNT = 10, TRY_S = 3 };
    struct intent plain;
    enum role role = ROLE_A;
    while (role != ROLE_U && !trial_has(trial, role))
        role++;
    plain_for(&plain, role);
    trial->seen = NULL;
    trial_count(trial);
    for (unsigned i = 0; i < TRY_COUNT; i++) {
        const struct exchange *x = trial_ask_once(trial, 0, &plain);
        bool is_over = x->fate == FATE_FAILED || (x->fate == FATE_ANSWERED && x->status < 500);
        if (is_over || !trial_wait(trial, TRY_S))
            return;
    }
}

static void undo(struct trial *trial)
{
    const struct world *world = trial->world;
    if (trial->act_count != 0 && world->hooks.undo != NULL)
        (void)!world->hooks.undo(world->hooks.context);
    if (world->subject.reset == NULL && was_broken(trial))
        recover(trial);
}

static void start(struct trial *trial, struct choices *choices, const struct world *world,
                  struct play *play)
{
    const struct panel *panel = play->panel;
    trial_start(trial, choices, world);
    trial->acts_for_good = panel->acts_for_good;
    trial->settles = panel->acts_for_good && !world_can_undo(world); // there is no second run
    trial->consulted = panel->readings == NULL ? NULL : &play->consulted;
    trial->seen = judge_exchange;
    trial->context = play;
}

// Back offices may take effect a moment later, and answers may come from caches for a while. What
// fails in the second run, too, has that run's exchanges.
static struct verdict run_slower(struct play *play, struct trial *trial, size_t clause,
                                 struct verdict verdict)
{
    struct choices *made = trial->choices;
    const struct world *world = trial->world;
    struct choices again;
    undo(trial);
    begin(trial, world);
    choices_from_bytes(&again, choices_tape(made));
    (void)choose(&again, WORLD_COUNT_MAX);
    (void)choose(&again, PROGRAM_COUNT);
    trial_count(trial);
    start(trial, &again, world, play);
    trial->settles = true;
    struct verdict slower = clause_at(clause)->run(trial);
    trial->choices = made;
    if (slower.grade == GRADE_PASS || slower.grade == GRADE_TOLERATED)
        return tolerated(KEY_NONE, "it passes with seconds behind each act, and not at once: the "
                                   "back office is late, or a fault comes and goes");
    return slower.grade == GRADE_FAIL ? slower : verdict;
}

static void run_program(struct play *play, struct trial *trial, size_t clause)
{
    const struct panel *panel = play->panel;
    struct readings *readings = panel->readings;
    struct verdict verdict = clause_at(clause)->run(trial);
    bool is_hurt = verdict.grade == GRADE_FAIL && trial->act_count != 0;
    if (is_hurt && !panel->is_hasty && world_can_undo(trial->world))
        verdict = run_slower(play, trial, clause, verdict);
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
    const struct clause *row = clause_at(clause);
    bool is_dear = panel->leaves_acts && (row->hooks | row->also_hooks) != 0;
    return row->hooks == 0 ? !is_dear : panel->acts_for_good || (world_can_undo(world) && !is_dear);
}

void panel_play(const struct panel *panel, struct trial *trial, struct choices *choices,
                const struct world *worlds, size_t world_count)
{
    unsigned index = choose(choices, WORLD_COUNT_MAX);
    const struct world *world = &worlds[index < world_count ? index : 0];
    unsigned program = choose(choices, PROGRAM_COUNT);
    struct play play = {.panel = panel};
    trial->request_count = 0;
    begin(trial, world);
    start(trial, choices, world, &play);
    size_t clause = panel->program_clause[program];
    bool is_program = may_run(panel, world, clause);
    // Who plays this case again may be allowed to run the program.
    if (clause != PANEL_NO_CLAUSE && !is_program)
        choices_amend(choices, PROGRAM_ANY);
    if (is_program)
        run_program(&play, trial, clause);
    else
        run_intent(trial, program);
    undo(trial);
    trial_count(trial);
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
