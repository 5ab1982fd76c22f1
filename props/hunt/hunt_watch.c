// SPDX-License-Identifier: Apache-2.0
// Looking after the endpoint: is it there, and if not, what brought it down?
#include "props/hunt/hunt.h"

enum { SECOND_MS = 1000, FIRST_PAUSE_MS = 100 };

// Asks with a request of no clause: nobody is told of the exchange. It returns the status, 0
// without an answer.
static unsigned ask(struct hunt *hunt, const struct intent *intent)
{
    struct trial *trial = hunt->trial;
    const struct world *world = &hunt->worlds[0];
    trial_start(trial, NULL, world);
    trial->seen = NULL;
    if (trial->serial < world->subject.first_serial)
        trial->serial = world->subject.first_serial;
    const struct exchange *x = trial_ask(trial, 0, intent);
    hunt->result->request_count++;
    hunt->result->saw_200 = hunt->result->saw_200 || x->status == 200;
    return x->status;
}

// Whoever asks for less haste is there.
static bool is_there(struct hunt *hunt)
{
    unsigned status = ask(hunt, &hunt->known);
    return status == 200 || status == 429;
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
            if (hunt->worlds[0].fixture.iccid[role].len == 0)
                continue;
            intent_plain(intent);
            intent_set(intent, AXIS_ROLE, role);
            intent_set_sense(intent, AXIS_FIELDS, ways[i]);
            if (ask(hunt, intent) == 200) {
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

static bool is_stopped(const struct hunt *hunt)
{
    const struct hunt_options *options = &hunt->options;
    return options->is_stopped != NULL && options->is_stopped(options->context);
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
        if (tries == HUNT_CHECK_COUNT)
            return ANSWER_NONE;
        rest(hunt, pause_ms);
        pause_ms *= 2;
    }
    bool was_away = has_failures(hunt);
    return was_away || tries != 1 ? ANSWER_LATE : ANSWER_GOOD;
}

static int64_t now_ms(const struct hunt *hunt)
{
    return hunt->options.now_ms == NULL ? 0 : hunt->options.now_ms(hunt->options.context);
}

static bool may_recover(const struct hunt *hunt)
{
    return hunt->recovery_count < HUNT_RECOVERY_COUNT_MAX && hunt->recovery_ms < HUNT_RECOVERY_MS;
}

static enum answer wait_for_recovery(struct hunt *hunt)
{
    while (may_recover(hunt)) {
        int64_t begin_ms = now_ms(hunt);
        hunt->recovery_count++;
        rest(hunt, SECOND_MS);
        if (is_stopped(hunt))
            return ANSWER_STOPPED;
        bool has_come = is_there(hunt);
        hunt->recovery_ms += now_ms(hunt) - begin_ms;
        if (has_come) {
            has_failures(hunt);
            hunt->recovery_count = 0;
            hunt->recovery_ms = 0;
            return ANSWER_GOOD;
        }
    }
    hunt->is_gone = true;
    return ANSWER_NONE;
}

static enum answer try_alone(struct hunt *hunt, size_t suspect)
{
    hunt_resend(hunt, hunt_suspect(hunt, suspect));
    return look(hunt);
}

// Whether the input brings the endpoint down when it is sent alone, and once more where that can be
// seen, or makes it go away for a moment each time.
static bool fells(struct hunt *hunt, size_t suspect, enum answer *answer)
{
    *answer = try_alone(hunt, suspect);
    if (*answer == ANSWER_NONE) {
        *answer = wait_for_recovery(hunt);
        if (*answer == ANSWER_GOOD)
            *answer = try_alone(hunt, suspect);
        return *answer == ANSWER_NONE || *answer == ANSWER_LATE;
    }
    for (unsigned i = 1; i < HUNT_LATE_COUNT && *answer == ANSWER_LATE; i++)
        *answer = try_alone(hunt, suspect);
    return *answer == ANSWER_NONE || *answer == ANSWER_LATE;
}

// The last ones first: they are more likely. Without a culprit it returns `otherwise`.
static enum hunt_state blame(struct hunt *hunt, enum hunt_state otherwise)
{
    enum answer answer = ANSWER_GOOD;
    if (otherwise == HUNT_IS_DOWN)
        answer = wait_for_recovery(hunt);
    for (size_t i = hunt->suspect_count; i != 0 && answer < ANSWER_NONE; i--) {
        hunt->culprit = i - 1;
        if (!fells(hunt, hunt->culprit, &answer))
            continue;
        if (answer == ANSWER_NONE && !hunt->is_gone)
            wait_for_recovery(hunt);
        return HUNT_HAS_BLAMED;
    }
    return answer == ANSWER_STOPPED ? HUNT_STOPPED : otherwise;
}

// The endpoint is there again, but was not a moment ago. Some networks are like that, so this is
// looked into a few times only.
static void look_into(struct hunt *hunt)
{
    hunt->was_away = true;
    if (hunt->away_count++ < HUNT_AWAY_COUNT_MAX)
        hunt->state = blame(hunt, hunt->state);
    if (hunt->state == HUNT_GOES_ON)
        note_good(hunt);
}

void hunt_watch(struct hunt *hunt)
{
    hunt->is_watching = true;
    hunt->was_away = false;
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
