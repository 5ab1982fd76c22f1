// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/hunt.h"

#include "props/hunt/mutation.h"

// What comes of the case being sent again: only whether it is late again.
static void hear_again(struct hunt *hunt, const struct signature *signature, int64_t answer_us)
{
    struct signature again = *signature;
    again.tempo = hunt->late.tempo;
    bool is_same = signature_key(&again) == signature_key(&hunt->late);
    bool is_late = tempo_class(&hunt->tempo, answer_us) >= hunt->late.tempo;
    hunt->is_late_again = hunt->is_late_again || (is_same && is_late);
}

// A time unlike those before counts once it has come again.
static void see_tempo(struct hunt *hunt, const struct signature *signature, int64_t answer_us)
{
    struct signature late = *signature;
    late.tempo = (uint8_t)tempo_class(&hunt->tempo, answer_us);
    tempo_note(&hunt->tempo, answer_us);
    if (late.tempo == 0)
        return;
    struct sighting *row = sightings_find(&hunt->sightings, &late);
    if (row != NULL)
        row->count++;
    else if (!hunt->has_late || late.tempo > hunt->late.tempo)
        hunt->late = late;
    hunt->has_late = hunt->has_late || row == NULL;
}

static void see(struct hunt *hunt, const struct signature *signature, const struct exchange *x)
{
    bool is_new = false;
    struct sighting *row = sightings_see(&hunt->sightings, signature, &is_new);
    if (row == NULL)
        return;
    if (is_new)
        sighting_describe(row, x);
    bool is_rarer = hunt->rarest == NULL || row->count < hunt->rarest->count;
    hunt->rarest = is_rarer ? row : hunt->rarest;
    hunt->shows_new = hunt->shows_new || is_new;
    if (x->intent != NULL && sightings_see_pairs(&hunt->sightings, x->intent, row->key) != 0)
        hunt->shows_new_pair = true;
}

static void hear_exchange(void *context, const struct exchange *x)
{
    struct hunt *hunt = context;
    struct hunt_facts facts = {.answer_us = -1};
    struct signature signature;
    if (hunt->options.facts != NULL)
        hunt->options.facts(hunt->options.context, &facts);
    if (facts.is_held_back)
        return;
    signature_read(&signature, &hunt->shaper, x, &facts.end);
    bool has_failures = facts.failure_count != hunt->failure_count;
    hunt->is_bad = hunt->is_bad || has_failures || signature_is_bad(&signature);
    hunt->is_slow = hunt->is_slow || signature.end == SIGNATURE_TIMEOUT;
    if (hunt->is_mute) {
        hear_again(hunt, &signature, facts.answer_us);
    } else if (x->fate != FATE_FAILED) {
        see(hunt, &signature, x);
        see_tempo(hunt, &signature, facts.answer_us);
    }
}

static void hear_verdict(void *context, size_t clause, struct verdict verdict,
                         const struct exchange *x)
{
    struct hunt *hunt = context;
    (void)x;
    if (hunt->is_mute)
        return;
    if (verdict.grade != GRADE_FAIL)
        check_note(hunt->result, clause, verdict);
    else if (hunt->pending_count < HUNT_PENDING_COUNT_MAX)
        hunt->pending[hunt->pending_count++] = (struct hunt_pending){clause, verdict.why};
}

void hunt_init(struct hunt *out, const struct hunt_options *options, struct check_result *result,
               const struct world *world, void *space)
{
    memset(out, 0, sizeof *out);
    check_clear(result);
    out->options = *options;
    out->result = result;
    out->world = world;
    out->trial = trial_init(space);
    panel_init(&out->panel, options->only, hear_verdict, out);
    out->panel.passes = result->graded;
    out->panel.seen = hear_exchange;
    out->panel.leaves_acts = true;
    choices_from_seed(&out->dice, options->seed);
}

static bool goes_on(struct hunt *hunt)
{
    if (hunt->state == HUNT_GOES_ON && !hunt->options.goes_on(hunt->options.context, hunt))
        hunt->state = HUNT_IS_OVER;
    return hunt->state == HUNT_GOES_ON;
}

static void play(struct hunt *hunt, struct view input)
{
    hunt->is_bad = false;
    hunt->is_slow = false;
    hunt->is_late_again = false;
    choices_from_bytes(&hunt->choices, input);
    panel_play(&hunt->panel, hunt->trial, &hunt->choices, hunt->world, 1);
    hunt->result->request_count += hunt->trial->request_count;
}

void hunt_resend(struct hunt *hunt, struct view input)
{
    hunt->is_mute = true;
    hunt->panel.passes = NULL;
    play(hunt, input);
    hunt->panel.passes = hunt->result->graded;
    hunt->is_mute = false;
}

static void add_suspect(struct hunt *hunt, struct view input)
{
    struct hunt_input *suspect = &hunt->suspects[hunt->suspect_count++];
    suspect->len = input.len;
    if (input.len != 0)
        memcpy(suspect->bytes, input.data, input.len);
}

// Sending again what was found may have brought the endpoint down, too.
static void watch_after(struct hunt *hunt, struct view tape)
{
    add_suspect(hunt, tape);
    hunt_watch(hunt);
}

static void watch_when_due(struct hunt *hunt)
{
    uint64_t since = hunt->result->request_count - hunt->checked_count;
    bool is_full = hunt->suspect_count == HUNT_SUSPECT_COUNT_MAX;
    bool is_bad = hunt->is_bad || hunt->pending_count != 0;
    hunt->was_away = false;
    if (is_bad || is_full || since >= HUNT_CHECK_INTERVAL)
        hunt_watch(hunt);
}

// Counts the failures of the case, now that the endpoint is there, and makes those smaller that are
// found for the first time.
static void judge(struct hunt *hunt, struct view tape)
{
    struct check_result *result = hunt->result;
    size_t known_count = result->finding_count;
    for (size_t i = 0; i < hunt->pending_count; i++)
        check_fail(result, hunt->pending[i].clause, hunt->pending[i].why, tape);
    bool shrinks = hunt->options.shrink_calls != 0 && !hunt->is_slow;
    if (!shrinks || result->finding_count == known_count)
        return;
    for (size_t i = known_count; i < result->finding_count; i++)
        finding_shrink(&result->findings[i], hunt->trial, hunt->world, 1,
                       hunt->options.shrink_calls);
    watch_after(hunt, tape);
}

// A long time may be the machine's or the network's: it has to come again.
static void try_late(struct hunt *hunt, struct view tape)
{
    bool is_new = false;
    for (unsigned i = 0; i < HUNT_REPEAT_COUNT; i++) {
        hunt_resend(hunt, tape);
        if (!hunt->is_late_again)
            return;
    }
    struct sighting *row = sightings_see(&hunt->sightings, &hunt->late, &is_new);
    if (row == NULL)
        return;
    struct signature usual = hunt->late;
    usual.tempo = 0;
    const struct sighting *beside = sightings_find(&hunt->sightings, &usual);
    if (beside != NULL) {
        memcpy(row->words, beside->words, sizeof row->words);
        row->words_len = beside->words_len;
    }
    hunt->rarest = row;
    hunt->shows_new = true;
}

static void keep(struct hunt *hunt, struct view tape)
{
    bool is_worth = (hunt->shows_new || hunt->shows_new_pair) && hunt->rarest != NULL;
    if (!is_worth)
        return;
    hunt->novelty_count++;
    bool is_kept = pool_add(&hunt->pool, tape, hunt->rarest, hunt->shows_new);
    if (is_kept && hunt->options.keep != NULL)
        hunt->options.keep(hunt->options.context, tape, hunt->shows_new);
}

bool hunt_play(struct hunt *hunt, struct view input)
{
    struct hunt_input made; // the tape is overwritten when the case is sent again
    if (!goes_on(hunt))
        return false;
    hunt->shows_new = false;
    hunt->shows_new_pair = false;
    hunt->rarest = NULL;
    hunt->has_late = false;
    hunt->pending_count = 0;
    play(hunt, input);
    hunt->result->case_count++;
    hunt->result->saw_200 = hunt->result->saw_200 || hunt->trial->saw_200;
    struct view tape = choices_tape(&hunt->choices);
    add_suspect(hunt, tape);
    made = hunt->suspects[hunt->suspect_count - 1];
    tape = view_of(made.bytes, made.len);
    // The end cuts exchanges short, which says nothing about the endpoint.
    if (!goes_on(hunt))
        return false;
    watch_when_due(hunt);
    if (hunt->state != HUNT_GOES_ON)
        return false;
    if (hunt_is_served(hunt) && !hunt->was_away)
        judge(hunt, tape);
    if (hunt->has_late && hunt->state == HUNT_GOES_ON) {
        try_late(hunt, tape);
        watch_after(hunt, tape);
    }
    keep(hunt, tape);
    return hunt->state == HUNT_GOES_ON;
}

// Every spelling of every axis, alone.
static void play_singles(struct hunt *hunt)
{
    enum { SINGLE = 0 };
    static const char prefix[] = {0, PROGRAM_PAIR, SINGLE};
    struct choices odometer;
    choices_from_odometer(&odometer, view_of(prefix, sizeof prefix));
    do {
        struct intent intent;
        (void)choose(&odometer, WORLD_COUNT_MAX);
        (void)choose(&odometer, PROGRAM_COUNT);
        intent_choose_pair(&intent, &odometer, &hunt->world->fixture);
        if (!hunt_play(hunt, choices_tape(&odometer)))
            return;
    } while (choices_next_run(&odometer));
}

static void make_input(struct hunt *hunt, struct buf *out)
{
    struct view base = view_of(NULL, 0);
    struct view other = view_of(NULL, 0);
    if (hunt->pool.count != 0 && choose(&hunt->dice, HUNT_FRESH_ONE_IN) != 0) {
        base = pool_bytes(pool_pick(&hunt->pool, &hunt->dice));
        other = pool_bytes(pool_pick(&hunt->pool, &hunt->dice));
    }
    mutation_make(out, base, other, &hunt->dice);
    // Deployments that are not there would only make more of the same.
    if (out->len != 0)
        out->data[0] = 0;
}

void hunt_run(struct hunt *hunt)
{
    char space[POOL_INPUT_LEN_MAX];
    struct buf input = BUF(space);
    play_singles(hunt);
    while (hunt->state == HUNT_GOES_ON) {
        make_input(hunt, &input);
        hunt_play(hunt, buf_view(&input));
    }
    if (hunt->state == HUNT_IS_OVER && hunt->suspect_count != 0)
        hunt_watch(hunt);
}
