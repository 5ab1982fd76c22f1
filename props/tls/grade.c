// SPDX-License-Identifier: Apache-2.0
#include "props/tls/grade.h"

#include "props/rule/clause.h"

// How a refusal was spelt.
enum spelling_kind {
    REFUSED_AS_WANTED,
    REFUSED_401,
    REFUSED_403,
    REFUSED_OTHERWISE,
    REFUSED_ALERT,
    REFUSED_CUT,
    REFUSED_COUNT
};

enum { READING_COUNT = READ_TLS_REFUSAL_ALERT_OK + 1 };

static const char *const refusal_words[REFUSED_COUNT] = {
    [REFUSED_401] = "401 instead of the documented 403",
    [REFUSED_403] = "403 instead of the documented 401",
    [REFUSED_OTHERWISE] = "refused with another status than 401 and 403",
    [REFUSED_ALERT] = "a TLS alert instead of an HTTP answer",
    [REFUSED_CUT] = "the connection ends without an answer",
};

static const enum grade refusal_grades[REFUSED_COUNT][READING_COUNT] = {
    [REFUSED_AS_WANTED] = {GRADE_PASS, GRADE_PASS, GRADE_PASS, GRADE_PASS},
    [REFUSED_401] = {GRADE_TOLERATED, GRADE_FAIL, GRADE_PASS, GRADE_PASS},
    [REFUSED_403] = {GRADE_TOLERATED, GRADE_FAIL, GRADE_PASS, GRADE_PASS},
    [REFUSED_OTHERWISE] = {GRADE_TOLERATED, GRADE_FAIL, GRADE_TOLERATED, GRADE_TOLERATED},
    [REFUSED_ALERT] = {GRADE_TOLERATED, GRADE_FAIL, GRADE_FAIL, GRADE_PASS},
    [REFUSED_CUT] = {GRADE_TOLERATED, GRADE_FAIL, GRADE_FAIL, GRADE_TOLERATED},
};

static const char other_subject[] = "another subject of the same CA is served";
static const char for_servers[] = "a certificate made for servers only is served";

// Which clause speaks of which row; rows that are not named here are "invalid in any way".
static const char *const clause_ids[GRADE_ROW_COUNT] = {
    [PKI_CLIENT] = "GB-TLS-1",       [PKI_CLIENT_RSA] = "GB-TLS-1",
    [PKI_CLIENT_CHAIN] = "GB-TLS-1", [PKI_CLIENT_REORDERED] = "GB-TLS-5",
    [PKI_NONE] = "GB-TLS-2",         [PKI_EXPIRED] = "GB-TLS-3",
    [PKI_SERVER_EKU] = "GB-TLS-6",   [PKI_OTHER_SUBJECT] = "GB-TLS-5",
    [PKI_NUL_SUBJECT] = "GB-TLS-5",  [GRADE_OWN] = "GB-TLS-1",
};

size_t grade_clause(unsigned row)
{
    const char *id = clause_ids[row];
    return clause_find(id == NULL ? VIEW("GB-TLS-4") : view_of_text(id));
}

bool grade_is_good(unsigned row) { return row == GRADE_OWN || row < PKI_NONE; }

// What says nothing about the certificate.
static bool is_elsewhere(const struct turn *turn)
{
    return turn->status == 429 || turn->status == 503 || turn->status == 504;
}

static enum spelling_kind spell(const struct turn *turn, unsigned wanted)
{
    if (turn->status == wanted)
        return REFUSED_AS_WANTED;
    if (turn->status == 401)
        return REFUSED_401;
    if (turn->status == 403)
        return REFUSED_403;
    if (turn->status != 0)
        return REFUSED_OTHERWISE;
    bool is_alert = turn->class_of == VISIT_ALERT || turn->class_of == VISIT_ALERT_LATE;
    return is_alert ? REFUSED_ALERT : REFUSED_CUT;
}

struct verdict grade_refusal(const struct profile *profile, const struct turn *turn,
                             unsigned wanted)
{
    if (turn->class_of == VISIT_NONE)
        return not_spoken();
    if (turn->class_of == VISIT_ACCEPTED)
        return fail("served in spite of its certificate");
    if (is_elsewhere(turn))
        return skip("the endpoint was busy or away");
    if (turn->status >= 500)
        return fail("refused with a server error");
    if (turn->class_of == VISIT_SILENT)
        return fail("neither an answer nor an alert comes");
    if (turn->class_of == VISIT_OTHER)
        return skip("the connection failed on the way");
    enum spelling_kind spelling = spell(turn, wanted);
    enum grade grade = refusal_grades[spelling][profile->reading[KEY_TLS_REFUSAL]];
    if (grade == GRADE_PASS)
        return pass();
    return (struct verdict){grade, KEY_TLS_REFUSAL, refusal_words[spelling]};
}

static struct verdict grade_good(const struct turn *turn)
{
    switch (turn->class_of) {
    case VISIT_NONE:
        return not_spoken();
    case VISIT_ACCEPTED:
        return pass();
    case VISIT_OTHER:
        return skip("the connection failed on the way");
    default:
        break;
    }
    if (is_elsewhere(turn))
        return skip("the endpoint was busy or away");
    if (turn->status == 404)
        return skip("the certificate is let in, but the SIM of role A is unknown");
    return fail("a good certificate is not served");
}

static struct verdict grade_subject(unsigned row, const struct profile *profile,
                                    const struct turn *turn)
{
    if (row == PKI_CLIENT_REORDERED) {
        struct verdict verdict = grade_good(turn);
        return verdict.grade != GRADE_FAIL
                   ? verdict
                   : tolerated(KEY_TLS_SUBJECT, "the subject is taken in one order only");
    }
    if (turn->class_of != VISIT_ACCEPTED)
        return grade_refusal(profile, turn, 403);
    return profile_reads(profile, KEY_TLS_SUBJECT, READ_TLS_SUBJECT_ON)
               ? fail_under(KEY_TLS_SUBJECT, other_subject)
               : tolerated(KEY_TLS_SUBJECT, other_subject);
}

static struct verdict grade_eku(const struct profile *profile, const struct turn *turn)
{
    bool is_served = turn->class_of == VISIT_ACCEPTED;
    if (profile_reads(profile, KEY_TLS_EKU, READ_TLS_EKU_ACCEPT)) {
        struct verdict verdict = grade_good(turn);
        return verdict.grade != GRADE_FAIL
                   ? verdict
                   : fail_under(KEY_TLS_EKU, "a certificate made for servers only is refused");
    }
    if (!is_served)
        return grade_refusal(profile, turn, 403);
    return profile_reads(profile, KEY_TLS_EKU, READ_TLS_EKU_REJECT)
               ? fail_under(KEY_TLS_EKU, for_servers)
               : tolerated(KEY_TLS_EKU, for_servers);
}

// Without the list nobody can know; with the end of its life as the only error 401 is right.
static struct verdict grade_without_crl(unsigned row, const struct profile *profile,
                                        const struct turn *turn)
{
    if (row == PKI_REVOKED && turn->class_of == VISIT_ACCEPTED)
        return info("served: the endpoint is not said to have the revocation list");
    bool has_expired = row == PKI_EXPIRED_REVOKED && turn->status == 401;
    return grade_refusal(profile, turn, has_expired ? 401 : 403);
}

// The documents want 403 for what is untrusted or invalid. A weak certificate of the right CA is
// neither: RFC 8446 recommends to refuse SHA-1, and Java does not.
static struct verdict grade_weak(const struct profile *profile, const struct turn *turn)
{
    return turn->class_of == VISIT_ACCEPTED
               ? tolerated(KEY_NONE, "a weak certificate (RSA-1024, SHA-1) of its CA is served")
               : grade_refusal(profile, turn, 403);
}

struct verdict grade_fresh(unsigned row, const struct profile *profile, const struct turn *turn,
                           bool reads_crl)
{
    switch (row) {
    case PKI_CLIENT_REORDERED:
    case PKI_OTHER_SUBJECT:
    case PKI_NUL_SUBJECT:
        return grade_subject(row, profile, turn);
    case PKI_SERVER_EKU:
        return grade_eku(profile, turn);
    case PKI_WEAK:
        return grade_weak(profile, turn);
    case PKI_REVOKED:
    case PKI_EXPIRED_REVOKED:
        if (!reads_crl)
            return grade_without_crl(row, profile, turn);
        break;
    default:
        break;
    }
    if (grade_is_good(row))
        return grade_good(turn);
    return grade_refusal(profile, turn, pki_row((enum pki_kind)row)->status);
}

uint64_t grade_keys(unsigned row)
{
    switch (row) {
    case PKI_CLIENT_REORDERED:
        return KEY_BIT(KEY_TLS_SUBJECT);
    case PKI_OTHER_SUBJECT:
    case PKI_NUL_SUBJECT:
        return KEY_BIT(KEY_TLS_SUBJECT) | KEY_BIT(KEY_TLS_REFUSAL);
    case PKI_SERVER_EKU:
        return KEY_BIT(KEY_TLS_EKU) | KEY_BIT(KEY_TLS_REFUSAL);
    default:
        return grade_is_good(row) ? 0 : KEY_BIT(KEY_TLS_REFUSAL);
    }
}

struct verdict grade_resumed(unsigned row, const struct turn *fresh, const struct turn *turn)
{
    bool is_served = turn->class_of == VISIT_ACCEPTED;
    if (turn->class_of == VISIT_NONE)
        return not_spoken();
    if (grade_is_good(row))
        return is_served ? pass() : info("the good client is refused on its own session");
    if (!is_served)
        return pass();
    if (row == PKI_NONE)
        return fail("a client without certificate is served on the session of the good one");
    return fresh->class_of == VISIT_ACCEPTED
               ? not_spoken()
               : fail("refused, and served when its own session is resumed");
}
