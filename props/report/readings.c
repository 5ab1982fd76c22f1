// SPDX-License-Identifier: Apache-2.0
#include "props/report/readings.h"

#include "tool/text.h"
#include "json/json_write.h"

enum { FITS_COLUMN = 19, DOES_COLUMN = 45 };

// What the endpoint does, as one text: each deviation, or else the statuses of its answers. Those
// of answers that hold a list anyway say nothing.
static void put_does(struct buf *out, const struct readings *readings, enum profile_key key)
{
    const struct reading *reading = &readings->keys[key];
    bool is_first = true;
    text_pad(out, DOES_COLUMN);
    for (size_t i = 0; i < READINGS_WHY_COUNT_MAX && reading->why[i] != NULL; i++) {
        text_put_words(out, DOES_COLUMN, is_first ? "" : "and");
        text_put_words(out, DOES_COLUMN, reading->why[i]);
        is_first = false;
    }
    bool says_nothing = !is_first || (KEY_BIT(key) & EXCHANGE_KEYS) != 0;
    for (size_t i = 0; i < READINGS_STATUS_COUNT && reading->statuses[i] != 0; i++) {
        if (says_nothing)
            break;
        buf_put_text(out, i == 0 ? "" : " ");
        buf_put_unsigned(out, reading->statuses[i]);
    }
    while (out->len != 0 && out->data[out->len - 1] == ' ')
        out->len--;
    buf_put_byte(out, '\n');
}

// Whether all alternatives are out: then none was followed throughout.
static bool fits_none(const struct readings *readings, enum profile_key key)
{
    unsigned count = profile_alternative_count(key);
    for (unsigned i = 0; i < count; i++)
        if (readings_fit(readings, key, i))
            return false;
    return true;
}

static void put_key(struct buf *out, const struct readings *readings, enum profile_key key)
{
    char space[96];
    unsigned count = profile_alternative_count(key);
    text_pad(out, 2);
    buf_put_text(out, profile_key_name(key));
    text_pad(out, FITS_COLUMN);
    for (unsigned i = 0; i < count; i++) {
        struct buf word = buf_of(space, sizeof space - 1);
        if (!readings_fit(readings, key, i))
            continue;
        buf_put(&word, profile_alternative(key, i));
        space[word.len] = '\0';
        text_put_words(out, FITS_COLUMN, space);
    }
    if (fits_none(readings, key))
        buf_put_text(out, "none of them always");
    put_does(out, readings, key);
}

static bool is_consulted(const struct readings *readings, enum profile_key key)
{
    return (readings->consulted & KEY_BIT(key)) != 0;
}

// Without a verdict that was asked for again, nothing is known of any bundle.
static bool has_heard(const struct readings *readings)
{
    for (size_t i = 0; i < CLAUSE_COUNT_MAX; i++)
        for (unsigned cause = 0; cause < CAUSE_COUNT; cause++)
            if (readings->heard_count[i][cause] != 0)
                return true;
    return false;
}

static void put_failures(struct buf *out, const struct readings *readings, size_t bundle,
                         const bool *only)
{
    size_t count = clause_count();
    buf_put_text(out, "violates ");
    buf_put_text(out, bundle_at(bundle)->name);
    buf_put_text(out, " at");
    for (size_t i = 0; i < count; i++)
        if (readings->fails[bundle][i] && only[i])
            text_put_words(out, 2, clause_at(i)->id);
    buf_put_byte(out, '\n');
}

static void put_bundles(struct buf *out, const struct readings *readings, const bool *only)
{
    size_t left = 0;
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        left += readings_conforms(readings, i, only);
    bool is_first = true;
    for (size_t i = 0; i < BUNDLE_COUNT; i++) {
        if (!readings_conforms(readings, i, only))
            continue;
        left--;
        buf_put_text(out, is_first ? "\nconforms under " : left == 0 ? " and " : ", ");
        buf_put_text(out, bundle_at(i)->name);
        is_first = false;
    }
    buf_put_byte(out, '\n');
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        if (!readings_conforms(readings, i, only))
            put_failures(out, readings, i, only);
}

static void put_order(struct buf *out, const struct precedence *order)
{
    char space[512];
    struct buf words = buf_of(space, sizeof space - 1);
    precedence_put(&words, order);
    if (words.len == 0)
        return;
    space[words.len] = '\0';
    buf_put_text(out, "\norder   ");
    text_put_words(out, 8, space);
    buf_put_byte(out, '\n');
}

void readings_put(struct buf *out, const struct readings *readings, const struct precedence *order,
                  const bool *only)
{
    size_t begin = out->len;
    if (readings->consulted != 0)
        buf_put_text(out, "Readings: what fits this endpoint where the documents leave a choice\n");
    for (enum profile_key key = 0; key < KEY_COUNT; key++)
        if (is_consulted(readings, key))
            put_key(out, readings, key);
    put_order(out, order);
    if (has_heard(readings))
        put_bundles(out, readings, only);
    if (out->len != begin)
        buf_put_byte(out, '\n');
}

static void put_json_fits(struct buf *out, const struct readings *readings, enum profile_key key)
{
    unsigned count = profile_alternative_count(key);
    bool is_first = true;
    for (unsigned i = 0; i < count; i++) {
        if (!readings_fit(readings, key, i))
            continue;
        buf_put_text(out, is_first ? "" : ",");
        bp_json_put_string(out, profile_alternative(key, i));
        is_first = false;
    }
}

static void put_json_keys(struct buf *out, const struct readings *readings)
{
    bool is_first = true;
    for (enum profile_key key = 0; key < KEY_COUNT; key++) {
        const struct reading *reading = &readings->keys[key];
        if (!is_consulted(readings, key))
            continue;
        buf_put_text(out, is_first ? "\n  " : ",\n  ");
        is_first = false;
        bp_json_put_string(out, view_of_text(profile_key_name(key)));
        buf_put_text(out, ":{\"fits\":[");
        put_json_fits(out, readings, key);
        buf_put_text(out, "],\"does\":[");
        for (size_t i = 0; i < READINGS_WHY_COUNT_MAX && reading->why[i] != NULL; i++) {
            buf_put_text(out, i == 0 ? "" : ",");
            bp_json_put_string(out, view_of_text(reading->why[i]));
        }
        buf_put_text(out, "]}");
    }
}

void readings_put_json(struct buf *out, const struct readings *readings,
                       const struct precedence *order, const bool *only)
{
    size_t count = clause_count();
    buf_put_text(out, ",\n \"readings\":{");
    put_json_keys(out, readings);
    buf_put_text(out, "},\n \"bundles\":{");
    for (size_t i = 0; has_heard(readings) && i < BUNDLE_COUNT; i++) {
        bool is_first = true;
        buf_put_text(out, i == 0 ? "\n  " : ",\n  ");
        bp_json_put_string(out, view_of_text(bundle_at(i)->name));
        buf_put_text(out, ":[");
        for (size_t j = 0; j < count; j++) {
            if (!readings->fails[i][j] || !only[j])
                continue;
            buf_put_text(out, is_first ? "" : ",");
            bp_json_put_string(out, view_of_text(clause_at(j)->id));
            is_first = false;
        }
        buf_put_byte(out, ']');
    }
    char space[512];
    struct buf words = BUF(space);
    precedence_put(&words, order);
    buf_put_text(out, "},\n \"order\":");
    bp_json_put_string(out, buf_view(&words));
}
