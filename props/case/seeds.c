// SPDX-License-Identifier: Apache-2.0
#include "props/case/seeds.h"

#include "props/case/grammar.h"
#include "props/case/seed_values.h"
#include "props/rule/clause.h"
#include "props/rule/trial.h"

enum { ROW_LEN_MAX = 2048 }; // longer spellings make no good seeds

#define ROLES (1u << AXIS_ROLE)
#define PATHS (1u << AXIS_SIM | 1u << AXIS_PATH | 1u << AXIS_HOST)
#define PARAMETERS (1u << AXIS_FIELDS | 1u << AXIS_LIMIT | 1u << AXIS_LOCATION | 1u << AXIS_EXTRA)
#define HEADS                                                                                   \
    (1u << AXIS_METHOD | 1u << AXIS_TXN | 1u << AXIS_AUTH | 1u << AXIS_HOST | 1u << AXIS_LINE | \
     1u << AXIS_FRAMING)
#define EVERYTHING ((1u << AXIS_COUNT) - 1)

struct maker {
    const struct fixture *fixture;
    const struct seed_sink *sink;
    // part cuts what the target reads out of a request that was written.
    struct view (*part)(struct view request);
};

static const char *const target_names[SEED_TARGET_COUNT] = {
    "http",     "target", "query",   "headers", "json",
    "duration", "iccid",  "handler", "trial",   "sequence",
};

const char *seed_target_name(enum seed_target target) { return target_names[target]; }

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

// Some file systems fold the case of names: capitals become small, and a digest of the words tells
// "location US" from "location us". The hump in fieldsTemplate tells nothing apart.
static void fold_case(struct buf *name, const char *words)
{
    static const char hex[] = "0123456789abcdef";
    bool has_capital = false;
    uint32_t digest = 2166136261U; // FNV-1a
    for (char before = 0; *words != 0; before = *words++) {
        bool is_hump = is_small(before) && is_small(words[1]);
        has_capital = has_capital || (byte_lower(*words) != *words && !is_hump);
        digest = (digest ^ (unsigned char)*words) * 16777619U;
    }
    for (size_t i = 0; i < name->len; i++)
        name->data[i] = byte_lower(name->data[i]);
    if (!has_capital)
        return;
    buf_put_byte(name, '-');
    for (unsigned shift = 0; shift < 16; shift += 4)
        buf_put_byte(name, hex[digest >> shift & 15]);
}

static void give(const struct maker *maker, const char *words, struct view bytes)
{
    char space[SEED_NAME_LEN_MAX];
    struct buf name = BUF(space);
    seed_name(&name, words, '-');
    fold_case(&name, words);
    maker->sink->put(maker->sink->context, buf_view(&name), bytes);
}

static struct view whole(struct view request) { return request; }

static struct view target_of(struct view request)
{
    struct view behind = view_from(request, view_index(request, ' ') + 1);
    return view_first(behind, view_index(behind, ' '));
}

static struct view query_of(struct view request)
{
    struct view target = target_of(request);
    size_t mark = view_index(target, '?');
    return view_from(target, mark == target.len ? mark : mark + 1);
}

static void give_intent(const struct maker *maker, struct intent *intent, const char *words)
{
    static char space[1 << 18];
    struct buf out = BUF(space);
    intent_write(&out, intent, maker->fixture, 1);
    struct view part = maker->part(buf_view(&out));
    if (part.len <= ROW_LEN_MAX)
        give(maker, words, part);
}

// is_first_of_sense says that no earlier row of the axis has the row's sense.
static bool is_first_of_sense(enum axis axis, unsigned row)
{
    for (unsigned i = 0; i < row; i++)
        if (axis_row(axis, i)->sense == axis_row(axis, row)->sense)
            return false;
    return true;
}

// make_rows makes a request for each row of the axes: all rows, or the first of each sense.
static void make_rows(const struct maker *maker, unsigned axes, bool all)
{
    struct intent intent;
    intent_plain(&intent);
    give_intent(maker, &intent, "plain");
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++) {
        if ((axes >> axis & 1) == 0)
            continue;
        for (unsigned row = 1; row < axis_row_count(axis); row++) {
            intent_plain(&intent);
            intent_set(&intent, axis, row);
            if (all || axis == AXIS_ROLE || is_first_of_sense(axis, row))
                give_intent(maker, &intent, axis_row(axis, row)->words);
        }
    }
}

// make_orders makes queries with everything in them, in each order and encoding.
static void make_orders(const struct maker *maker)
{
    for (unsigned row = 0; row < axis_row_count(AXIS_ORDER); row++) {
        struct intent intent;
        intent_plain(&intent);
        intent_set_sense(&intent, AXIS_FIELDS, SENSE_FIELDS_FULL);
        intent_set_sense(&intent, AXIS_LIMIT, SENSE_LIMIT_GOOD);
        intent_set_sense(&intent, AXIS_LOCATION, SENSE_LOCATION_GOOD);
        intent_set_sense(&intent, AXIS_EXTRA, SENSE_EXTRA_UNKNOWN);
        intent_set(&intent, AXIS_ORDER, row);
        intent.made = 0xA5;
        give_intent(maker, &intent, axis_row(AXIS_ORDER, row)->words);
    }
}

// make_values makes what the target `headers` reads: a transaction id, or an Authorization value,
// a line feed and the right credentials.
static void make_values(const struct maker *maker)
{
    static char space[1 << 16];
    struct fixture fixture = *maker->fixture;
    fixture.credentials = VIEW("mobileplans:a:b c");
    for (unsigned row = 0; row < axis_row_count(AXIS_TXN); row++) {
        struct buf out = BUF(space);
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, AXIS_TXN, row);
        intent_write(&out, &intent, &fixture, 1);
        struct view value = view_from(buf_view(&out), intent.sent_id_at);
        if (intent.sent_id_len != 0 && intent.sent_id_len <= ROW_LEN_MAX)
            give(maker, axis_row(AXIS_TXN, row)->words, view_first(value, intent.sent_id_len));
    }
    for (unsigned row = 0; row < axis_row_count(AXIS_AUTH); row++) {
        struct buf out = BUF(space);
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, AXIS_AUTH, row);
        intent_write(&out, &intent, &fixture, 1);
        size_t at = view_find_nocase(buf_view(&out), VIEW("authorization: "));
        size_t begin = at == out.len ? out.len : at + sizeof "authorization: " - 1;
        out.len -= sizeof "\r\n\r\n" - 1;
        buf_put_byte(&out, '\n');
        buf_put(&out, fixture.credentials);
        if (at < begin)
            give(maker, axis_row(AXIS_AUTH, row)->words, view_from(buf_view(&out), begin));
    }
}

// make_pipelines makes connections with several requests on them.
static void make_pipelines(const struct maker *maker)
{
    static char space[SEED_LEN_MAX];
    struct buf out = BUF(space);
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, AXIS_ROLE, role);
        intent_set_sense(&intent, AXIS_FIELDS, SENSE_FIELDS_FULL);
        intent_write(&out, &intent, maker->fixture, role);
        if (role == ROLE_A1)
            give(maker, "two requests", buf_view(&out));
    }
    give(maker, "a request for every role", buf_view(&out));
    give(maker, "a request and a half", view_first(buf_view(&out), 200));
    buf_clear(&out);
    for (unsigned i = 0; i < 2; i++) {
        struct intent intent;
        intent_plain(&intent);
        intent_write(&out, &intent, maker->fixture, 1);
    }
    give(maker, "transaction id twice", buf_view(&out));
}

// make_trials makes a tape for each sense in PROGRAM_PAIR's part for single axes, and one for each
// program and world.
static void make_trials(const struct maker *maker)
{
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++) {
        for (unsigned row = 1; row < axis_row_count(axis); row++) {
            const char tape[] = {0, PROGRAM_PAIR, 0, (char)axis, (char)row};
            if (axis == AXIS_ROLE || is_first_of_sense(axis, row))
                give(maker, axis_row(axis, row)->words, view_of(tape, sizeof tape));
        }
    }
    for (size_t i = 0; i < clause_count(); i++) {
        const char tape[] = {0, (char)clause_at(i)->program, 1, 1, 1};
        if (clause_at(i)->run != NULL)
            give(maker, clause_at(i)->id, view_of(tape, sizeof tape));
    }
    give(maker, "plain in world open", VIEW("\0"));
    give(maker, "plain in world basic", VIEW("\1"));
    give(maker, "plain in world root", VIEW("\2"));
}

void seeds_make(enum seed_target target, const struct fixture *fixture,
                const struct seed_sink *sink)
{
    struct maker maker = {fixture, sink, whole};
    switch (target) {
    case SEED_HTTP:
        make_rows(&maker, HEADS, true);
        break;
    case SEED_TARGET:
        maker.part = target_of;
        make_rows(&maker, PATHS, true);
        make_orders(&maker);
        break;
    case SEED_QUERY:
        maker.part = query_of;
        make_rows(&maker, PARAMETERS, true);
        make_orders(&maker);
        break;
    case SEED_HEADERS:
        make_values(&maker);
        break;
    case SEED_HANDLER:
        make_rows(&maker, EVERYTHING, false);
        make_pipelines(&maker);
        break;
    case SEED_TRIAL:
        make_trials(&maker);
        break;
    default:
        break;
    }
    size_t count;
    const struct seed_value *values = seed_values(target, &count);
    for (size_t i = 0; i < count; i++)
        give(&maker, values[i].words, values[i].bytes);
}

static void put_entry(struct buf *out, const char *words, struct view bytes)
{
    seed_name(out, words, '_');
    buf_put(out, VIEW("=\""));
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned octet = (unsigned char)bytes.data[i];
        bool is_plain = octet >= 0x20 && octet < 0x7F && octet != '"' && octet != '\\';
        if (is_plain) {
            buf_put_byte(out, bytes.data[i]);
            continue;
        }
        buf_put(out, VIEW("\\x"));
        buf_put_byte(out, "0123456789ABCDEF"[octet >> 4]);
        buf_put_byte(out, "0123456789ABCDEF"[octet & 15]);
    }
    buf_put(out, VIEW("\"\n"));
}

// put_rows appends the texts of the axes that stand as they are, and are of a length that the
// engines take.
static void put_rows(struct buf *out, unsigned axes)
{
    enum { ENTRY_LEN_MAX = 60 };
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++) {
        for (unsigned row = 0; (axes >> axis & 1) != 0 && row < axis_row_count(axis); row++) {
            const struct spelling *spelling = axis_row(axis, row);
            struct view text = spelling->text;
            if (text.len != 0 && text.data[0] == '|')
                text = view_from(text, 1);
            bool is_whole = view_index(text, '{') == text.len;
            if (is_whole && text.len != 0 && text.len <= ENTRY_LEN_MAX)
                put_entry(out, spelling->words, text);
        }
    }
}

void seeds_dictionary(struct buf *out, enum seed_target target)
{
    static const unsigned axes[SEED_TARGET_COUNT] = {
        [SEED_HTTP] = HEADS,
        [SEED_TARGET] = PATHS,
        [SEED_QUERY] = PARAMETERS,
        [SEED_HEADERS] = 1u << AXIS_TXN | 1u << AXIS_AUTH,
        [SEED_HANDLER] = HEADS | PATHS | PARAMETERS,
    };
    put_rows(out, axes[target]);
    size_t count;
    const struct seed_value *words = seed_tokens(target, &count);
    for (size_t i = 0; i < count; i++)
        put_entry(out, words[i].words, words[i].bytes);
}
