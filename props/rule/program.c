// SPDX-License-Identifier: Apache-2.0
#include "props/rule/program.h"

void plain_for(struct intent *out, enum role role)
{
    intent_plain(out);
    intent_set(out, AXIS_ROLE, role);
}

bool plain_for_any(struct intent *out, struct trial *trial)
{
    enum role known[ROLE_COUNT];
    unsigned count = 0;
    for (enum role role = 0; role < ROLE_COUNT; role++)
        if (role != ROLE_U && trial_has(trial, role))
            known[count++] = role;
    if (count == 0)
        return false;
    plain_for(out, known[choose(trial->choices, count)]);
    return true;
}

// Rows of one sense, or, for SENSE_COUNT, those that must be served.
static bool is_wanted(const struct spelling *row, enum sense sense)
{
    return sense == SENSE_COUNT ? row->refusals == 0 : row->sense == sense;
}

static void pick(struct intent *intent, struct trial *trial, enum axis axis, enum sense sense,
                 unsigned count_max)
{
    uint8_t rows[256];
    unsigned count = 0;
    unsigned row_count = axis_row_count(axis);
    for (unsigned row = 0; row < row_count; row++)
        if (is_wanted(axis_row(axis, row), sense))
            rows[count++] = (uint8_t)row;
    unsigned nth = choose(trial->choices, count < count_max ? count : count_max);
    if (nth < count)
        intent_set(intent, axis, rows[nth]);
}

void pick_sense(struct intent *intent, struct trial *trial, enum axis axis, enum sense sense)
{
    pick(intent, trial, axis, sense, 256);
}

void pick_few(struct intent *intent, struct trial *trial, enum axis axis, enum sense sense,
              unsigned count_max)
{
    pick(intent, trial, axis, sense, count_max);
}

void pick_good(struct intent *intent, struct trial *trial, enum axis axis)
{
    pick(intent, trial, axis, SENSE_COUNT, 256);
}

unsigned row_of_text(enum axis axis, struct view text)
{
    unsigned row_count = axis_row_count(axis);
    for (unsigned row = 0; row < row_count; row++)
        if (axis_row(axis, row)->refusals == 0 && view_equal(axis_row(axis, row)->text, text))
            return row;
    return row_count;
}

const struct exchange *ask(struct trial *trial, unsigned slot, struct intent *intent)
{
    intent_close(intent, &trial->world->fixture);
    return trial_ask(trial, slot, intent);
}

struct verdict same_where_served(struct trial *trial, struct intent *plain, struct intent *other,
                                 const char *why)
{
    const struct exchange *first = ask(trial, 0, plain);
    if (!served(first))
        return not_spoken();
    const struct exchange *later = ask(trial, 1, other);
    if (later->status != 200)
        return not_spoken();
    return same_answer(first, later) ? pass() : fail(why);
}

struct verdict same_always(struct trial *trial, struct intent *plain, struct intent *other,
                           const char *why)
{
    const struct exchange *first = ask(trial, 0, plain);
    if (!served(first))
        return not_spoken();
    const struct exchange *later = ask(trial, 1, other);
    if (is_elsewhere(later))
        return not_spoken();
    return same_answer(first, later) ? pass() : fail(why);
}
