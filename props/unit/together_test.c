// SPDX-License-Identifier: Apache-2.0
// Several connections at once: what the program of GB-STATE-8 says of written answers, and that
// each liar about them is caught by the program of its own clause, here and over mutual TLS.
#include "props/rule/together.h"

#include <time.h>

#include "net/clock.h"
#include "props/run/hosted.h"
#include "props/unit/judged.h"
#include "props/unit/pki_folder.h"
#include "props/unit/stage.h"

#define SAY(fields, elements) "HTTP/1.1 " JSON fields "\r\n" LIST(elements)
#define OF(id, more)                                                                            \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":1,\"timeRemaining\":\"P1D\",\"id\":\"" id \
    "\"" more "}"
#define ONE SAY("", OF("one", ""))
#define TWO SAY("", OF("two", ""))
#define BUSY LINE("503 Busy\r\n", "")
#define FAULTY LINE("500 Oops\r\n", "")
#define NOBODY \
    LINE("404 Not Found\r\nContent-Type: application/json\r\n", "{\"error\":\"unknown\"}")
#define SIX(answer) answer, answer, answer, answer, answer, answer
#define SEVEN(answer) SIX(answer), answer
#define SIM_A "8988247000100003319"

// Eight at the same time for A, A1, P, Z, N, U, A, A1; then each alone, from the last one on.
static const struct script scripts[] = {
    {ROW("GB-STATE-8", PASS), TAPE(""), {ONE}},
    {ROW("GB-STATE-8", PASS), TAPE("\1\1"), {ONE}},
    {ROW("GB-STATE-8", PASS), TAPE(""), {ONE, SEVEN(TWO), SEVEN(TWO), ONE}},
    {ROW("GB-STATE-8", PASS), TAPE(""), {"", BUSY, FAULTY, ONE}},
    {ROW("GB-STATE-8", PASS),
     TAPE(""),
     {ONE, SEVEN(TWO), FAULTY, BUSY, "", TWO, TWO, TWO, TWO, ONE}},
    {ROW("GB-STATE-8", FAIL), TAPE(""), {TWO, ONE}},
    {ROW("GB-STATE-8", FAIL), TAPE(""), {SEVEN(ONE), TWO, ONE}},
    {ROW("GB-STATE-8", FAIL), TAPE(""), {SIX(ONE), ONE, ONE, ONE, ONE, NOBODY, ONE}},
    // An id of another SIM's balance: a string of its own, not a part of one.
    {ROW("GB-STATE-8", FAIL),
     TAPE(""),
     {ONE, SAY("", OF("two", ",\"x\":{\"y\":[\"one\"]}")), SIX(TWO), SEVEN(TWO), ONE}},
    {ROW("GB-STATE-8", PASS),
     TAPE(""),
     {ONE, SAY("", OF("two", ",\"x\":\"one more\"")), SIX(TWO), SEVEN(TWO), ONE}},
    {ROW("GB-STATE-8", PASS),
     TAPE(""),
     {ONE, SAY("", OF("two", ",\"x\":\"one\"")), SIX(TWO), SIX(TWO),
      SAY("", OF("two", ",\"x\":\"one\"")), ONE}},
    // The number of another SIM, wherever it stands.
    {ROW("GB-STATE-8", FAIL), TAPE(""), {ONE, SAY("X-Sim: " SIM_A "\r\n", OF("one", "")), ONE}},
    {ROW("GB-STATE-8", PASS), TAPE(""), {SAY("X-Sim: " SIM_A "\r\n", OF("one", "")), ONE}},
    {ROW("GB-STATE-8", FAIL), TAPE(""), {SIX(ONE), ONE, LINE("400 Bad\r\n", "not " SIM_A), ONE}},
    {ROW("GB-STATE-8", NONE), TAPE(""), {BUSY}},
    {ROW("GB-STATE-8", NONE), TAPE(""), {""}},
};

static struct subject without_together(void)
{
    return (struct subject){.exchange = honest[LOCAL_OPEN].subject.exchange,
                            .context = honest[LOCAL_OPEN].subject.context};
}

// What the program of GB-HTTP-7 does on several connections comes behind nine that it does on one.
enum { RUN_COUNT_MAX = 14 };

// The worst grade of the first runs of a program, or of as many as it takes to fail.
static enum grade worst_of(const char *id, const struct world *world)
{
    static struct choices choices;
    static uint64_t serial;
    struct trial *trial = trial_init(trial_space);
    size_t clause = clause_find(view_of_text(id));
    enum grade worst = GRADE_NONE;
    CHECK(clause < clause_count());
    choices_from_odometer(&choices, view_of(NULL, 0));
    // Ids that were sent stay used at a remote endpoint.
    if (serial < world->subject.first_serial)
        serial = world->subject.first_serial;
    trial->serial = serial;
    bool goes_on = true;
    for (unsigned runs = 0; goes_on && runs < RUN_COUNT_MAX; runs++) {
        if (world->subject.reset != NULL)
            world->subject.reset(world->subject.context);
        trial_start(trial, &choices, world);
        struct verdict verdict = clause_at(clause)->run(trial);
        worst = verdict.grade > worst ? verdict.grade : worst;
        goes_on = worst != GRADE_FAIL && choices_next_run(&choices);
    }
    serial = trial->serial;
    return worst;
}

static const char *const clauses[] = {"GB-HTTP-7", "GB-HTTP-9", "GB-STATE-8"};

enum { CLAUSE_COUNT = sizeof clauses / sizeof clauses[0] };

static void check_here(void)
{
    for (size_t i = 0; i < CLAUSE_COUNT; i++)
        for (size_t kind = 0; kind < LOCAL_KIND_COUNT; kind++)
            CHECK_ROW(i, worst_of(clauses[i], &honest[kind]) == GRADE_PASS);
    for (const struct liar *liar = together_liars; liar->name != NULL; liar++) {
        wrap_worlds(liar->name);
        CHECK_ROW((size_t)(liar - together_liars),
                  worst_of(liar->clause, &lying[LOCAL_BASIC]) == GRADE_FAIL);
    }
}

// Over TLS bytes come as the network brings them.
static void check_hosted(void)
{
    static struct pki_folder folder;
    static struct hosted hosted;
    CHECK(pki_folder_open(&folder));
    const struct pki_options pki = {.now_s = time(NULL)};
    CHECK(pki_make(folder.path, &pki, folder.message, sizeof folder.message));
    CHECK(hosted_open(&hosted, folder.path,
                      view_of((const char *)sample_inventory_text, sample_inventory_len), NULL));
    struct world world = honest[LOCAL_OPEN];
    CHECK(hosted_mount(&hosted, &world, 1, NULL, NULL));
    for (size_t i = 0; i < CLAUSE_COUNT; i++)
        CHECK_ROW(i, worst_of(clauses[i], &world) == GRADE_PASS);
    for (const struct liar *liar = together_liars; liar->name != NULL; liar++) {
        world = honest[LOCAL_OPEN];
        CHECK(hosted_mount(&hosted, &world, 1, liar, NULL));
        CHECK_ROW((size_t)(liar - together_liars), worst_of(liar->clause, &world) == GRADE_FAIL);
    }
    hosted_close(&hosted);
    pki_folder_close(&folder);
}

int main(void)
{
    CHECK(open_worlds());
    PLAY_SCRIPTS(scripts);
    CHECK(play_program("GB-STATE-8", NULL, false, VIEW(""), without_together()).grade ==
          GRADE_SKIP);
    check_here();
    check_hosted();
    close_worlds();
    return unit_end();
}
