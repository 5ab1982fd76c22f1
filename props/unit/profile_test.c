// SPDX-License-Identifier: Apache-2.0
#include "props/rule/profile.h"
#include "props/unit/unit.h"

struct row {
    const char *bundle;
    enum profile_key key;
    unsigned reading;
    const char *word;
};

static const struct row rows[] = {
    {"seed", KEY_LIMIT_ZERO, READ_LIMIT_ZERO_EITHER, "either"},
    {"seed", KEY_LOC_CASE, READ_LOC_CASE_INSENSITIVE, "insensitive"},
    {"seed", KEY_SCHEMA, READ_SCHEMA_SEED, "seed"},
    {"seed", KEY_ZERO_EMPTY, READ_ZERO_EMPTY_FAIL, "fail"},
    {"seed-literal", KEY_TXN_REPEAT, READ_TXN_REPEAT_409, "409"},
    {"seed-literal", KEY_TXN_ECHO, READ_TXN_ECHO_MUST, "must"},
    {"seed-literal", KEY_ERR_NAME, READ_ERR_NAME_MUST, "must"},
    {"seed-literal", KEY_LOC_EMPTY, READ_LOC_EMPTY_ABSENT, "absent"},
    {"current", KEY_SCHEMA, READ_SCHEMA_V1_0, "v1.0"},
    {"current", KEY_LOC_CASE, READ_LOC_CASE_SENSITIVE_400, "sensitive-400"},
    {"legacy-2017", KEY_SCHEMA, READ_SCHEMA_LEGACY_2017, "legacy-2017"},
    {"field", KEY_NAMES, READ_NAMES_CI, "ci"},
    {"field", KEY_DATA_NAME, READ_DATA_NAME_CI, "ci"},
    {"field", KEY_LOC_CASE, READ_LOC_CASE_EITHER, "either"},
    {"field", KEY_LOC_UNSERVED, READ_LOC_UNSERVED_EITHER, "either"},
    {"seed", KEY_TLS_REFUSAL, READ_TLS_REFUSAL_TOLERATE, "tolerate"},
    {"seed", KEY_TLS_SUBJECT, READ_TLS_SUBJECT_OFF, "off"},
    {"seed", KEY_TLS_EKU, READ_TLS_EKU_EITHER, "either"},
    {"seed-literal", KEY_TLS_REFUSAL, READ_TLS_REFUSAL_HTTP_EXACT, "http-exact"},
    {"seed-literal", KEY_TLS_EKU, READ_TLS_EKU_REJECT, "reject"},
    {"current", KEY_TLS_SUBJECT, READ_TLS_SUBJECT_ON, "on"},
    {"field", KEY_TLS_REFUSAL, READ_TLS_REFUSAL_ALERT_OK, "alert-ok"},
};

// The constants are counted by hand, so each last one is compared with its word.
static const struct row last_ones[] = {
    {"", KEY_PATH_BLANK, READ_PATH_BLANK_ACCEPT, "accept"},
    {"", KEY_ICCID_MALFORMED, READ_ICCID_MALFORMED_404, "404"},
    {"", KEY_ICCID_FILLER, READ_ICCID_FILLER_STRIP, "strip"},
    {"", KEY_FT_CASE, READ_FT_CASE_EXACT_LOWER, "exact-lower"},
    {"", KEY_FT_EMPTY, READ_FT_EMPTY_400, "400"},
    {"", KEY_LIMIT_ZERO, READ_LIMIT_ZERO_400, "400"},
    {"", KEY_LIMIT_SYNTAX, READ_LIMIT_SYNTAX_NET, "net"},
    {"", KEY_LIMIT_EMPTY, READ_LIMIT_EMPTY_400, "400"},
    {"", KEY_LOC_EMPTY, READ_LOC_EMPTY_400, "400"},
    {"", KEY_LOC_CASE, READ_LOC_CASE_EITHER, "either"},
    {"", KEY_LOC_UK, READ_LOC_UK_REJECT, "reject"},
    {"", KEY_LOC_UNSERVED, READ_LOC_UNSERVED_EITHER, "either"},
    {"", KEY_QUERY_DUP, READ_QUERY_DUP_400, "400"},
    {"", KEY_QUERY_UNKNOWN, READ_QUERY_UNKNOWN_IGNORE, "ignore"},
    {"", KEY_TXN_REPEAT, READ_TXN_REPEAT_200, "200"},
    {"", KEY_TXN_ECHO, READ_TXN_ECHO_OFF, "off"},
    {"", KEY_AUTH_CHALLENGE, READ_AUTH_CHALLENGE_NEVER, "never"},
    {"", KEY_DATA_NAME, READ_DATA_NAME_CI, "ci"},
    {"", KEY_NAMES, READ_NAMES_CI, "ci"},
    {"", KEY_TIME_GRAMMAR, READ_TIME_GRAMMAR_ISO, "iso"},
    {"", KEY_TIME_ZERO, READ_TIME_ZERO_EXACT, "exact"},
    {"", KEY_ZERO_EMPTY, READ_ZERO_EMPTY_OK, "ok"},
    {"", KEY_MODIRECT_ZERO, READ_MODIRECT_ZERO_FAIL, "fail"},
    {"", KEY_NONE_TIME, READ_NONE_TIME_FAIL, "fail"},
    {"", KEY_SCHEMA, READ_SCHEMA_LEGACY_2017, "legacy-2017"},
    {"", KEY_ERR_NAME, READ_ERR_NAME_MUST, "must"},
    {"", KEY_TLS_REFUSAL, READ_TLS_REFUSAL_ALERT_OK, "alert-ok"},
    {"", KEY_TLS_SUBJECT, READ_TLS_SUBJECT_ON, "on"},
    {"", KEY_TLS_EKU, READ_TLS_EKU_ACCEPT, "accept"},
};

int main(void)
{
    struct profile profile;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, profile_find(&profile, view_of_text(rows[i].bundle)));
        CHECK_ROW(i, profile_reads(&profile, rows[i].key, rows[i].reading));
        CHECK_ROW(i,
                  view_equal(profile_reading(&profile, rows[i].key), view_of_text(rows[i].word)));
        CHECK_ROW(i, view_equal(view_of_text(profile.name), view_of_text(rows[i].bundle)));
    }
    CHECK(sizeof last_ones / sizeof last_ones[0] == KEY_COUNT);
    for (size_t i = 0; i < sizeof last_ones / sizeof last_ones[0]; i++) {
        profile.reading[last_ones[i].key] = (uint8_t)last_ones[i].reading;
        CHECK_ROW(i, view_equal(profile_reading(&profile, last_ones[i].key),
                                view_of_text(last_ones[i].word)));
    }
    CHECK(!profile_find(&profile, VIEW("seeds")));
    CHECK(!profile_find(&profile, VIEW("")));
    CHECK(view_equal(view_of_text(profile_key_name(KEY_LIMIT_ZERO)), VIEW("limit.zero")));
    return unit_end();
}
