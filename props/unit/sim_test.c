// SPDX-License-Identifier: Apache-2.0
#include "operator/sim.h"

#include "props/unit/unit.h"

enum { DAY_MS = 86400000, SIM_COUNT = 500 };

static const int64_t now_ms = 1767225600000;

static struct bp_iccid iccid_of(const char *text)
{
    struct bp_iccid iccid;
    CHECK(bp_iccid_read(&iccid, view_of_text(text)));
    return iccid;
}

// The SIM number `n` of a long list: neighbours differ in one digit.
static struct bp_sim numbered_sim(unsigned n)
{
    struct bp_sim sim = {.is_supported = true, .plan_count = 0};
    struct bp_iccid iccid = iccid_of("8988247000200000000");
    for (unsigned i = 18; n != 0; i--, n /= 10)
        iccid.digits[i] = (char)('0' + n % 10);
    sim.iccid = iccid;
    return sim;
}

static void test_table(void)
{
    static struct bp_sim sims[SIM_COUNT];
    static uint16_t slots[1024];
    struct bp_sim_table table;
    bp_sim_table_init(&table, sims, SIM_COUNT, slots, 1024);
    for (unsigned n = 0; n < SIM_COUNT; n++) {
        struct bp_sim sim = numbered_sim(n);
        CHECK_ROW(n, bp_sim_find(&table, &sim.iccid) == NULL);
        CHECK_ROW(n, bp_sim_add(&table, &sim));
        CHECK_ROW(n, !bp_sim_add(&table, &sim));
    }
    for (unsigned n = 0; n < 2 * SIM_COUNT; n++) {
        struct bp_sim sim = numbered_sim(n);
        struct bp_sim *want = n < SIM_COUNT ? &sims[n] : NULL;
        CHECK_ROW(n, bp_sim_find(&table, &sim.iccid) == want);
    }
    struct bp_sim one_more = numbered_sim(SIM_COUNT);
    CHECK(!bp_sim_add(&table, &one_more));
    CHECK(table.count == SIM_COUNT);
}

// Whole numbers only: neighbours of a known one are strangers (GB-PATH-7).
static void test_neighbours(void)
{
    static const char *const strangers[] = {"89882470001000033190", "08988247000100003319",
                                            "27434991073809554935", "8988247000100003310",
                                            "9988247000100003319"};
    struct bp_sim sims[1]; // a full table, in which every search must end
    uint16_t slots[2];
    struct bp_sim_table table;
    struct bp_sim sim = {.iccid = iccid_of("8988247000100003319")};
    bp_sim_table_init(&table, sims, 1, slots, 2);
    CHECK(bp_sim_add(&table, &sim));
    CHECK(bp_sim_find(&table, &sim.iccid) == &sims[0]);
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        struct bp_iccid iccid = iccid_of(strangers[i]);
        CHECK_ROW(i, bp_sim_find(&table, &iccid) == NULL);
    }
}

static struct bp_plan plan_of(enum bp_plan_type type, int64_t quota_bytes, int64_t used_bytes,
                              int64_t left_ms, const char *countries)
{
    struct bp_plan plan = {.type = type, .id_len = 1, .id = "p"};
    plan.quota_bytes = quota_bytes;
    plan.used_bytes = used_bytes;
    plan.expires_ms = now_ms + left_ms;
    for (; *countries != '\0'; countries += 2)
        memcpy(plan.countries[plan.country_count++], countries, 2);
    return plan;
}

static void test_plan(void)
{
    static const struct {
        enum bp_plan_type type;
        int64_t quota_bytes, used_bytes, left_ms;
        int64_t want_bytes;
        uint64_t want_s;
        bool is_active;
    } rows[] = {
        {BP_PLAN_MODIRECTPAYG, 100, 0, DAY_MS, 100, 86400, true},
        {BP_PLAN_MODIRECTPAYG, 100, 99, 1000, 1, 1, true},
        {BP_PLAN_MODIRECTPAYG, 100, 99, 1999, 1, 1, true},
        {BP_PLAN_MODIRECTPAYG, 100, 99, 999, 1, 0, false},
        {BP_PLAN_MODIRECTPAYG, 100, 100, DAY_MS, 0, 86400, false},
        {BP_PLAN_MODIRECTPAYG, 100, 101, DAY_MS, 0, 86400, false},
        {BP_PLAN_MODIRECTPAYG, 100, 0, 0, 100, 0, false},
        {BP_PLAN_MODIRECTPAYG, 100, 0, -DAY_MS, 100, 0, false},
        {BP_PLAN_MODIRECT, 0, 0, DAY_MS, 0, 86400, true},
        {BP_PLAN_MODIRECT, 0, 500, 1000, 0, 1, true},
        {BP_PLAN_MODIRECT, 100, 0, 0, 100, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_plan plan =
            plan_of(rows[i].type, rows[i].quota_bytes, rows[i].used_bytes, rows[i].left_ms, "USCA");
        CHECK_ROW(i, bp_plan_left_bytes(&plan) == rows[i].want_bytes);
        CHECK_ROW(i, bp_plan_left_s(&plan, now_ms) == rows[i].want_s);
        CHECK_ROW(i, bp_plan_is_active(&plan, now_ms) == rows[i].is_active);
        CHECK_ROW(i, bp_plan_holds_in(&plan, "CA") && bp_plan_holds_in(&plan, "US"));
        CHECK_ROW(i, !bp_plan_holds_in(&plan, "SC") && !bp_plan_holds_in(&plan, "UA"));
    }
}

// Three plans: used up, 100 bytes in the US and CA, MODIRECT with 10 bytes in CA; and an expired
// one.
static struct bp_sim spender(void)
{
    struct bp_sim sim = {.is_supported = true, .plan_count = 4};
    sim.plans[0] = plan_of(BP_PLAN_MODIRECTPAYG, 50, 50, DAY_MS, "US");
    sim.plans[1] = plan_of(BP_PLAN_MODIRECTPAYG, 100, 0, DAY_MS, "USCA");
    sim.plans[2] = plan_of(BP_PLAN_MODIRECT, 10, 0, DAY_MS, "CA");
    sim.plans[3] = plan_of(BP_PLAN_MODIRECTPAYG, 100, 0, 0, "USCA");
    return sim;
}

static void test_consume(void)
{
    static const struct {
        int64_t bytes;
        const char *country;
        bool is_booked;
        int64_t want_used[4];
    } rows[] = {
        {0, NULL, true, {50, 0, 0, 0}},
        {1, NULL, true, {50, 1, 0, 0}},
        {100, NULL, true, {50, 100, 0, 0}},
        {101, NULL, true, {50, 100, 1, 0}},
        {110, "CA", true, {50, 100, 10, 0}},
        {200, "CA", true, {50, 100, 100, 0}},
        {200, "US", true, {50, 200, 0, 0}},
        {1, "FR", false, {50, 0, 0, 0}},
        {INT64_MAX, "US", true, {50, INT64_MAX, 0, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_sim sim = spender();
        bool is_booked = bp_sim_consume(&sim, rows[i].bytes, rows[i].country, now_ms);
        CHECK_ROW(i, is_booked == rows[i].is_booked);
        for (size_t p = 0; p < 4; p++)
            CHECK_ROW(i, sim.plans[p].used_bytes == rows[i].want_used[p]);
    }
    struct bp_sim sim = spender();
    CHECK(!bp_sim_consume(&sim, 1, NULL, now_ms + DAY_MS));
    CHECK(bp_sim_consume(&sim, INT64_MAX, "US", now_ms));
    CHECK(!bp_sim_consume(&sim, INT64_MAX, "US", now_ms));
    CHECK(bp_sim_consume(&sim, INT64_MAX, "CA", now_ms));
    CHECK(bp_sim_consume(&sim, INT64_MAX, "CA", now_ms));
    CHECK(sim.plans[2].used_bytes == INT64_MAX);
}

// What stands behind a count is not there.
static void test_counts(void)
{
    struct bp_sim sim = spender();
    sim.plans[1].id[0] = 'q';
    CHECK(bp_sim_has_plan(&sim, VIEW("p")) && bp_sim_has_plan(&sim, VIEW("q")));
    CHECK(!bp_sim_has_plan(&sim, VIEW("r")) && !bp_sim_has_plan(&sim, VIEW("pp")));
    sim.plan_count = 1;
    CHECK(!bp_sim_has_plan(&sim, VIEW("q")));
    CHECK(!bp_sim_consume(&sim, 1, "US", now_ms));
    sim.plans[1].country_count = 1;
    CHECK(bp_plan_holds_in(&sim.plans[1], "US") && !bp_plan_holds_in(&sim.plans[1], "CA"));
}

static void test_order(void)
{
    struct bp_sim sim = {.is_supported = true, .in_garden = true, .has_micro = true};
    struct bp_plan plan = plan_of(BP_PLAN_MODIRECTPAYG, 7, 0, DAY_MS, "FR");
    for (unsigned i = 0; i < BP_PLAN_COUNT_MAX; i++)
        CHECK_ROW(i, bp_sim_order(&sim, &plan) && sim.plan_count == i + 1);
    CHECK(!sim.in_garden && !sim.has_micro);
    CHECK(sim.plans[BP_PLAN_COUNT_MAX - 1].quota_bytes == 7);
    sim.in_garden = true;
    CHECK(!bp_sim_order(&sim, &plan));
    CHECK(sim.plan_count == BP_PLAN_COUNT_MAX && sim.in_garden);
}

int main(void)
{
    test_table();
    test_neighbours();
    test_plan();
    test_consume();
    test_counts();
    test_order();
    return unit_end();
}
