// SPDX-License-Identifier: Apache-2.0
// A clause declares the hooks that its program uses. Here what each program has done is noted, and
// each hook that it declares is taken away, to see whether it does without.
#include "props/run/tour.h"

#include "props/run/panel.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { RUN_COUNT = 200 };

struct watch {
    struct bp_hooks inner;
    unsigned used; // BP_HOOK_BITs
    size_t clause;
    bool has_judged; // the program passed or failed something
};

static bool act(void *context, const struct bp_act *act)
{
    struct watch *watch = context;
    watch->used |= BP_HOOK_BIT(act->hook);
    return watch->inner.act(watch->inner.context, act);
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    struct watch *watch = context;
    (void)x;
    bool is_judged = verdict.grade == GRADE_PASS || verdict_is_fault(verdict);
    watch->has_judged = watch->has_judged || (is_judged && clause == watch->clause);
}

// Plays runs of the clause's program by dice, in the world without the hooks in `missing`.
static void play(struct watch *out, size_t clause, unsigned missing)
{
    struct panel panel;
    struct choices choices;
    struct trial *trial = trial_init(trial_space);
    struct world world = honest[LOCAL_OPEN];
    bool only[CLAUSE_COUNT_MAX] = {false};
    *out = (struct watch){.inner = world.hooks, .clause = clause};
    world.hooks = (struct bp_hooks){
        .there = (uint8_t)(world.hooks.there & ~missing), .act = act, .context = out};
    panel_init(&panel, only, hear, out);
    panel.only[clause] = true;
    struct choices dice;
    choices_from_seed(&dice, clause);
    for (unsigned run = 0; run < RUN_COUNT; run++) {
        char tape[48] = {0, (char)clause_at(clause)->program};
        choices_next_seed(&dice);
        for (size_t i = 2; i < sizeof tape; i++)
            tape[i] = (char)choose(&dice, 256);
        choices_from_bytes(&choices, view_of(tape, sizeof tape));
        panel_play(&panel, trial, &choices, &world, 1);
    }
}

int main(void)
{
    if (!open_worlds())
        return 1;
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *clause = clause_at(i);
        unsigned declared = clause->hooks | clause->also_hooks;
        struct watch watch;
        if (clause->run == NULL)
            continue;
        play(&watch, i, 0);
        CHECK_ROW(i, watch.used == declared && (clause->hooks & clause->also_hooks) == 0);
        if (watch.used != declared)
            printf("  %s declares %x and uses %x\n", clause->id, declared, watch.used);
        for (unsigned hook = 0; hook < BP_HOOK_COUNT; hook++) {
            if ((declared >> hook & 1) == 0)
                continue;
            play(&watch, i, BP_HOOK_BIT(hook));
            bool is_needed = (clause->hooks >> hook & 1) != 0;
            CHECK_ROW(i, watch.has_judged != is_needed);
            if (watch.has_judged == is_needed)
                printf("  %s and the hook %s: %s\n", clause->id, bp_hook_name((enum bp_hook)hook),
                       is_needed ? "not needed" : "needed");
        }
    }
    close_worlds();
    return unit_end();
}
