// SPDX-License-Identifier: Apache-2.0
// The probes: their decisions, the ClientHello of our own, and servers right and wrong.
#include "props/tls/probes.h"

#include "props/rule/clause.h"
#include "props/unit/tls_server.h"
#include "tool/text.h"

static struct tls_server server;
static struct probes probes;

static void check_hello_read(void)
{
#define TOP "\x16\3\3\0\x2a\2\0\0\x26"
#define RANDOM "0123456789abcdef0123456789abcdef"
    static const struct {
        struct view bytes;
        enum hello_reply reply;
        unsigned version;
        unsigned suite;
        int alert;
    } rows[] = {
        {VIEW_INIT(""), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT("\x16"), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT(TOP), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT(TOP "\3\3" RANDOM), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT(TOP "\3\3" RANDOM "\0\xc0"), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT(TOP "\3\3" RANDOM "\0\xc0\x30"), HELLO_TAKEN, 0x0303, 0xc030, 0},
        {VIEW_INIT(TOP "\3\1" RANDOM "\0\0\x2f\0"), HELLO_TAKEN, 0x0301, 0x002f, 0},
        {VIEW_INIT(TOP "\3\1" RANDOM "\4abcd\0\x2f"), HELLO_TAKEN, 0x0301, 0x002f, 0},
        {VIEW_INIT(TOP "\3\1" RANDOM "\4abc"), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT(TOP "\3\1" RANDOM "\x21" RANDOM RANDOM), HELLO_FOREIGN, 0, 0, 0},
        {VIEW_INIT("\x16\3\3\0\x2a\1\0\0\x26\3\3" RANDOM "\0\0\0"), HELLO_FOREIGN, 0, 0, 0},
        {VIEW_INIT("\x15\3\1\0\2\2\x46"), HELLO_REFUSED, 0, 0, 70},
        {VIEW_INIT("\x15\3\1\0\2\2"), HELLO_MORE, 0, 0, 0},
        {VIEW_INIT("HTTP/1.1 400"), HELLO_FOREIGN, 0, 0, 0},
        {VIEW_INIT("\x16\2\0"), HELLO_FOREIGN, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct hello_answer answer;
        hello_read(&answer, rows[i].bytes);
        CHECK_ROW(i, answer.reply == rows[i].reply);
        CHECK_ROW(i, answer.version == rows[i].version && answer.suite == rows[i].suite);
        CHECK_ROW(i, answer.alert == rows[i].alert);
        enum grade old = rows[i].reply == HELLO_TAKEN ? GRADE_FAIL : GRADE_PASS;
        CHECK_ROW(i, probe_hello(&answer, HELLO_TLS_1_0).grade == old);
        CHECK_ROW(i, probe_hello(&answer, HELLO_TLS_1_2).grade == old);
    }
}

static void check_has_list(void)
{
    static const struct {
        struct view text;
        bool has_list;
    } rows[] = {
        {VIEW_INIT("{\"balances\":[]}"), true},
        {VIEW_INIT("x\r\n\r\n{ \"Balances\" \n : [ ] }"), true},
        {VIEW_INIT("{\"instance\":\"/v1/sims/89/balances\",\"x\":1}"), false},
        {VIEW_INIT("{\"resource\":\"balances\"}"), false},
        {VIEW_INIT("\"balances\""), false},
        {VIEW_INIT("{balances:[]}"), false},
        {VIEW_INIT(""), false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, probe_has_list(rows[i].text) == rows[i].has_list);
}

static size_t length_at(const char *bytes, size_t at)
{
    return (size_t)(unsigned char)bytes[at] << 8 | (unsigned char)bytes[at + 1];
}

// The lengths inside agree with what stands behind them.
static void check_hello_put(void)
{
    char space[HELLO_LEN_MAX];
    static const uint16_t suites[] = {0xc02b, 0xc02f};
    static const struct view names[] = {VIEW_INIT(""), VIEW_INIT("mo.example")};
    for (size_t i = 0; i < 2; i++) {
        struct buf out = BUF(space);
        hello_put(&out, HELLO_TLS_1_2, suites, 2, names[i]);
        CHECK_ROW(i, !out.overflow);
        CHECK_ROW(i, space[0] == 22 && out.len == 5 + length_at(space, 3));
        CHECK_ROW(i, space[5] == 1 && out.len == 9 + length_at(space, 7));
        size_t extensions = 9 + 2 + 32 + 1 + 2 + 4 + 2;
        CHECK_ROW(i, out.len == extensions + 2 + length_at(space, extensions));
        bool has_name = view_find(buf_view(&out), VIEW("mo.example")) < out.len;
        CHECK_ROW(i, has_name == (names[i].len != 0));
    }
    for (unsigned version = HELLO_SSL_3_0; version <= HELLO_TLS_1_2; version++) {
        struct buf out = BUF(space);
        hello_put(&out, version, suites, 2, names[1]);
        CHECK_ROW(version, length_at(space, 9) == version);
        bool has_extensions = out.len > 9 + 2 + 32 + 1 + 2 + 4 + 2;
        CHECK_ROW(version, has_extensions == (version != HELLO_SSL_3_0));
    }
    struct buf small = buf_of(space, 20);
    hello_put(&small, HELLO_TLS_1_0, suites, 2, names[1]);
    CHECK(small.overflow);
}

static void check_own(void)
{
    enum { NOW = 1000000000, DAY = 86400 };
    static const struct {
        int64_t not_after_s;
        int error;
        bool has_ca;
        enum grade want;
    } rows[] = {
        {NOW + 60 * DAY, 0, true, GRADE_PASS},
        {NOW + 30 * DAY, 0, true, GRADE_PASS},
        {NOW + 29 * DAY, 0, true, GRADE_TOLERATED},
        {NOW + 1, 0, false, GRADE_TOLERATED},
        {NOW - 1, 0, true, GRADE_FAIL},
        {NOW - 1, 20, false, GRADE_FAIL},
        {NOW + 60 * DAY, 10, true, GRADE_FAIL},
        {NOW + 60 * DAY, 62, true, GRADE_FAIL},
        {NOW + 60 * DAY, 62, false, GRADE_FAIL},
        {NOW + 60 * DAY, 18, true, GRADE_FAIL},
        {NOW + 60 * DAY, 18, false, GRADE_SKIP},
        {NOW + 60 * DAY, 20, true, GRADE_FAIL},
        {NOW + 60 * DAY, 20, false, GRADE_SKIP},
        {NOW + 60 * DAY, 77, false, GRADE_FAIL},
        {0, 0, true, GRADE_SKIP},
        {0, 20, true, GRADE_FAIL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_stream_facts facts = {.server_not_after_s = rows[i].not_after_s,
                                        .verify_error = rows[i].error};
        CHECK_ROW(i, probe_own(&facts, NOW, rows[i].has_ca).grade == rows[i].want);
    }
}

static void check_alike(void)
{
    static const struct {
        enum visit_class classes[2];
        unsigned statuses[2];
        int alerts[2];
        const char *bodies[2];
        enum grade want;
    } rows[] = {
        {{VISIT_APP, VISIT_APP}, {401, 401}, {0, 0}, {"no", "no"}, GRADE_PASS},
        {{VISIT_APP, VISIT_APP}, {401, 401}, {0, 0}, {"no 12:01", "no 12:02"}, GRADE_TOLERATED},
        {{VISIT_APP, VISIT_APP}, {401, 401}, {0, 0}, {"no", "no SIM"}, GRADE_FAIL},
        {{VISIT_APP, VISIT_APP}, {401, 404}, {0, 0}, {"no", "no"}, GRADE_FAIL},
        {{VISIT_APP, VISIT_ALERT_LATE}, {401, 0}, {0, 116}, {"no", ""}, GRADE_FAIL},
        {{VISIT_ALERT_LATE, VISIT_ALERT_LATE}, {0, 0}, {116, 116}, {"", ""}, GRADE_PASS},
        {{VISIT_ALERT_LATE, VISIT_ALERT_LATE}, {0, 0}, {116, 42}, {"", ""}, GRADE_FAIL},
        {{VISIT_CLOSED, VISIT_RESET}, {0, 0}, {0, 0}, {"", ""}, GRADE_PASS},
        {{VISIT_CLOSED, VISIT_ALERT}, {0, 0}, {0, 40}, {"", ""}, GRADE_FAIL},
        {{VISIT_ACCEPTED, VISIT_APP}, {200, 404}, {0, 0}, {"", ""}, GRADE_SKIP},
        {{VISIT_OTHER, VISIT_APP}, {0, 404}, {0, 0}, {"", ""}, GRADE_SKIP},
        {{VISIT_APP, VISIT_APP}, {401, 429}, {0, 0}, {"", ""}, GRADE_SKIP},
    };
    static struct visit visits[2];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t v = 0; v < 2; v++) {
            visits[v].class_of = rows[i].classes[v];
            visits[v].status = rows[i].statuses[v];
            visits[v].end.code = rows[i].alerts[v];
            visits[v].body = view_of_text(rows[i].bodies[v]);
        }
        CHECK_ROW(i, probe_alike(&visits[0], &visits[1]).grade == rows[i].want);
    }
}

// What differs for the same SIM as well tells nothing of it.
static void check_again(void)
{
    static const struct {
        const char *unknown;
        const char *again;
        unsigned again_status;
        enum grade want;
    } rows[] = {
        {"id hGq=", "id hGq=", 401, GRADE_PASS},      {"id 0123", "id zzz", 401, GRADE_TOLERATED},
        {"id wXy=", "id kLm=", 401, GRADE_TOLERATED}, {"id wXy=", "id hGq=", 401, GRADE_FAIL},
        {"id wXy=", "id hGq=", 403, GRADE_TOLERATED}, {"id wXy=", "id kLm=", 503, GRADE_SKIP},
    };
    static struct visit visits[3];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const bodies[] = {"id hGq=", rows[i].unknown, rows[i].again};
        for (size_t v = 0; v < 3; v++)
            visits[v] = (struct visit){
                .class_of = VISIT_APP, .status = 401, .body = view_of_text(bodies[v])};
        visits[2].status = rows[i].again_status;
        struct verdict verdict = probe_alike_again(&visits[0], &visits[1], &visits[2]);
        CHECK_ROW(i, verdict.grade == rows[i].want);
    }
}

static void check_clear(void)
{
    static const struct {
        enum visit_class class_of;
        bool is_open;
        enum grade want;
    } rows[] = {
        {VISIT_ACCEPTED, true, GRADE_FAIL}, {VISIT_APP, true, GRADE_PASS},
        {VISIT_CLOSED, true, GRADE_PASS},   {VISIT_OTHER, true, GRADE_PASS},
        {VISIT_OTHER, false, GRADE_SKIP},   {VISIT_SILENT, false, GRADE_SKIP},
    };
    static struct visit made;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        made.class_of = rows[i].class_of;
        made.is_open = rows[i].is_open;
        CHECK_ROW(i, probe_clear(&made).grade == rows[i].want);
    }
}

static void run(const struct tls_liar *liar)
{
    struct profile profile;
    CHECK(profile_find(&profile, VIEW("seed")));
    CHECK(tls_server_start(&server, liar));
    struct matrix_options options = {.target = &server.target,
                                     .fixture = &server.fixture,
                                     .profile = &profile,
                                     .folder = server.folder.path};
    probes_run(&probes, &options, time(NULL));
    tls_server_stop(&server);
}

static unsigned count(const char *clause, enum grade grade)
{
    unsigned found = 0;
    for (size_t i = 0; i < probes.count; i++)
        found += probes.rows[i].verdict.grade == grade &&
                 probes.rows[i].clause == clause_find(view_of_text(clause));
    return found;
}

// The right server passes all; each liar fails its own clause and no other.
static void check_servers(void)
{
    static const char *const names[] = {
        NULL,
        "tls-1-0",
        "tls-own-expired",
        "tls-own-chain",
        "tls-tells",
        "tls-clear-text",
        "tls-or-basic",
        "tls-variant-alerts",
        "tls-variant-1-3",
    };
    static const char *const clauses[] = {"GB-TLS-7", "GB-TLS-8", "GB-TLS-10", "GB-TLS-11",
                                          "GB-TLS-12"};
    server.fixture.credentials = VIEW("mobileplans:a:b c");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct tls_liar *liar =
            names[i] == NULL ? NULL : tls_liar_find(view_of_text(names[i]));
        CHECK_ROW(i, (liar == NULL) == (names[i] == NULL));
        run(liar);
        for (size_t c = 0; c < sizeof clauses / sizeof clauses[0]; c++) {
            bool is_own =
                liar != NULL && liar->clause != NULL && strcmp(liar->clause, clauses[c]) == 0;
            CHECK_ROW(i, (count(clauses[c], GRADE_FAIL) != 0) == is_own);
        }
        if (liar == NULL)
            CHECK(count("GB-TLS-7", GRADE_PASS) == 8 && count("GB-TLS-10", GRADE_PASS) == 2 &&
                  count("GB-TLS-12", GRADE_PASS) == 3);
    }
    server.fixture.credentials = view_of(NULL, 0);
    server.fixture.iccid[ROLE_U] = view_of(NULL, 0);
    run(NULL);
    CHECK(count("GB-TLS-12", GRADE_SKIP) == 1 && count("GB-TLS-10", GRADE_SKIP) == 1);
}

static void check_text(void)
{
    static char space[8192];
    struct buf out = BUF(space);
    probes.count = 2;
    probes.rows[0] = (struct probe){clause_find(VIEW("GB-TLS-7")), pass(), "TLS 1.0: refused"};
    probes.rows[1] = (struct probe){clause_find(VIEW("GB-TLS-11")), fail("some reason"), "plain"};
    probes_put_table(&out, &probes);
    CHECK(view_equal(buf_view(&out), VIEW("Probes\n"
                                          "  GB-TLS-7   ok        TLS 1.0: refused\n"
                                          "  GB-TLS-11  FAILED    plain: some reason\n")));
}

int main(void)
{
    check_hello_read();
    check_has_list();
    check_hello_put();
    check_own();
    check_alike();
    check_again();
    check_clear();
    CHECK(tls_server_open(&server));
    check_servers();
    check_text();
    tls_server_close(&server);
    return unit_end();
}
