// SPDX-License-Identifier: Apache-2.0
// What the programs of the state clauses have the back office do, and leave.
#include "props/unit/judged.h"

#define PLAN(id, time)                                                             \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"" time \
    "\",\"id\":\"" id "\"}"
#define SAY(elements) LINE("200 OK\r\nContent-Type: application/json\r\n", LIST(elements))

struct counted {
    unsigned count;
};

// Where nothing can be undone the sequence does nothing that would stay.
static bool count_act(void *context, const struct bp_act *act)
{
    (void)act;
    ((struct counted *)context)->count++;
    return true;
}

static void check_acts(void)
{
    static const struct script steady = {.lines = {SAY(PLAN("a", "P3D"))}};
    struct script_state state = {&steady, 0};
    struct counted counted = {0};
    struct world world;
    judged_world(&world, NULL, false,
                 (struct subject){.exchange = script_answer, .context = &state});
    world.hooks = (struct bp_hooks){
        .there = BP_HOOK_BIT(BP_HOOK_CONSUME), .act = count_act, .context = &counted};
    const struct view tape = VIEW("\4\0\0\0\2\0\3\2\0\3\2\0\2");
    (void)play_world("GB-STATE-5", &world, tape);
    CHECK(counted.count == 0);
    world.hooks.undo = script_undo;
    (void)play_world("GB-STATE-5", &world, tape);
    CHECK(counted.count == 3);
}

// Nobody's back office is asked for what nobody sells.
static void check_small_acts(void)
{
    static const struct {
        struct view tape;
        unsigned count;
    } tapes[] = {
        {VIEW_INIT("\1\4\0\0\0\0"), 1}, // 1 MB for a day
        {VIEW_INIT("\1\4\0\1\0\0"), 0}, // postpaid
        {VIEW_INIT("\1\4\0\0\1\0"), 0}, // a byte
        {VIEW_INIT("\1\4\0\0\3\0"), 0}, // nothing
        {VIEW_INIT("\1\4\0\0\0\1"), 0}, // for a second
        {VIEW_INIT("\2\0\0\0\2\0\2"), 1},
        {VIEW_INIT("\2\0\0\0\2\0\0"), 0},             // a byte
        {VIEW_INIT("\3\0\0\0\2\0\6\2\0\3"), 1},       // 5 GB, and there are 5 MB
        {VIEW_INIT("\4\0\0\0\2\0\6\0\0\0\2\0\3"), 2}, // but the answer says there are
    };
    static const struct script steady = {.lines = {SAY(PLAN("a", "P2D") "," PLAN("b", "P2D"))}};
    for (size_t i = 0; i < sizeof tapes / sizeof tapes[0]; i++) {
        struct script_state state = {&steady, 0};
        struct counted counted = {0};
        struct world world;
        judged_world(&world, NULL, false,
                     (struct subject){.exchange = script_answer, .context = &state});
        world.hooks =
            (struct bp_hooks){.there = BP_HOOK_BIT(BP_HOOK_CONSUME) | BP_HOOK_BIT(BP_HOOK_ORDER),
                              .act = count_act,
                              .undo = script_undo,
                              .context = &counted};
        (void)play_world("GB-STATE-5", &world, tapes[i].tape);
        CHECK_ROW(i, counted.count == tapes[i].count);
    }
}

// What is printed in weeks may hide a week.
static bool note_time(void *context, const struct bp_act *act)
{
    *(int64_t *)context = act->ms;
    return true;
}

static void check_expiry(void)
{
    static const struct script weeks = {.lines = {SAY(PLAN("a", "P3W")), SAY(NONE)}};
    struct script_state state = {&weeks, 0};
    int64_t ms = 0;
    struct world world;
    judged_world(&world, NULL, false,
                 (struct subject){.exchange = script_answer, .context = &state});
    world.hooks =
        (struct bp_hooks){.there = BP_HOOK_BIT(BP_HOOK_CLOCK), .act = note_time, .context = &ms};
    CHECK(play_world("GB-TYPE-3", &world, VIEW("")).grade == GRADE_PASS);
    CHECK(ms == (int64_t)29 * DAY_MS);
}

int main(void)
{
    check_acts();
    check_small_acts();
    check_expiry();
    return unit_end();
}
