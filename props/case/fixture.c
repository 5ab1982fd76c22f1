// SPDX-License-Identifier: Apache-2.0
#include "props/case/fixture.h"

#include <assert.h>

struct view role_name(enum role role)
{
    static const struct view names[ROLE_COUNT] = {
        [ROLE_A] = VIEW_INIT("A"), [ROLE_A1] = VIEW_INIT("A1"), [ROLE_P] = VIEW_INIT("P"),
        [ROLE_Z] = VIEW_INIT("Z"), [ROLE_X] = VIEW_INIT("X"),   [ROLE_E] = VIEW_INIT("E"),
        [ROLE_W] = VIEW_INIT("W"), [ROLE_B] = VIEW_INIT("B"),   [ROLE_N] = VIEW_INIT("N"),
        [ROLE_U] = VIEW_INIT("U")};
    assert((unsigned)role < ROLE_COUNT);
    return names[role];
}

// The first SIM with that label, in the order of the file. Roles are shorter than labels may be.
static const struct bp_sim *find_role(const struct bp_sim *sims, size_t count, struct view name)
{
    for (size_t i = 0; i < count; i++) {
        struct view label = view_of(sims[i].role, sizeof sims[i].role);
        if (view_starts(label, name) && label.data[name.len] == '\0')
            return &sims[i];
    }
    return NULL;
}

void fixture_from_inventory(struct fixture *out, const struct bp_inventory *inventory)
{
    *out = (struct fixture){
        .base = view_of(inventory->base, inventory->base_len),
        .host = view_of(inventory->host, inventory->host_len),
        .environment = inventory->environment,
    };
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        struct view name = role_name((enum role)role);
        const struct bp_sim *sim = find_role(inventory->table.sims, inventory->table.count, name);
        if (sim == NULL)
            sim = find_role(inventory->absent, inventory->absent_count, name);
        if (sim != NULL)
            out->iccid[role] = bp_iccid_view(&sim->iccid);
    }
}
