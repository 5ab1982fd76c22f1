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
    {"field", KEY_LOC_EMPTY, READ_LOC_EMPTY_EITHER, "either"},
    {"field", KEY_QUERY_UNKNOWN, READ_QUERY_UNKNOWN_EITHER, "either"},
    {"current", KEY_WG_LIST, READ_WG_LIST_2023_12, "2023-12"},
    {"legacy-2017", KEY_WG_LIST, READ_WG_LIST_2017_11, "2017-11"},
    {"seed-literal", KEY_LOAD_PLAN, READ_LOAD_PLAN_S1, "s1"},
    {"seed", KEY_FT_ABSENT, READ_FT_ABSENT_BASIC, "basic"},
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
    {"", KEY_LOC_EMPTY, READ_LOC_EMPTY_EITHER, "either"},
    {"", KEY_LOC_CASE, READ_LOC_CASE_EITHER, "either"},
    {"", KEY_LOC_UK, READ_LOC_UK_REJECT, "reject"},
    {"", KEY_LOC_UNSERVED, READ_LOC_UNSERVED_EITHER, "either"},
    {"", KEY_QUERY_DUP, READ_QUERY_DUP_LAST, "last"},
    {"", KEY_QUERY_UNKNOWN, READ_QUERY_UNKNOWN_EITHER, "either"},
    {"", KEY_TXN_REPEAT, READ_TXN_REPEAT_200, "200"},
    {"", KEY_TXN_ECHO, READ_TXN_ECHO_OFF, "off"},
    {"", KEY_AUTH_CHALLENGE, READ_AUTH_CHALLENGE_NEVER, "never"},
    {"", KEY_DATA_NAME, READ_DATA_NAME_CI, "ci"},
    {"", KEY_NAMES, READ_NAMES_CI, "ci"},
    {"", KEY_TIME_GRAMMAR, READ_TIME_GRAMMAR_RFC3339, "rfc3339"},
    {"", KEY_TIME_ZERO, READ_TIME_ZERO_EXACT, "exact"},
    {"", KEY_ZERO_EMPTY, READ_ZERO_EMPTY_OK, "ok"},
    {"", KEY_MODIRECT_ZERO, READ_MODIRECT_ZERO_FAIL, "fail"},
    {"", KEY_NONE_TIME, READ_NONE_TIME_FAIL, "fail"},
    {"", KEY_SCHEMA, READ_SCHEMA_LEGACY_2017, "legacy-2017"},
    {"", KEY_ERR_NAME, READ_ERR_NAME_MUST, "must"},
    {"", KEY_METHOD_CASE, READ_METHOD_CASE_EXACT, "exact"},
    {"", KEY_TLS_REFUSAL, READ_TLS_REFUSAL_ALERT_OK, "alert-ok"},
    {"", KEY_TLS_SUBJECT, READ_TLS_SUBJECT_ON, "on"},
    {"", KEY_TLS_EKU, READ_TLS_EKU_ACCEPT, "accept"},
    {"", KEY_PATH_FORM, READ_PATH_FORM_ICCID, "iccid"},
    {"", KEY_FT_ABSENT, READ_FT_ABSENT_400, "400"},
    {"", KEY_TXN_SCOPE, READ_TXN_SCOPE_ID_URL, "id+url"},
    {"", KEY_ERR_LEAK, READ_ERR_LEAK_WARN, "warn"},
    {"", KEY_MICRO, READ_MICRO_OFF, "off"},
    {"", KEY_PRECEDENCE, READ_PRECEDENCE_ANY, "any"},
    {"", KEY_COSA_FLAG, READ_COSA_FLAG_YES, "yes"},
    {"", KEY_WG_LIST, READ_WG_LIST_2023_12, "2023-12"},
    {"", KEY_MON_PERIOD, READ_MON_PERIOD_300, "300"},
    {"", KEY_LOAD_PLAN, READ_LOAD_PLAN_CUSTOM, "custom"},
    {"", KEY_LOAD_RPS, READ_LOAD_RPS_PER_AGENT, "per-agent"},
    {"", KEY_LOAD_LATENCY, READ_LOAD_LATENCY_NONE, "none"},
    {"", KEY_LOAD_CLOCK, READ_LOAD_CLOCK_TOTAL, "total"},
};

// What profile_read makes of a text, by its name; NULL: it is refused.
static const struct {
    const char *text;
    const char *name;
} texts[] = {
    {"seed", "seed"},
    {"", NULL},
    {"current", "current"},
    {"limit.zero=400", "seed with limit.zero=400"},
    {"limit.zero=either", "seed"},
    {"field,limit.zero=400,txn.echo=must", "field with limit.zero=400, txn.echo=must"},
    {"limit.zero=400,limit.zero=empty", "seed with limit.zero=empty"},
    {"seed-literal,txn.scope=id+url", "seed-literal with txn.scope=id+url"},
    {"seeds", NULL},
    {"limit.zero", NULL},
    {"limit.zero=", NULL},
    {"limit.zero=4000", NULL},
    {"limit.zer=400", NULL},
    {"seed,seed", NULL},
    {"seed,limit.zero=400,,txn.echo=must", NULL},
};

static void check_texts(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct profile profile;
        char space[128];
        struct buf name = BUF(space);
        bool is_read = profile_read(&profile, view_of_text(texts[i].text));
        CHECK_ROW(i, is_read == (texts[i].name != NULL));
        if (!is_read || texts[i].name == NULL)
            continue;
        profile_put_name(&name, &profile);
        CHECK_ROW(i, view_equal(buf_view(&name), view_of_text(texts[i].name)));
    }
}

// Every key has its row, every number of the ledger is there, and every bundle sets real readings.
static void check_ledger(void)
{
    uint64_t keys = 0;
    unsigned number = 0;
    for (size_t i = 0; i < profile_row_count; i++) {
        const struct profile_row *row = &profile_rows[i];
        CHECK_ROW(i, row->number == number || row->number == number + 1);
        number = row->number;
        CHECK_ROW(i, view_of_text(row->question).len > 10 && view_of_text(row->answer).len > 3);
        keys |= row->key == KEY_NONE ? 0 : KEY_BIT(row->key);
    }
    CHECK(number == 38);
    CHECK(keys == KEY_BIT(KEY_COUNT) - 1);
    for (enum profile_key key = 0; key < KEY_COUNT; key++) {
        unsigned count = profile_alternative_count(key);
        CHECK_ROW(key, count >= 1 && count <= ALTERNATIVE_COUNT_MAX);
        CHECK_ROW(key, profile_key_find(view_of_text(profile_key_name(key))) == key);
        for (size_t i = 0; i < BUNDLE_COUNT; i++)
            CHECK_ROW(key, bundle_at(i)->reading[key] < count);
    }
    CHECK(profile_key_find(VIEW("limit")) == KEY_NONE);
    CHECK(view_equal(view_of_text(bundle_at(0)->name), VIEW("seed")));
}

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
    for (size_t i = 0; i < sizeof last_ones / sizeof last_ones[0]; i++)
        CHECK_ROW(i, profile_alternative_count(last_ones[i].key) == last_ones[i].reading + 1);
    check_texts();
    check_ledger();
    CHECK(!profile_find(&profile, VIEW("seeds")));
    CHECK(!profile_find(&profile, VIEW("")));
    CHECK(view_equal(view_of_text(profile_key_name(KEY_LIMIT_ZERO)), VIEW("limit.zero")));
    return unit_end();
}
