// SPDX-License-Identifier: Apache-2.0
#include "props/case/grammar.h"

#include <assert.h>

#include "props/case/spellings.h"

enum { LONG_LINE_LEN = 7900, HUGE_LEN = 65536, ENCODED_LEN_MAX = 24 };

char grammar_literal(struct buf *out, struct view *text)
{
    size_t at = view_index(*text, '{');
    buf_put(out, view_first(*text, at));
    if (at == text->len)
        return 0;
    assert(at + 2 < text->len && text->data[at + 2] == '}');
    char letter = text->data[at + 1];
    *text = view_from(*text, at + 3);
    return letter;
}

void grammar_repeat(struct buf *out, struct view pattern, size_t len)
{
    char *to = buf_claim(out, len);
    if (to == NULL)
        return;
    size_t done = pattern.len < len ? pattern.len : len;
    memcpy(to, pattern.data, done);
    while (done < len) {
        size_t step = done < len - done ? done : len - done;
        memcpy(to + done, to, step);
        done += step;
    }
}

// put_encoded appends `octets` with those %-encoded whose bit of `mask` is set.
static void put_encoded(struct buf *out, struct view octets, uint32_t mask, const char *digits)
{
    for (size_t i = 0; i < octets.len; i++) {
        unsigned octet = (unsigned char)octets.data[i];
        if ((mask >> i % 32 & 1) == 0) {
            buf_put_byte(out, octets.data[i]);
            continue;
        }
        buf_put_byte(out, '%');
        buf_put_byte(out, digits[octet >> 4]);
        buf_put_byte(out, digits[octet & 15]);
    }
}

// put_plus_2_64 appends the decimal number `digits` plus 2^64.
static void put_plus_2_64(struct buf *out, struct view digits)
{
    static const char addend[] = "18446744073709551616";
    char sum[40];
    size_t at = sizeof sum;
    unsigned carry = 0;
    size_t left = digits.len < 32 ? digits.len : 32;
    for (size_t left_2_64 = sizeof addend - 1; left + left_2_64 + carry != 0;) {
        unsigned digit = carry;
        if (left != 0)
            digit += (unsigned)(digits.data[--left] - '0');
        if (left_2_64 != 0)
            digit += (unsigned)(addend[--left_2_64] - '0');
        sum[--at] = (char)('0' + digit % 10);
        carry = digit / 10;
    }
    buf_put(out, view_of(sum + at, sizeof sum - at));
}

// put_stranger appends an ICCID that is unknown too: that of role U with its last digit moved on,
// so that its Luhn digit is wrong when that of U is right.
static void put_stranger(struct buf *out, const struct fixture *fixture)
{
    struct view known = fixture->iccid[ROLE_U];
    if (known.len == 0)
        known = VIEW("8900000000000000000");
    buf_put(out, view_first(known, known.len - 1));
    char last = known.data[known.len - 1];
    buf_put_byte(out, last == '9' ? '0' : (char)(last + 1));
}

void grammar_iccid(struct buf *out, const struct intent *intent, const struct fixture *fixture)
{
    buf_put(out, fixture->iccid[intent_role(intent)]);
}

static void put_sim(struct buf *out, const struct intent *intent, const struct fixture *fixture)
{
    struct view iccid = fixture->iccid[intent_role(intent)];
    if (intent->row[AXIS_SIM] == 0) {
        buf_put(out, fixture->sim_prefix);
        buf_put(out, iccid);
        return;
    }
    size_t less_one = iccid.len == 0 ? 0 : 1;
    struct view text = spelling_of(intent, AXIS_SIM)->text;
    for (;;) {
        switch (grammar_literal(out, &text)) {
        case 0:
            return;
        case 'p':
            buf_put(out, fixture->sim_prefix);
            break;
        case 'q':
            buf_put(out, fixture->sim_prefix.len == 0 ? FIXTURE_SIM_SCHEME : view_of(NULL, 0));
            break;
        case 'i':
            buf_put(out, iccid);
            break;
        case 'j':
            buf_put(out, view_first(iccid, iccid.len - less_one));
            break;
        case 'v':
            buf_put(out, view_from(iccid, less_one));
            break;
        case 'k':
            put_plus_2_64(out, iccid);
            break;
        case 'u':
            put_stranger(out, fixture);
            break;
        case 'E':
            put_encoded(out, iccid, UINT32_MAX, "0123456789ABCDEF");
            break;
        case 'e':
            put_encoded(out, iccid, intent->made << 1 | 1, "0123456789abcdef");
            break;
        default:
            assert(false); // no placeholder of SIM ids
        }
    }
}

static void put_path(struct buf *out, const struct intent *intent, const struct fixture *fixture)
{
    unsigned row = intent->row[AXIS_PATH];
    if (intent_sense(intent, AXIS_PATH) == SENSE_PATH_BASE && fixture->base.len == 0)
        row = 0;
    if (row == 0) {
        buf_put(out, fixture->base);
        buf_put(out, VIEW("/sims/"));
        put_sim(out, intent, fixture);
        buf_put(out, VIEW("/balances"));
        return;
    }
    struct view text = axis_row(AXIS_PATH, row)->text;
    for (;;) {
        switch (grammar_literal(out, &text)) {
        case 0:
            return;
        case 'b':
            buf_put(out, fixture->base);
            break;
        case 's':
            put_sim(out, intent, fixture);
            break;
        default:
            assert(false); // no placeholder of paths
        }
    }
}

// put_value appends the text of a row of the query axes.
static void put_value(struct buf *out, struct view text, uint32_t made)
{
    char letters[2];
    for (;;) {
        switch (grammar_literal(out, &text)) {
        case 0:
            return;
        case 'n':
            buf_put_signed(out, made_limit(made));
            break;
        case 'N':
            buf_put_unsigned(out, (uint64_t)2147483648u + made);
            break;
        case 'c':
            made_country(letters, made);
            buf_put(out, view_of(letters, 2));
            break;
        case 'z':
            made_stranger(letters, made);
            buf_put(out, view_of(letters, 2));
            break;
        case '9':
            grammar_repeat(out, VIEW("9"), 400);
            break;
        case 'A':
            grammar_repeat(out, VIEW("A"), 4096);
            break;
        case 'U':
            grammar_repeat(out, VIEW("n=1&m=&k=2&x&"), 25 * 13 - 1);
            break;
        default:
            assert(false); // no placeholder of queries
        }
    }
}

// encode_value writes the good value behind the '=' at `at` once more, encoded.
static void encode_value(struct buf *out, size_t at, enum encoding encoding, uint32_t made)
{
    char value[ENCODED_LEN_MAX];
    size_t len = out->len - at - 1;
    if (out->overflow || len > sizeof value)
        return;
    memcpy(value, out->data + at + 1, len);
    out->len = at + 1;
    uint32_t mask = encoding == ENCODE_FIRST ? 1 : UINT32_MAX;
    if (encoding == ENCODE_SOME)
        mask = made << 1 | 1;
    put_encoded(out, view_of(value, len), mask,
                encoding == ENCODE_ALL_LOWER ? "0123456789abcdef" : "0123456789ABCDEF");
}

static void put_parameter(struct buf *out, const struct intent *intent, enum axis axis,
                          struct view name, char *separator)
{
    enum sense sense = intent_sense(intent, axis);
    if (sense == SENSE_ABSENT)
        return;
    buf_put_byte(out, *separator);
    *separator = '&';
    buf_put(out, name);
    size_t at = out->len;
    put_value(out, spelling_of(intent, axis)->text, intent->made);
    enum encoding encoding = (enum encoding)spelling_of(intent, AXIS_ORDER)->value;
    bool is_good = sense == SENSE_FIELDS_BASIC || sense == SENSE_FIELDS_FULL ||
                   sense == SENSE_LIMIT_GOOD || sense == SENSE_LOCATION_GOOD;
    if (encoding != ENCODE_NONE && is_good)
        encode_value(out, at, encoding, intent->made);
}

static bool is_filler(const struct intent *intent)
{
    enum sense sense = intent_sense(intent, AXIS_EXTRA);
    return sense == SENSE_EXTRA_LONG || sense == SENSE_EXTRA_HUGE;
}

// put_filler appends items up to a length: of the request line, or of the items.
static void put_filler(struct buf *out, const struct intent *intent, size_t line_at,
                       char *separator)
{
    const struct spelling *row = spelling_of(intent, AXIS_EXTRA);
    size_t end = row->sense == SENSE_EXTRA_HUGE ? out->len + HUGE_LEN : line_at + LONG_LINE_LEN;
    if (out->len + row->text.len + 1 >= end)
        return;
    buf_put_byte(out, *separator);
    *separator = '&';
    if (row->value == 0)
        buf_put(out, row->text);
    struct view pattern = row->value == 0 ? VIEW("a") : row->text;
    grammar_repeat(out, pattern, end - out->len);
}

static void put_extra(struct buf *out, const struct intent *intent, char *separator)
{
    if (intent->row[AXIS_EXTRA] == 0)
        return;
    buf_put_byte(out, *separator);
    *separator = '&';
    put_value(out, spelling_of(intent, AXIS_EXTRA)->text, intent->made);
}

static void put_query(struct buf *out, const struct intent *intent, size_t line_at)
{
    const unsigned items =
        1u << AXIS_FIELDS | 1u << AXIS_LIMIT | 1u << AXIS_LOCATION | 1u << AXIS_EXTRA;
    if ((intent->changed_axes & items) == 0)
        return;
    char separator = '?';
    struct view order = spelling_of(intent, AXIS_ORDER)->text;
    bool fills = is_filler(intent);
    for (size_t i = 0; i < order.len; i++) {
        switch (order.data[i]) {
        case 'F':
            put_parameter(out, intent, AXIS_FIELDS, VIEW("fieldsTemplate"), &separator);
            break;
        case 'L':
            put_parameter(out, intent, AXIS_LIMIT, VIEW("limit"), &separator);
            break;
        case 'C':
            put_parameter(out, intent, AXIS_LOCATION, VIEW("location"), &separator);
            break;
        default:
            if (!fills)
                put_extra(out, intent, &separator);
        }
    }
    if (fills)
        put_filler(out, intent, line_at, &separator);
}

void grammar_target(struct buf *out, const struct intent *intent, const struct fixture *fixture,
                    size_t line_at)
{
    if (intent->row[AXIS_HOST] != 0) {
        struct view host = spelling_of(intent, AXIS_HOST)->text;
        struct view prefix = view_first(host, view_index(host, '|'));
        while (grammar_literal(out, &prefix) == 'h')
            buf_put(out, fixture->host);
    }
    put_path(out, intent, fixture);
    put_query(out, intent, line_at);
}
