// SPDX-License-Identifier: Apache-2.0
#include "props/run/preflight.h"

#include "props/report/steps.h"
#include "props/unit/printed.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"
#include "tool/text.h"

// A subject that answers everything with the same text; NULL: the world fails.
static bool say(void *context, struct buf *response, const struct sending *sending)
{
    const char *text = context;
    (void)sending;
    if (text != NULL)
        buf_put_text(response, text);
    return text != NULL;
}

static struct subject saying(char *text)
{
    return (struct subject){.exchange = say, .context = text};
}

#define JSON "Content-Type: application/json\r\n"
#define ELEMENT(type, data, time) \
    "{\"type\":\"" type "\",\"dataRemainingInMB\":" data ",\"timeRemaining\":\"" time "\"}"
#define LIST(elements) "HTTP/1.0 200 OK\r\n" JSON "\r\n{\"balances\":[" elements "]}"
#define STATUS(status) "HTTP/1.0 " status " x\r\n" JSON "\r\n{}"
#define ACTIVE ELEMENT("MODIRECTPAYG", "5", "P1D")
#define ABROAD                                                                      \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"P1D\"," \
    "\"locations\":[\"US\",\"FR\"]}"
#define NOTHING ELEMENT("NONE", "0", "PT0S")
#define POSTPAID ELEMENT("MODIRECT", "0", "P9D")
#define NO_PART ELEMENT("NOTSUPPORTED", "0", "PT0S")

static char active[] = LIST(ACTIVE);
static char two_active[] = LIST(ACTIVE "," ACTIVE);
static char abroad[] = LIST(ABROAD);
static char nothing[] = LIST(NOTHING);
static char postpaid[] = LIST(POSTPAID);
static char no_part[] = LIST(NO_PART);
static char empty[] = LIST("");
static char data_without_time[] = LIST(ELEMENT("MODIRECTPAYG", "5", "PT0S"));
static char no_data[] = LIST(ELEMENT("MODIRECTPAYG", "0", "P1D"));
static char none_with_data[] = LIST(ELEMENT("NONE", "5", "PT0S"));
static char unknown[] = STATUS("404");
static char broken[] = STATUS("500");
static char rubbish[] = "SSH-2.0-x\r\n";

#define AS ROLE_AS_CLAIMED
#define OTHERWISE ROLE_OTHERWISE
#define OUT ROLE_TAKEN_OUT

// What each answer means for each role.
static const struct {
    char *text;
    enum role_kind kind;
    enum role_state states[ROLE_COUNT]; // A A1 P Z X E W B N U
} answers[] = {
    {two_active,
     KIND_ACTIVE,
     {AS, AS, OUT, OUT, OUT, OUT, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE}},
    {active,
     KIND_ACTIVE,
     {OTHERWISE, AS, OUT, OUT, OUT, OUT, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE}},
    {abroad,
     KIND_ACTIVE,
     {OTHERWISE, OUT, OUT, OUT, OUT, OUT, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE}},
    {nothing, KIND_NOTHING, {OUT, OUT, OUT, AS, AS, AS, AS, AS, OTHERWISE, OTHERWISE}},
    {postpaid,
     KIND_POSTPAID,
     {OUT, OUT, AS, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE}},
    {no_part,
     KIND_NO_PART,
     {OUT, OUT, OUT, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, AS, OTHERWISE}},
    {unknown,
     KIND_UNKNOWN,
     {OUT, OUT, OUT, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, AS}},
#define UNCLEAR(text)                                                                    \
    {                                                                                    \
        text, KIND_UNCLEAR,                                                              \
        {                                                                                \
            OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, \
                OTHERWISE, OTHERWISE, OTHERWISE                                          \
        }                                                                                \
    }
    UNCLEAR(empty),
    UNCLEAR(data_without_time),
    UNCLEAR(no_data),
    UNCLEAR(none_with_data),
    UNCLEAR(broken),
    UNCLEAR(rubbish),
};

static void check_blame(void)
{
    struct trial *trial = trial_init(trial_space);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct world world = honest[0];
        world.subject = saying(answers[i].text);
        trial_start(trial, NULL, &world);
        for (unsigned role = 0; role < ROLE_COUNT; role++) {
            struct roles roles = {.saw_200 = false};
            roles_look(&roles, trial, (enum role)role);
            size_t row = i * 100 + role;
            CHECK_ROW(row, roles.rows[role].kind == answers[i].kind);
            CHECK_ROW(row, roles.rows[role].state == answers[i].states[role]);
            CHECK_ROW(row, roles.saw_200 == (strstr(answers[i].text, " 200 ") != NULL));
        }
    }
}

static const struct preflight_step *find_step(const struct preflight *preflight, const char *name,
                                              enum step_grade grade)
{
    for (size_t i = 0; i < preflight->step_count; i++)
        if (strcmp(preflight->steps[i].name, name) == 0 && preflight->steps[i].grade == grade)
            return &preflight->steps[i];
    return NULL;
}

static struct preflight preflight_space;

static struct preflight *ask(struct world *world, const struct bp_end *(*last_end)(void *),
                             void *context)
{
    struct preflight *preflight = &preflight_space;
    memset(preflight, 0, sizeof *preflight);
    if (world->subject.reset != NULL)
        world->subject.reset(world->subject.context);
    preflight_ask(preflight, trial_init(trial_space), world, last_end, context, true);
    return preflight;
}

// The reference endpoint answers as claimed in every deployment; transaction ids go on behind.
static void check_honest(void)
{
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        struct world world = honest[i];
        struct preflight *preflight = ask(&world, NULL, NULL);
        CHECK_ROW(i, !preflight->has_ended && preflight->step_count == 2);
        for (unsigned role = 0; role < ROLE_COUNT; role++)
            CHECK_ROW(i, preflight->roles.rows[role].state == ROLE_AS_CLAIMED);
        CHECK_ROW(i, memcmp(&world.fixture, &honest[i].fixture, sizeof world.fixture) == 0);
        CHECK_ROW(i, world.subject.first_serial == ROLE_COUNT);
    }
}

// A role whose number belongs to another SIM is taken out; one that is missing is told.
static void check_taken_out(void)
{
    struct world world = honest[0];
    world.fixture.iccid[ROLE_Z] = honest[0].fixture.iccid[ROLE_A1];
    world.fixture.iccid[ROLE_U] = honest[0].fixture.iccid[ROLE_A1];
    world.fixture.iccid[ROLE_B] = view_of(NULL, 0);
    struct preflight *preflight = ask(&world, NULL, NULL);
    CHECK(!preflight->has_ended);
    CHECK(world.fixture.iccid[ROLE_Z].len == 0);
    CHECK(world.fixture.iccid[ROLE_U].len != 0 && world.fixture.iccid[ROLE_A].len != 0);
    CHECK(preflight->roles.rows[ROLE_B].state == ROLE_ABSENT);
    const struct preflight_step *step = find_step(preflight, "data", STEP_WARNING);
    CHECK(step != NULL &&
          strstr(step->words, "Z: the inventory claims \"no balance anywhere\"") != NULL);
    CHECK(step != NULL && strstr(step->words, "it is left out") != NULL);
    CHECK(step != NULL && step->remedy.remedy[0] != '\0');
}

static const struct bp_end *end_of(void *context) { return context; }

static const struct {
    char *text;
    struct bp_end end;
    const char *words;
    const char *cause; // part of it
} refusals[] = {
    {STATUS("404"), {BP_END_NONE, false, 0}, "answered 404", "base path"},
    {STATUS("301"), {BP_END_NONE, false, 0}, "answered 301", "elsewhere"},
    {STATUS("401"), {BP_END_NONE, false, 0}, "answered 401", "client certificate"},
    {"HTTP/1.0 401 x\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n",
     {BP_END_NONE, false, 0},
     "answered 401",
     "Basic"},
    {STATUS("403"), {BP_END_NONE, false, 0}, "answered 403", "subject"},
    {"HTTP/1.0 400 x\r\n\r\n<html>400 No required SSL certificate was sent</html>",
     {BP_END_NONE, false, 0},
     "SSL certificate was sent",
     "gateway"},
    {STATUS("400"), {BP_END_NONE, false, 0}, "answered 400", "malformed"},
    {STATUS("503"), {BP_END_NONE, false, 0}, "answered 503", "broken"},
    {STATUS("402"), {BP_END_NONE, false, 0}, "answered 402", "not documented"},
    {"\x1b[2J", {BP_END_NONE, false, 0}, "\\x1b[2J", "HTTP/1.1"},
    {NULL, {BP_END_ALERT, false, 116}, "certificate_required", "got none"},
    {NULL, {BP_END_ALERT, false, 48}, "unknown_ca", "issuer"},
    {NULL, {BP_END_RESET, false, 0}, "no answer", "saw the request"},
    {NULL, {BP_END_TIMEOUT, false, 0}, "no answer", "in time"},
    {NULL, {BP_END_REFUSED, true, 0}, "no answer", "not running"},
};

// Without a single 200 the rest is impossible, and what the first answer was is told.
static void check_refusals(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct world world = honest[0];
        struct bp_end end = refusals[i].end;
        world.subject = saying(refusals[i].text);
        struct preflight *preflight = ask(&world, end_of, &end);
        const struct preflight_step *step = find_step(preflight, "identity", STEP_FAILED);
        CHECK_ROW(i, preflight->has_ended && step != NULL);
        CHECK_ROW(i, step != NULL && strstr(step->words, refusals[i].words) != NULL);
        CHECK_ROW(i, step != NULL && strstr(step->remedy.cause, refusals[i].cause) != NULL);
        CHECK_ROW(i, world.fixture.iccid[ROLE_A].len != 0);
    }
}

static const struct {
    struct bp_end end;
    bool is_open;
    bool has_certificate;
    enum mishap mishap;
} ends[] = {
    {{BP_END_NAME, false, 0}, false, true, MISHAP_NAME},
    {{BP_END_REFUSED, true, 111}, false, true, MISHAP_REFUSED},
    {{BP_END_UNREACHABLE, true, 113}, false, true, MISHAP_UNREACHABLE},
    {{BP_END_TIMEOUT, true, 0}, false, true, MISHAP_TIMEOUT},
    {{BP_END_PROTOCOL, true, 0}, false, true, MISHAP_NO_TLS},
    {{BP_END_PROTOCOL, false, 0}, true, true, MISHAP_NO_HTTP},
    {{BP_END_EOF, true, 0}, false, true, MISHAP_CLOSED},
    {{BP_END_UNTRUSTED, true, 18}, false, true, MISHAP_SELF_SIGNED},
    {{BP_END_UNTRUSTED, true, 19}, false, true, MISHAP_ISSUER},
    {{BP_END_UNTRUSTED, true, 20}, false, true, MISHAP_ISSUER},
    {{BP_END_UNTRUSTED, true, 21}, false, true, MISHAP_CHAIN},
    {{BP_END_UNTRUSTED, true, 10}, false, true, MISHAP_EXPIRED},
    {{BP_END_UNTRUSTED, true, 9}, false, true, MISHAP_NOT_YET},
    {{BP_END_UNTRUSTED, true, 62}, false, true, MISHAP_OTHER_NAME},
    {{BP_END_UNTRUSTED, true, 64}, false, true, MISHAP_OTHER_NAME},
    {{BP_END_UNTRUSTED, true, 23}, false, true, MISHAP_UNTRUSTED},
    {{BP_END_ALERT, true, 48}, false, true, MISHAP_CLIENT_ISSUER},
    {{BP_END_ALERT, true, 42}, false, true, MISHAP_CLIENT_BAD},
    {{BP_END_ALERT, true, 42}, false, false, MISHAP_CLIENT_MISSING},
    {{BP_END_ALERT, true, 40}, false, true, MISHAP_HANDSHAKE},
    {{BP_END_ALERT, true, 40}, false, false, MISHAP_CLIENT_MISSING},
    {{BP_END_ALERT, true, 70}, false, false, MISHAP_VERSION},
    {{BP_END_ALERT, false, 116}, true, false, MISHAP_CLIENT_MISSING},
    {{BP_END_ALERT, true, 80}, false, true, MISHAP_ALERT},
    {{BP_END_LOCAL, true, 12}, false, true, MISHAP_LOCAL},
};

static void check_remedies(void)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        CHECK_ROW(i, mishap_of_end(&ends[i].end, ends[i].is_open, ends[i].has_certificate) ==
                         ends[i].mishap);
    for (unsigned mishap = MISHAP_NONE + 1; mishap < MISHAP_COUNT; mishap++) {
        const struct remedy *remedy = remedy_of((enum mishap)mishap);
        CHECK_ROW(mishap, remedy->cause != NULL && remedy->cause[0] != '\0');
        CHECK_ROW(mishap, remedy->remedy != NULL && remedy->remedy[0] != '\0');
    }
}

static void check_report(void)
{
    static char space[32768];
    struct buf out = BUF(space);
    struct world world = honest[0];
    world.fixture.iccid[ROLE_X] = honest[0].fixture.iccid[ROLE_A];
    world.fixture.iccid[ROLE_E] = view_of(NULL, 0);
    steps_put(&out, ask(&world, NULL, NULL));
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    static const char *const parts[] = {
        "Preflight\n  ok       identity  client certificate accepted\n",
        "  ok       data      A A1 P Z W B N U answer as claimed\n",
        "  warning  data      X: the inventory claims \"data used up\"",
        "cause: ",
        "remedy: ",
        "E: not in the inventory"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        CHECK_ROW(i, view_find(buf_view(&out), view_of_text(parts[i])) < out.len);
}

int main(void)
{
    CHECK(open_worlds());
    check_blame();
    check_honest();
    check_taken_out();
    check_refusals();
    check_remedies();
    check_report();
    close_worlds();
    return unit_end();
}
