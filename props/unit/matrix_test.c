// SPDX-License-Identifier: Apache-2.0
// The certificate matrix: as text, and against servers right and wrong.
#include "props/tls/matrix.h"

#include "props/rule/clause.h"
#include "props/unit/printed.h"
#include "props/unit/tls_server.h"
#include "tool/text.h"

static struct tls_server server;
static struct matrix matrix;
static char text_space[MATRIX_TABLE_LEN_MAX];

static bool has(const struct buf *out, const char *text)
{
    return view_find(buf_view(out), view_of_text(text)) < out->len;
}

static void add(unsigned row, enum matrix_version version, bool is_resumed, struct turn turn,
                struct verdict verdict)
{
    struct cell *cell = &matrix.cells[matrix.cell_count++];
    *cell = (struct cell){.row = row, .version = version, .is_resumed = is_resumed, .turn = turn};
    cell->clause = is_resumed ? clause_find(VIEW("GB-TLS-9")) : grade_clause(row);
    cell->verdict = verdict;
    cell->end = (struct bp_end){.kind = BP_END_ALERT, .code = 116};
}

static void count_told(void *context, size_t clause, struct verdict verdict)
{
    unsigned *counts = context;
    CHECK(clause_at(clause)->over_tls);
    counts[verdict.grade]++;
}

static void check_text(void)
{
    memset(&matrix, 0, sizeof matrix);
    matrix.speaks[MATRIX_1_2] = true;
    const struct turn served = {VISIT_ACCEPTED, 200};
    const struct turn alert = {VISIT_ALERT_LATE, 0};
    const struct turn page = {VISIT_GATEWAY, 400};
    const struct turn none = {VISIT_NONE, 0};
    add(PKI_CLIENT, MATRIX_1_2, false, served, pass());
    add(PKI_CLIENT, MATRIX_1_2, true, none, pass());
    add(PKI_NONE, MATRIX_1_2, false, page, tolerated(KEY_TLS_REFUSAL, "some reason"));
    matrix.cells[2].who = who_called(VIEW("nginx"));
    add(PKI_NONE, MATRIX_1_2, true, served, fail("some other reason"));
    add(PKI_EXPIRED, MATRIX_1_2, false, alert, tolerated(KEY_TLS_REFUSAL, "some reason"));
    add(PKI_OTHER_CA, MATRIX_1_2, false, served, fail("a bad reason"));
    add(PKI_WEAK, MATRIX_1_2, false, none, skip("no such file"));
    struct buf out = BUF(text_space);
    matrix_put_table(&out, &matrix);
    CHECK(printed_is_tidy(&out, TEXT_WIDTH));
    CHECK(has(&out, "  the documented client              200 ok         -              no\n"));
    CHECK(
        has(&out, "  no certificate                     400 warn       -              200 CRIT\n"));
    CHECK(has(&out, "  ended yesterday                    late 116 warn  -              -\n"));
    CHECK(has(&out, "  right but for its CA               200 CRIT       -              -\n"));
    CHECK(has(&out, "  issued by an intermediate, which   -              -              -\n"
                    "    is missing\n"));
    CHECK(has(&out, "CRIT: CRITICAL"));
    CHECK(has(&out, "TLS 1.3 was not tried"));
    CHECK(!has(&out, "TLS 1.2 was not tried"));
    CHECK(has(&out, "  GB-TLS-2    tolerated   some reason by the reading of tls.refusal: no"));
    CHECK(has(&out, "  GB-TLS-9    FAILED      some other reason: no certificate\n"));
    CHECK(has(&out, "  GB-TLS-4    skipped     no such file: RSA-1024, signed with SHA-1\n"));
    CHECK(has(&out, "nginx") && has(&out, "     ssl_verify_client      on;\n"));
    CHECK(matrix_has_critical(&matrix));
    unsigned counts[GRADE_COUNT] = {0};
    matrix_tell(&matrix, count_told, counts);
    CHECK(counts[GRADE_PASS] == 2 && counts[GRADE_FAIL] == 2 && counts[GRADE_SKIP] == 1);
    matrix.cell_count = 2;
    buf_clear(&out);
    matrix_put_table(&out, &matrix);
    CHECK(!has(&out, "CRIT") && !has(&out, "nginx") && !matrix_has_critical(&matrix));
}

// Every remedy is a page that can be copied.
static void check_remedies(void)
{
    for (size_t i = 0; i < who_count(); i++) {
        struct buf out = BUF(text_space);
        who_put_remedy(&out, who_at(i));
        CHECK_ROW(i, printed_is_tidy(&out, 2 * TEXT_WIDTH));
        CHECK_ROW(i, has(&out, who_at(i)->name));
    }
}

static bool run(const struct tls_liar *liar, const char *name, bool has_trust)
{
    struct profile profile;
    CHECK(profile_find(&profile, view_of_text(name)));
    CHECK(tls_server_start(&server, liar));
    struct matrix_options options = {.target = &server.target,
                                     .fixture = &server.fixture,
                                     .profile = &profile,
                                     .folder = server.folder.path,
                                     .claims_trust = has_trust,
                                     .reads_crl = server.has_crl};
    bool is_run = matrix_run(&matrix, &options);
    tls_server_stop(&server);
    return is_run;
}

static unsigned count_failures(const char *clause)
{
    unsigned count = 0;
    for (size_t i = 0; i < matrix.cell_count; i++)
        count += matrix.cells[i].verdict.grade == GRADE_FAIL &&
                 matrix.cells[i].clause == clause_find(view_of_text(clause));
    return count;
}

// The right server gives the documented answer in every cell, and resumes nothing.
static void check_right(void)
{
    server.has_crl = true;
    CHECK(run(NULL, "seed-literal", true));
    CHECK(matrix.trusts_ca && matrix.speaks[MATRIX_1_2] && matrix.speaks[MATRIX_1_3]);
    CHECK(matrix.cell_count == MATRIX_CELL_COUNT_MAX);
    CHECK(!matrix_has_critical(&matrix) && matrix.trouble.words[0] == '\0');
    const struct pki_policy policy = {
        .trusts_ca = true, .reads_crl = true, .rejects_eku = true, .compares_subject = true};
    for (size_t i = 0; i < matrix.cell_count; i++) {
        const struct cell *cell = &matrix.cells[i];
        if (cell->is_resumed) {
            CHECK_ROW(i, cell->turn.class_of == VISIT_NONE && cell->verdict.grade == GRADE_PASS);
            continue;
        }
        unsigned want = cell->row == GRADE_OWN ? 200 : pki_status(cell->row, &policy);
        CHECK_ROW(i, cell->turn.status == want);
        CHECK_ROW(i, cell->verdict.grade != GRADE_FAIL && cell->verdict.grade != GRADE_SKIP);
        bool is_app = cell->turn.class_of == VISIT_ACCEPTED || cell->turn.class_of == VISIT_APP;
        CHECK_ROW(i, is_app);
    }
}

static void check_wrong(void)
{
    CHECK(run(tls_liar_find(VIEW("tls-ticket")), "seed", true));
    CHECK(matrix_has_critical(&matrix));
    CHECK(count_failures("GB-TLS-9") != 0 && count_failures("GB-TLS-4") == 0);
    CHECK(run(tls_liar_find(VIEW("tls-variant-1-2")), "seed", true));
    CHECK(matrix.speaks[MATRIX_1_2] && !matrix.speaks[MATRIX_1_3]);
    CHECK(matrix.cell_count == MATRIX_CELL_COUNT_MAX / 2 && count_failures("GB-TLS-1") == 0);
}

// Who was turned away in the handshake had no session to resume: nothing is said of it.
static void check_no_session(void)
{
    unsigned none_count = 0;
    unsigned resumed_count = 0;
    CHECK(run(tls_liar_find(VIEW("tls-variant-alerts")), "seed", true));
    for (size_t i = 0; i < matrix.cell_count; i++) {
        const struct cell *cell = &matrix.cells[i];
        if (!cell->is_resumed)
            continue;
        bool had_none = cell[-1].turn.class_of == VISIT_ALERT && cell->row != PKI_NONE;
        none_count += had_none;
        resumed_count++;
        CHECK_ROW(i, !cell[-1].is_resumed && cell[-1].row == cell->row);
        CHECK_ROW(i, cell->verdict.grade == (had_none ? GRADE_NONE : GRADE_PASS));
        CHECK_ROW(i, cell->row != PKI_EXPIRED || had_none == (cell->version == MATRIX_1_2));
    }
    CHECK(none_count != 0 && none_count < resumed_count);
}

// An endpoint that does not trust the folder's CA: what needs its trust is skipped.
static void check_untrusted(void)
{
    char other[FOLDER_LEN_MAX + 64];
    char cert[FOLDER_LEN_MAX + 64];
    char key[FOLDER_LEN_MAX + 64];
    const char *folder = server.folder.path;
    CHECK(pki_path(other, sizeof other, folder, PKI_ROOT_OTHER, ".pem"));
    CHECK(pki_path(cert, sizeof cert, folder, PKI_OTHER_CA, ".pem"));
    CHECK(pki_path(key, sizeof key, folder, PKI_OTHER_CA, ".key"));
    server.has_crl = false;
    server.trusts = other;
    char right_cert[FOLDER_LEN_MAX + 64];
    memcpy(right_cert, server.cert, sizeof right_cert);
    memcpy(server.cert, cert, sizeof cert);
    memcpy(server.key, key, sizeof key);
    CHECK(run(NULL, "seed", false));
    CHECK(!matrix.trusts_ca);
    unsigned skip_count = 0;
    for (size_t i = 0; i < matrix.cell_count; i++) {
        const struct cell *cell = &matrix.cells[i];
        skip_count += cell->verdict.grade == GRADE_SKIP;
        if (cell->row == GRADE_OWN && !cell->is_resumed)
            CHECK_ROW(i, cell->turn.class_of == VISIT_ACCEPTED);
        if (cell->row == PKI_SELF_SIGNED && !cell->is_resumed)
            CHECK_ROW(i, cell->verdict.grade == GRADE_PASS);
        if (cell->row == PKI_EXPIRED || cell->row == PKI_CLIENT)
            CHECK_ROW(i, cell->verdict.grade == GRADE_SKIP || cell->is_resumed);
    }
    CHECK(skip_count > 20);
    server.trusts = NULL;
}

static void check_nobody(void)
{
    struct profile profile;
    CHECK(profile_find(&profile, VIEW("seed")));
    CHECK(tls_server_start(&server, NULL));
    host_stop(&server.host);
    struct matrix_options options = {
        .target = &server.target, .fixture = &server.fixture, .profile = &profile};
    CHECK(!matrix_run(&matrix, &options));
    CHECK(matrix.cell_count == 0 && matrix.trouble.words[0] != '\0');
    tls_server_stop(&server);
}

int main(void)
{
    check_text();
    check_remedies();
    CHECK(tls_server_open(&server));
    check_right();
    check_wrong();
    check_no_session();
    check_untrusted();
    check_nobody();
    tls_server_close(&server);
    return unit_end();
}
