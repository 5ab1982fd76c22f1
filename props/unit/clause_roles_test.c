// SPDX-License-Identifier: Apache-2.0
// A clause declares the roles without whose SIM nothing is said about it. Here each role is taken
// away in turn, to see about which clauses nothing is said then. Nobody orders plans here: an order
// makes a SIM of one role like one of another.
#include "props/run/check.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { NO_ROLE = ROLE_COUNT };

static const struct check_options options = {
    .seed = 1, .case_count = 1500, .exhaustive = true, .run_cap = 24, .pair_cap = 420};

// spoken fills the bits of the clauses about which something is said.
static void speak(bool spoken[CLAUSE_COUNT_MAX], unsigned without)
{
    static struct check_result result;
    struct world worlds[LOCAL_KIND_COUNT];
    struct check_options all = options;
    memset(all.only, true, sizeof all.only);
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        worlds[i] = honest[i];
        worlds[i].hooks.there &= (uint8_t)~BP_HOOK_BIT(BP_HOOK_ORDER);
        if (without != NO_ROLE)
            worlds[i].fixture.iccid[without] = view_of(NULL, 0);
    }
    check_run(&result, &all, worlds, LOCAL_KIND_COUNT, trial_space);
    for (size_t i = 0; i < clause_count(); i++)
        spoken[i] = check_standing(&result, i) != STANDING_UNTESTED;
}

int main(void)
{
    static bool with_all[CLAUSE_COUNT_MAX];
    static bool without[CLAUSE_COUNT_MAX];
    if (!open_worlds())
        return 1;
    speak(with_all, NO_ROLE);
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        speak(without, role);
        for (size_t i = 0; i < clause_count(); i++) {
            const struct clause *clause = clause_at(i);
            bool is_needed = with_all[i] && !without[i];
            bool is_declared = (clause->roles >> role & 1) != 0;
            CHECK_ROW(i, is_needed == is_declared);
            if (is_needed != is_declared)
                printf("  %s and role %.*s: %s\n", clause->id, (int)role_name((enum role)role).len,
                       role_name((enum role)role).data, is_needed ? "needed" : "not needed");
        }
    }
    close_worlds();
    return unit_end();
}
