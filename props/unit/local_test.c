// SPDX-License-Identifier: Apache-2.0
#include "props/subject/local.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

#define GET(path, role) "GET " path "/sims/" role "/balances HTTP/1.1\r\nHost: mo.example\r\n"
#define A "8988247000100003319"
#define A1 "8988247000100042176"
#define Z "8988247000100003555"
#define RIGHT "Authorization: Basic bW9iaWxlcGxhbnM6YTpiIGM=\r\n"

static struct local *open_kind(enum local_kind kind)
{
    static void *spaces[LOCAL_KIND_COUNT];
    struct bp_fault fault;
    if (spaces[kind] == NULL)
        spaces[kind] = malloc(local_size());
    struct local *local =
        spaces[kind] == NULL ? NULL : local_open(spaces[kind], &fault, sample_text(), kind);
    if (local == NULL)
        exit(2);
    return local;
}

static bool answers(struct world *world, const char *request, const char *want)
{
    static char space[65536];
    struct buf response = BUF(space);
    struct sending sending = {.request = view_of_text(request), .answer_count = 1};
    bool is_exchanged = world->subject.exchange(world->subject.context, &response, &sending);
    return is_exchanged && view_find(buf_view(&response), view_of_text(want)) < response.len;
}

static void test_worlds(void)
{
    static const struct {
        enum local_kind kind;
        const char *name, *base, *credentials, *request, *want;
    } rows[] = {
        {LOCAL_OPEN, "open", "/v1", "", GET("/v1", A) "\r\n", "HTTP/1.1 200 "},
        {LOCAL_OPEN, "open", "/v1", "", GET("", A) "\r\n", "HTTP/1.1 404 "},
        {LOCAL_BASIC, "basic", "/v1", "mobileplans:a:b c", GET("/v1", A) RIGHT "\r\n",
         "HTTP/1.1 200 "},
        {LOCAL_BASIC, "basic", "/v1", "mobileplans:a:b c", GET("/v1", A) "\r\n", "HTTP/1.1 401 "},
        {LOCAL_ROOT, "root", "", "", GET("", A) "\r\n", "HTTP/1.1 200 "},
        {LOCAL_ROOT, "root", "", "", GET("/v1", A) "\r\n", "HTTP/1.1 404 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct world world;
        struct profile seed;
        local_world(&world, open_kind(rows[i].kind));
        CHECK_ROW(i, strcmp(world.name, rows[i].name) == 0);
        CHECK_ROW(i, view_equal(world.fixture.base, view_of_text(rows[i].base)));
        CHECK_ROW(i, view_equal(world.fixture.credentials, view_of_text(rows[i].credentials)));
        CHECK_ROW(i, view_equal(world.fixture.iccid[ROLE_A], VIEW(A)));
        CHECK_ROW(i, profile_find(&seed, VIEW("seed")));
        CHECK_ROW(i, memcmp(&seed, &world.profile, sizeof seed) == 0);
        CHECK_ROW(i, answers(&world, rows[i].request, rows[i].want));
    }
}

static void test_refused(void)
{
    struct bp_fault fault;
    void *space = malloc(local_size());
    CHECK(space != NULL && local_open(space, &fault, VIEW("{}"), LOCAL_OPEN) == NULL);
    CHECK(fault.reason == BP_REASON_INVENTORY);
    free(space);
}

// What each hook changes, and that a reset brings everything back.
static void test_hooks(void)
{
    static const char *const data = "\"dataRemainingInMB\":0.5,\"timeRemaining\":\"PT1H30M\"";
    static const char ask[] = GET("/v1", A1) "\r\n";
    static const char ask_z[] = GET("/v1", Z) "\r\n";
    static const struct {
        struct bp_act act; // without its ICCID
        enum role role;    // whose; ROLE_COUNT: nobody's
        const char *sent;
        const char *answer;
    } rows[] = {
        {{.hook = BP_HOOK_CONSUME, .bytes = 250000}, ROLE_A1, ask, "\"dataRemainingInMB\":0.25,"},
        {{.hook = BP_HOOK_CLOCK, .ms = 60000}, ROLE_COUNT, ask, "\"timeRemaining\":\"PT1H29M\""},
        {{.hook = BP_HOOK_ORDER,
          .id = {"n", 1},
          .is_payg = true,
          .bytes = 3 * BP_MB,
          .ms = 86400000,
          .countries = {"FR,DE", 5}},
         ROLE_A1,
         ask,
         "\"dataRemainingInMB\":3,"},
        {{.hook = BP_HOOK_WALLED, .is_on = true}, ROLE_A1, ask, "[{\"type\":\"NONE\""},
        {{.hook = BP_HOOK_WALLED}, ROLE_A1, ask, "\"dataRemainingInMB\":3,"},
        {{.hook = BP_HOOK_MICRO, .is_on = true}, ROLE_A1, ask, "[{\"type\":\"NONE\""},
        {{.hook = BP_HOOK_MICRO}, ROLE_A1, ask, "\"dataRemainingInMB\":3,"},
        {{.hook = BP_HOOK_ORDER, .id = {"m", 1}, .ms = 1000, .countries = {"US", 2}},
         ROLE_Z,
         ask_z,
         "\"MODIRECT\""},
        {{.hook = BP_HOOK_FAULT, .is_on = true}, ROLE_COUNT, ask, "HTTP/1.1 500 "},
        {{.hook = BP_HOOK_FAULT}, ROLE_COUNT, ask, "HTTP/1.1 200 "},
        {{.hook = BP_HOOK_LIMITER, .rate_per_s = 1}, ROLE_COUNT, ask, "HTTP/1.1 200 "},
        {{.hook = BP_HOOK_CLOCK, .ms = 999}, ROLE_COUNT, ask, "HTTP/1.1 429 "},
        {{.hook = BP_HOOK_FAULT, .is_on = true}, ROLE_COUNT, ask, "Retry-After: 1"},
    };
    struct local *local = open_kind(LOCAL_OPEN);
    struct world world;
    local_world(&world, local);
    for (unsigned round = 0; round < 2; round++) {
        CHECK_ROW(round, local_now_ms(local) == LOCAL_START_MS);
        CHECK_ROW(round, answers(&world, ask, data));
        CHECK_ROW(round, answers(&world, ask_z, "[{\"type\":\"NONE\""));
        for (unsigned row = 0; row < sizeof rows / sizeof rows[0]; row++) {
            struct bp_act act = rows[row].act;
            if (rows[row].role != ROLE_COUNT)
                act.iccid = world.fixture.iccid[rows[row].role];
            CHECK_ROW(row, world.hooks.act(world.hooks.context, &act));
            CHECK_ROW(row, answers(&world, rows[row].sent, rows[row].answer));
        }
        world.subject.reset(world.subject.context);
    }
    CHECK(world.hooks.there == BP_HOOK_ALL && world.hooks.undo == NULL);
}

// Each connection gets its own answer, and a request that never gets whole keeps nobody waiting.
static void test_several(void)
{
    static const char ask_a[] = GET("/v1", A) "X-MS-DM-TransactionId: id-a\r\n\r\n";
    static const char ask_z[] = GET("/v1", Z) "X-MS-DM-TransactionId: id-z\r\n\r\n";
    static char spaces[2][65536];
    struct buf responses[2] = {BUF(spaces[0]), BUF(spaces[1])};
    struct buf *outs[2] = {&responses[0], &responses[1]};
    struct sending sendings[2] = {{view_of_text(ask_a), 1, false, true},
                                  {view_of_text(ask_z), 1, false, true}};
    struct world world;
    local_world(&world, open_kind(LOCAL_OPEN));
    const struct subject *subject = &world.subject;
    CHECK(subject->together(subject->context, outs, sendings, 2));
    CHECK(view_find(buf_view(outs[0]), VIEW("id-a")) < responses[0].len);
    CHECK(view_find(buf_view(outs[1]), VIEW("id-z")) < responses[1].len);
    CHECK(view_find(buf_view(outs[0]), VIEW("MODIRECTPAYG")) < responses[0].len);
    CHECK(view_find(buf_view(outs[1]), VIEW("NONE")) < responses[1].len);
    for (size_t len = 1; len < sizeof ask_z - 1; len++) {
        subject->reset(subject->context);
        buf_clear(outs[0]);
        buf_clear(outs[1]);
        CHECK_ROW(len, subject->beside(subject->context, outs[0], outs[1], &sendings[0],
                                       view_of(ask_z, len)));
        CHECK_ROW(len, view_starts(buf_view(outs[0]), VIEW("HTTP/1.1 200 ")));
        CHECK_ROW(len, view_starts(buf_view(outs[1]), VIEW("HTTP/1.1 400 ")));
    }
    char little_space[64];
    struct buf little = BUF(little_space);
    outs[1] = &little;
    CHECK(!subject->together(subject->context, outs, sendings, 2) && little.overflow);
}

// Appends what is answered for A and for Z.
static void ask_both(struct buf *out, const struct world *world)
{
    static const char *const requests[] = {GET("/v1", A) "\r\n", GET("/v1", Z) "\r\n"};
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        size_t begin = out->len;
        struct sending sending = {.request = view_of_text(requests[i]), .answer_count = 1};
        CHECK_ROW(i, world->subject.exchange(world->subject.context, out, &sending));
        CHECK_ROW(i, view_starts(view_from(buf_view(out), begin), VIEW("HTTP/1.1 200 ")));
    }
}

// What cannot be done is refused, and changes nothing.
static void test_refused_acts(void)
{
    static char spaces[2][65536];
    struct buf before = BUF(spaces[0]);
    struct buf after = BUF(spaces[1]);
    static const struct {
        struct bp_act act;
        enum role role;
    } rows[] = {
        {{.hook = BP_HOOK_CONSUME, .bytes = 1}, ROLE_Z},
        {{.hook = BP_HOOK_CONSUME, .bytes = 1}, ROLE_U},
        {{.hook = BP_HOOK_ORDER, .id = {"n", 1}, .ms = 1}, ROLE_U},
        {{.hook = BP_HOOK_ORDER, .id = {"n", 1}, .ms = 1, .countries = {"US,ZZ", 5}}, ROLE_A},
        {{.hook = BP_HOOK_WALLED, .is_on = true}, ROLE_U},
        {{.hook = BP_HOOK_MICRO, .is_on = true}, ROLE_U},
    };
    struct local *local = open_kind(LOCAL_OPEN);
    struct world world;
    local_world(&world, local);
    ask_both(&before, &world);
    for (unsigned row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        struct bp_act act = rows[row].act;
        act.iccid = world.fixture.iccid[rows[row].role];
        CHECK_ROW(row, !local_act(local, &act));
    }
    ask_both(&after, &world);
    CHECK(view_equal(buf_view(&before), buf_view(&after)));
}

static void test_memory(void)
{
    static const char once[] = GET("/v1", A) "X-MS-DM-TransactionId: once\r\n\r\n";
    struct world world;
    local_world(&world, open_kind(LOCAL_OPEN));
    for (unsigned round = 0; round < 3; round++) {
        CHECK_ROW(round, answers(&world, once, "HTTP/1.1 200 "));
        CHECK_ROW(round, answers(&world, once, "HTTP/1.1 409 "));
        world.subject.reset(world.subject.context);
    }
}

// Silence is no failure of the world; answers that do not fit are.
static void test_edges(void)
{
    static char requests[40000];
    static char space[2 * BP_ANSWER_LEN_MAX];
    struct world world;
    struct buf response = BUF(space);
    struct buf request = BUF(requests);
    local_world(&world, open_kind(LOCAL_OPEN));
    struct sending sending = {.request = VIEW(""), .answer_count = 1};
    CHECK(world.subject.exchange(world.subject.context, &response, &sending));
    sending.request = VIEW("\r\n");
    CHECK(world.subject.exchange(world.subject.context, &response, &sending));
    CHECK(response.len == 0);
    for (unsigned n = 0; n < 300; n++)
        buf_put_text(&request, GET("/v1", A) "\r\n");
    CHECK(!request.overflow);
    sending.request = buf_view(&request);
    CHECK(!world.subject.exchange(world.subject.context, &response, &sending));
    CHECK(response.overflow);
}

int main(void)
{
    test_worlds();
    test_refused();
    test_hooks();
    test_refused_acts();
    test_several();
    test_memory();
    test_edges();
    return unit_end();
}
