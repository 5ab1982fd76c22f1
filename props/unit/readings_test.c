// SPDX-License-Identifier: Apache-2.0
// What endpoints of known behaviour are found to do, by key and by bundle.
#include "props/report/readings.h"

#include "props/run/check.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

// An endpoint, a key, and the alternatives of it that fit.
struct row {
    const char *liar; // or a variant; NULL: the honest endpoint
    enum profile_key key;
    const char *fits;
};

static const struct row rows[] = {
    {NULL, KEY_LIMIT_ZERO, "either empty"},
    {NULL, KEY_LIMIT_EMPTY, "tolerate 400"},
    {NULL, KEY_TXN_REPEAT, "either 409"},
    {NULL, KEY_TXN_SCOPE, "id"},
    {NULL, KEY_QUERY_DUP, "either 400"},
    {NULL, KEY_FT_ABSENT, "basic"},
    {NULL, KEY_PATH_FORM, "both"},
    {NULL, KEY_LOC_UK, "either reject"},
    {NULL, KEY_LOC_CASE, "insensitive either"},
    {NULL, KEY_LOC_EMPTY, "tolerate absent either"},
    {NULL, KEY_NAMES, "exact ci"},
    {NULL, KEY_DATA_NAME, "either table ci"},
    {"strict-query", KEY_LIMIT_ZERO, "either 400"},
    {"strict-query", KEY_QUERY_UNKNOWN, "tolerate 400 either"},
    {"strict-query", KEY_LOC_EMPTY, "tolerate 400 either"},
    {"never-repeats", KEY_TXN_REPEAT, "either 200"},
    {"takes-uk", KEY_LOC_UK, "either accept alias-GB"},
    {"lax-query", KEY_QUERY_DUP, "either last"},
    {"default-full", KEY_FT_ABSENT, "basic full"},
    {"refuses-scheme", KEY_PATH_FORM, "bare"},
    {"iccid-only", KEY_PATH_FORM, "iccid"},
    {"bare-only", KEY_PATH_FORM, "bare"},
    {"needs-template", KEY_FT_ABSENT, "400"},
    {"lower-case-is-nowhere", KEY_LOC_CASE, "sensitive-zero either"},
};

static struct check_result result;

// The liar around the worlds, read as it wants to be read.
static void wrap(const char *name)
{
    const struct liar *liar = wrap_worlds(name);
    struct profile profile;
    if (liar->profile == NULL)
        return;
    CHECK(profile_read(&profile, view_of_text(liar->profile)));
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++)
        world_read_as(&lying[i], &profile);
}

static void run(const char *liar)
{
    static struct check_options options = {
        .case_count = 1500, .exhaustive = true, .run_cap = 12, .pair_cap = 300};
    for (size_t i = 0; i < clause_count(); i++)
        options.only[i] = clause_at(i)->hooks == 0;
    if (liar != NULL)
        wrap(liar);
    check_run(&result, &options, liar == NULL ? honest : lying, LOCAL_KIND_COUNT, trial_space);
}

static void check_row(size_t i)
{
    char space[128];
    struct buf fits = BUF(space);
    enum profile_key key = rows[i].key;
    for (unsigned a = 0; a < profile_alternative_count(key); a++) {
        if (!readings_fit(&result.readings, key, a))
            continue;
        buf_put_text(&fits, fits.len == 0 ? "" : " ");
        buf_put(&fits, profile_alternative(key, a));
    }
    bool is_right = view_equal(buf_view(&fits), view_of_text(rows[i].fits));
    CHECK_ROW(i, (result.readings.consulted & KEY_BIT(key)) != 0);
    CHECK_ROW(i, is_right);
    if (!is_right)
        fprintf(stderr, "  %s: %.*s\n", profile_key_name(key), (int)fits.len, fits.data);
    for (unsigned a = 0; a < profile_alternative_count(key) && !is_right; a++)
        if (!readings_fit(&result.readings, key, a))
            fprintf(stderr, "  not %u by %s\n", a,
                    clause_at(result.readings.keys[key].broken_clause[a])->id);
}

static bool is_failed(const char *bundle, struct view clause)
{
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        if (strcmp(bundle_at(i)->name, bundle) == 0)
            return result.readings.fails[i][clause_find(clause)];
    return false;
}

static bool conforms(const char *bundle)
{
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        if (strcmp(bundle_at(i)->name, bundle) == 0)
            return readings_conforms(&result.readings, i, NULL);
    return false;
}

// An odd request that comes late, and seldom, is heard though many ordinary ones came before it.
static void check_late(void)
{
    static struct check_options options = {.seed = 0x5eed, .case_count = 20000};
    for (size_t i = 0; i < clause_count(); i++)
        options.only[i] = clause_at(i)->hooks == 0;
    wrap("iccid-only");
    check_run(&result, &options, lying, LOCAL_KIND_COUNT, trial_space);
    CHECK(!readings_fit(&result.readings, KEY_PATH_FORM, READ_PATH_FORM_BOTH));
    CHECK(readings_fit(&result.readings, KEY_PATH_FORM, READ_PATH_FORM_ICCID));
}

static void check_bundles(void)
{
    run(NULL);
    CHECK(conforms("seed") && conforms("field") && conforms("seed-literal"));
    CHECK(!conforms("current") && is_failed("current", VIEW("GB-LOC-8")));
    run("never-repeats");
    CHECK(conforms("seed") && !conforms("seed-literal"));
    CHECK(is_failed("seed-literal", VIEW("GB-TXN-1")));
    CHECK(!is_failed("seed", VIEW("GB-TXN-1")));
    run("limit-wraps");
    for (size_t i = 0; i < BUNDLE_COUNT; i++)
        CHECK_ROW(i, is_failed(bundle_at(i)->name, VIEW("GB-LIMIT-4")));
}

static bool has(struct view text, const char *part)
{
    return view_find(text, view_of_text(part)) < text.len;
}

static void check_report(void)
{
    static char space[16384];
    bool only[CLAUSE_COUNT_MAX];
    memset(only, true, sizeof only);
    struct buf out = BUF(space);
    run(NULL);
    readings_put(&out, &result.readings, &result.precedence, only);
    CHECK(has(buf_view(&out), "  limit.zero       either empty              limit=0 is served\n"));
    CHECK(has(buf_view(&out), "conforms under seed, seed-literal, legacy-2017 and field\n"));
    CHECK(has(buf_view(&out), "violates current at GB-LOC-8"));
    CHECK(has(buf_view(&out), "order   transaction id > authentication > "));
    buf_clear(&out);
    readings_put_json(&out, &result.readings, &result.precedence, only);
    CHECK(has(buf_view(&out), "\"limit.zero\":{\"fits\":[\"either\",\"empty\"],"
                              "\"does\":[\"limit=0 is served\"]}"));
    CHECK(has(buf_view(&out), "\"seed\":[]"));
    CHECK(!out.overflow);
    // Where nothing was judged, nothing is claimed.
    buf_clear(&out);
    readings_start(&result.readings);
    precedence_start(&result.precedence);
    readings_put(&out, &result.readings, &result.precedence, only);
    CHECK(out.len == 0);
    readings_put_json(&out, &result.readings, &result.precedence, only);
    CHECK(has(buf_view(&out), "\"bundles\":{},"));
}

int main(void)
{
    const char *last = "none yet";
    CHECK(open_worlds());
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].liar != last)
            run(rows[i].liar);
        last = rows[i].liar;
        check_row(i);
    }
    check_late();
    check_bundles();
    check_report();
    close_worlds();
    return unit_end();
}
