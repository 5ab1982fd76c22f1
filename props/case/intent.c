// SPDX-License-Identifier: Apache-2.0
#include "props/case/intent.h"

#include <assert.h>

#include "props/case/spellings.h"

static const uint8_t plain_senses[AXIS_COUNT] = {
    [AXIS_FIELDS] = SENSE_ABSENT,
    [AXIS_LIMIT] = SENSE_ABSENT,
    [AXIS_LOCATION] = SENSE_ABSENT,
};

const struct axis_table *const axis_tables[AXIS_COUNT] = {
    &spellings_path[0],  &spellings_path[1],  &spellings_path[2],  &spellings_path[3],
    &spellings_query[0], &spellings_query[1], &spellings_query[2], &spellings_query[3],
    &spellings_query[4], &spellings_head[0],  &spellings_head[1],  &spellings_head[2],
    &spellings_head[3],  &spellings_head[4],
};

const struct spelling *axis_row(enum axis axis, unsigned row)
{
    const struct axis_table *table = axis_tables[axis];
    assert(row < table->row_count);
    return &table->rows[row];
}

unsigned axis_row_count(enum axis axis) { return axis_tables[axis]->row_count; }

unsigned axis_served_count(enum axis axis) { return axis_tables[axis]->served_count; }

const char *axis_name(enum axis axis) { return axis_tables[axis]->name; }

void intent_plain(struct intent *out)
{
    memset(out, 0, sizeof *out);
    memcpy(out->sense, plain_senses, sizeof plain_senses);
}

void intent_set(struct intent *intent, enum axis axis, unsigned row)
{
    unsigned bit = 1u << axis;
    intent->changed_axes =
        (uint16_t)(row == 0 ? intent->changed_axes & ~bit : intent->changed_axes | bit);
    intent->row[axis] = (uint8_t)row;
    intent->sense[axis] = (uint8_t)axis_row(axis, row)->sense;
    intent->is_closed = false;
}

void intent_set_sense(struct intent *intent, enum axis axis, enum sense sense)
{
    const struct axis_table *table = axis_tables[axis];
    for (unsigned row = 0; row < table->row_count; row++) {
        if (table->rows[row].sense == sense) {
            intent_set(intent, axis, row);
            return;
        }
    }
    assert(false); // the axis has a row of every sense that is asked of it
}

// bites says whether the refusals of a row that is not plain count in this deployment.
static bool bites(enum axis axis, enum sense sense, const struct fixture *fixture)
{
    if (axis == AXIS_AUTH)
        return fixture->credentials.len != 0;
    return sense != SENSE_PATH_BASE || fixture->base.len != 0;
}

// relax takes back what another axis excuses: HTTP/1.0 needs no Host, and for a SIM that takes no
// part a bad query may be refused or not (GB-QRY-8).
static void relax(struct intent *intent)
{
    const unsigned query =
        1u << AXIS_FIELDS | 1u << AXIS_LIMIT | 1u << AXIS_LOCATION | 1u << AXIS_EXTRA;
    if (intent->row[AXIS_ROLE] == ROLE_N)
        intent->must_axes &= (uint16_t)~query;
    if (intent->sense[AXIS_LINE] == SENSE_LINE_OLD &&
        intent->sense[AXIS_HOST] == SENSE_HOST_MISSING)
        intent->must_axes &= (uint16_t) ~(1u << AXIS_HOST);
}

static void take_limit(struct intent *intent)
{
    const struct spelling *row = spelling_of(intent, AXIS_LIMIT);
    intent->limit = row->value;
    if (row->sense == SENSE_LIMIT_GOOD && spelling_is_made(row))
        intent->limit = made_limit(intent->made);
}

static void take_location(struct intent *intent)
{
    const struct spelling *row = spelling_of(intent, AXIS_LOCATION);
    intent->location[0] = intent->location[1] = 0;
    if (row->sense != SENSE_LOCATION_GOOD && row->sense != SENSE_LOCATION_CASE)
        return;
    if (spelling_is_made(row)) {
        made_country(intent->location, intent->made);
        return;
    }
    intent->location[0] = byte_upper(row->text.data[1]);
    intent->location[1] = byte_upper(row->text.data[2]);
}

void intent_close(struct intent *intent, const struct fixture *fixture)
{
    unsigned open = 0;
    unsigned must = 0;
    status_set refusals = 0;
    for (unsigned left = intent->changed_axes; left != 0; left &= left - 1) {
        unsigned axis = (unsigned)__builtin_ctz(left);
        const struct spelling *row = spelling_of(intent, (enum axis)axis);
        if (row->refusals == 0 || !bites((enum axis)axis, row->sense, fixture))
            continue;
        refusals |= row->refusals;
        open |= 1u << axis;
        must |= (row->must_refuse ? 1u : 0) << axis;
    }
    intent->open_axes = (uint16_t)open;
    intent->must_axes = (uint16_t)must;
    intent->refusals = refusals;
    const struct spelling *txn = spelling_of(intent, AXIS_TXN);
    intent->has_transaction_id = txn->text.len != 0 && txn->value == 0;
    take_limit(intent);
    take_location(intent);
    relax(intent);
    intent->is_closed = true;
}

// What a row is called where ids are written in the other form: the first two rows change places.
static const char *words_of(const struct intent *intent, enum axis axis,
                            const struct fixture *fixture)
{
    unsigned row = intent->row[axis];
    bool is_turned = axis == AXIS_SIM && row < 2 && fixture->sim_prefix.len != 0;
    return axis_row(axis, is_turned ? 1 - row : row)->words;
}

void intent_describe(struct buf *out, const struct intent *intent, const struct fixture *fixture)
{
    bool is_first = true;
    for (unsigned axis = 0; axis < AXIS_COUNT; axis++) {
        if (intent->row[axis] == 0)
            continue;
        if (!is_first)
            buf_put(out, VIEW(", "));
        is_first = false;
        buf_put_text(out, words_of(intent, (enum axis)axis, fixture));
    }
    if (is_first)
        buf_put(out, VIEW("the plain request"));
}
