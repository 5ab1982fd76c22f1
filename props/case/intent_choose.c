// SPDX-License-Identifier: Apache-2.0
// How intents are chosen. The answers of one axis stand together and 0 is the plainest, so that a
// shrinker can drop what does not matter.
#include "props/case/intent.h"
#include "props/case/spellings.h"

// choose_role takes a role that the fixture has, or A.
static void choose_role(struct intent *intent, struct choices *c, const struct fixture *fixture,
                        unsigned role_count)
{
    unsigned role = choose(c, role_count);
    if (fixture->iccid[role].len != 0)
        intent_set(intent, AXIS_ROLE, role);
}

static bool is_among(char letter, struct view letters)
{
    return letter != 0 && view_index(letters, letter) < letters.len;
}

// placeholder_of is the letter of the first placeholder of a row's text, or 0.
static char placeholder_of(const struct spelling *row)
{
    size_t at = view_index(row->text, '{');
    return (char)(at + 1 < row->text.len ? row->text.data[at + 1] : 0);
}

// is_made says whether part of the text of a row comes from intent.made.
static bool is_made(enum axis axis, const struct spelling *row, char placeholder)
{
    if (axis == AXIS_ORDER)
        return row->value == ENCODE_SOME;
    return is_among(placeholder, VIEW("nNczeo"));
}

// is_long says whether a row makes the request hundreds of bytes longer.
static bool is_long(const struct spelling *row, char placeholder)
{
    if (row->sense == SENSE_EXTRA_LONG || row->sense == SENSE_EXTRA_HUGE)
        return true;
    return is_among(placeholder, VIEW("9AyFG"));
}

// choose_row takes one of the first `row_count` rows and, where its text is made up, the answers
// behind it: the low part first, so that small numbers make short cases. A long row costs as much
// as hundreds of others and stays only when a further answer is 0; else the axis is plain.
static void choose_row(struct intent *intent, struct choices *c, enum axis axis, unsigned row_count)
{
    unsigned row = choose(c, row_count);
    const struct spelling *spelling = axis_row(axis, row);
    char placeholder = placeholder_of(spelling);
    if (is_long(spelling, placeholder) && choose(c, 32) != 0)
        row = 0;
    intent_set(intent, axis, row);
    if (row == 0 || intent->made != 0 || !is_made(axis, spelling, placeholder))
        return;
    for (unsigned shift = 0; shift < 32; shift += 8)
        intent->made |= (uint32_t)choose(c, 256) << shift;
}

static void choose_parameters(struct intent *intent, struct choices *c)
{
    unsigned which = choose(c, 8);
    if ((which & 1) != 0)
        choose_row(intent, c, AXIS_LIMIT, axis_served_count(AXIS_LIMIT));
    if ((which & 2) != 0)
        choose_row(intent, c, AXIS_LOCATION, axis_served_count(AXIS_LOCATION));
    if ((which & 4) != 0)
        choose_row(intent, c, AXIS_FIELDS, axis_served_count(AXIS_FIELDS));
}

// The axes that can be off, the busier ones more often.
static const uint8_t busy_axes[16] = {
    AXIS_LIMIT, AXIS_LOCATION, AXIS_FIELDS,   AXIS_SIM,    AXIS_EXTRA, AXIS_PATH,
    AXIS_TXN,   AXIS_ORDER,    AXIS_FRAMING,  AXIS_METHOD, AXIS_AUTH,  AXIS_HOST,
    AXIS_LINE,  AXIS_LIMIT,    AXIS_LOCATION, AXIS_SIM,
};

void intent_choose(struct intent *out, struct choices *c, const struct fixture *fixture)
{
    static const uint8_t off_counts[8] = {0, 0, 0, 1, 1, 1, 2, 3};
    intent_plain(out);
    choose_role(out, c, fixture, ROLE_COUNT);
    choose_parameters(out, c);
    for (unsigned left = off_counts[choose(c, 8)]; left != 0; left--) {
        enum axis axis = (enum axis)busy_axes[choose(c, 16)];
        choose_row(out, c, axis, axis_row_count(axis));
    }
    intent_close(out, fixture);
}

void intent_choose_served(struct intent *out, struct choices *c, const struct fixture *fixture)
{
    static const uint8_t off_counts[4] = {0, 0, 1, 2};
    intent_plain(out);
    choose_role(out, c, fixture, ROLE_U);
    choose_parameters(out, c);
    for (unsigned left = off_counts[choose(c, 4)]; left != 0; left--) {
        enum axis axis = (enum axis)busy_axes[choose(c, 16)];
        choose_row(out, c, axis, axis_served_count(axis));
    }
    intent_close(out, fixture);
}

// choose_changed sets `axis` to one of its rows that are not plain.
static void choose_changed(struct intent *intent, struct choices *c, enum axis axis,
                           const struct fixture *fixture)
{
    unsigned row = 1 + choose(c, axis_row_count(axis) - 1);
    if (axis != AXIS_ROLE || fixture->iccid[row].len != 0)
        intent_set(intent, axis, row);
}

// choose_quality makes one parameter absent, good, empty or bad: a line of GB-QRY-6's table.
static void choose_quality(struct intent *intent, struct choices *c, enum axis axis,
                           enum sense good, enum sense bad)
{
    const enum sense senses[4] = {SENSE_ABSENT, good, SENSE_EMPTY, bad};
    intent_set_sense(intent, axis, senses[choose(c, 4)]);
}

void intent_choose_pair(struct intent *out, struct choices *c, const struct fixture *fixture)
{
    enum { SINGLE, PAIR, TABLE, PART_COUNT };
    intent_plain(out);
    unsigned part = choose(c, PART_COUNT);
    if (part == SINGLE) {
        enum axis axis = (enum axis)choose(c, AXIS_COUNT);
        unsigned row = choose(c, axis_row_count(axis));
        if (axis != AXIS_ROLE || fixture->iccid[row].len != 0)
            intent_set(out, axis, row);
    } else if (part == PAIR) {
        unsigned first = choose(c, AXIS_COUNT - 1);
        unsigned second = first + 1 + choose(c, AXIS_COUNT - 1 - first);
        choose_changed(out, c, (enum axis)first, fixture);
        choose_changed(out, c, (enum axis)second, fixture);
    } else {
        choose_quality(out, c, AXIS_FIELDS, SENSE_FIELDS_BASIC, SENSE_FIELDS_BAD);
        choose_quality(out, c, AXIS_LIMIT, SENSE_LIMIT_GOOD, SENSE_LIMIT_NEGATIVE);
        choose_quality(out, c, AXIS_LOCATION, SENSE_LOCATION_GOOD, SENSE_LOCATION_UNKNOWN);
    }
    intent_close(out, fixture);
}
