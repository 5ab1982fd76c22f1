// SPDX-License-Identifier: Apache-2.0
#include "props/rule/profile.h"

#include <assert.h>

struct key_row {
    const char *key;
    const char *alternatives;
};

static const struct key_row key_rows[KEY_COUNT] = {
#define BP_KEY_ROW(name, key, alternatives) {key, alternatives},
    BP_KEYS(BP_KEY_ROW)
#undef BP_KEY_ROW
};

// Bundles in full: every key that is not named has its first alternative.
static const struct profile bundles[] = {
    {.name = "seed"},
    {.name = "seed-literal",
     .reading = {[KEY_TXN_REPEAT] = READ_TXN_REPEAT_409,
                 [KEY_TXN_ECHO] = READ_TXN_ECHO_MUST,
                 [KEY_ERR_NAME] = READ_ERR_NAME_MUST,
                 [KEY_ICCID_MALFORMED] = READ_ICCID_MALFORMED_404,
                 [KEY_FT_EMPTY] = READ_FT_EMPTY_400,
                 [KEY_LIMIT_EMPTY] = READ_LIMIT_EMPTY_400,
                 [KEY_LOC_EMPTY] = READ_LOC_EMPTY_ABSENT,
                 [KEY_TLS_REFUSAL] = READ_TLS_REFUSAL_HTTP_EXACT,
                 [KEY_TLS_EKU] = READ_TLS_EKU_REJECT}},
    {.name = "current",
     .reading = {[KEY_SCHEMA] = READ_SCHEMA_V1_0,
                 [KEY_LOC_CASE] = READ_LOC_CASE_SENSITIVE_400,
                 [KEY_TIME_GRAMMAR] = READ_TIME_GRAMMAR_NET,
                 [KEY_TLS_SUBJECT] = READ_TLS_SUBJECT_ON}},
    {.name = "legacy-2017", .reading = {[KEY_SCHEMA] = READ_SCHEMA_LEGACY_2017}},
    {.name = "field",
     .reading = {[KEY_FT_CASE] = READ_FT_CASE_SEED,
                 [KEY_LOC_CASE] = READ_LOC_CASE_EITHER,
                 [KEY_LOC_UNSERVED] = READ_LOC_UNSERVED_EITHER,
                 [KEY_TXN_ECHO] = READ_TXN_ECHO_OFF,
                 [KEY_AUTH_CHALLENGE] = READ_AUTH_CHALLENGE_NEVER,
                 [KEY_DATA_NAME] = READ_DATA_NAME_CI,
                 [KEY_NAMES] = READ_NAMES_CI,
                 [KEY_ZERO_EMPTY] = READ_ZERO_EMPTY_WARN,
                 [KEY_TLS_REFUSAL] = READ_TLS_REFUSAL_ALERT_OK}},
};

bool profile_find(struct profile *out, struct view name)
{
    for (size_t i = 0; i < sizeof bundles / sizeof bundles[0]; i++)
        if (view_equal(name, view_of_text(bundles[i].name))) {
            *out = bundles[i];
            return true;
        }
    return false;
}

const char *profile_key_name(enum profile_key key)
{
    assert(key < KEY_COUNT);
    return key_rows[key].key;
}

struct view profile_reading(const struct profile *profile, enum profile_key key)
{
    assert(key < KEY_COUNT);
    struct view left = view_of_text(key_rows[key].alternatives);
    for (unsigned i = 0; i < profile->reading[key]; i++) {
        size_t blank = view_index(left, ' ');
        assert(blank < left.len);
        left = view_from(left, blank + 1);
    }
    return view_first(left, view_index(left, ' '));
}
