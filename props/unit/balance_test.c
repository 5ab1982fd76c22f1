// SPDX-License-Identifier: Apache-2.0
#include "operator/balance.h"

#include "props/unit/unit.h"

static const int64_t now_ms = 1767225600000;

#define ELEMENT(type, data, time, id)                                                              \
    "{\"type\":\"" type "\",\"dataRemainingInMB\":" data ",\"timeRemaining\":\"" time "\",\"id\":" \
    "\"" id "\""
#define NOTHING "{\"balances\":[" ELEMENT("NONE", "0", "PT0S", "0") "}]}"
#define NO_PART "{\"balances\":[" ELEMENT("NOTSUPPORTED", "0", "PT0S", "0") "}]}"
#define FIRST ELEMENT("MODIRECTPAYG", "1367.25", "P23DT23H", "23445")
#define SECOND ELEMENT("MODIRECTPAYG", "0.000001", "PT1S", "q\\\"\\\\")
#define THIRD ELEMENT("MODIRECT", "0", "P1D", "post")

static void add_plan(struct bp_sim *sim, struct bp_plan plan, const char *id, const char *countries)
{
    plan.id_len = (uint8_t)strlen(id);
    memcpy(plan.id, id, plan.id_len);
    for (; *countries != '\0'; countries += 2)
        memcpy(plan.countries[plan.country_count++], countries, 2);
    sim->plans[sim->plan_count++] = plan;
}

// What a SIM has, one letter each: a, b PAYG, p MODIRECT, x used up, e expired; n not supported, g
// in the garden, m with a microbalance.
static struct bp_sim sim_of(const char *letters)
{
    static const struct bp_plan first = {
        BP_PLAN_MODIRECTPAYG, 0, 0, "", {""}, 1500750000, 133500000, 1767225600000 + 2070000000};
    static const struct bp_plan second = {BP_PLAN_MODIRECTPAYG, 0, 0, "", {""}, 8, 7,
                                          1767225600000 + 1999};
    static const struct bp_plan third = {BP_PLAN_MODIRECT,        0, 0, "", {""}, 0, 5,
                                         1767225600000 + 86400000};
    static const struct bp_plan spent = {BP_PLAN_MODIRECTPAYG,    0, 0, "", {""}, 7, 8,
                                         1767225600000 + 86400000};
    static const struct bp_plan over = {BP_PLAN_MODIRECTPAYG, 0, 0, "", {""}, 7, 0,
                                        1767225600000 + 999};
    struct bp_sim sim = {.is_supported = true};
    for (; *letters != '\0'; letters++) {
        sim.is_supported = sim.is_supported && *letters != 'n';
        sim.in_garden = sim.in_garden || *letters == 'g';
        sim.has_micro = sim.has_micro || *letters == 'm';
        if (*letters == 'a')
            add_plan(&sim, first, "23445", "USCA");
        if (*letters == 'b')
            add_plan(&sim, second, "q\"\\", "US");
        if (*letters == 'p')
            add_plan(&sim, third, "post", "FRGBUS");
        if (*letters == 'x')
            add_plan(&sim, spent, "spent", "US");
        if (*letters == 'e')
            add_plan(&sim, over, "over", "US");
    }
    return sim;
}

static const struct {
    const char *sim;
    const char *location; // NULL: none
    int32_t limit;        // -1: none
    enum bp_fields fields;
    const char *want;
} rows[] = {
    {"", NULL, -1, BP_FIELDS_BASIC, NOTHING},
    {"", "US", -1, BP_FIELDS_BASIC, NOTHING},
    {"", NULL, 0, BP_FIELDS_BASIC, "{\"balances\":[]}"},
    {"", NULL, 1, BP_FIELDS_FULL,
     "{\"balances\":[" ELEMENT("NONE", "0", "PT0S", "0") ",\"locations\":[]}]}"},
    {"x", NULL, -1, BP_FIELDS_BASIC, NOTHING},
    {"e", NULL, -1, BP_FIELDS_BASIC, NOTHING},
    {"xe", "US", 2, BP_FIELDS_BASIC, NOTHING},
    {"a", NULL, -1, BP_FIELDS_BASIC, "{\"balances\":[" FIRST "}]}"},
    {"xaeb", NULL, -1, BP_FIELDS_BASIC, "{\"balances\":[" FIRST "}," SECOND "}]}"},
    {"ba", NULL, -1, BP_FIELDS_BASIC, "{\"balances\":[" SECOND "}," FIRST "}]}"},
    {"abp", NULL, -1, BP_FIELDS_FULL,
     "{\"balances\":[" FIRST ",\"locations\":[\"US\",\"CA\"]}," SECOND
     ",\"locations\":[\"US\"]}," THIRD ",\"locations\":[\"FR\",\"GB\",\"US\"]}]}"},
    {"abp", "CA", -1, BP_FIELDS_BASIC, "{\"balances\":[" FIRST "}]}"},
    {"abp", "FR", -1, BP_FIELDS_BASIC, "{\"balances\":[" THIRD "}]}"},
    {"abp", "FR", 1, BP_FIELDS_BASIC, "{\"balances\":[" THIRD "}]}"},
    {"abp", "US", 2, BP_FIELDS_BASIC, "{\"balances\":[" FIRST "}," SECOND "}]}"},
    {"abp", "US", INT32_MAX, BP_FIELDS_BASIC, "{\"balances\":[" FIRST "}," SECOND "}," THIRD "}]}"},
    {"abp", NULL, 1, BP_FIELDS_BASIC, "{\"balances\":[" FIRST "}]}"},
    {"abp", NULL, 0, BP_FIELDS_BASIC, "{\"balances\":[]}"},
    {"abp", "JP", -1, BP_FIELDS_BASIC, NOTHING},
    {"abp", "JP", 1, BP_FIELDS_BASIC, NOTHING},
    {"abpn", NULL, -1, BP_FIELDS_BASIC, NO_PART},
    {"abpn", "JP", 5, BP_FIELDS_BASIC, NO_PART},
    {"n", "US", 1, BP_FIELDS_FULL,
     "{\"balances\":[" ELEMENT("NOTSUPPORTED", "0", "PT0S", "0") ",\"locations\":[]}]}"},
    {"abpn", "US", 0, BP_FIELDS_BASIC, "{\"balances\":[]}"},
    {"ngm", "US", 1, BP_FIELDS_BASIC, NO_PART},
    {"abpg", "US", -1, BP_FIELDS_BASIC, NOTHING},
    {"abpm", NULL, 1, BP_FIELDS_BASIC, NOTHING},
};

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_sim sim = sim_of(rows[i].sim);
        struct bp_query query = {.fields = rows[i].fields};
        struct bp_balance_list list;
        char space[2048];
        struct buf out = BUF(space);
        query.has_limit = rows[i].limit >= 0;
        query.limit_count = rows[i].limit;
        query.has_location = rows[i].location != NULL;
        if (query.has_location)
            memcpy(query.location, rows[i].location, 2);
        bp_balances_at(&list, &sim, &query, now_ms);
        bp_balances_write(&out, &list, query.fields);
        bool is_same = view_equal(buf_view(&out), view_of_text(rows[i].want));
        CHECK_ROW(i, is_same && !out.overflow);
        if (!is_same)
            fprintf(stderr, "got %.*s\n", (int)out.len, out.data);
    }
}

// Time alone takes a plan away (GB-STATE-4, GB-TYPE-3).
static void test_clock(void)
{
    struct bp_sim sim = sim_of("a");
    struct bp_query query = {.fields = BP_FIELDS_BASIC};
    struct bp_balance_list list;
    for (uint64_t left_s = 2070000; left_s > 0; left_s = left_s * 2 / 3) {
        bp_balances_at(&list, &sim, &query, now_ms + (int64_t)(2070000 - left_s) * 1000);
        CHECK(list.count == 1 && list.items[0].remaining_s == left_s);
        CHECK(list.items[0].type == BP_TYPE_MODIRECTPAYG);
    }
    bp_balances_at(&list, &sim, &query, now_ms + 2070000000);
    CHECK(list.count == 1 && list.items[0].type == BP_TYPE_NONE);
    CHECK(list.items[0].remaining_s == 0 && list.items[0].remaining_bytes == 0);
}

// A plan behind the count is none.
static void test_count(void)
{
    struct bp_sim sim = sim_of("ab");
    struct bp_query query = {.fields = BP_FIELDS_BASIC};
    struct bp_balance_list list;
    sim.plan_count = 1;
    bp_balances_at(&list, &sim, &query, now_ms);
    CHECK(list.count == 1 && list.items[0].plan == &sim.plans[0]);
}

// Whatever the space, the writer stays inside it and says when it was too small.
static void test_overflow(void)
{
    struct bp_sim sim = sim_of("abp");
    struct bp_query query = {.fields = BP_FIELDS_FULL};
    struct bp_balance_list list;
    char space[1024];
    struct buf whole = BUF(space);
    bp_balances_at(&list, &sim, &query, now_ms);
    bp_balances_write(&whole, &list, query.fields);
    for (size_t cap = 0; cap <= whole.len; cap++) {
        char small[1025];
        struct buf out = buf_of(small, cap);
        small[cap] = '!';
        bp_balances_write(&out, &list, query.fields);
        CHECK_ROW(cap, out.overflow == (cap < whole.len) && small[cap] == '!');
        CHECK_ROW(cap, view_starts(buf_view(&whole), buf_view(&out)));
    }
}

int main(void)
{
    test_rows();
    test_clock();
    test_count();
    test_overflow();
    return unit_end();
}
