// SPDX-License-Identifier: Apache-2.0
// Looking after the endpoint: is it there, and if not, what brought it down?
#include "props/hunt/hunt.h"

enum {
    SECOND_MS = 1000,
    FIRST_PAUSE_MS = 100,
    RECOVERY_TRY_MS = 1500 // that a try to find it there again takes on the average, at most
};

// Asks with a request of no clause: nobody is told of the exchange.
static const struct exchange *ask(struct hunt *hunt, const struct intent *intent)
{
    struct trial *trial = hunt->trial;
    const struct world *world = hunt->world;
    trial_start(trial, NULL, world);
    trial->seen = NULL;
    if (trial->serial < world->subject.first_serial)
        trial->serial = world->subject.first_serial;
    const struct exchange *x = trial_ask(trial, 0, intent);
    hunt->result->request_count++;
    hunt->known_status = x->status;
    return x;
}

static bool is_stopped(const struct hunt *hunt)
{
    const struct hunt_options *options = &hunt->options;
    return options->is_stopped != NULL && options->is_stopped(options->context);
}

// Whoever asks for less haste is there.
static bool is_there(struct hunt *hunt)
{
    const struct exchange *x = ask(hunt, &hunt->known);
    bool says_when = x->status == 503 && bp_head_find(&x->head, VIEW("Retry-After")) != NULL;
    bool is_good = x->status == 200 || x->status == 429 || says_when;
    // An answer that was cut short here is none.
    if (!is_good && !is_stopped(hunt))
        hunt->bad_status = x->status;
    return is_good;
}

// Whether connections failed since the last time that this was asked.
static bool has_failures(struct hunt *hunt)
{
    struct hunt_facts facts = {.answer_us = -1};
    if (hunt->options.facts != NULL)
        hunt->options.facts(hunt->options.context, &facts);
    bool has_more = facts.failure_count != hunt->failure_count;
    hunt->failure_count = facts.failure_count;
    return has_more;
}

bool hunt_prepare(struct hunt *hunt)
{
    static const enum sense ways[] = {SENSE_ABSENT, SENSE_FIELDS_FULL};
    for (unsigned role = 0; role < ROLE_U; role++) {
        for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
            struct intent *intent = &hunt->known;
            if (hunt->world->fixture.iccid[role].len == 0)
                continue;
            intent_plain(intent);
            intent_set(intent, AXIS_ROLE, role);
            intent_set_sense(intent, AXIS_FIELDS, ways[i]);
            if (ask(hunt, intent)->status == 200) {
                has_failures(hunt);
                return true;
            }
        }
    }
    return false;
}

static void note_good(struct hunt *hunt)
{
    hunt->checked_count = hunt->result->request_count;
    hunt->suspect_count = 0;
}

static void rest(const struct hunt *hunt, unsigned ms)
{
    if (hunt->options.pause != NULL)
        hunt->options.pause(hunt->options.context, ms);
}

enum answer {
    ANSWER_GOOD,
    ANSWER_LATE, // good, but not at once: the endpoint was away for a moment
    ANSWER_NONE,
    ANSWER_STOPPED
};

// Asks up to three times.
static enum answer look(struct hunt *hunt)
{
    unsigned pause_ms = FIRST_PAUSE_MS;
    unsigned tries = 1;
    for (; !is_there(hunt); tries++) {
        if (is_stopped(hunt))
            return ANSWER_STOPPED;
        if (tries == HUNT_CHECK_COUNT) {
            hunt->is_away = true;
            return ANSWER_NONE;
        }
        rest(hunt, pause_ms);
        pause_ms *= 2;
    }
    bool was_away = has_failures(hunt);
    if (was_away && tries == 1)
        hunt->bad_status = 0;
    return was_away || tries != 1 ? ANSWER_LATE : ANSWER_GOOD;
}

static int64_t now_ms(const struct hunt *hunt)
{
    return hunt->options.now_ms == NULL ? 0 : hunt->options.now_ms(hunt->options.context);
}

static bool may_recover(const struct hunt *hunt)
{
    unsigned given_s = hunt->options.patience_s;
    unsigned patience_s = given_s == 0 ? (unsigned)HUNT_PATIENCE_S : given_s;
    int64_t patience_ms = (int64_t)patience_s * RECOVERY_TRY_MS;
    return hunt->recovery_count < patience_s && hunt->recovery_ms < patience_ms;
}

static void wait_for_recovery(struct hunt *hunt)
{
    while (may_recover(hunt)) {
        int64_t begin_ms = now_ms(hunt);
        hunt->recovery_count++;
        rest(hunt, SECOND_MS);
        bool has_come = !is_stopped(hunt) && is_there(hunt);
        hunt->recovery_ms += now_ms(hunt) - begin_ms;
        if (has_come) {
            has_failures(hunt);
            hunt->is_away = false;
            hunt->recovery_count = 0;
            hunt->recovery_ms = 0;
            return;
        }
        if (is_stopped(hunt))
            return;
    }
    hunt->is_gone = true;
}

// Sends the input alone. An endpoint that goes away is waited for.
static enum answer try_alone(struct hunt *hunt, struct view input)
{
    hunt_resend(hunt, input);
    enum answer answer = look(hunt);
    if (answer == ANSWER_NONE)
        wait_for_recovery(hunt);
    return answer;
}

// Nothing more can be found out by sending inputs again.
static bool must_leave_off(const struct hunt *hunt)
{
    return hunt->is_gone || hunt->is_fickle || is_stopped(hunt);
}

// Whether an endpoint went away, and has come again.
static bool has_fallen(const struct hunt *hunt, enum answer answer)
{
    return (answer == ANSWER_LATE || answer == ANSWER_NONE) && !must_leave_off(hunt);
}

// The control: it must stay where it is behind the plain request, over at least `request_count`
// requests. Where it goes away all the same, some networks and balancers do, whoever is blamed
// might be innocent.
static bool is_steady(struct hunt *hunt, uint64_t request_count)
{
    uint64_t begin = hunt->result->request_count;
    for (unsigned i = 0; !must_leave_off(hunt); i++) {
        bool is_enough = hunt->result->request_count - begin >= request_count;
        if (is_enough && i >= HUNT_CONTROL_COUNT)
            return true;
        enum answer answer = try_alone(hunt, VIEW(""));
        hunt->is_fickle = answer == ANSWER_LATE || answer == ANSWER_NONE;
    }
    return false;
}

// Whether the input, sent alone, brings the endpoint down, or makes it go away for a moment each of
// some times, and does so once more when the control has gone well.
static bool fells(struct hunt *hunt, struct view input)
{
    uint64_t begin = hunt->result->request_count;
    for (unsigned count = 0; count < HUNT_LATE_COUNT;) {
        enum answer answer = try_alone(hunt, input);
        if (!has_fallen(hunt, answer))
            return false;
        count += answer == ANSWER_NONE ? HUNT_LATE_COUNT : 1;
    }
    uint64_t request_count = hunt->result->request_count - begin;
    return is_steady(hunt, request_count * HUNT_CONTROL_FACTOR) &&
           has_fallen(hunt, try_alone(hunt, input));
}

// The last ones first: they are more likely. Without a culprit it returns `otherwise`.
static enum hunt_state blame(struct hunt *hunt, enum hunt_state otherwise)
{
    if (otherwise == HUNT_IS_DOWN)
        wait_for_recovery(hunt);
    while (hunt->culprit != 0 && !must_leave_off(hunt)) {
        hunt->culprit--;
        if (fells(hunt, hunt_suspect(hunt, hunt->culprit)))
            return HUNT_HAS_BLAMED;
    }
    hunt->is_cut_short = !hunt->is_gone && is_stopped(hunt);
    if (hunt->is_away || otherwise == HUNT_IS_DOWN)
        return HUNT_IS_DOWN;
    return hunt->is_cut_short ? HUNT_STOPPED : otherwise;
}

// The endpoint is there again, but was not a moment ago. Some networks are like that, so this is
// looked into a few times only.
static void look_into(struct hunt *hunt)
{
    hunt->was_away = true;
    if (hunt->away_count++ < HUNT_AWAY_COUNT_MAX && !hunt->is_fickle)
        hunt->state = blame(hunt, hunt->state);
    if (hunt->state == HUNT_GOES_ON)
        note_good(hunt);
}

void hunt_watch(struct hunt *hunt)
{
    hunt->is_watching = true;
    hunt->culprit = hunt->suspect_count;
    switch (look(hunt)) {
    case ANSWER_GOOD:
        note_good(hunt);
        break;
    case ANSWER_LATE:
        look_into(hunt);
        break;
    case ANSWER_NONE:
        hunt->state = blame(hunt, HUNT_IS_DOWN);
        break;
    case ANSWER_STOPPED:
        hunt->state = HUNT_STOPPED;
        break;
    }
    hunt->is_watching = false;
}
