// SPDX-License-Identifier: Apache-2.0
// Endpoints in processes of their own, over mutual TLS.
#include "props/run/hosted.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "props/run/host_order.h"
#include "props/run/prove_tls.h"
#include "props/run/tour.h"
#include "props/unit/pki_folder.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

static struct hosted hosted;
static struct pki_folder folder;

static struct world mounted(enum local_kind kind, const char *liar)
{
    struct world world = honest[kind];
    CHECK(hosted_mount(&hosted, &world, 1, liar == NULL ? NULL : liar_find(view_of_text(liar)),
                       NULL));
    return world;
}

static const struct exchange *get(const struct world *world, enum role role, const char *query)
{
    struct trial *trial = trial_init(trial_space);
    trial_start(trial, NULL, world);
    struct buf *request = trial_request(trial, 0);
    buf_put(request, VIEW("GET "));
    buf_put(request, world->fixture.base);
    buf_put(request, VIEW("/sims/"));
    buf_put(request, world->fixture.iccid[role]);
    buf_put_text(request, query);
    buf_put(request, VIEW(" HTTP/1.1\r\nHost: mo.example\r\n\r\n"));
    return trial_send(trial, 0, NULL);
}

static unsigned ask(const struct world *world, const char *query, enum fate *fate)
{
    const struct exchange *x = get(world, ROLE_A, query);
    if (fate != NULL)
        *fate = x->fate;
    return x->status;
}

static void check_worlds(void)
{
    struct world world = mounted(LOCAL_OPEN, NULL);
    CHECK(ask(&world, "/balances", NULL) == 200);
    CHECK(ask(&world, "/balances?limit=-1", NULL) == 400);
    world = mounted(LOCAL_ROOT, NULL);
    CHECK(ask(&world, "/balances", NULL) == 200);
    world = mounted(LOCAL_BASIC, NULL);
    CHECK(ask(&world, "/balances", NULL) == 401);
    world = mounted(LOCAL_OPEN, "limit-absolute");
    CHECK(ask(&world, "/balances?limit=-1", NULL) == 200);
}

// What the operator's back office does behind the endpoint, the other process; round by round it is
// undone. The last one shows only within a second behind a request: it is asked for again.
static const struct {
    struct bp_act act; // without its ICCID
    enum role role;    // whose; ROLE_COUNT: nobody's
    enum role asked;
    const char *answer;
} acts[] = {
    {{.hook = BP_HOOK_CONSUME, .bytes = 250000}, ROLE_A1, ROLE_A1, "\"dataRemainingInMB\":0.25,"},
    {{.hook = BP_HOOK_CLOCK, .ms = 1800000}, ROLE_COUNT, ROLE_A1, "\"timeRemaining\":\"PT59M"},
    {{.hook = BP_HOOK_ORDER,
      .id = VIEW_INIT("n"),
      .is_payg = true,
      .bytes = 3 * BP_MB,
      .ms = 86400000,
      .countries = VIEW_INIT("FR,DE")},
     ROLE_A1,
     ROLE_A1,
     "\"dataRemainingInMB\":3,"},
    {{.hook = BP_HOOK_WALLED, .is_on = true}, ROLE_A1, ROLE_A1, "[{\"type\":\"NONE\""},
    {{.hook = BP_HOOK_WALLED}, ROLE_A1, ROLE_A1, "\"dataRemainingInMB\":3,"},
    {{.hook = BP_HOOK_MICRO, .is_on = true}, ROLE_A1, ROLE_A1, "[{\"type\":\"NONE\""},
    {{.hook = BP_HOOK_ORDER, .id = VIEW_INIT("m"), .ms = 9000, .countries = VIEW_INIT("US")},
     ROLE_Z,
     ROLE_Z,
     "\"MODIRECT\""},
    {{.hook = BP_HOOK_FAULT, .is_on = true}, ROLE_COUNT, ROLE_A, "HTTP/1.1 500 "},
    {{.hook = BP_HOOK_FAULT}, ROLE_COUNT, ROLE_A, "HTTP/1.1 200 "},
    {{.hook = BP_HOOK_LIMITER, .rate_per_s = 1}, ROLE_COUNT, ROLE_A, "HTTP/1.1 200 "},
    {{.hook = BP_HOOK_FAULT, .is_on = true}, ROLE_COUNT, ROLE_A, "Retry-After: 1"},
};

static bool says(const struct world *world, enum role role, const char *words)
{
    const struct exchange *x = get(world, role, "/balances");
    return view_find(x->response, view_of_text(words)) < x->response.len;
}

static void check_acts(const char *liar)
{
    struct world world = mounted(LOCAL_OPEN, liar);
    const struct bp_hooks *hooks = &world.hooks;
    CHECK(hooks->there == BP_HOOK_ALL);
    world.subject.wait = NULL; // an answer 429 is one
    for (unsigned round = 0; round < 2; round++) {
        CHECK_ROW(round, says(&world, ROLE_A1, "\"dataRemainingInMB\":0.5,"));
        CHECK_ROW(round, says(&world, ROLE_A1, "\"timeRemaining\":\"PT1H"));
        CHECK_ROW(round, says(&world, ROLE_Z, "[{\"type\":\"NONE\""));
        for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
            struct bp_act act = acts[i].act;
            if (acts[i].role != ROLE_COUNT)
                act.iccid = world.fixture.iccid[acts[i].role];
            CHECK_ROW(i, hooks->act(hooks->context, &act));
            unsigned try_count = i + 1 == sizeof acts / sizeof acts[0] ? 20 : 1;
            bool is_said = false;
            while (!is_said && try_count-- != 0)
                is_said = says(&world, acts[i].asked, acts[i].answer);
            CHECK_ROW(i, is_said);
        }
        CHECK_ROW(round, hooks->undo(hooks->context));
    }
    CHECK(ask(&world, "/balances?limit=-1", NULL) == (liar == NULL ? 400 : 200));
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    (void)clause;
    (void)x;
    *(bool *)context = *(bool *)context || verdict.grade == GRADE_FAIL;
}

// Plays the program of the liar's own clause, over TLS.
static bool is_caught(const char *name, const char *clause)
{
    static struct panel panel;
    static struct tour tour;
    bool only[CLAUSE_COUNT_MAX] = {false};
    bool has_failed = false;
    struct world world = mounted(LOCAL_OPEN, name);
    struct trial *trial = trial_init(trial_space);
    only[clause_find(view_of_text(clause))] = true;
    panel_init(&panel, only, hear, &has_failed);
    tour_init(&tour,
              &(struct tour_options){
                  .world_count = 1, .exhaustive = true, .only = only, .run_cap = 6, .pair_cap = 1});
    while (!has_failed && tour_next(&tour))
        panel_play(&panel, trial, &tour.choices, &world, 1);
    return has_failed;
}

// What a liar does wrong in the back office it does there too, and only there.
static void check_liars(void)
{
    static const char *const rows[][2] = {{"garden-unnoticed", "GB-STATE-1"},
                                          {"consume-late", "GB-STATE-3"},
                                          {"clock-frozen", "GB-STATE-4"},
                                          {"order-elsewhere", "GB-STATE-6"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, is_caught(rows[i][0], rows[i][1]));
    CHECK(!is_caught(NULL, "GB-STATE-3"));
}

// What cannot be done is refused, and nobody hears those who are gone.
static void check_refused_acts(void)
{
    struct world world = mounted(LOCAL_OPEN, NULL);
    const struct bp_hooks *hooks = &world.hooks;
    char id[BP_ACT_TEXT_LEN_MAX + 1];
    memset(id, 'i', sizeof id);
    struct bp_act consume = {
        .hook = BP_HOOK_CONSUME, .iccid = world.fixture.iccid[ROLE_Z], .bytes = 1};
    struct bp_act order = {.countries = VIEW("US"),
                           .hook = BP_HOOK_ORDER,
                           .iccid = world.fixture.iccid[ROLE_A],
                           .ms = 1000};
    order.id = view_of(id, sizeof id);
    CHECK(!hooks->act(hooks->context, &consume));
    CHECK(!hooks->act(hooks->context, &order));
    order.id = VIEW("1");
    CHECK(hooks->act(hooks->context, &order));
    kill(hosted.worlds[0].host.pid, SIGKILL);
    CHECK(!hooks->act(hooks->context, &order) && !hooks->undo(hooks->context));
    host_stop(&hosted.worlds[0].host);
    CHECK(!hooks->act(hooks->context, &order) && !hooks->undo(hooks->context));
}

// A process that is gone is no answer, and nobody is left behind.
static void check_end(void)
{
    struct world world = mounted(LOCAL_OPEN, NULL);
    pid_t pid = hosted.worlds[0].host.pid;
    enum fate fate = FATE_ANSWERED;
    CHECK(pid > 0 && kill(pid, 0) == 0);
    CHECK(kill(pid, SIGTERM) == 0 && kill(pid, SIGHUP) == 0);
    CHECK(ask(&world, "/balances", NULL) == 200);
    host_stop(&hosted.worlds[0].host);
    CHECK(kill(pid, 0) != 0 && errno == ESRCH);
    CHECK(ask(&world, "/balances", &fate) == 0);
    CHECK(fate == FATE_FAILED);
    hosted_close(&hosted);
    hosted_close(&hosted);
}

static void check_trouble(void)
{
    struct host host;
    struct bp_trouble trouble = {""};
    struct host_options options = {
        .folder = folder.above.path, .sims = VIEW("{}"), .fixture = &honest[LOCAL_OPEN].fixture};
    CHECK(!host_start(&host, &trouble, &options));
    CHECK(strcmp(trouble.words, "the inventory is refused") == 0);
    host_stop(&host);
    options.sims = hosted.sims;
    CHECK(!host_start(&host, &trouble, &options));
    CHECK(strstr(trouble.words, "server.pem") != NULL);
    host_stop(&host);
}

// Two worlds are proved: the honest one passes, and its own clause catches a wrong one.
static void check_proof(void)
{
    struct prove_result *result = calloc(1, sizeof *result);
    CHECK(prove_tls_one(result,
                        &(struct prove_tls_options){.hosted = &hosted,
                                                    .open = &honest[LOCAL_OPEN],
                                                    .basic = &honest[LOCAL_BASIC],
                                                    .now_s = time(NULL)},
                        tls_liar_find(VIEW("tls-expired-403"))));
    CHECK(result->liar_count == 1 && prove_is_caught(&result->liars[0]));
    CHECK(result->liars[0].saw_200 && result->liars[0].failed_count == 0);
    free(result);
}

int main(void)
{
    CHECK(open_worlds());
    CHECK(pki_folder_open(&folder));
    const struct pki_options pki = {.now_s = time(NULL)};
    CHECK(pki_make(folder.path, &pki, folder.message, sizeof folder.message));
    CHECK(hosted_open(&hosted, folder.path,
                      view_of((const char *)sample_inventory_text, sample_inventory_len), NULL));
    check_worlds();
    check_acts(NULL);
    check_acts("limit-absolute");
    check_liars();
    check_refused_acts();
    check_end();
    check_trouble();
    check_proof();
    hosted_close(&hosted);
    pki_folder_close(&folder);
    close_worlds();
    return unit_end();
}
