// SPDX-License-Identifier: Apache-2.0
#include "operator/inventory.h"

#include "base/buf.h"
#include "props/unit/sample.h"
#include "props/unit/unit.h"

static const int64_t now_ms = 1767225600000;

#define ICCID "\"iccid\":\"8988247000100003319\""
#define SIM(members) "{\"sims\":[{" ICCID "," members "}]}"
#define LOCATIONS "\"locations\":[\"US\"]"
#define PLAN(type, data, time)                                                          \
    SIM("\"plans\":[{\"id\":\"1\",\"type\":" type ",\"dataMB\":" data ",\"time\":" time \
        "," LOCATIONS "}]")
#define PAYG "\"MODIRECTPAYG\""
#define WITH_PLACE(place) "{" place ",\"sims\":[]}"
#define EIGHT(p, more) \
    p("1") "," p("2") "," p("3") "," p("4") "," p("5") "," p("6") "," p("7") "," p("8") more
#define NUMBERED(id) \
    "{\"id\":\"" id "\",\"type\":\"MODIRECT\",\"dataMB\":1,\"time\":\"P1D\"," LOCATIONS "}"
#define ABSENT(digit) "{\"iccid\":\"898824700010000331" digit "\",\"state\":\"absent\"}"

static const struct {
    const char *text;
    enum bp_reason want; // NONE: it is read
    const char *where;   // of the fault
} rows[] = {
    {"{\"sims\":[]}", BP_REASON_NONE, ""},
    {"{\"sims\":[],\"later\":{\"x\":[1]}}", BP_REASON_NONE, ""},
    {WITH_PLACE("\"base\":\"/v1\",\"host\":\"mo.example:8443\""), BP_REASON_NONE, ""},
    {WITH_PLACE("\"base\":\"\""), BP_REASON_NONE, ""},
    {WITH_PLACE("\"base\":\"/\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/v1/\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"v1\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/v 1\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/v?1\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/v#1\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/v\\u00e9\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/v\\u007f\""), BP_REASON_INVENTORY, "base"},
    {WITH_PLACE("\"base\":\"/!~\",\"host\":\"!~\""), BP_REASON_NONE, ""},
    {WITH_PLACE("\"base\":1"), BP_REASON_INVENTORY, "1"},
    {WITH_PLACE("\"host\":\"a b\""), BP_REASON_INVENTORY, "host"},
    {WITH_PLACE("\"host\":\"a\\u007f\""), BP_REASON_INVENTORY, "host"},
    {WITH_PLACE("\"host\":\" a\""), BP_REASON_INVENTORY, "host"},
    {WITH_PLACE("\"host\":null"), BP_REASON_INVENTORY, ""},
    {WITH_PLACE("\"environment\":\"staging\""), BP_REASON_NONE, ""},
    {WITH_PLACE("\"environment\":\"production\""), BP_REASON_NONE, ""},
    {WITH_PLACE("\"environment\":\"prodution\""), BP_REASON_INVENTORY, "prodution"},
    {WITH_PLACE("\"environment\":\"\""), BP_REASON_INVENTORY, ""},
    {WITH_PLACE("\"environment\":2"), BP_REASON_INVENTORY, "2"},
    {WITH_PLACE("\"base\":\"/123456789012345678901234567890123456789012345678901234567890123\""),
     BP_REASON_NONE, ""},
    {WITH_PLACE("\"base\":\"/1234567890123456789012345678901234567890123456789012345678901234\""),
     BP_REASON_INVENTORY, "/1234567890123456789012345678901234567890123456789012345678901234"},
    {"", BP_REASON_JSON_CUT, ""},
    {"[]", BP_REASON_INVENTORY, ""},
    {"7", BP_REASON_INVENTORY, "7"},
    {"{}", BP_REASON_INVENTORY, "sims"},
    {"{\"sims\":{}}", BP_REASON_INVENTORY, "sims"},
    {"{\"sims\":[\"A\"]}", BP_REASON_INVENTORY, "A"},
    {"{\"sims\":[{}]}", BP_REASON_INVENTORY, "iccid"},
    {"{\"sims\":[{\"iccid\":8988247000100003319}]}", BP_REASON_INVENTORY, "iccid"},
    {"{\"sims\":[{\"iccid\":\"898824700010000331\"}]}", BP_REASON_INVENTORY, "898824700010000331"},
    {"{\"sims\":[{" ICCID "},{" ICCID "}]}", BP_REASON_INVENTORY, "8988247000100003319"},
    {"{\"sims\":[{" ICCID "},{" ICCID ",\"state\":\"absent\"}]}", BP_REASON_INVENTORY,
     "8988247000100003319"},
    {"{\"sims\":[{" ICCID ",\"state\":\"absent\"},{" ICCID "}]}", BP_REASON_INVENTORY,
     "8988247000100003319"},
    {"{\"sims\":[" ABSENT("1") "," ABSENT("2") "," ABSENT("2") "]}", BP_REASON_INVENTORY,
     "8988247000100003312"},
    {"{\"sims\":[" ABSENT("1") "," ABSENT("2") "," ABSENT("3") "," ABSENT("4") "]}", BP_REASON_NONE,
     ""},
    {"{\"sims\":[" ABSENT("1") "," ABSENT("2") "," ABSENT("3") "," ABSENT("4") "," ABSENT("5") "]}",
     BP_REASON_INVENTORY_SPACE, "sims"},
    {SIM("\"role\":\"LOAD\""), BP_REASON_NONE, ""},
    {SIM("\"role\":\"LOADS\""), BP_REASON_INVENTORY, "LOADS"},
    {SIM("\"role\":1"), BP_REASON_INVENTORY, "1"},
    {SIM("\"state\":\"active\""), BP_REASON_NONE, ""},
    {SIM("\"state\":\"Active\""), BP_REASON_INVENTORY, "Active"},
    {SIM("\"state\":true"), BP_REASON_INVENTORY, ""},
    {SIM("\"plans\":{}"), BP_REASON_INVENTORY, "plans"},
    {SIM("\"plans\":[1.5]"), BP_REASON_INVENTORY, "1.5"},
    {SIM("\"plans\":[{}]"), BP_REASON_INVENTORY, "id"},
    {SIM("\"plans\":[{\"id\":\"\"}]"), BP_REASON_INVENTORY, "id"},
    {SIM("\"plans\":[{\"id\":\"1\"}]"), BP_REASON_INVENTORY, "type"},
    {SIM("\"plans\":[{\"id\":\"123456789012345678901234567890123\"}]"), BP_REASON_INVENTORY,
     "123456789012345678901234567890123"},
    {SIM("\"plans\":[{\"id\":\"1\",\"type\":\"PAYG\"}]"), BP_REASON_INVENTORY, "PAYG"},
    {SIM("\"plans\":[{\"id\":\"1\",\"type\":" PAYG "}]"), BP_REASON_INVENTORY, "dataMB"},
    {SIM("\"plans\":[{\"id\":\"1\",\"type\":" PAYG ",\"dataMB\":1}]"), BP_REASON_INVENTORY, "time"},
    {SIM("\"plans\":[{\"id\":\"1\",\"type\":" PAYG ",\"dataMB\":1,\"time\":\"P1D\"}]"),
     BP_REASON_INVENTORY, "locations"},
    {PLAN(PAYG, "1", "\"P1D\""), BP_REASON_NONE, ""},
    {PLAN("\"MODIRECT\"", "0", "\"PT0S\""), BP_REASON_NONE, ""},
    {PLAN("1", "1", "\"P1D\""), BP_REASON_INVENTORY, "type"},
    {PLAN(PAYG, "\"1\"", "\"P1D\""), BP_REASON_INVENTORY, "dataMB"},
    {PLAN(PAYG, "-1", "\"P1D\""), BP_REASON_INVENTORY, "-1"},
    {PLAN(PAYG, "1e9", "\"P1D\""), BP_REASON_NONE, ""},
    {PLAN(PAYG, "1000000001", "\"P1D\""), BP_REASON_INVENTORY, "1000000001"},
    {PLAN(PAYG, "1,\"usedMB\":-0.5", "\"P1D\""), BP_REASON_INVENTORY, "-0.5"},
    {PLAN(PAYG, "1,\"usedMB\":\"2\"", "\"P1D\""), BP_REASON_INVENTORY, "2"},
    {PLAN(PAYG, "1,\"usedMB\":2", "\"P1D\""), BP_REASON_NONE, ""},
    {PLAN(PAYG, "1", "7"), BP_REASON_INVENTORY, "time"},
    {PLAN(PAYG, "1", "\"P1W\""), BP_REASON_INVENTORY, "P1W"},
    {PLAN(PAYG, "1", "\"1D\""), BP_REASON_INVENTORY, "1D"},
    {PLAN(PAYG, "1", "\"-P1D\""), BP_REASON_INVENTORY, "-P1D"},
    {PLAN(PAYG, "1", "\"P10675200D\""), BP_REASON_INVENTORY, "P10675200D"},
    {PLAN(PAYG, "1", "\"P10675199D\""), BP_REASON_NONE, ""},
    {PLAN(PAYG, "1", "\"P1D\",\"x\":[]"), BP_REASON_NONE, ""},
    {SIM("\"plans\":[" EIGHT(NUMBERED, ) "]"), BP_REASON_NONE, ""},
    {SIM("\"plans\":[" EIGHT(NUMBERED, "," NUMBERED("9")) "]"), BP_REASON_INVENTORY_SPACE, "plans"},
    {SIM("\"plans\":[" NUMBERED("1") "," NUMBERED("1") "]"), BP_REASON_INVENTORY, "id"},
};

// The list of locations of one plan.
static const struct {
    const char *locations;
    enum bp_reason want;
    const char *where;
} location_rows[] = {
    {"[\"US\",\"CA\"]", BP_REASON_NONE, ""},
    {"[]", BP_REASON_INVENTORY, "locations"},
    {"\"US\"", BP_REASON_INVENTORY, "locations"},
    {"[\"us\"]", BP_REASON_NONE, ""},
    {"[\"UK\"]", BP_REASON_INVENTORY, "UK"},
    {"[\"USA\"]", BP_REASON_INVENTORY, "USA"},
    {"[840]", BP_REASON_INVENTORY, "840"},
    {"[\"US\",\"US\"]", BP_REASON_INVENTORY, "US"},
    {"[\"US\",\"CA\",\"MX\",\"GB\",\"FR\",\"DE\",\"IT\",\"ES\",\"PT\",\"NL\",\"BE\",\"LU\",\"CH\","
     "\"AT\",\"PL\",\"CZ\"]",
     BP_REASON_NONE, ""},
    {"[\"US\",\"CA\",\"MX\",\"GB\",\"FR\",\"DE\",\"IT\",\"ES\",\"PT\",\"NL\",\"BE\",\"LU\",\"CH\","
     "\"AT\",\"PL\",\"CZ\",\"DK\"]",
     BP_REASON_INVENTORY_SPACE, "locations"},
};

static void check_text(size_t row, const char *text, enum bp_reason want, const char *where)
{
    static struct bp_inventory inventory;
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    bool is_read = sample_inventory_read(&inventory, &fault, view_of_text(text), now_ms);
    CHECK_ROW(row, is_read == (want == BP_REASON_NONE));
    CHECK_ROW(row, fault.reason == want);
    CHECK_ROW(row, view_equal(fault.where, view_of_text(where)));
}

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_text(i, rows[i].text, rows[i].want, rows[i].where);
    for (size_t i = 0; i < sizeof location_rows / sizeof location_rows[0]; i++) {
        char space[512];
        struct buf text = BUF(space);
        buf_put_text(&text, "{\"sims\":[{" ICCID ",\"plans\":[{\"id\":\"1\",\"type\":" PAYG
                            ",\"dataMB\":1,\"time\":\"P1D\",\"locations\":");
        buf_put_text(&text, location_rows[i].locations);
        buf_put(&text, view_of("}]}]}", 6));
        CHECK_ROW(i, !text.overflow);
        check_text(1000 + i, space, location_rows[i].want, location_rows[i].where);
    }
}

// More SIMs than the table has room for.
static void test_space(void)
{
    static char space[8192];
    struct buf text = BUF(space);
    buf_put_text(&text, "{\"sims\":[");
    for (unsigned i = 0; i < SAMPLE_SIM_COUNT_MAX; i++) {
        buf_put_text(&text, "{\"iccid\":\"89882470001000");
        buf_put_padded(&text, i, 5);
        buf_put_text(&text, "\"},");
    }
    size_t full_len = text.len - 1;
    buf_put_text(&text, "{" ICCID "}]}");
    buf_put_byte(&text, '\0');
    CHECK(!text.overflow);
    check_text(2000, space, BP_REASON_INVENTORY_SPACE, "sims");
    memcpy(space + full_len, "]}", 3);
    check_text(2001, space, BP_REASON_NONE, "");
}

// Nothing is lost between the file and bytes or milliseconds.
static void test_exact(void)
{
    static struct bp_inventory inventory;
    struct bp_fault fault;
    CHECK(sample_inventory_read(
        &inventory, &fault, VIEW(PLAN(PAYG, "2.03,\"usedMB\":0.000249", "\"PT1.5S\"")), now_ms));
    const struct bp_plan *plan = &inventory.table.sims[0].plans[0];
    CHECK(plan->quota_bytes == 2030000 && plan->used_bytes == 249);
    CHECK(plan->expires_ms == now_ms + 1500);
    CHECK(sample_inventory_read(&inventory, &fault,
                                VIEW(PLAN(PAYG, "1000000000", "\"P10675199D\"")), now_ms));
    CHECK(plan->quota_bytes == 1000000000 * BP_MB && plan->used_bytes == 0);
    CHECK(bp_plan_left_s(plan, now_ms) == (uint64_t)10675199 * 86400);
    CHECK(sample_inventory_read(&inventory, &fault, VIEW(PLAN(PAYG, "1", "\"PT1.999999999S\"")),
                                now_ms));
    CHECK(plan->expires_ms == now_ms + 1999); // a part of a millisecond is no time left
}

static const struct bp_sim *sim_called(const struct bp_inventory *inventory, const char *role)
{
    for (size_t i = 0; i < inventory->table.count; i++)
        if (strncmp(inventory->table.sims[i].role, role, sizeof inventory->table.sims[i].role) == 0)
            return &inventory->table.sims[i];
    return NULL;
}

static void test_sample_plans(const struct bp_inventory *inventory)
{
    const struct bp_sim *a = sim_called(inventory, "A");
    CHECK(a != NULL && a->plan_count == 3 && a->is_supported);
    if (a == NULL)
        return;
    CHECK(view_equal(bp_iccid_view(&a->iccid), VIEW("8988247000100003319")));
    CHECK(a->plans[0].quota_bytes == 1500750000 && a->plans[0].used_bytes == 133500000);
    CHECK(a->plans[0].expires_ms == now_ms + (int64_t)(23 * 24 + 23) * 3600000);
    CHECK(a->plans[0].type == BP_PLAN_MODIRECTPAYG && a->plans[0].country_count == 2);
    CHECK(bp_plan_holds_in(&a->plans[0], "US") && bp_plan_holds_in(&a->plans[0], "CA"));
    CHECK(a->plans[1].used_bytes == 0 && bp_plan_holds_in(&a->plans[1], "US"));
    CHECK(!bp_plan_holds_in(&a->plans[2], "US"));
    CHECK(view_equal(view_of(a->plans[2].id, a->plans[2].id_len),
                     VIEW("d'\xc3\xa9t\xc3\xa9 \"3\\4\"\x01\xe2\x80\xa8")));
    const struct bp_sim *p = sim_called(inventory, "P");
    CHECK(p != NULL && p->plans[0].type == BP_PLAN_MODIRECT);
    CHECK(p != NULL && p->plans[0].used_bytes == 2048000001);
}

// The sample operator has what the roles promise (fixture.h).
static void test_sample(void)
{
    static const struct {
        const char *role;
        bool is_supported, in_garden, has_micro, has_luhn;
        unsigned plan_count, active_count;
        uint8_t iccid_len;
    } sims[] = {
        {"A", true, false, false, true, 3, 3, 19},  {"A1", true, false, false, true, 1, 1, 19},
        {"P", true, false, false, true, 1, 1, 19},  {"Z", true, false, false, false, 0, 0, 19},
        {"X", true, false, false, true, 2, 0, 19},  {"E", true, false, false, true, 2, 0, 19},
        {"W", true, true, false, true, 1, 1, 19},   {"B", true, false, true, true, 1, 1, 20},
        {"N", false, false, false, true, 1, 1, 19},
    };
    static struct bp_inventory inventory;
    struct bp_fault fault;
    CHECK(sample_inventory_read(&inventory, &fault, sample_text(), now_ms));
    CHECK(inventory.table.count == sizeof sims / sizeof sims[0]);
    CHECK(view_equal(view_of(inventory.base, inventory.base_len), VIEW("/v1")));
    CHECK(view_equal(view_of(inventory.host, inventory.host_len), VIEW("mo.example")));
    CHECK(inventory.absent_count == 1 && inventory.absent[0].role[0] == 'U');
    CHECK(bp_iccid_has_luhn(&inventory.absent[0].iccid));
    for (size_t i = 0; i < sizeof sims / sizeof sims[0]; i++) {
        const struct bp_sim *sim = sim_called(&inventory, sims[i].role);
        unsigned active_count = 0;
        CHECK_ROW(i, sim != NULL);
        if (sim == NULL)
            continue;
        for (unsigned p = 0; p < sim->plan_count; p++)
            active_count += bp_plan_is_active(&sim->plans[p], now_ms);
        CHECK_ROW(i, sim->is_supported == sims[i].is_supported);
        CHECK_ROW(i, sim->in_garden == sims[i].in_garden && sim->has_micro == sims[i].has_micro);
        CHECK_ROW(i, sim->plan_count == sims[i].plan_count && active_count == sims[i].active_count);
        CHECK_ROW(i, bp_iccid_has_luhn(&sim->iccid) == sims[i].has_luhn);
        CHECK_ROW(i, sim->iccid.len == sims[i].iccid_len);
    }
    test_sample_plans(&inventory);
}

int main(void)
{
    test_rows();
    test_space();
    test_exact();
    test_sample();
    return unit_end();
}
