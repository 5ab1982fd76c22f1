// SPDX-License-Identifier: Apache-2.0
#include "props/rule/profile.h"

#include <assert.h>

_Static_assert(KEY_COUNT <= 64, "a set of keys is a word of 64 bits");

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
                 [KEY_METHOD_CASE] = READ_METHOD_CASE_EXACT,
                 [KEY_ICCID_MALFORMED] = READ_ICCID_MALFORMED_404,
                 [KEY_FT_EMPTY] = READ_FT_EMPTY_400,
                 [KEY_LIMIT_EMPTY] = READ_LIMIT_EMPTY_400,
                 [KEY_LOC_EMPTY] = READ_LOC_EMPTY_ABSENT,
                 [KEY_TLS_REFUSAL] = READ_TLS_REFUSAL_HTTP_EXACT,
                 [KEY_TLS_EKU] = READ_TLS_EKU_REJECT,
                 [KEY_LOAD_PLAN] = READ_LOAD_PLAN_S1}},
    {.name = "current",
     .reading = {[KEY_WG_LIST] = READ_WG_LIST_2023_12,
                 [KEY_SCHEMA] = READ_SCHEMA_V1_0,
                 [KEY_LOC_CASE] = READ_LOC_CASE_SENSITIVE_400,
                 [KEY_TIME_GRAMMAR] = READ_TIME_GRAMMAR_NET,
                 [KEY_TLS_SUBJECT] = READ_TLS_SUBJECT_ON}},
    {.name = "legacy-2017",
     .reading = {[KEY_SCHEMA] = READ_SCHEMA_LEGACY_2017, [KEY_WG_LIST] = READ_WG_LIST_2017_11}},
    {.name = "field",
     .reading = {[KEY_LOC_EMPTY] = READ_LOC_EMPTY_EITHER,
                 [KEY_QUERY_UNKNOWN] = READ_QUERY_UNKNOWN_EITHER,
                 [KEY_LOC_CASE] = READ_LOC_CASE_EITHER,
                 [KEY_LOC_UNSERVED] = READ_LOC_UNSERVED_EITHER,
                 [KEY_TXN_ECHO] = READ_TXN_ECHO_OFF,
                 [KEY_AUTH_CHALLENGE] = READ_AUTH_CHALLENGE_NEVER,
                 [KEY_DATA_NAME] = READ_DATA_NAME_CI,
                 [KEY_NAMES] = READ_NAMES_CI,
                 [KEY_ZERO_EMPTY] = READ_ZERO_EMPTY_WARN,
                 [KEY_TLS_REFUSAL] = READ_TLS_REFUSAL_ALERT_OK}},
};

_Static_assert(sizeof bundles / sizeof bundles[0] == BUNDLE_COUNT, "every bundle is counted");

bool profile_find(struct profile *out, struct view name)
{
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        if (view_equal(name, view_of_text(bundles[i].name))) {
            *out = bundles[i];
            return true;
        }
    return false;
}

const struct profile *bundle_at(size_t index)
{
    assert(index < BUNDLE_COUNT);
    return &bundles[index];
}

const char *profile_key_name(enum profile_key key)
{
    assert(key < KEY_COUNT);
    return key_rows[key].key;
}

enum profile_key profile_key_find(struct view name)
{
    enum profile_key key = 0;
    while (key < KEY_COUNT && !view_equal(name, view_of_text(key_rows[key].key)))
        key++;
    return key;
}

// The text in front of the first `mark` of `*left`, which is moved on behind it.
static struct view next_item(struct view *left, char mark)
{
    size_t at = view_index(*left, mark);
    struct view item = view_first(*left, at);
    *left = view_from(*left, at < left->len ? at + 1 : at);
    return item;
}

unsigned profile_alternative_count(enum profile_key key)
{
    assert(key < KEY_COUNT);
    struct view left = view_of_text(key_rows[key].alternatives);
    unsigned count = 0;
    while (next_item(&left, ' ').len != 0)
        count++;
    return count;
}

struct view profile_alternative(enum profile_key key, unsigned index)
{
    assert(key < KEY_COUNT);
    struct view left = view_of_text(key_rows[key].alternatives);
    struct view word = next_item(&left, ' ');
    while (index-- != 0)
        word = next_item(&left, ' ');
    assert(word.len != 0);
    return word;
}

struct view profile_reading(const struct profile *profile, enum profile_key key)
{
    return profile_alternative(key, profile->reading[key]);
}

bool profile_set(struct profile *profile, enum profile_key key, struct view word)
{
    unsigned count = profile_alternative_count(key);
    for (unsigned i = 0; i < count; i++)
        if (view_equal(profile_alternative(key, i), word)) {
            profile->reading[key] = (uint8_t)i;
            return true;
        }
    return false;
}

bool profile_read(struct profile *out, struct view text)
{
    struct view left = text;
    *out = bundles[0];
    if (profile_find(out, next_item(&left, ',')))
        text = left;
    else if (view_index(text, '=') == text.len)
        return false;
    while (text.len != 0) {
        struct view word = next_item(&text, ',');
        enum profile_key key = profile_key_find(next_item(&word, '='));
        if (key == KEY_NONE || !profile_set(out, key, word))
            return false;
    }
    return true;
}

void profile_put_name(struct buf *out, const struct profile *profile)
{
    struct profile bundle;
    bool is_known = profile_find(&bundle, view_of_text(profile->name));
    assert(is_known);
    (void)is_known;
    bool is_first = true;
    buf_put_text(out, profile->name);
    for (enum profile_key key = 0; key < KEY_COUNT; key++) {
        if (profile->reading[key] == bundle.reading[key])
            continue;
        buf_put_text(out, is_first ? " with " : ", ");
        is_first = false;
        buf_put_text(out, key_rows[key].key);
        buf_put_byte(out, '=');
        buf_put(out, profile_reading(profile, key));
    }
}
