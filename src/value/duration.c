// SPDX-License-Identifier: Apache-2.0
#include "value/duration.h"

#include <assert.h>

enum { NS_PER_S = 1000000000 };

// The parts in the order in which they must stand. A week stands alone.
static const struct part {
    char letter;
    bool in_time;
    uint32_t unit_s;
} parts[] = {
    {'Y', false, 365 * 86400}, {'M', false, 30 * 86400}, {'D', false, 86400},
    {'H', true, 3600},         {'M', true, 60},          {'S', true, 1},
};
static const struct part week = {'W', false, 7 * 86400};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

// What was read of the text so far.
struct scan {
    struct view text;
    size_t at;
    size_t next_part; // parts before it may no longer come
    bool in_time;
    bool has_part;
    bool has_fraction; // nothing may follow
    bool has_week;
    bool is_strict;
    bool is_folded; // a lower-case letter was met
    bool is_zero;
    uint64_t whole_s;
    uint64_t fraction_ns;
};

// A number as it stands in the text: digits, and digits behind a dot or comma.
struct number {
    uint64_t whole; // saturates above any sum that matters
    struct view fraction;
    bool has_point;
    bool is_strict; // no comma, digits on both sides of the dot
};

// The octet at `at`, or NUL at the end, which is no letter either.
static char peek(const struct scan *s) { return s->at < s->text.len ? s->text.data[s->at] : '\0'; }

static bool take_letter(struct scan *s, char letter)
{
    char c = peek(s);
    if (byte_upper(c) != letter)
        return false;
    s->is_folded |= c != letter;
    s->at++;
    return true;
}

// Reads digits and returns how many; their value, which saturates, is added to `*value`.
static size_t take_digits(struct scan *s, uint64_t *value)
{
    const char *data = s->text.data;
    size_t at = s->at;
    for (; at < s->text.len && byte_is_digit(data[at]); at++) {
        *value = *value * 10 + (uint64_t)(data[at] - '0');
        s->is_zero &= data[at] == '0';
        if (*value > BP_DURATION_S_MAX)
            *value = BP_DURATION_S_MAX + 1;
    }
    size_t count = at - s->at;
    s->at = at;
    return count;
}

static bool read_number(struct scan *s, struct number *out)
{
    out->whole = 0;
    out->fraction = view_of(NULL, 0);
    size_t whole_len = take_digits(s, &out->whole);
    char point = peek(s);
    out->has_point = point == '.' || point == ',';
    out->is_strict = true;
    if (!out->has_point)
        return whole_len != 0;
    s->at++;
    uint64_t ignored = 0;
    const char *begin = s->text.data + s->at;
    size_t fraction_len = take_digits(s, &ignored);
    out->fraction = view_of(begin, fraction_len);
    bool is_dot = point == '.';
    out->is_strict = is_dot && whole_len != 0 && fraction_len != 0;
    return whole_len + fraction_len != 0;
}

// The fraction 0.d1d2... of a unit is (d1 + (d2 + ...) / 10) / 10 units; rounding down at each step
// is the same as rounding down once at the end, because every d is whole.
static uint64_t fraction_value_ns(struct view digits, uint32_t unit_s)
{
    uint64_t unit_ns = (uint64_t)unit_s * NS_PER_S;
    uint64_t value = 0;
    for (size_t i = digits.len; i-- > 0;)
        value = ((uint64_t)(digits.data[i] - '0') * unit_ns + value) / 10;
    return value;
}

static void add_part(struct scan *s, const struct number *n, const struct part *part)
{
    uint64_t room_s = BP_DURATION_S_MAX + 1 - s->whole_s;
    bool is_much = n->whole > room_s / part->unit_s;
    uint64_t added_s = is_much ? room_s : n->whole * part->unit_s;
    s->has_part = true;
    s->is_strict &= n->is_strict;
    if (n->has_point) {
        uint64_t fraction_ns = fraction_value_ns(n->fraction, part->unit_s);
        s->fraction_ns = fraction_ns % NS_PER_S;
        s->has_fraction = true;
        s->is_strict &= part->letter == 'S';
        added_s += fraction_ns / NS_PER_S;
    }
    s->whole_s += added_s < room_s ? added_s : room_s;
}

static const struct part *read_letter(struct scan *s)
{
    char letter = byte_upper(peek(s));
    bool may_be_week = !s->has_part && !s->in_time;
    if (letter == week.letter && may_be_week) {
        s->has_week = true;
        s->is_strict = false;
        (void)take_letter(s, letter);
        return &week;
    }
    for (size_t i = s->next_part; i < PART_COUNT; i++)
        if (parts[i].letter == letter && parts[i].in_time == s->in_time) {
            s->next_part = i + 1;
            (void)take_letter(s, letter);
            return &parts[i];
        }
    return NULL;
}

// Reads what stands behind P; false leaves `at` where it is wrong.
static bool read_parts(struct scan *s)
{
    while (s->at < s->text.len) {
        if (s->has_fraction || s->has_week)
            return false;
        if (!s->in_time && take_letter(s, 'T')) {
            s->in_time = true;
            s->has_part = false;
            continue;
        }
        struct number number;
        const struct part *part = read_number(s, &number) ? read_letter(s) : NULL;
        if (part == NULL)
            return false;
        add_part(s, &number, part);
    }
    return s->has_part;
}

static bool is_beyond(const struct scan *s)
{
    if (s->whole_s == BP_DURATION_S_MAX)
        return s->fraction_ns != 0;
    return s->whole_s > BP_DURATION_S_MAX;
}

static enum bp_duration_form form_of(const struct scan *s, bool is_negative)
{
    if (is_negative)
        return BP_DURATION_NEGATIVE;
    if (s->is_folded)
        return BP_DURATION_LOWERCASE;
    if (is_beyond(s))
        return BP_DURATION_BEYOND;
    return s->is_strict ? BP_DURATION_STRICT : BP_DURATION_ISO;
}

bool bp_duration_read(struct bp_duration *out, struct bp_fault *fault, struct view text)
{
    struct scan s = {.text = text, .is_strict = true, .is_zero = true};
    bool is_negative = text.len != 0 && text.data[0] == '-';
    s.at = is_negative;
    bool ok = take_letter(&s, 'P') && read_parts(&s);
    if (!ok || (is_negative && s.is_folded)) {
        size_t at = ok ? 1 : s.at;
        return bp_refuse(fault, BP_REASON_DURATION, view_first(view_from(text, at), at < text.len));
    }
    out->form = form_of(&s, is_negative);
    out->is_zero = s.is_zero;
    bool is_saturated = is_beyond(&s);
    out->whole_s = is_saturated ? BP_DURATION_S_MAX : s.whole_s;
    out->fraction_ns = is_saturated ? 0 : (uint32_t)s.fraction_ns;
    return true;
}

// Puts a part in front of `at` and returns where it begins; nothing for zero.
static char *put_part(char *at, uint64_t n, char letter)
{
    if (n == 0)
        return at;
    *--at = letter;
    for (; n != 0; n /= 10)
        *--at = (char)('0' + n % 10);
    return at;
}

void bp_duration_write(struct buf *out, uint64_t whole_s)
{
    assert(whole_s <= BP_DURATION_S_MAX);
    if (whole_s == 0) {
        buf_put(out, VIEW("PT0S"));
        return;
    }
    char space[sizeof "P10675199DT23H59M59S"];
    char *end = space + sizeof space;
    unsigned of_day = (unsigned)(whole_s % 86400);
    char *at = put_part(end, of_day % 60, 'S');
    at = put_part(at, of_day / 60 % 60, 'M');
    at = put_part(at, of_day / 3600, 'H');
    if (of_day != 0)
        *--at = 'T';
    at = put_part(at, whole_s / 86400, 'D');
    *--at = 'P';
    buf_put(out, view_between(at, end));
}
