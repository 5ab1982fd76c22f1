// SPDX-License-Identifier: Apache-2.0
// How certificates are graded, and how liars judge them.
#include "props/liar/tls_liars.h"
#include "props/rule/clause.h"
#include "props/tls/grade.h"
#include "props/unit/unit.h"

struct grade_row {
    unsigned row;
    const char *profile;
    enum visit_class class_of;
    unsigned status;
    bool reads_crl;
    enum grade want;
    enum profile_key key;
};

#define GRADE(kind, profile, class_of, status, want) \
    PKI_##kind, profile, VISIT_##class_of, status, false, GRADE_##want

static const struct grade_row grade_rows[] = {
    // A bad certificate that is served fails whatever the reading.
    {GRADE(NONE, "seed", ACCEPTED, 200, FAIL), KEY_NONE},
    {GRADE(NONE, "field", ACCEPTED, 204, FAIL), KEY_NONE},
    {GRADE(EXPIRED, "seed", ACCEPTED, 200, FAIL), KEY_NONE},
    {GRADE(OTHER_CA, "seed", ACCEPTED, 200, FAIL), KEY_NONE},
    {GRADE(EXPIRED_REVOKED, "seed", ACCEPTED, 200, FAIL), KEY_NONE},
    // The documented answers.
    {GRADE(NONE, "seed-literal", APP, 401, PASS), KEY_NONE},
    {GRADE(NONE, "seed", GATEWAY, 401, PASS), KEY_NONE},
    {GRADE(EXPIRED, "seed-literal", APP, 401, PASS), KEY_NONE},
    {GRADE(NOT_YET_VALID, "seed-literal", APP, 403, PASS), KEY_NONE},
    {GRADE(OTHER_CA, "seed-literal", APP, 403, PASS), KEY_NONE},
    {GRADE(EXPIRED_OTHER_CA, "seed-literal", APP, 403, PASS), KEY_NONE},
    // The other of the two.
    {GRADE(NONE, "seed", APP, 403, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "seed-literal", APP, 403, FAIL), KEY_TLS_REFUSAL},
    {GRADE(NONE, "http-any", APP, 403, PASS), KEY_NONE},
    {GRADE(NONE, "field", APP, 403, PASS), KEY_NONE},
    {GRADE(SELF_SIGNED, "seed", APP, 401, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(SELF_SIGNED, "seed-literal", APP, 401, FAIL), KEY_TLS_REFUSAL},
    {GRADE(EXPIRED_OTHER_CA, "seed", APP, 401, TOLERATED), KEY_TLS_REFUSAL},
    // Another refusal: nginx as it comes.
    {GRADE(NONE, "seed", GATEWAY, 400, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "seed-literal", GATEWAY, 400, FAIL), KEY_TLS_REFUSAL},
    {GRADE(NONE, "http-any", GATEWAY, 400, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "field", GATEWAY, 400, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "seed", APP, 301, TOLERATED), KEY_TLS_REFUSAL},
    // Alerts and silence.
    {GRADE(EXPIRED, "seed", ALERT, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(EXPIRED, "seed", ALERT_LATE, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(EXPIRED, "seed-literal", ALERT, 0, FAIL), KEY_TLS_REFUSAL},
    {GRADE(EXPIRED, "http-any", ALERT_LATE, 0, FAIL), KEY_TLS_REFUSAL},
    {GRADE(EXPIRED, "field", ALERT_LATE, 0, PASS), KEY_NONE},
    {GRADE(REVOKED, "seed", ALERT, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "seed", CLOSED, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "field", RESET, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NONE, "http-any", CLOSED, 0, FAIL), KEY_TLS_REFUSAL},
    {GRADE(NONE, "seed-literal", RESET, 0, FAIL), KEY_TLS_REFUSAL},
    {GRADE(NONE, "field", SILENT, 0, FAIL), KEY_NONE},
    // What says nothing about the certificate.
    {GRADE(NONE, "field", APP, 500, FAIL), KEY_NONE},
    {GRADE(NONE, "field", GATEWAY, 502, FAIL), KEY_NONE},
    {GRADE(NONE, "seed", APP, 429, SKIP), KEY_NONE},
    {GRADE(NONE, "seed", GATEWAY, 503, SKIP), KEY_NONE},
    {GRADE(NONE, "seed", OTHER, 0, SKIP), KEY_NONE},
    {GRADE(NONE, "seed", NONE, 0, NONE), KEY_NONE},
    // Good ones.
    {GRADE(CLIENT, "seed", ACCEPTED, 200, PASS), KEY_NONE},
    {GRADE(CLIENT_RSA, "seed", ALERT, 0, FAIL), KEY_NONE},
    {GRADE(CLIENT_CHAIN, "seed", APP, 403, FAIL), KEY_NONE},
    {GRADE(CLIENT, "seed", APP, 500, FAIL), KEY_NONE},
    {GRADE(CLIENT, "seed", APP, 404, SKIP), KEY_NONE},
    {GRADE(CLIENT, "seed", APP, 429, SKIP), KEY_NONE},
    {GRADE(CLIENT, "seed", OTHER, 0, SKIP), KEY_NONE},
    {GRADE_OWN, "seed", VISIT_ACCEPTED, 200, false, GRADE_PASS, KEY_NONE},
    {GRADE_OWN, "seed", VISIT_ALERT, 0, false, GRADE_FAIL, KEY_NONE},
    // The subject.
    {GRADE(OTHER_SUBJECT, "seed", ACCEPTED, 200, TOLERATED), KEY_TLS_SUBJECT},
    {GRADE(OTHER_SUBJECT, "current", ACCEPTED, 200, FAIL), KEY_TLS_SUBJECT},
    {GRADE(OTHER_SUBJECT, "seed", APP, 403, PASS), KEY_NONE},
    {GRADE(OTHER_SUBJECT, "current", APP, 403, PASS), KEY_NONE},
    {GRADE(OTHER_SUBJECT, "current", APP, 401, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(NUL_SUBJECT, "current", ACCEPTED, 200, FAIL), KEY_TLS_SUBJECT},
    {GRADE(NUL_SUBJECT, "current", ALERT, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(CLIENT_REORDERED, "current", ACCEPTED, 200, PASS), KEY_NONE},
    {GRADE(CLIENT_REORDERED, "current", APP, 403, TOLERATED), KEY_TLS_SUBJECT},
    {GRADE(CLIENT_REORDERED, "seed", APP, 429, SKIP), KEY_NONE},
    // The extended key usage.
    {GRADE(SERVER_EKU, "seed", ACCEPTED, 200, TOLERATED), KEY_TLS_EKU},
    {GRADE(SERVER_EKU, "seed", APP, 403, PASS), KEY_NONE},
    {GRADE(SERVER_EKU, "seed", ALERT, 0, TOLERATED), KEY_TLS_REFUSAL},
    {GRADE(SERVER_EKU, "seed-literal", ACCEPTED, 200, FAIL), KEY_TLS_EKU},
    {GRADE(SERVER_EKU, "accept", ACCEPTED, 200, PASS), KEY_NONE},
    {GRADE(SERVER_EKU, "accept", APP, 403, FAIL), KEY_TLS_EKU},
    {GRADE(SERVER_EKU, "accept", NONE, 0, NONE), KEY_NONE},
    // Valid, but weak.
    {GRADE(WEAK, "seed", ACCEPTED, 200, TOLERATED), KEY_NONE},
    {GRADE(WEAK, "seed-literal", ACCEPTED, 200, TOLERATED), KEY_NONE},
    {GRADE(WEAK, "seed-literal", APP, 403, PASS), KEY_NONE},
    {GRADE(WEAK, "seed-literal", APP, 401, FAIL), KEY_TLS_REFUSAL},
    // Revocation, with and without the list.
    {GRADE(REVOKED, "seed", ACCEPTED, 200, INFO), KEY_NONE},
    {GRADE(REVOKED, "seed-literal", APP, 403, PASS), KEY_NONE},
    {PKI_REVOKED, "seed", VISIT_ACCEPTED, 200, true, GRADE_FAIL, KEY_NONE},
    {PKI_REVOKED, "seed", VISIT_APP, 403, true, GRADE_PASS, KEY_NONE},
    {GRADE(EXPIRED_REVOKED, "seed-literal", APP, 401, PASS), KEY_NONE},
    {GRADE(EXPIRED_REVOKED, "seed-literal", APP, 403, PASS), KEY_NONE},
    {PKI_EXPIRED_REVOKED, "seed-literal", VISIT_APP, 401, true, GRADE_FAIL, KEY_TLS_REFUSAL},
    {PKI_EXPIRED_REVOKED, "seed-literal", VISIT_APP, 403, true, GRADE_PASS, KEY_NONE},
};

// Two readings are in no bundle; they are named by themselves.
static void read_profile(struct profile *out, const char *name)
{
    if (profile_find(out, view_of_text(name)))
        return;
    CHECK(profile_find(out, VIEW("seed")));
    if (view_equal(view_of_text(name), VIEW("accept")))
        out->reading[KEY_TLS_EKU] = READ_TLS_EKU_ACCEPT;
    else
        out->reading[KEY_TLS_REFUSAL] = READ_TLS_REFUSAL_HTTP_ANY;
}

static void check_grades(void)
{
    for (size_t i = 0; i < sizeof grade_rows / sizeof grade_rows[0]; i++) {
        const struct grade_row *row = &grade_rows[i];
        struct profile profile;
        read_profile(&profile, row->profile);
        struct turn turn = {row->class_of, row->status};
        struct verdict got = grade_fresh(row->row, &profile, &turn, row->reads_crl);
        CHECK_ROW(i, got.grade == row->want);
        CHECK_ROW(i, got.key == row->key);
        CHECK_ROW(i, (got.why != NULL) == (got.grade > GRADE_PASS));
    }
}

static void check_resumed(void)
{
    static const struct {
        unsigned row;
        enum visit_class fresh;
        enum visit_class class_of;
        enum grade want;
    } rows[] = {
        {PKI_NONE, VISIT_APP, VISIT_ACCEPTED, GRADE_FAIL},
        {PKI_NONE, VISIT_APP, VISIT_APP, GRADE_PASS},
        {PKI_NONE, VISIT_APP, VISIT_ALERT_LATE, GRADE_PASS},
        {PKI_NONE, VISIT_APP, VISIT_NONE, GRADE_NONE},
        {PKI_EXPIRED, VISIT_APP, VISIT_ACCEPTED, GRADE_FAIL},
        {PKI_EXPIRED, VISIT_ACCEPTED, VISIT_ACCEPTED, GRADE_NONE},
        {PKI_EXPIRED, VISIT_APP, VISIT_APP, GRADE_PASS},
        {PKI_CLIENT, VISIT_ACCEPTED, VISIT_ACCEPTED, GRADE_PASS},
        {PKI_CLIENT, VISIT_ACCEPTED, VISIT_APP, GRADE_INFO},
        {GRADE_OWN, VISIT_ACCEPTED, VISIT_APP, GRADE_INFO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct turn fresh = {rows[i].fresh, 0};
        struct turn turn = {rows[i].class_of, 0};
        CHECK_ROW(i, grade_resumed(rows[i].row, &fresh, &turn).grade == rows[i].want);
    }
}

// Each row has a clause, and what has to be served is what the folder's table says so of.
static void check_table(void)
{
    for (unsigned row = 0; row < GRADE_ROW_COUNT; row++) {
        CHECK_ROW(row, grade_clause(row) < clause_count());
        CHECK_ROW(row, clause_at(grade_clause(row))->over_tls);
        if (row == GRADE_OWN)
            continue;
        CHECK_ROW(row, grade_is_good(row) == (pki_row(row)->status == 200));
        struct profile profile;
        read_profile(&profile, "seed-literal");
        struct turn documented = {VISIT_APP, pki_row(row)->status};
        documented.class_of = documented.status == 200 ? VISIT_ACCEPTED : VISIT_APP;
        CHECK_ROW(row, grade_fresh(row, &profile, &documented, true).grade == GRADE_PASS);
    }
    CHECK(grade_clause(PKI_NONE) == clause_find(VIEW("GB-TLS-2")));
    CHECK(grade_clause(PKI_WEAK) == clause_find(VIEW("GB-TLS-4")));
}

static bool is_changed(const struct bp_tls_server_config *tls)
{
    return tls->client_auth != BP_CLIENT_AUTH_ASK || tls->min != BP_TLS_ANY ||
           tls->max != BP_TLS_ANY || tls->keeps_sessions || tls->takes_weak;
}

static void check_liars(void)
{
    for (size_t i = 0; i < tls_liar_count(); i++) {
        const struct tls_liar *liar = &tls_liars[i];
        struct profile profile;
        struct view name = view_of_text(liar->name);
        CHECK_ROW(i, tls_liar_find(name) == liar);
        CHECK_ROW(i, view_starts(name, VIEW("tls-")) && liar->words[0] != '\0');
        CHECK_ROW(i, (liar->clause == NULL) == view_starts(name, VIEW("tls-variant-")));
        CHECK_ROW(i, liar->profile == NULL || profile_read(&profile, view_of_text(liar->profile)));
        size_t clause = liar->clause == NULL ? 0 : clause_find(view_of_text(liar->clause));
        CHECK_ROW(i,
                  liar->clause == NULL || (clause < clause_count() && clause_at(clause)->over_tls));
        struct bp_tls_server_config tls = {.cert_path = "a"};
        struct bp_server_config server = {.idle_ms = 1, .gate = {.decide = bp_gate_decide}};
        struct bp_server_config server_before = server;
        tls_liar_spoil(liar, &tls, &server);
        bool is_spoilt = server.gate.decide != server_before.gate.decide ||
                         server.answers_clear_text || is_changed(&tls);
        bool has_other = liar->serves != PKI_CLIENT || liar->talk != TLS_TALK_HONEST;
        CHECK_ROW(i, is_spoilt != has_other);
    }
    CHECK(tls_liar_find(VIEW("tls-nothing")) == NULL);
}

// What the gates of liars make of what was presented.
static void check_gates(void)
{
    static const struct {
        const char *liar;
        bool has_certificate;
        bool is_resumed;
        int errors[3];
        enum bp_reason want;
    } rows[] = {
        {"tls-good-refused", true, false, {0}, BP_REASON_CERT_REFUSED},
        {"tls-good-refused", false, false, {0}, BP_REASON_CERT_MISSING},
        {"tls-none-served", false, false, {0}, BP_REASON_NONE},
        {"tls-none-served", true, false, {10}, BP_REASON_CERT_EXPIRED},
        {"tls-none-403", false, false, {0}, BP_REASON_CERT_REFUSED},
        {"tls-none-500", false, false, {0}, BP_REASON_INTERNAL},
        {"tls-expired-served", true, false, {10}, BP_REASON_NONE},
        {"tls-expired-served", true, false, {20, 10}, BP_REASON_CERT_REFUSED},
        {"tls-expired-403", true, false, {10}, BP_REASON_CERT_REFUSED},
        {"tls-any-served", true, false, {20, 21}, BP_REASON_NONE},
        {"tls-any-served", false, false, {0}, BP_REASON_CERT_MISSING},
        {"tls-all-served", false, false, {0}, BP_REASON_NONE},
        {"tls-other-ca", true, false, {20, 21}, BP_REASON_NONE},
        {"tls-other-ca", true, false, {20, 21, 10}, BP_REASON_CERT_EXPIRED},
        {"tls-other-ca", true, false, {18}, BP_REASON_CERT_REFUSED},
        {"tls-self-signed", true, false, {18}, BP_REASON_NONE},
        {"tls-early", true, false, {9}, BP_REASON_NONE},
        {"tls-early", true, false, {20}, BP_REASON_CERT_REFUSED},
        {"tls-signature", true, false, {7}, BP_REASON_NONE},
        {"tls-revoked-served", true, false, {23}, BP_REASON_NONE},
        {"tls-refused-401", true, false, {20}, BP_REASON_CERT_EXPIRED},
        {"tls-last-error", true, false, {20, 21, 10}, BP_REASON_CERT_EXPIRED},
        {"tls-last-error", true, false, {10, 20}, BP_REASON_CERT_REFUSED},
        {"tls-server-eku", true, false, {26}, BP_REASON_NONE},
        {"tls-ticket", true, true, {0}, BP_REASON_NONE},
        {"tls-ticket", true, false, {20}, BP_REASON_CERT_REFUSED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct tls_liar *liar = tls_liar_find(view_of_text(rows[i].liar));
        struct bp_presented presented = {.has_certificate = rows[i].has_certificate,
                                         .is_resumed = rows[i].is_resumed,
                                         .not_after_s = 2000};
        for (size_t e = 0; e < 3 && rows[i].errors[e] != 0; e++)
            bp_presented_note(&presented, rows[i].errors[e], 0);
        struct bp_gate gate = {.decide = liar->decide};
        CHECK_ROW(i, liar->decide(&gate, &presented, 1000) == rows[i].want);
    }
    struct bp_presented other = {.has_certificate = true, .not_after_s = 2000};
    struct bp_gate gate = {.checks_subject = true};
    CHECK(bp_gate_decide(&gate, &other, 1000) == BP_REASON_CERT_SUBJECT);
    CHECK(tls_liar_find(VIEW("tls-any-subject"))->decide(&gate, &other, 1000) == BP_REASON_NONE);
}

// A row asks for the keys that it declares, and for no others.
static void check_keys(void)
{
    static const struct turn turns[] = {{VISIT_ACCEPTED, 200}, {VISIT_APP, 401},  {VISIT_APP, 403},
                                        {VISIT_ALERT, 0},      {VISIT_CLOSED, 0}, {VISIT_APP, 404}};
    static const enum profile_key keys[] = {KEY_TLS_REFUSAL, KEY_TLS_SUBJECT, KEY_TLS_EKU};
    for (unsigned row = 0; row < GRADE_ROW_COUNT; row++) {
        uint64_t asked = 0;
        for (size_t i = 0; i < 6 * 3 * ALTERNATIVE_COUNT_MAX; i++) {
            const struct turn *turn = &turns[i % 6];
            enum profile_key key = keys[i / 6 % 3];
            struct profile profile = *bundle_at(0);
            struct verdict before = grade_fresh(row, &profile, turn, true);
            profile.reading[key] = (uint8_t)(i / 18 % profile_alternative_count(key));
            struct verdict after = grade_fresh(row, &profile, turn, true);
            bool decides = before.key == key || after.key == key || before.grade != after.grade;
            asked |= decides ? KEY_BIT(key) : 0;
        }
        CHECK_ROW(row, asked == grade_keys(row));
        CHECK_ROW(row, (grade_keys(row) & ~clause_at(grade_clause(row))->keys) == 0);
    }
}

int main(void)
{
    check_keys();
    check_grades();
    check_resumed();
    check_table();
    check_liars();
    check_gates();
    return unit_end();
}
