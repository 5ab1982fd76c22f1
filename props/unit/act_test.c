// SPDX-License-Identifier: Apache-2.0
// Acts on a deployment: which are refused, and that these change nothing.
#include "operator/act.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

#define A "8988247000100003319"
#define A1 "8988247000100042176"
#define Z "8988247000100003555"
#define U "8988247009900001233"
#define OF_A .iccid = VIEW_INIT(A)
#define ORDERED .hook = BP_HOOK_ORDER, OF_A, .bytes = 5, .ms = 86400000
#define USED .hook = BP_HOOK_CONSUME, OF_A
#define COUNTRIES_15 "US,CA,MX,DE,FR,GB,IT,ES,PT,NL,BE,AT,CH,SE,NO"
#define OCTETS_32 "12345678901234567890123456789012"

enum { START_MS = 1000000 };

#define MOST_BYTES (BP_DATA_MB_MAX * BP_MB)

static struct bp_deployment *deployment;
static struct bp_sim *sim_a;

static void open_sample(void *space)
{
    const struct bp_deployment_config config = {.start_ms = START_MS};
    struct bp_fault fault;
    struct bp_iccid iccid;
    deployment = bp_deployment_open(space, &fault, sample_text(), &config);
    if (deployment == NULL || !bp_iccid_read(&iccid, VIEW(A)))
        exit(2);
    sim_a = bp_sim_find(&deployment->inventory.table, &iccid);
    if (sim_a == NULL)
        exit(2);
    for (unsigned i = 0; i < sim_a->plan_count; i++)
        sim_a->plans[i].used_bytes = i; // of the last one most
}

static const struct {
    struct bp_act act;
    const char *refusal; // how it begins; NULL: it is done
} rows[] = {
    {{.hook = BP_HOOK_LIMITER, .rate_per_s = 1}, NULL},
    {{.hook = BP_HOOK_FAULT, .is_on = true}, NULL},
    {{.hook = BP_HOOK_WALLED, OF_A, .is_on = true}, NULL},
    {{.hook = BP_HOOK_WALLED, .is_on = true}, "the operator has no SIM"},
    {{.hook = BP_HOOK_MICRO, OF_A, .is_on = true}, NULL},
    {{.hook = BP_HOOK_MICRO, .iccid = VIEW_INIT(U)}, "the operator has no SIM"},
    {{USED, .bytes = 1}, NULL},
    {{USED, .bytes = 1, .countries = VIEW_INIT("us")}, NULL},
    {{USED, .bytes = 1, .countries = VIEW_INIT("DE")}, "no plan of this SIM is active"},
    {{USED, .bytes = 1, .countries = VIEW_INIT("XX")}, "LOCATION "},
    {{USED, .bytes = 1, .countries = VIEW_INIT("US,CA")}, "LOCATION "},
    {{USED, .bytes = MOST_BYTES - 2}, NULL},
    {{USED, .bytes = MOST_BYTES - 1}, "no plan counts"},
    {{.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(A1), .bytes = MOST_BYTES}, "no plan counts"},
    {{.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(Z), .bytes = 1}, "no plan of this SIM is active"},
    {{.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(Z), .bytes = MOST_BYTES + 1},
     "no plan of this SIM is active"},
    {{ORDERED, .id = VIEW_INIT("n"), .countries = VIEW_INIT("US")}, NULL},
    {{ORDERED, .id = VIEW_INIT(OCTETS_32), .countries = VIEW_INIT(COUNTRIES_15 ",DK")}, NULL},
    {{ORDERED, .id = VIEW_INIT(OCTETS_32 "3"), .countries = VIEW_INIT("US")}, "ID "},
    {{ORDERED, .countries = VIEW_INIT("US")}, "ID "},
    {{ORDERED, .id = VIEW_INIT("23445"), .countries = VIEW_INIT("US")}, "this SIM has a plan"},
    {{ORDERED, .id = VIEW_INIT("n"), .countries = VIEW_INIT(COUNTRIES_15 ",DK,FI")}, "LOCATIONS "},
    {{ORDERED, .id = VIEW_INIT("n"), .countries = VIEW_INIT("US,us")}, "LOCATIONS "},
    {{ORDERED, .id = VIEW_INIT("n"), .countries = VIEW_INIT("US,")}, "LOCATIONS "},
    {{ORDERED, .id = VIEW_INIT("n")}, "LOCATIONS "},
};

static void test_rows(void *space)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        open_sample(space);
        struct bp_sim before = *sim_a;
        const struct bp_act *act = &rows[i].act;
        const char *refusal = bp_act_refusal(deployment, act, START_MS);
        const char *want = rows[i].refusal;
        CHECK_ROW(i, (refusal == NULL) == (want == NULL));
        if (refusal != NULL && want != NULL)
            CHECK_ROW(i, view_starts(view_of_text(refusal), view_of_text(want)));
        CHECK_ROW(i, memcmp(&before, sim_a, sizeof before) == 0);
        CHECK_ROW(i, bp_act_apply(deployment, act, START_MS) == (want == NULL));
        bool is_on_sim = act->iccid.len != 0 && want == NULL;
        CHECK_ROW(i, (memcmp(&before, sim_a, sizeof before) != 0) == is_on_sim);
        const struct bp_endpoint *endpoint = &deployment->endpoint;
        CHECK_ROW(i, (endpoint->limiter != NULL) == (act->hook == BP_HOOK_LIMITER));
        CHECK_ROW(i, endpoint->is_broken == (act->hook == BP_HOOK_FAULT));
    }
}

// There is room for eight plans, and no clock in a deployment.
static void test_bounds(void *space)
{
    struct bp_act act = {ORDERED, .countries = VIEW("FR,DE"), .is_payg = true};
    open_sample(space);
    for (char id = 'a'; id < 'a' + BP_PLAN_COUNT_MAX; id++) {
        if (sim_a->plan_count == BP_PLAN_COUNT_MAX)
            break;
        act.id = view_of(&id, 1);
        CHECK(bp_act_apply(deployment, &act, START_MS));
    }
    CHECK(sim_a->plan_count == BP_PLAN_COUNT_MAX);
    const struct bp_plan *last = &sim_a->plans[BP_PLAN_COUNT_MAX - 1];
    CHECK(last->type == BP_PLAN_MODIRECTPAYG && last->quota_bytes == 5 && last->used_bytes == 0);
    CHECK(last->expires_ms == START_MS + act.ms && last->country_count == 2);
    CHECK(bp_plan_holds_in(last, "FR") && bp_plan_holds_in(last, "DE"));
    act.id = VIEW("more");
    CHECK(bp_act_refusal(deployment, &act, START_MS) != NULL);
    CHECK(!bp_act_apply(deployment, &act, START_MS));
    act.hook = BP_HOOK_CLOCK;
    CHECK(bp_act_refusal(deployment, &act, START_MS) == NULL);
    CHECK(!bp_act_apply(deployment, &act, START_MS));
}

// A kept act has its own texts, cut where there is no room.
static void test_kept(void)
{
    static struct bp_act_kept kept;
    char text[BP_ACT_TEXT_LEN_MAX + 1];
    memset(text, 'x', sizeof text);
    bp_act_keep(&kept, &(struct bp_act){.hook = BP_HOOK_ORDER,
                                        .bytes = 7,
                                        .iccid = view_of(text, 3),
                                        .id = view_of(text, sizeof text),
                                        .countries = view_of(text, 2)});
    memset(text, 'y', sizeof text);
    CHECK(kept.act.hook == BP_HOOK_ORDER && kept.act.bytes == 7);
    CHECK(view_equal(kept.act.countries, VIEW("xx")));
    CHECK(view_equal(kept.act.iccid, VIEW("xxx")) && kept.act.id.len == BP_ACT_TEXT_LEN_MAX);
    CHECK(kept.act.id.data[BP_ACT_TEXT_LEN_MAX - 1] == 'x');
    bp_act_keep(&kept, &(struct bp_act){.hook = BP_HOOK_FAULT});
    CHECK(kept.act.iccid.len == 0 && kept.act.countries.len == 0);
}

int main(void)
{
    void *space = malloc(bp_deployment_size());
    if (space == NULL)
        return 2;
    test_rows(space);
    test_bounds(space);
    test_kept();
    free(space);
    return unit_end();
}
