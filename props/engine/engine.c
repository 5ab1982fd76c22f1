// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/engine/engine.h"

#include <stdlib.h>
#include <unistd.h>

#include "props/engine/limits.h"

enum { AFL_TIMEOUT_MS = 5000, SECOND_MS = 1000, TIMEOUT_S_MAX = 3600 };

static const struct view nothing = {"", 0};

bool engine_path(char out[CAMPAIGN_PATH_LEN_MAX], const char *a, const char *b, const char *c,
                 bool has_to_be_there)
{
    struct buf path = buf_of(out, CAMPAIGN_PATH_LEN_MAX - 1);
    buf_put_text(&path, a);
    buf_put_text(&path, b);
    buf_put_text(&path, c);
    out[path.len] = '\0';
    bool is_good = !path.overflow;
    if (is_good && has_to_be_there)
        is_good = access(out, R_OK) == 0;
    if (!is_good)
        out[0] = '\0';
    return is_good;
}

bool engine_places_of(struct engine_places *out, const struct engine_plan *plan, const char *target)
{
    char seeds[CAMPAIGN_PATH_LEN_MAX];
    char stem[CAMPAIGN_PATH_LEN_MAX];
    out->checker[0] = '\0';
    bool is_good = engine_path(stem, plan->programs, "/fuzz_", target, false) &&
                   engine_path(out->program, stem, "", "", true) &&
                   engine_path(seeds, plan->corpus, "/", target, false) &&
                   engine_path(out->pool, plan->out, "/", target, false) &&
                   engine_path(out->log, out->pool, ".log", "", false) &&
                   engine_path(stem, plan->out, "/findings/", target, false) &&
                   engine_path(out->findings, stem, "-", "", false) &&
                   engine_path(out->work, plan->out, "/afl/", target, false);
    if (!is_good)
        return false;
    (void)engine_path(out->options, out->program, ".options", "", true);
    (void)engine_path(out->dictionary, out->program, ".dict", "", true);
    (void)engine_path(out->mutator, plan->programs, "/libbalprobe_mutator.so", "", true);
    (void)engine_path(out->seeds, seeds, "", "", true);
    if (plan->checkers != NULL)
        (void)engine_path(out->checker, plan->checkers, "/fuzz_", target, true);
    return true;
}

static void put_limits(struct words *out, struct view options)
{
    struct limits limits;
    limits_read(&limits, options);
    for (size_t i = 0; i < limits.count; i++) {
        char name[CAMPAIGN_NAME_LEN_MAX];
        struct buf b = buf_of(name, sizeof name - 1);
        buf_put_byte(&b, '-');
        buf_put(&b, limits.rows[i].name);
        buf_put_byte(&b, '=');
        name[b.len] = '\0';
        if (!b.overflow)
            words_put(out, name, "", limits.rows[i].value);
    }
}

static void put_libfuzzer(struct words *out, const struct engine_places *places,
                          struct view options, uint64_t seed, uint64_t seconds)
{
    words_put(out, places->program, "", nothing);
    words_put_number(out, "-seed=", seed);
    // What it writes counts as found, and an input that is only slow is no finding.
    words_put_number(out, "-report_slow_units=", INT32_MAX);
    put_limits(out, options);
    if (places->dictionary[0] != '\0')
        words_put(out, "-dict=", places->dictionary, nothing);
    words_put_number(out, "-max_total_time=", seconds);
    words_put(out, "-print_final_stats=1", "", nothing);
    words_put(out, "-artifact_prefix=", places->findings, nothing);
    words_put(out, places->pool, "", nothing);
    if (places->seeds[0] != '\0')
        words_put(out, places->seeds, "", nothing);
}

// The limit on time is libFuzzer's, in milliseconds.
static uint64_t afl_timeout_ms(struct view options)
{
    struct limits limits;
    limits_read(&limits, options);
    struct view seconds = limits_find(&limits, VIEW("timeout"));
    uint64_t n = 0;
    bool is_good = vitals_read_digits(&n, seconds) && n != 0 && n <= TIMEOUT_S_MAX;
    return is_good ? n * SECOND_MS : AFL_TIMEOUT_MS;
}

static void put_afl(struct words *out, const struct engine_places *places, struct view options,
                    uint64_t seed, uint64_t seconds)
{
    static const char *const limits[] = {"-m", "none", "-t"};
    words_put(out, "afl-fuzz", "", nothing);
    words_put(out, "-V", "", nothing);
    words_put_number(out, "", seconds);
    words_put(out, "-s", "", nothing);
    words_put_number(out, "", seed);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        words_put(out, limits[i], "", nothing);
    words_put_number(out, "", afl_timeout_ms(options));
    words_put(out, "-i", "", nothing);
    words_put(out, places->work, "/in", nothing);
    words_put(out, "-o", "", nothing);
    words_put(out, places->work, "/out", nothing);
    if (places->dictionary[0] != '\0') {
        words_put(out, "-x", "", nothing);
        words_put(out, places->dictionary, "", nothing);
    }
    words_put(out, "--", "", nothing);
    words_put(out, places->program, "", nothing);
}

void engine_fuzz_words(struct words *out, const struct engine_plan *plan,
                       const struct engine_places *places, struct view options, uint64_t seed,
                       uint64_t seconds)
{
    words_start(out);
    if (plan->engine == CAMPAIGN_AFL)
        put_afl(out, places, options, seed, seconds);
    else
        put_libfuzzer(out, places, options, seed, seconds);
}

void engine_check_words(struct words *out, const struct engine_places *places, struct view options,
                        const char *input)
{
    words_start(out);
    words_put(out, places->checker, "", nothing);
    put_limits(out, options);
    words_put(out, input, "", nothing);
}

void engine_merge_words(struct words *out, const struct engine_places *places, struct view options)
{
    words_start(out);
    words_put(out, places->checker, "", nothing);
    words_put(out, "-merge=1", "", nothing);
    put_limits(out, options);
    words_put(out, "-artifact_prefix=", places->work, VIEW("/merge-"));
    words_put(out, places->pool, "", nothing);
    if (places->seeds[0] != '\0')
        words_put(out, places->seeds, "", nothing);
    words_put(out, places->work, "/out/default/queue", nothing);
}

struct setting {
    const char *name;
    const char *value; // NULL: not for this engine
};

// As in ci/engines.sh: freed blocks are kept for a while, but not too many of OpenSSL's.
static const struct setting libfuzzer_settings[] = {
    {"ASAN_OPTIONS", "quarantine_size_mb=64"},
    {"UBSAN_OPTIONS", "print_stacktrace=1"},
    {"ASAN_SYMBOLIZER_PATH", "/usr/bin/llvm-symbolizer-19"}};

// AFL++ takes no options of a sanitizer but its own.
static const struct setting afl_settings[] = {{"ASAN_OPTIONS", NULL},
                                              {"UBSAN_OPTIONS", NULL},
                                              {"AFL_STATSD", NULL},
                                              {"AFL_STATSD_PORT", NULL},
                                              {"AFL_STATSD_TAGS_FLAVOR", NULL},
                                              {"AFL_STATSD_HOST", "127.0.0.1"},
                                              {"AFL_NO_UI", "1"},
                                              {"AFL_SKIP_CPUFREQ", "1"},
                                              {"AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES", "1"},
                                              {"AFL_TRY_AFFINITY", "1"},
                                              {"AFL_FAST_CAL", "1"}};

static const struct setting *find_setting(const struct setting *settings, size_t count,
                                          const char *line)
{
    struct view text = view_of_text(line);
    struct view name = view_first(text, view_index(text, '='));
    for (size_t i = 0; i < count; i++)
        if (view_equal(name, view_of_text(settings[i].name)))
            return &settings[i];
    return NULL;
}

void engine_settings(struct words *out, enum campaign_engine engine,
                     const struct engine_places *places, uint16_t port)
{
    bool is_afl = engine == CAMPAIGN_AFL;
    const struct setting *settings = is_afl ? afl_settings : libfuzzer_settings;
    size_t count = is_afl ? sizeof afl_settings / sizeof afl_settings[0]
                          : sizeof libfuzzer_settings / sizeof libfuzzer_settings[0];
    words_start(out);
    for (char **at = environ; *at != NULL; at++) {
        const struct setting *setting = find_setting(settings, count, *at);
        // What the user has set for libFuzzer's sanitizers is kept.
        if (setting == NULL || !is_afl)
            words_borrow(out, *at);
    }
    for (size_t i = 0; i < count; i++) {
        bool is_there = !is_afl && getenv(settings[i].name) != NULL;
        if (settings[i].value == NULL || is_there)
            continue;
        words_put(out, settings[i].name, "=", view_of_text(settings[i].value));
    }
    bool has_mutator = is_afl && places->mutator[0] != '\0';
    if (has_mutator && getenv("AFL_CUSTOM_MUTATOR_LIBRARY") == NULL)
        words_put(out, "AFL_CUSTOM_MUTATOR_LIBRARY=", places->mutator, nothing);
    if (is_afl && port != 0) {
        words_put(out, "AFL_STATSD=1", "", nothing);
        words_put_number(out, "AFL_STATSD_PORT=", port);
    }
}
