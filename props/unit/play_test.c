// SPDX-License-Identifier: Apache-2.0
// How one case is played at an endpoint that nothing resets: what takes a moment, and what is
// written down.
#include "props/run/panel.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

// The reference endpoint, with an undo in place of a reset, that needs a while after it was broken.
struct clinic {
    struct world inner;
    unsigned sick_count; // requests to be answered with 500 when it has been mended
    bool is_mute;        // they are not answered at all, as while it is broken
    unsigned left_count; // of these, still to come
    bool is_broken;
    unsigned wait_count;
    int64_t waited_s;
    size_t accusal_count;  // verdicts FAIL
    size_t bearance_count; // TOLERATED
    size_t clause;         // of the last one
    struct trial *trial;   // transaction ids stay fresh from case to case
};

static bool clinic_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct clinic *clinic = context;
    const struct subject *inner = &clinic->inner.subject;
    if (clinic->is_mute && clinic->is_broken)
        return true;
    if (clinic->left_count == 0)
        return inner->exchange(inner->context, response, sending);
    clinic->left_count--;
    if (clinic->is_mute)
        return true;
    buf_put_text(response, "HTTP/1.1 500 Not yet\r\nContent-Length: 0\r\n\r\n");
    return true;
}

static bool clinic_wait(void *context, int64_t seconds)
{
    struct clinic *clinic = context;
    clinic->wait_count++;
    clinic->waited_s += seconds;
    return clinic->inner.subject.wait(clinic->inner.subject.context, seconds);
}

static bool clinic_act(void *context, const struct bp_act *act)
{
    struct clinic *clinic = context;
    if (act->hook == BP_HOOK_FAULT)
        clinic->is_broken = act->is_on;
    if (act->hook == BP_HOOK_FAULT && !act->is_on)
        clinic->left_count = clinic->sick_count;
    return clinic->inner.hooks.act(clinic->inner.hooks.context, act);
}

static bool clinic_undo(void *context)
{
    struct clinic *clinic = context;
    clinic->inner.subject.reset(clinic->inner.subject.context);
    return true;
}

static struct world clinic_world(struct clinic *clinic)
{
    clinic->trial = trial_init(trial_space);
    struct world world = clinic->inner;
    world.subject =
        (struct subject){.exchange = clinic_exchange, .wait = clinic_wait, .context = clinic};
    world.hooks = (struct bp_hooks){.there = clinic->inner.hooks.there,
                                    .act = clinic_act,
                                    .undo = clinic_undo,
                                    .context = clinic};
    return world;
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    struct clinic *clinic = context;
    (void)x;
    clinic->accusal_count += verdict.grade == GRADE_FAIL;
    clinic->bearance_count += verdict.grade == GRADE_TOLERATED;
    if (verdict.grade == GRADE_FAIL || verdict.grade == GRADE_TOLERATED)
        clinic->clause = clause;
}

static void play(struct clinic *clinic, const struct world *world, const char *id, bool is_hasty)
{
    struct panel panel;
    struct choices choices;
    size_t clause = id == NULL ? 0 : clause_find(view_of_text(id));
    // GB-STATE-3: 1 MB, which is no step of its own.
    const char tape[] = {0, (char)(id == NULL ? PROGRAM_ANY : clause_at(clause)->program), 0, 1};
    panel_init(&panel, NULL, hear, clinic);
    panel.is_hasty = is_hasty;
    choices_from_bytes(&choices, view_of(tape, sizeof tape));
    panel_play(&panel, clinic->trial, &choices, world, 1);
}

// The answers of a back office that was broken and mended are nobody's fault until it serves.
static void check_recovery(void)
{
    static const unsigned sick_counts[] = {0, 1, 3};
    for (size_t i = 0; i < 2 * sizeof sick_counts / sizeof sick_counts[0]; i++) {
        struct clinic clinic = {.inner = honest[LOCAL_OPEN], .is_mute = i % 2 != 0};
        clinic.sick_count = sick_counts[i / 2];
        struct world world = clinic_world(&clinic);
        play(&clinic, &world, "GB-ERR-2", false);
        play(&clinic, &world, NULL, false);
        CHECK_ROW(i, clinic.accusal_count == 0 && clinic.left_count == 0);
        CHECK_ROW(i, clinic.wait_count == sick_counts[i / 2]);
    }
    // Whoever never serves again is accused in the next case.
    struct clinic clinic = {.inner = honest[LOCAL_OPEN], .sick_count = 1000};
    struct world world = clinic_world(&clinic);
    play(&clinic, &world, "GB-ERR-2", false);
    CHECK(clinic.accusal_count == 0);
    play(&clinic, &world, NULL, false);
    CHECK(clinic.accusal_count != 0 && clinic.waited_s < 60);
}

// A moment behind its acts is given to a program that has failed without it.
static void check_moment(void)
{
    static const struct {
        const char *liar;
        bool is_hasty;
        bool is_accused;
    } rows[] = {{"takes-a-moment", false, false},
                {"takes-a-moment", true, true},
                {"consume-unnoticed", false, true},
                {"consume-late", false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        wrap_worlds(rows[i].liar);
        struct clinic clinic = {.inner = lying[LOCAL_OPEN]};
        struct world world = clinic_world(&clinic);
        play(&clinic, &world, "GB-STATE-3", rows[i].is_hasty);
        CHECK_ROW(i, (clinic.accusal_count != 0) == rows[i].is_accused);
        CHECK_ROW(i, (clinic.bearance_count != 0) == !rows[i].is_accused);
        CHECK_ROW(i, clinic.clause == clause_find(VIEW("GB-STATE-3")));
        CHECK_ROW(i, (clinic.waited_s >= TRIAL_SETTLE_S) == !rows[i].is_hasty);
    }
}

// A case whose program may not be run here is a plain request, wherever it is played again.
static void check_amended(void)
{
    struct panel panel;
    struct choices choices;
    struct clinic clinic = {.inner = honest[LOCAL_OPEN]};
    struct world world = clinic_world(&clinic);
    const char tape[] = {0, (char)clause_at(clause_find(VIEW("GB-STATE-3")))->program, 1};
    panel_init(&panel, NULL, hear, &clinic);
    for (unsigned round = 0; round < 2; round++) {
        world.hooks.undo = round == 0 ? clinic_undo : NULL;
        choices_from_bytes(&choices, view_of(tape, sizeof tape));
        panel_play(&panel, clinic.trial, &choices, &world, 1);
        CHECK_ROW(round, (clinic.trial->act_count != 0) == (round == 0));
        CHECK_ROW(round, choices.tape[1] == (round == 0 ? (uint8_t)tape[1] : PROGRAM_ANY));
        CHECK_ROW(round, choices.tape[2] == 1);
    }
}

int main(void)
{
    if (!open_worlds())
        return 1;
    check_recovery();
    check_moment();
    check_amended();
    close_worlds();
    return unit_end();
}
