// SPDX-License-Identifier: Apache-2.0
#include "props/run/readings.h"

#include "props/rule/facts.h"
#include "props/rule/trial.h"

void readings_start(struct readings *readings)
{
    memset(readings->open, 0xFF, sizeof readings->open);
    readings->consulted = 0;
    memset(readings->keys, 0, sizeof readings->keys);
    memset(readings->fails, 0, sizeof readings->fails);
    memset(readings->heard_count, 0, sizeof readings->heard_count);
}

static void keep_why(struct reading *reading, const char *why)
{
    for (size_t i = 0; i < READINGS_WHY_COUNT_MAX && why != NULL; i++) {
        if (reading->why[i] == NULL)
            reading->why[i] = why;
        if (strcmp(reading->why[i], why) == 0)
            return;
    }
}

static void keep_status(struct reading *reading, unsigned status)
{
    for (size_t i = 0; i < READINGS_STATUS_COUNT && status != 0; i++) {
        if (reading->statuses[i] == 0)
            reading->statuses[i] = (uint16_t)status;
        if (reading->statuses[i] == status)
            return;
    }
}

// Silence is no approval: under some readings a clause does not speak of such a request.
static bool is_let_pass(struct verdict verdict)
{
    return verdict.grade == GRADE_PASS || verdict.grade == GRADE_INFO ||
           verdict.grade == GRADE_TOLERATED;
}

// The question under each alternative of one key, the others as they are.
static void ask_alternatives(struct reading *reading, const struct question *question,
                             enum profile_key key)
{
    struct profile profile = *question->profile;
    struct verdict verdicts[ALTERNATIVE_COUNT_MAX];
    unsigned count = profile_alternative_count(key);
    bool is_about_key = false;
    for (unsigned i = 0; i < count; i++) {
        profile.reading[key] = (uint8_t)i;
        verdicts[i] = i == question->profile->reading[key]
                          ? question->verdict
                          : question->judge(question->context, &profile);
        is_about_key = is_about_key || is_let_pass(verdicts[i]);
    }
    for (unsigned i = 0; i < count; i++) {
        bool is_broken = is_about_key && verdicts[i].grade == GRADE_FAIL;
        if (is_broken && (reading->broken >> i & 1) == 0) {
            reading->broken |= (uint8_t)(1u << i);
            reading->broken_clause[i] = (uint16_t)question->clause;
        }
        bool is_told = is_broken || (verdict_is_fault(verdicts[i]) && verdicts[i].key == key);
        keep_why(reading, is_told ? verdicts[i].why : NULL);
    }
}

static bool is_read_alike(const struct profile *one, const struct profile *other, uint64_t keys)
{
    for (; keys != 0; keys &= keys - 1) {
        unsigned key = (unsigned)__builtin_ctzll(keys);
        if (one->reading[key] != other->reading[key])
            return false;
    }
    return true;
}

static void ask_bundles(struct readings *readings, const struct question *question)
{
    for (size_t i = 0; i < BUNDLE_COUNT; i++) {
        const struct profile *bundle = bundle_at(i);
        if (readings->fails[i][question->clause])
            continue;
        struct verdict verdict = question->verdict;
        if (!is_read_alike(bundle, question->profile, question->keys)) {
            if (question->judge == NULL)
                continue;
            verdict = question->judge(question->context, bundle);
        }
        readings->fails[i][question->clause] = verdict.grade == GRADE_FAIL;
    }
}

static bool may_hear(const struct readings *readings, size_t clause, enum readings_cause cause)
{
    static const uint16_t count_max[CAUSE_COUNT] = {[CAUSE_FAULT] = READINGS_FAULT_MAX,
                                                    [CAUSE_ASKED] = READINGS_HEARD_MAX,
                                                    [CAUSE_ODD] = READINGS_HEARD_MAX,
                                                    [CAUSE_OPENING] = READINGS_OPENED_MAX};
    return readings->heard_count[clause][cause] < count_max[cause];
}

void readings_hear(struct readings *readings, const struct question *question,
                   enum readings_cause cause)
{
    if (!may_hear(readings, question->clause, cause))
        return;
    readings->heard_count[question->clause][cause]++;
    readings->consulted |= question->keys & ~question->implied;
    for (uint64_t left = question->keys; left != 0; left &= left - 1) {
        enum profile_key key = (enum profile_key)__builtin_ctzll(left);
        struct reading *reading = &readings->keys[key];
        keep_status(reading, question->status);
        if (question->judge != NULL)
            ask_alternatives(reading, question, key);
        else if (verdict_is_fault(question->verdict) && question->verdict.key == key)
            keep_why(reading, question->verdict.why);
        if (reading->broken != 0)
            readings->consulted |= KEY_BIT(key);
    }
    ask_bundles(readings, question);
}

uint64_t readings_opened(const struct exchange *x)
{
    uint64_t keys = 0;
    if (x->has_list && x->balance_count != 0)
        keys |= KEY_BIT(KEY_NAMES) | KEY_BIT(KEY_DATA_NAME) | KEY_BIT(KEY_SCHEMA);
    if (sense_is(x, AXIS_FIELDS, SENSE_ABSENT))
        keys |= KEY_BIT(KEY_FT_ABSENT);
    if (sim_is_bare(x) || sim_has_scheme(x))
        keys |= KEY_BIT(KEY_PATH_FORM);
    return keys;
}

struct exchange_again {
    struct exchange *x;
    struct verdict (*judge)(const struct exchange *x);
    struct profile opened_as;
};

static struct verdict judge_again(void *context, const struct profile *profile)
{
    struct exchange_again *again = context;
    if (!is_read_alike(profile, &again->opened_as, EXCHANGE_KEYS)) {
        exchange_read_as(again->x, profile);
        again->opened_as = *profile;
    }
    again->x->profile = profile;
    return again->judge(again->x);
}

void readings_hear_exchange(struct readings *readings, size_t clause, const struct exchange *x,
                            struct verdict (*judge)(const struct exchange *x),
                            struct verdict verdict, uint64_t keys)
{
    struct exchange_again again = {&readings->again, judge, *x->profile};
    struct question question = {.clause = clause,
                                .verdict = verdict,
                                .profile = x->profile,
                                .keys = keys | readings_opened(x),
                                .implied = readings_opened(x) & ~keys,
                                .status = x->status,
                                .judge = judge_again,
                                .context = &again};
    enum readings_cause cause = verdict_is_fault(verdict) ? CAUSE_FAULT
                                : keys != 0               ? readings_asked(x)
                                                          : CAUSE_OPENING;
    if (!may_hear(readings, clause, cause))
        return;
    readings->again = *x;
    readings->again.consulted = NULL;
    readings_hear(readings, &question, cause);
}

struct program_again {
    struct trial *trial;
    struct verdict (*weigh)(const struct trial *trial);
};

static void read_slots_as(struct trial *trial, const struct profile *profile, uint64_t *consulted)
{
    for (unsigned i = 0; i < TRIAL_SLOT_COUNT; i++) {
        trial->slots[i].exchange.profile = profile;
        trial->slots[i].exchange.consulted = consulted;
    }
}

static struct verdict weigh_again(void *context, const struct profile *profile)
{
    const struct program_again *again = context;
    read_slots_as(again->trial, profile, NULL);
    struct verdict verdict = again->weigh(again->trial);
    read_slots_as(again->trial, &again->trial->world->profile, again->trial->consulted);
    return verdict;
}

void readings_hear_program(struct readings *readings, size_t clause, struct trial *trial,
                           struct verdict verdict, uint64_t keys)
{
    struct program_again again = {trial, clause_at(clause)->weigh};
    struct question question = {.clause = clause,
                                .verdict = verdict,
                                .profile = &trial->world->profile,
                                .keys = keys,
                                .status = trial->slots[trial->last_slot].exchange.status,
                                .judge = again.weigh == NULL ? NULL : weigh_again,
                                .context = &again};
    readings_hear(readings, &question, verdict_is_fault(verdict) ? CAUSE_FAULT : CAUSE_ASKED);
}

bool readings_fit(const struct readings *readings, enum profile_key key, unsigned alternative)
{
    return (readings->keys[key].broken >> alternative & 1) == 0;
}

bool readings_conforms(const struct readings *readings, size_t bundle, const bool *only)
{
    for (size_t i = 0; i < CLAUSE_COUNT_MAX; i++)
        if (readings->fails[bundle][i] && (only == NULL || only[i]))
            return false;
    return true;
}
