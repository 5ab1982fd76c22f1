// SPDX-License-Identifier: Apache-2.0
// Sequences: accounts refuse what cannot follow, and the reference endpoint passes any sequence.
#include "props/rule/sequence.h"

#include "props/rule/account.h"
#include "props/subject/local.h"
#include "props/unit/sample.h"
#include "props/unit/unit.h"

static struct opener opener;
static struct exchange exchange;
static struct profile profile;

static const struct exchange *answer(unsigned status, const char *list)
{
    static char space[4096];
    struct buf out = BUF(space);
    buf_put_text(&out, "HTTP/1.1 ");
    buf_put_unsigned(&out, status);
    buf_put_text(&out, " X\r\nContent-Type: application/json\r\nContent-Length: ");
    buf_put_unsigned(&out, strlen(list) + strlen("{\"balances\":[]}"));
    buf_put_text(&out, "\r\n\r\n{\"balances\":[");
    buf_put_text(&out, list);
    buf_put_text(&out, "]}");
    exchange_open(&exchange, &opener, NULL, &profile, NULL, VIEW(""), buf_view(&out));
    return &exchange;
}

#define PLAN(type, id, data, time)                                                    \
    "{\"type\":\"" type "\",\"dataRemainingInMB\":" data ",\"timeRemaining\":\"" time \
    "\",\"id\":\"" id "\"}"
#define PAYG(id, data, time) PLAN("MODIRECTPAYG", id, data, time)
#define NONE PLAN("NONE", "0", "0", "PT0S")
#define TWO PAYG("a", "10", "P2D") "," PAYG("b", "5.5", "PT1H")

enum step { NOTHING, CONSUME, ADVANCE, ORDER, GARDEN, MICRO };

struct row {
    enum role role;
    const char *first;
    enum step step;
    int64_t amount; // bytes or milliseconds
    bool is_part;   // the second answer was filtered
    const char *second;
    const char *why;
};

#define ROSE "data rose without an order"
#define FELL "data fell by more than was consumed"
#define MISSING "a plan is missing before its end"
#define STRANGE "a plan is listed that nobody ordered, or in another place"
#define SLOW "time fell by less than has passed"
#define FAST "time fell by more than has passed"
#define NO_PLAN "an element is neither a plan nor the only one"
#define IN_GARDEN "something is left in the walled garden"
#define BESIDE_MICRO "something is left beside a microbalance"

static const struct row rows[] = {
    {ROLE_A, TWO, NOTHING, 0, false, TWO, NULL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10.000001", "P2D") "," PAYG("b", "5.5", "PT1H"),
     ROSE},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "9.999999", "P2D") "," PAYG("b", "5.5", "PT1H"),
     FELL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2D"), MISSING},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("b", "5.5", "PT1H"), MISSING},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("b", "5.5", "PT1H") "," PAYG("a", "10", "P2D"), MISSING},
    {ROLE_A, TWO, NOTHING, 0, false, NONE, MISSING},
    {ROLE_A, TWO, NOTHING, 0, false, TWO "," PAYG("c", "1", "P1D"), STRANGE},
    {ROLE_A, TWO, NOTHING, 0, false, TWO "," NONE, NO_PLAN},
    {ROLE_A, TWO, NOTHING, 0, false, PLAN("MODIRECT", "a", "10", "P2D"), "a plan changed its type"},
    {ROLE_A, TWO, NOTHING, 0, true, PAYG("b", "5.5", "PT1H"), NULL},
    {ROLE_A, TWO, NOTHING, 0, true, NONE, NULL},
    {ROLE_A, TWO, NOTHING, 0, true, "", NULL},
    {ROLE_A, TWO, NOTHING, 0, true, PAYG("b", "5.5", "PT1H") "," PAYG("a", "10", "P2D"), STRANGE},
    {ROLE_A, TWO, NOTHING, 0, true, PAYG("c", "5.5", "PT1H"), STRANGE},
    {ROLE_A, TWO, CONSUME, 1000000, false, PAYG("a", "9", "P2D") "," PAYG("b", "5.5", "PT1H"),
     NULL},
    {ROLE_A, TWO, CONSUME, 1000000, false, TWO, ROSE},
    {ROLE_A, TWO, CONSUME, 1000000, false, PAYG("a", "10", "P2D") "," PAYG("b", "4.5", "PT1H"),
     ROSE},
    {ROLE_A, TWO, CONSUME, 11000000, false, PAYG("b", "4.5", "PT1H"), NULL},
    {ROLE_A, TWO, CONSUME, 11000000, false, PAYG("a", "0", "P2D") "," PAYG("b", "4.5", "PT1H"),
     NULL},
    {ROLE_A, TWO, CONSUME, 99000000, false, NONE, NULL},
    {ROLE_A, TWO, ADVANCE, 1000, false,
     PAYG("a", "10", "P1DT23H59M59S") "," PAYG("b", "5.5", "PT59M59S"), NULL},
    {ROLE_A, TWO, ADVANCE, 1000, false, TWO, SLOW},
    {ROLE_A, TWO, ADVANCE, 1000, false,
     PAYG("a", "10", "P1DT23H59M57S") "," PAYG("b", "5.5", "PT59M59S"), FAST},
    {ROLE_A, TWO, ADVANCE, 500, false, TWO, NULL},
    {ROLE_A, TWO, ADVANCE, 500, false,
     PAYG("a", "10", "P1DT23H59M59S") "," PAYG("b", "5.5", "PT59M59S"), NULL},
    {ROLE_A, TWO, ADVANCE, 3599000, false, PAYG("a", "10", "P1DT23H1S"), MISSING},
    {ROLE_A, TWO, ADVANCE, 3600000, false, PAYG("a", "10", "P1DT23H"), NULL},
    {ROLE_A, TWO, ADVANCE, 3601000, false, PAYG("a", "10", "P1DT23H"), SLOW},
    {ROLE_A, TWO, ADVANCE, 3602000, false,
     PAYG("a", "10", "P1DT22H59M58S") "," PAYG("b", "5.5", "PT1S"), STRANGE},
    {ROLE_A, TWO, ADVANCE, 200000000, false, NONE, NULL},
    {ROLE_A, TWO, ORDER, 0, false, TWO "," PAYG("new", "3", "P1D"), NULL},
    {ROLE_A, TWO, ORDER, 0, false, TWO, MISSING},
    {ROLE_A, TWO, ORDER, 0, false, PAYG("new", "3", "P1D"), MISSING},
    {ROLE_A, TWO, GARDEN, 0, false, NONE, NULL},
    {ROLE_A, TWO, GARDEN, 0, false, TWO, IN_GARDEN},
    {ROLE_A, TWO, GARDEN, 0, false, "", IN_GARDEN},
    {ROLE_A, TWO, MICRO, 0, false, PAYG("m", "5", "P1D"), BESIDE_MICRO},
    {ROLE_A, TWO, MICRO, 0, false, NONE, NULL},
    {ROLE_W, NONE, NOTHING, 0, false, PAYG("a", "10", "P2D"), IN_GARDEN},
    {ROLE_W, NONE, ORDER, 0, false, PAYG("a", "10", "P2D"), MISSING},
    {ROLE_W, NONE, ORDER, 0, false, NONE, MISSING},
    {ROLE_W, NONE, ORDER, 0, false, TWO "," PAYG("new", "3", "P1D"), NULL},
    {ROLE_W, NONE, ORDER, 0, false, TWO "," PAYG("new", "4", "P1D"), ROSE},
    {ROLE_B, NONE, NOTHING, 0, false, PAYG("a", "10", "P2D"), BESIDE_MICRO},
    {ROLE_Z, NONE, ORDER, 0, false, PAYG("new", "3", "P1D"), NULL},
    {ROLE_Z, NONE, ORDER, 0, false, NONE, MISSING},
    {ROLE_Z, NONE, NOTHING, 0, false, PLAN("NONE", "0", "1", "PT0S"),
     "an element of type NONE has something left"},
    {ROLE_N, PLAN("NOTSUPPORTED", "0", "0", "PT0S"), CONSUME, 1, false, NONE,
     "a SIM that takes no part is told something else"},
};

static void take_step(struct account *account, const struct row *row)
{
    const struct bp_act order = {.hook = BP_HOOK_ORDER,
                                 .id = VIEW("new"),
                                 .is_payg = true,
                                 .bytes = 3000000,
                                 .ms = 86400000};
    if (row->step == CONSUME)
        account_consume(account, row->amount);
    if (row->step == ADVANCE)
        account_advance(account, row->amount);
    if (row->step == ORDER)
        account_order(account, &order);
    if (row->step == GARDEN)
        account->in_garden = true;
    if (row->step == MICRO)
        account->has_micro = true;
}

static void check_accounts(const struct row *table, size_t count, bool is_exact)
{
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &table[i];
        struct account account;
        account_init(&account, row->role, is_exact);
        CHECK_ROW(i, account_see(&account, answer(200, row->first), true) == NULL);
        take_step(&account, row);
        const char *why = account_see(&account, answer(200, row->second), !row->is_part);
        CHECK_ROW(i, (why == NULL) == (row->why == NULL));
        CHECK_ROW(i, why == NULL || row->why == NULL || strcmp(why, row->why) == 0);
    }
}

// Answers that are wrong in themselves.
static void check_first_answers(void)
{
    struct account account;
    account_init(&account, ROLE_A, true);
    CHECK(account_see(&account, answer(404, TWO), true) != NULL);
    CHECK(account_see(&account, answer(200, ""), true) != NULL);
    CHECK(account_see(&account, answer(200, TWO "," NONE), true) != NULL);
    // A gateway may serve what it kept while the back office is broken.
    for (unsigned is_exact = 0; is_exact < 2; is_exact++) {
        account_init(&account, ROLE_W, is_exact != 0);
        CHECK(account_see(&account, answer(200, TWO), true) != NULL);
        (void)answer(200, TWO);
        exchange.is_broken = true;
        CHECK((account_see(&account, &exchange, true) == NULL) == (is_exact == 0));
    }
    account_init(&account, ROLE_U, true);
    CHECK(account_see(&account, answer(404, ""), true) == NULL);
    CHECK(account_see(&account, answer(200, NONE), true) != NULL);
}

// What a rough account bears, and what it does not: it knows nothing of how an operator rounds.
#define TIME_ROSE "time rose without an order"
#define NOBODYS "a plan is listed that nobody ordered"

#define FULL PAYG("a", "10.5", "P2D") "," PAYG("b", "5.5", "PT1H")

static const struct row rough_rows[] = {
    {ROLE_A, TWO, NOTHING, 0, false, TWO, NULL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("b", "5.5", "PT1H") "," PAYG("a", "10", "P2D"), NULL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "11", "P2D") "," PAYG("b", "5.5", "PT1H"), ROSE},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2D") "," PAYG("b", "5.3", "PT1H"), NULL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2D") "," PAYG("b", "5.2", "PT1H"), FELL},
    {ROLE_A, FULL, NOTHING, 0, false, PAYG("b", "5.5", "PT1H"), MISSING},
    {ROLE_A, FULL, NOTHING, 0, true, PAYG("b", "5.5", "PT1H"), NULL},
    {ROLE_A, FULL, NOTHING, 0, false, NONE, MISSING},
    // Days may be rounded up, whatever they are printed as.
    {ROLE_A, PAYG("a", "10.5", "PT24H"), NOTHING, 0, false, NONE, NULL},
    {ROLE_A, PAYG("a", "10.5", "PT23H59M"), NOTHING, 0, false, NONE, MISSING},
    {ROLE_P, PLAN("MODIRECT", "p", "7", "P2D"), NOTHING, 0, false, NONE, NULL},
    {ROLE_A, TWO, NOTHING, 0, false, TWO "," PAYG("c", "1", "P1D"), NOBODYS},
    {ROLE_A, TWO, NOTHING, 0, false, PLAN("MODIRECT", "a", "10", "P2D"), "a plan changed its type"},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2DT1S") "," PAYG("b", "5.5", "PT1H"), NULL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2DT2S") "," PAYG("b", "5.5", "PT1H"),
     TIME_ROSE},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2DT1M") "," PAYG("b", "5.5", "PT1H"), NULL},
    {ROLE_A, TWO, NOTHING, 0, false, PAYG("a", "10", "P2DT61S") "," PAYG("b", "5.5", "PT1H"),
     TIME_ROSE},
    {ROLE_A, TWO, CONSUME, 5000000, false, PAYG("a", "10", "P2D") "," PAYG("b", "1", "PT1H"), NULL},
    // Nobody has promised how much is taken at most.
    {ROLE_A, TWO, CONSUME, 5000000, false, PAYG("a", "1", "P2D") "," PAYG("b", "5.5", "PT1H"),
     NULL},
    {ROLE_A, FULL, CONSUME, 500000, false, PAYG("b", "5.5", "PT1H"), NULL},
    {ROLE_A, PAYG("a", "100.5", "P2D"), CONSUME, 50000000, false, PAYG("a", "60.7", "P2D"), NULL},
    {ROLE_A, PAYG("a", "100.5", "P2D"), CONSUME, 50000000, false, PAYG("a", "60.8", "P2D"), ROSE},
    {ROLE_A, PAYG("a", "100.5", "P2D"), CONSUME, 10000000, false, PAYG("a", "100.5", "P2D"), NULL},
    // What is used up may be followed by what was bought before.
    {ROLE_A, TWO, CONSUME, 5500000, false, PAYG("a", "10", "P2D") "," PAYG("c", "7", "P30D"), NULL},
    {ROLE_A, PAYG("a", "100.5", "P2D"), CONSUME, 50000000, false,
     PAYG("a", "50.5", "P2D") "," PAYG("c", "7", "P30D"), NOBODYS},
    // Whole gigabytes.
    {ROLE_A, PAYG("a", "5000", "P2D"), CONSUME, 500000000, false, PAYG("a", "5000", "P2D"), NULL},
    {ROLE_A, PAYG("a", "5120", "P2D"), CONSUME, 500000000, false, PAYG("a", "5120", "P2D"), NULL},
    {ROLE_A, PAYG("a", "5000", "P2D"), CONSUME, 3000000000, false, PAYG("a", "5000", "P2D"), ROSE},
    {ROLE_A, TWO, CONSUME, 99000000, false, NONE, NULL},
    {ROLE_A, TWO, ADVANCE, 3600000, false, PAYG("a", "10", "P1DT23H"), NULL},
    // Where a plan has ended another begins, or a month.
    {ROLE_A, TWO, ADVANCE, 3600000, false, PAYG("a", "10", "P1DT23H") "," PAYG("c", "7", "P30D"),
     NULL},
    {ROLE_A, PAYG("a", "10", "P9D"), ADVANCE, 3600000, false,
     PAYG("a", "10", "P8DT23H") "," PAYG("c", "7", "P30D"), NOBODYS},
    {ROLE_P, PLAN("MODIRECT", "p", "7", "P9D"), ADVANCE, 86400000, false,
     PLAN("MODIRECT", "p", "7", "P30D"), NULL},
    {ROLE_A, PAYG("a", "10", "P2DT1S"), ADVANCE, 86400000, false, PAYG("a", "10", "P1DT4S"),
     "time fell by less than has passed"},
    {ROLE_A, PAYG("a", "10", "P2DT1S"), ADVANCE, 86400000, false, PAYG("a", "10", "P1D"), NULL},
    {ROLE_A, TWO, ADVANCE, 400000000, false, NONE, NULL},
    {ROLE_A, TWO, ORDER, 0, false, PAYG("new", "3", "P1D"), NULL},
    {ROLE_A, TWO, ORDER, 0, false, PAYG("a", "13", "P2D") "," PAYG("b", "5.5", "PT1H"), NULL},
    {ROLE_A, TWO, GARDEN, 0, false, TWO, IN_GARDEN},
    {ROLE_A, TWO, GARDEN, 0, false, NONE, NULL},
    {ROLE_A, TWO, MICRO, 0, false, TWO, BESIDE_MICRO},
    {ROLE_W, NONE, ORDER, 0, false, NONE, NULL},
    {ROLE_P, PLAN("MODIRECT", "p", "7", "P2D"), CONSUME, 1000000, false,
     PLAN("MODIRECT", "p", "99", "P2D"), NULL},
    {ROLE_A, "{\"type\":\"PAYG\"}", NOTHING, 0, false, TWO, NULL},
};

// Random sequences against the reference endpoint, in every deployment, exact and rough.
static void check_reference(void)
{
    static struct choices c;
    void *space = malloc(trial_size());
    void *local_space = malloc(local_size());
    CHECK(space != NULL && local_space != NULL);
    struct trial *trial = trial_init(space);
    for (enum local_kind kind = 0; kind < LOCAL_KIND_COUNT; kind++) {
        struct bp_fault fault;
        struct world world;
        struct local *local = local_open(local_space, &fault, sample_text(), kind);
        CHECK(local != NULL);
        if (local == NULL)
            return;
        local_world(&world, local);
        choices_from_seed(&c, kind);
        for (size_t i = 0; i < 1500; i++) {
            choices_next_seed(&c);
            world.subject.reset(world.subject.context);
            trial_start(trial, &c, &world);
            const char *why = sequence_run(trial, i % 2 == 0);
            CHECK_ROW(i, why == NULL);
            if (why != NULL)
                printf("%s\n", why);
        }
    }
    free(local_space);
    free(space);
}

int main(void)
{
    void *space = malloc(opener_size());
    CHECK(space != NULL);
    CHECK(profile_find(&profile, VIEW("seed")));
    opener_init(&opener, space);
    check_accounts(rows, sizeof rows / sizeof rows[0], true);
    check_accounts(rough_rows, sizeof rough_rows / sizeof rough_rows[0], false);
    check_first_answers();
    check_reference();
    free(space);
    return unit_end();
}
