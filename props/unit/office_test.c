// SPDX-License-Identifier: Apache-2.0
// The back office's commands, and the state that survives a restart.
#include "server/office.h"

#include "net/clock.h"
#include "props/unit/sample.h"
#include "props/unit/unit.h"
#include "server/state.h"

#define A "8988247000100003319"
#define U "8988247009900001233"
#define ORDER "order " A " "

static struct office office;
static void *space;

static void open_sample(void)
{
    const struct bp_deployment_config config = {.start_ms = bp_clock_wall_ms(),
                                                .replay_key = {0x0123456789abcdef, 42}};
    struct bp_fault fault;
    struct bp_deployment *deployment = bp_deployment_open(space, &fault, sample_text(), &config);
    if (deployment == NULL)
        exit(2);
    office_open(&office, deployment);
}

static const struct bp_sim *sim_a(void)
{
    struct bp_iccid iccid;
    bool is_read = bp_iccid_read(&iccid, VIEW(A));
    CHECK(is_read);
    return bp_sim_find(&office.deployment->inventory.table, &iccid);
}

static struct view say(const char *line)
{
    static char bytes[OFFICE_ANSWER_LEN_MAX];
    struct buf answer = BUF(bytes);
    office_obey(&answer, &office, view_of_text(line));
    return buf_view(&answer);
}

// Which lines are obeyed, and which of those change what a state keeps.
static const struct {
    const char *line;
    const char *answer;
    bool is_change;
} rows[] = {
    {"consume " A " 10", "ok\n", true},
    {"  consume   " A "  0.5  US ", "ok\n", true},
    {"consume " A " 1 GB", "ok\n", true},
    {"consume " A " 1 DE", "error no plan of this SIM is active\n", false},
    {"consume " A " 1 XX", "error LOCATION ", false},
    {"consume " A " -1", "error MB ", false},
    {"consume " A " 1e8", "ok\n", true},
    {"consume " A " 1e9", "error no plan counts that much data\n", false},
    {"consume " A " 1000000001", "error MB ", false},
    {"consume " A " x", "error MB ", false},
    {"consume " A, "error this command has a different number of words\n", false},
    {"consume " U " 1", "error the operator has no SIM with this ICCID\n", false},
    {"consume 1 1", "error the operator has no SIM with this ICCID\n", false},
    {ORDER "n1 MODIRECT 5 P1D US,CA", "ok\n", true},
    {ORDER "n1 MODIRECT 5 P1D US", "error this SIM has a plan with that ID\n", false},
    {ORDER "n2 MODIRECTPAYG 5.5 PT1.5S us", "ok\n", true},
    {ORDER "n3 NONE 5 P1D US", "error TYPE ", false},
    {ORDER "n3 MODIRECT 5 P1W US", "error DURATION ", false},
    {ORDER "n3 MODIRECT 5 P1D US,US", "error LOCATIONS ", false},
    {ORDER "n3 MODIRECT 5 P1D US,", "error LOCATIONS ", false},
    {ORDER "n3 MODIRECT 5 P1D ,US", "error LOCATIONS ", false},
    {ORDER "n3 MODIRECT five P1D US", "error MB ", false},
    {ORDER "123456789012345678901234567890123 MODIRECT 5 P1D US", "error ID ", false},
    {ORDER "n3 MODIRECT 5 P1D US more", "error too many words\n", false},
    {"garden " A " on", "ok\n", true},
    {"garden " A " off", "ok\n", true},
    {"garden " A " perhaps", "error the last word is on or off\n", false},
    {"micro " A " on", "ok\n", true},
    {"clock +3600", "ok\n", true},
    {"clock 3600", "error clock ", false},
    {"clock -1", "error clock ", false},
    {"clock +99999999999999999999", "error clock ", false},
    {"clock +3200000000", "error clock ", false},
    {"limiter 5", "ok\n", false},
    {"limiter off", "ok\n", false},
    {"limiter 0", "error limiter ", false},
    {"limiter 1000001", "error limiter ", false},
    {"break on", "ok\n", false},
    {"state", "ok ahead_s 3600 sims 9 limiter off break on\n", false},
    {"break off", "ok\n", false},
    {"state " A, "ok {\"role\":\"A\",\"iccid\":\"" A "\",\"state\":\"micro\",\"plans\":[", false},
    {"state " U, "error the operator has no SIM with this ICCID\n", false},
    {"", "error no words\n", false},
    {"undo", "error nothing was kept ", false},
    {"undo " A, "error this command has a different number of words\n", false},
    {"frob", "error the commands are ", false},
    {"Consume " A " 1", "error the commands are ", false},
};

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint64_t before = office.change_count;
        struct view answer = say(rows[i].line);
        CHECK_ROW(i, view_starts(answer, view_of_text(rows[i].answer)));
        CHECK_ROW(i, view_index(answer, '\n') == answer.len - 1);
        CHECK_ROW(i, office.change_count - before == rows[i].is_change);
    }
}

static void test_effects(void)
{
    open_sample();
    int64_t used = sim_a()->plans[0].used_bytes;
    (void)say("consume " A " 1.5 US");
    CHECK(sim_a()->plans[0].used_bytes - used == 1500000);
    (void)say("garden " A " on");
    CHECK(sim_a()->in_garden);
    (void)say("garden " A " maybe");
    CHECK(sim_a()->in_garden);
    (void)say("micro " A " on");
    CHECK(sim_a()->has_micro);
    int64_t before_ms = office_now_ms(&office);
    (void)say("clock +100");
    CHECK(office_now_ms(&office) - before_ms >= 100000);
    (void)say(ORDER "n MODIRECTPAYG 5 PT10S US,CA");
    const struct bp_plan *plan = &sim_a()->plans[3];
    CHECK(sim_a()->plan_count == 4 && plan->quota_bytes == 5000000 && plan->country_count == 2);
    CHECK(plan->expires_ms - office_now_ms(&office) <= 10000);
    CHECK(!sim_a()->in_garden && !sim_a()->has_micro);
}

static bool is_equal(const struct bp_sim *a, const struct bp_sim *b)
{
    bool is_same = bp_iccid_equal(&a->iccid, &b->iccid) && memcmp(a->role, b->role, 4) == 0 &&
                   a->is_supported == b->is_supported && a->in_garden == b->in_garden &&
                   a->has_micro == b->has_micro && a->plan_count == b->plan_count;
    for (unsigned i = 0; is_same && i < a->plan_count; i++) {
        const struct bp_plan *p = &a->plans[i];
        const struct bp_plan *q = &b->plans[i];
        bool is_over = p->expires_ms <= office_now_ms(&office);
        is_same = p->type == q->type && p->quota_bytes == q->quota_bytes &&
                  p->used_bytes == q->used_bytes && p->country_count == q->country_count &&
                  memcmp(p->countries, q->countries, 2 * (size_t)p->country_count) == 0 &&
                  view_equal(view_of(p->id, p->id_len), view_of(q->id, q->id_len)) &&
                  (is_over || p->expires_ms == q->expires_ms);
    }
    return is_same;
}

static bool knows(struct bp_deployment *deployment, const char *id)
{
    return bp_replay_is_repeat(&deployment->replay, view_of_text(id), office_now_ms(&office));
}

// Whatever was done, undo brings back how things were when they were kept.
static void test_undo(void)
{
    static struct bp_sim kept[BP_DEPLOYMENT_SIM_COUNT_MAX];
    static const char *const lines[] = {"consume " A " 1.5", ORDER "n MODIRECT 5 P1D US",
                                        "garden " A " on",   "micro " A " on",
                                        "clock +86400",      "limiter 5",
                                        "break on"};
    open_sample();
    (void)say("consume " A " 2");
    (void)say("clock +100");
    (void)say("limiter 9");
    office_keep(&office, kept);
    struct bp_sim before = *sim_a();
    for (unsigned round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
            CHECK_ROW(i, view_equal(say(lines[i]), VIEW("ok\n")));
        CHECK(!knows(office.deployment, "an id"));
        CHECK(!is_equal(sim_a(), &before));
        uint64_t count = office.change_count;
        CHECK(view_equal(say("undo"), VIEW("ok\n")) && office.change_count == count + 1);
        CHECK(is_equal(sim_a(), &before) && !knows(office.deployment, "an id"));
        CHECK(view_equal(say("state"), VIEW("ok ahead_s 100 sims 9 limiter 9 break off\n")));
    }
    (void)say("limiter off");
    office_keep(&office, kept);
    (void)say("limiter 5");
    (void)say("undo");
    CHECK(view_equal(say("state"), VIEW("ok ahead_s 100 sims 9 limiter off break off\n")));
}

// What is written is read back equal, byte for byte and millisecond for millisecond.
static void test_state(void)
{
    static char bytes[STATE_LEN_MAX];
    struct buf text = BUF(bytes);
    struct bp_fault fault;
    struct office other = {.ahead_ms = 0};
    static struct state state;
    void *other_space = malloc(bp_deployment_size());
    void *reader_space = malloc(bp_json_space(STATE_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX));
    if (other_space == NULL || reader_space == NULL)
        exit(2);
    (void)say("garden " A " on");
    (void)say("micro " A " on");
    CHECK(!knows(office.deployment, "first") && !knows(office.deployment, "second"));
    state_put(&text, &office);
    CHECK(!text.overflow);
    struct bp_json_reader *reader =
        bp_json_open(reader_space, STATE_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX);
    CHECK(state_read(&state, reader, buf_view(&text)));
    CHECK(state.seen_count == 2 && state.ahead_ms == office.ahead_ms);
    struct bp_deployment_config config = {.start_ms = state.clock_ms};
    memcpy(config.replay_key, state.replay_key, sizeof config.replay_key);
    other.deployment = bp_deployment_open(other_space, &fault, buf_view(&text), &config);
    CHECK(other.deployment != NULL);
    state_restore(&other, &state);
    CHECK(other.ahead_ms == office.ahead_ms);
    const struct bp_inventory *a = &office.deployment->inventory;
    const struct bp_inventory *b = &other.deployment->inventory;
    CHECK(a->table.count == b->table.count && a->absent_count == b->absent_count);
    CHECK(a->base_len == b->base_len && a->host_len == b->host_len);
    for (size_t i = 0; i < a->table.count; i++)
        CHECK_ROW(i, is_equal(&a->table.sims[i], &b->table.sims[i]));
    CHECK(bp_iccid_equal(&a->absent[0].iccid, &b->absent[0].iccid));
    CHECK(knows(other.deployment, "first") && knows(other.deployment, "second"));
    CHECK(!knows(other.deployment, "third"));
    free(other_space);
    free(reader_space);
}

static void test_bad_states(void)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"operator\":1}",
        "{\"operator\":{\"clockMs\":1,\"aheadMs\":0,\"seen\":[]}}",
        "{\"operator\":{\"clockMs\":1,\"aheadMs\":0,\"replayKey\":\"00\",\"seen\":[]}}",
        "{\"operator\":{\"clockMs\":-1,\"aheadMs\":0,"
        "\"replayKey\":\"00000000000000000000000000000000\",\"seen\":[]}}",
        "{\"operator\":{\"clockMs\":1,\"aheadMs\":3153600001000,"
        "\"replayKey\":\"00000000000000000000000000000000\",\"seen\":[]}}",
        "{\"operator\":{\"clockMs\":1,\"aheadMs\":0,"
        "\"replayKey\":\"00000000000000000000000000000000\",\"seen\":[\"x\"]}}",
        "{\"operator\":{\"clockMs\":1,\"aheadMs\":0,"
        "\"replayKey\":\"00000000000000000000000000000000\","
        "\"seen\":[\"0000000000000000000000000000000g 1\"]}}",
    };
    static struct state state;
    void *reader_space = malloc(bp_json_space(65536, 1024));
    if (reader_space == NULL)
        exit(2);
    struct bp_json_reader *reader = bp_json_open(reader_space, 65536, 1024);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        CHECK_ROW(i, !state_read(&state, reader, view_of_text(texts[i])));
    free(reader_space);
}

// SIMs with as many plans as there may be, in as many countries, fill the state nearly: it is read
// back.
static void test_long_state(void)
{
    enum { SIM_COUNT = 700 };
    static char bytes[STATE_LEN_MAX];
    static const char countries[] = "US,CA,MX,DE,FR,GB,IT,ES,PT,NL,BE,AT,CH,SE,NO,DK";
    const struct bp_deployment_config config = {.start_ms = bp_clock_wall_ms()};
    struct buf text = BUF(bytes);
    struct bp_fault fault;
    char iccid[32];
    buf_put_text(&text, "{\"sims\":[");
    for (unsigned i = 0; i < SIM_COUNT; i++) {
        snprintf(iccid, sizeof iccid, "898824700%010u", i);
        buf_put_text(&text, i == 0 ? "{\"role\":\"LOAD\",\"iccid\":\""
                                   : ",{\"role\":\"LOAD\",\"iccid\":\"");
        buf_put_text(&text, iccid);
        buf_put_text(&text, "\"}");
    }
    buf_put_text(&text, "]}");
    office.deployment = bp_deployment_open(space, &fault, buf_view(&text), &config);
    CHECK(office.deployment != NULL);
    if (office.deployment == NULL)
        return;
    for (unsigned i = 0; i < SIM_COUNT; i++) {
        snprintf(iccid, sizeof iccid, "898824700%010u", i);
        for (unsigned plan = 0; plan < BP_PLAN_COUNT_MAX; plan++) {
            char line[OFFICE_LINE_LEN_MAX];
            snprintf(line, sizeof line, "order %s %u MODIRECT 5 P1D %s", iccid, plan, countries);
            CHECK_ROW(i, view_equal(say(line), VIEW("ok\n")));
        }
    }
    buf_clear(&text);
    state_put(&text, &office);
    CHECK(!text.overflow && text.len > STATE_LEN_MAX / 10 * 9);
    CHECK(bp_deployment_open(space, &fault, buf_view(&text), &config) != NULL);
}

// A full memory, restored, forgets the oldest first.
static void test_full_memory(void)
{
    static char bytes[STATE_LEN_MAX];
    struct buf text = BUF(bytes);
    open_sample();
    for (unsigned i = 0; i < BP_DEPLOYMENT_REPLAY_COUNT + 10; i++) {
        char id[16];
        snprintf(id, sizeof id, "id-%u", i);
        CHECK(!knows(office.deployment, id));
    }
    state_put(&text, &office);
    CHECK(!text.overflow);
    CHECK(knows(office.deployment, "id-10"));
    CHECK(!knows(office.deployment, "id-9"));
}

int main(void)
{
    space = malloc(bp_deployment_size());
    if (space == NULL)
        return 2;
    open_sample();
    test_rows();
    test_effects();
    test_state();
    test_bad_states();
    test_full_memory();
    test_long_state();
    test_undo();
    free(space);
    return unit_end();
}
