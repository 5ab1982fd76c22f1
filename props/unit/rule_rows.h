// SPDX-License-Identifier: Apache-2.0
// Tables for rules: an intent and the bytes of an answer give a grade, and a program's tape with
// the answers it gets gives a grade.
//
// Every clause of the family has to pass and to fail at least once in the tables.
#ifndef BP_PROPS_UNIT_RULE_ROWS_H
#define BP_PROPS_UNIT_RULE_ROWS_H

#include <stdlib.h>

#include "props/rule/facts.h"
#include "props/rule/families.h"
#include "props/rule/trial.h"
#include "props/unit/unit.h"

#define HEAD(status) "HTTP/1.1 " status "\r\nContent-Type: application/json\r\n\r\n"
#define LIST(elements) HEAD("200 OK") "{\"balances\":[" elements "]}"
#define PAYG "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"P1D\"}"
#define PAYG_OTHER "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":7,\"timeRemaining\":\"P1D\"}"
#define PAYG_IN(codes)                                                              \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"P1D\"," \
    "\"locations\":[" codes "]}"
#define ZERO "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}"
#define ASIDE "{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}"

// A way is one axis off the plain request: the row `row` of the axis, or, when `sense` is not
// SENSE_PLAIN, the first row of that sense.
struct way {
    enum axis axis;
    enum sense sense;
    unsigned row;
};
#define ROLE(role)                          \
    {                                       \
        AXIS_ROLE, SENSE_PLAIN, ROLE_##role \
    }
#define AS(axis, sense)               \
    {                                 \
        AXIS_##axis, SENSE_##sense, 0 \
    }
#define ROW(axis, row)                \
    {                                 \
        AXIS_##axis, SENSE_PLAIN, row \
    }

struct rule_row {
    const char *clause;
    enum grade want;
    const char *answer;  // NULL: nothing came back
    struct way ways[4];  // ended by a zero way (the role A)
    const char *profile; // NULL: seed
};

struct program_row {
    const char *clause;
    enum grade want;
    const char *tape;       // one digit per choice, '0' + n; further choices are 0
    const char *answers[6]; // in turn; the last one repeats
    const char *profile;    // NULL: seed
    bool lacks_roles;       // the fixture has no SIM
};

static const char *const rule_iccids[ROLE_COUNT] = {
    "8988247000100003319", "8988247000100042176", "8988247000100056200", "8988247000100003555",
    "8988247000100068346", "8988247000100074518", "8988247000100080697", "89882470001000927487",
    "8988247000100105734", "8988247000100009999"};

static inline void rule_fixture(struct fixture *out, bool lacks_roles)
{
    *out = (struct fixture){.base = VIEW("/v1"), .host = VIEW("mo.example")};
    for (unsigned role = 0; role < ROLE_COUNT && !lacks_roles; role++)
        out->iccid[role] = view_of_text(rule_iccids[role]);
}

// rule_profile reads a profile as profile_read does (NULL: seed).
static inline void rule_profile(struct profile *out, const char *name)
{
    CHECK(profile_read(out, view_of_text(name == NULL ? "seed" : name)));
}

static inline void rule_intent(struct intent *out, const struct way *ways,
                               const struct fixture *fixture)
{
    intent_plain(out);
    for (unsigned i = 0; i < 4; i++) {
        if (ways[i].sense != SENSE_PLAIN)
            intent_set_sense(out, ways[i].axis, ways[i].sense);
        else if (ways[i].axis != AXIS_ROLE || ways[i].row != 0)
            intent_set(out, ways[i].axis, ways[i].row);
    }
    intent_close(out, fixture);
}

static inline const struct clause *rule_clause(const struct family *family, const char *id)
{
    for (size_t i = 0; i < family->clause_count; i++)
        if (view_equal(view_of_text(id), view_of_text(family->clauses[i].id)))
            return &family->clauses[i];
    fprintf(stderr, "no clause %s\n", id);
    exit(1);
}

static inline void rule_check(const char *clause, size_t row, struct verdict verdict,
                              enum grade want)
{
    CHECK_ROW(row, verdict.grade == want);
    if (verdict.grade != want)
        fprintf(stderr, "  %s: grade %d, wanted %d: %s\n", clause, (int)verdict.grade, (int)want,
                verdict.why == NULL ? "" : verdict.why);
    bool needs_why = verdict.grade > GRADE_PASS;
    CHECK_ROW(row, needs_why == (verdict.why != NULL));
}

// check_rules_of is check_rules with a fixture of the caller's.
static inline void check_rules_of(const struct family *family, const struct rule_row *rows,
                                  size_t count, const struct fixture *fixture)
{
    static struct exchange x;
    struct opener opener;
    char *space = malloc(opener_size());
    opener_init(&opener, space);
    for (size_t i = 0; i < count; i++) {
        struct profile profile;
        struct intent intent;
        rule_profile(&profile, rows[i].profile);
        rule_intent(&intent, rows[i].ways, fixture);
        struct view answer =
            rows[i].answer == NULL ? view_of(NULL, 0) : view_of_text(rows[i].answer);
        exchange_open(&x, &opener, fixture, &profile, &intent, VIEW("GET"), answer);
        rule_check(rows[i].clause, i, rule_clause(family, rows[i].clause)->judge(&x), rows[i].want);
    }
    free(space);
}

static inline void check_rules(const struct family *family, const struct rule_row *rows,
                               size_t count)
{
    struct fixture fixture;
    rule_fixture(&fixture, false);
    check_rules_of(family, rows, count, &fixture);
}

struct script {
    const char *const *answers;
    unsigned next;
};

static inline bool script_exchange(void *context, struct buf *response,
                                   const struct sending *sending)
{
    (void)sending;
    struct script *script = context;
    buf_put_text(response, script->answers[script->next]);
    if (script->next < 5 && script->answers[script->next + 1] != NULL)
        script->next++;
    return true;
}

static inline void check_programs(const struct family *family, const struct program_row *rows,
                                  size_t count)
{
    void *space = malloc(trial_size());
    struct trial *trial = trial_init(space);
    struct choices *choices = malloc(sizeof *choices);
    for (size_t i = 0; i < count; i++) {
        struct script script = {rows[i].answers, 0};
        struct world world = {.name = "script",
                              .subject = {.exchange = script_exchange, .context = &script}};
        char tape[16];
        size_t len = strlen(rows[i].tape);
        for (size_t at = 0; at < len; at++)
            tape[at] = (char)(rows[i].tape[at] - '0');
        rule_fixture(&world.fixture, rows[i].lacks_roles);
        rule_profile(&world.profile, rows[i].profile);
        choices_from_bytes(choices, view_of(tape, len));
        trial_start(trial, choices, &world);
        rule_check(rows[i].clause, i, rule_clause(family, rows[i].clause)->run(trial),
                   rows[i].want);
    }
    free(choices);
    free(space);
}

static inline bool has_rule_row(const struct rule_row *rows, size_t count, const char *clause,
                                enum grade grade)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].want == grade && view_equal(view_of_text(rows[i].clause), view_of_text(clause)))
            return true;
    return false;
}

static inline bool has_program_row(const struct program_row *rows, size_t count, const char *clause,
                                   enum grade grade)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].want == grade && view_equal(view_of_text(rows[i].clause), view_of_text(clause)))
            return true;
    return false;
}

// check_silence adds two more defects to the request of each row: whatever one of them may be
// answered with, no clause about a single defect fails.
static inline void check_silence(const struct family *family, const struct rule_row *rows,
                                 size_t count)
{
    static const char *const answers[] = {"HTTP/1.1 405 No\r\nAllow: GET\r\n\r\n",
                                          "HTTP/1.1 404 No\r\n\r\n",
                                          "HTTP/1.1 400 No\r\n\r\nfieldsTemplate limit location"};
    static struct exchange x;
    struct opener opener;
    struct fixture fixture;
    struct profile profile;
    char *space = malloc(opener_size());
    opener_init(&opener, space);
    rule_fixture(&fixture, false);
    rule_profile(&profile, NULL);
    for (size_t i = 0; i < count * 3; i++) {
        struct intent intent;
        rule_intent(&intent, rows[i / 3].ways, &fixture);
        intent_set(&intent, AXIS_ROLE, ROLE_U);
        intent_set_sense(&intent, AXIS_METHOD, SENSE_METHOD_KNOWN);
        intent_set_sense(&intent, AXIS_TXN, SENSE_TXN_NUL);
        intent_close(&intent, &fixture);
        exchange_open(&x, &opener, &fixture, &profile, &intent, VIEW("GET"),
                      view_of_text(answers[i % 3]));
        for (size_t c = 0; c < family->clause_count; c++)
            if (family->clauses[c].judge != NULL)
                CHECK_ROW(i, family->clauses[c].judge(&x).grade != GRADE_FAIL);
    }
    // Raw bytes: nothing may be assumed of them.
    for (size_t i = 0; i < count; i++) {
        const char *answer = rows[i].answer == NULL ? "" : rows[i].answer;
        exchange_open(&x, &opener, &fixture, &profile, NULL, VIEW("GET"), view_of_text(answer));
        for (size_t c = 0; c < family->clause_count; c++) {
            if (family->clauses[c].judge == NULL)
                continue;
            struct verdict verdict = family->clauses[c].judge(&x);
            CHECK_ROW(i, (verdict.grade > GRADE_PASS) == (verdict.why != NULL));
            CHECK_ROW(i, verdict.grade < GRADE_SKIP || served(&x));
        }
    }
    free(space);
}

// check_family says that each judge and each program of the family passes and fails somewhere.
static inline void check_family(const struct family *family, const struct rule_row *rules,
                                size_t rule_count, const struct program_row *programs,
                                size_t program_count)
{
    check_rules(family, rules, rule_count);
    check_programs(family, programs, program_count);
    check_silence(family, rules, rule_count);
    for (size_t i = 0; i < family->clause_count; i++) {
        const struct clause *c = &family->clauses[i];
        if (c->judge != NULL) {
            CHECK_ROW(i, has_rule_row(rules, rule_count, c->id, GRADE_PASS));
            CHECK_ROW(i, has_rule_row(rules, rule_count, c->id, GRADE_FAIL));
        }
        if (c->run != NULL) {
            CHECK_ROW(i, has_program_row(programs, program_count, c->id, GRADE_PASS));
            CHECK_ROW(i, has_program_row(programs, program_count, c->id, GRADE_FAIL));
        }
    }
}

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

#endif
