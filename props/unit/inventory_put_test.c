// SPDX-License-Identifier: Apache-2.0
// What is written of an inventory is read back equal.
#include "operator/inventory.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

static const int64_t now_ms = 1767225600000;

static char space[65536];

// A SIM with one plan that ends so many milliseconds later, and how that is written.
static const struct {
    int64_t left_ms;
    const char *time;
} times[] = {
    {-5, "PT0S"},
    {0, "PT0S"},
    {1, "PT0.001S"},
    {50, "PT0.050S"},
    {999, "PT0.999S"},
    {1000, "PT1S"},
    {61050, "PT1M1.050S"},
    {3600010, "PT1H0.010S"},
    {86400000, "P1D"},
    {86400100, "P1DT0.100S"},
    {922337193599999, "P10675198DT23H59M59.999S"},
};

static bool read_back(struct bp_inventory *out, const struct bp_inventory *inventory)
{
    struct buf text = BUF(space);
    struct bp_fault fault;
    buf_put_byte(&text, '{');
    bp_inventory_put(&text, inventory, now_ms);
    buf_put_byte(&text, '}');
    CHECK(!text.overflow);
    return sample_inventory_read(out, &fault, buf_view(&text), now_ms);
}

static void make_sim(struct bp_inventory *out, struct bp_sim *sim, uint16_t slots[2])
{
    memset(out, 0, sizeof *out);
    memset(sim, 0, sizeof *sim);
    bp_sim_table_init(&out->table, sim, 1, slots, 2);
    bool is_read = bp_iccid_read(&sim->iccid, VIEW("8988247000100003319"));
    CHECK(is_read);
    sim->is_supported = true;
    out->table.count = 1;
}

static void test_times(void)
{
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct bp_inventory inventory, back;
        struct bp_sim sim;
        uint16_t slots[2];
        make_sim(&inventory, &sim, slots);
        sim.plan_count = 1;
        sim.plans[0] = (struct bp_plan){.id_len = 1,
                                        .id = "x",
                                        .country_count = 1,
                                        .countries = {{'U', 'S'}},
                                        .quota_bytes = 123456789012345,
                                        .used_bytes = 999999999999999,
                                        .expires_ms = now_ms + times[i].left_ms};
        CHECK_ROW(i, read_back(&back, &inventory));
        const struct bp_plan *plan = &back.table.sims[0].plans[0];
        int64_t left_ms = times[i].left_ms < 0 ? 0 : times[i].left_ms;
        CHECK_ROW(i, plan->expires_ms - now_ms == left_ms);
        CHECK_ROW(i, plan->quota_bytes == 123456789012345 && plan->used_bytes == 999999999999999);
        struct view text = view_of(space, sizeof space);
        CHECK_ROW(i, view_find(text, view_of_text(times[i].time)) < text.len);
    }
}

static void test_states(void)
{
    for (unsigned bits = 0; bits < 8; bits++) {
        struct bp_inventory inventory, back;
        struct bp_sim sim;
        uint16_t slots[2];
        make_sim(&inventory, &sim, slots);
        sim.is_supported = (bits & 1) == 0;
        sim.in_garden = sim.is_supported && (bits & 2) != 0;
        sim.has_micro = sim.is_supported && (bits & 4) != 0;
        memcpy(sim.role, "LOAD", 4);
        CHECK_ROW(bits, read_back(&back, &inventory));
        const struct bp_sim *other = &back.table.sims[0];
        CHECK_ROW(bits, other->is_supported == sim.is_supported);
        CHECK_ROW(bits, other->in_garden == sim.in_garden && other->has_micro == sim.has_micro);
        CHECK_ROW(bits, memcmp(other->role, "LOAD", 4) == 0);
    }
}

// A role is written without the zeros behind it.
static void test_roles(void)
{
    static const struct {
        const char *role;
        const char *text;
    } roles[] = {
        {"", "{\"role\":\"\",\"iccid\":\"8988247000100003319\","},
        {"A", "{\"role\":\"A\",\"iccid\":\"8988247000100003319\","},
        {"LOAD", "{\"role\":\"LOAD\",\"iccid\":\"8988247000100003319\","},
    };
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct bp_inventory inventory;
        struct bp_sim sim;
        uint16_t slots[2];
        struct buf text = BUF(space);
        make_sim(&inventory, &sim, slots);
        memcpy(sim.role, roles[i].role, strlen(roles[i].role));
        bp_inventory_put_sim(&text, &sim, now_ms);
        CHECK_ROW(i, view_starts(buf_view(&text), view_of_text(roles[i].text)));
    }
}

static void test_environments(void)
{
    for (unsigned i = 0; i < BP_ENVIRONMENT_COUNT; i++) {
        struct bp_inventory inventory, back;
        struct bp_sim sim;
        uint16_t slots[2];
        make_sim(&inventory, &sim, slots);
        inventory.environment = (enum bp_environment)i;
        CHECK_ROW(i, read_back(&back, &inventory));
        CHECK_ROW(i, back.environment == inventory.environment);
    }
}

int main(void)
{
    test_environments();
    test_times();
    test_roles();
    test_states();
    return unit_end();
}
