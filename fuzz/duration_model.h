// SPDX-License-Identifier: Apache-2.0
// Durations a second time, slow and obvious, for comparison with src/value/duration.c.
#ifndef BP_FUZZ_DURATION_MODEL_H
#define BP_FUZZ_DURATION_MODEL_H

#include "base/bounds.h"
#include "value/duration.h"

__extension__ typedef unsigned __int128 model_wide;

enum { DURATION_MODEL_LEN_MAX = 4096 };

struct duration_model {
    enum bp_duration_form form;
    bool is_zero;
    model_wide least_ns; // the value lies between these; they differ when a fraction is longer than
    model_wide most_ns;  // 18 digits
};

// The first octet from `at` on that is not a digit.
static inline size_t model_digits_end(struct view text, size_t at)
{
    while (at < text.len && byte_is_digit(text.data[at]))
        at++;
    return at;
}

// `digits` as a number, at most 10^19.
static inline model_wide model_value(struct view digits)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.len; i++)
        if (value < UINT64_C(1000000000000000000))
            value = value * 10 + (uint64_t)(digits.data[i] - '0');
    return value;
}

static inline uint64_t model_unit_s(char letter, bool in_time)
{
    switch (letter) {
    case 'Y':
        return 31536000;
    case 'M':
        return in_time ? 60 : 2592000;
    case 'W':
        return 604800;
    case 'D':
        return 86400;
    case 'H':
        return 3600;
    default:
        return 1;
    }
}

// Whether the letters of `some` stand in this order in `all`, each at most once.
static inline bool model_is_in_order(struct view some, struct view all)
{
    for (size_t i = 0; i < some.len; i++) {
        size_t at = view_index(all, some.data[i]);
        if (at == all.len)
            return false;
        all = view_from(all, at + 1);
    }
    return true;
}

// One half of a duration, before or behind the T, in upper case: adds up its parts. `letters` are
// those that may stand in it.
static inline bool model_half(struct duration_model *m, bool *is_strict, bool *has_fraction,
                              struct view half, struct view letters, bool in_time)
{
    char seen[8] = {0};
    size_t seen_len = 0;
    for (size_t at = 0; at < half.len; at++) {
        size_t end = model_digits_end(half, at);
        struct view whole = view_first(view_from(half, at), end - at);
        struct view fraction = {NULL, 0};
        bool has_point = end < half.len && (half.data[end] == '.' || half.data[end] == ',');
        if (has_point) {
            size_t begin = end + 1;
            bool is_dot = half.data[end] == '.';
            end = model_digits_end(half, begin);
            fraction = view_first(view_from(half, begin), end - begin);
            *is_strict &= is_dot && whole.len != 0 && fraction.len != 0;
        }
        if (*has_fraction || end == half.len || whole.len + fraction.len == 0 || seen_len == 7)
            return false;
        char letter = half.data[end];
        *has_fraction = has_point;
        *is_strict &= letter != 'W' && (!has_point || letter == 'S');
        seen[seen_len++] = letter;
        model_wide unit_ns = (model_wide)model_unit_s(letter, in_time) * 1000000000;
        struct view kept = view_first(fraction, fraction.len < 18 ? fraction.len : 18);
        model_wide scale = 1;
        for (size_t i = 0; i < kept.len; i++)
            scale *= 10;
        bool is_longer = kept.len < fraction.len;
        m->least_ns += model_value(whole) * unit_ns + model_value(kept) * unit_ns / scale;
        m->most_ns +=
            model_value(whole) * unit_ns + (model_value(kept) + is_longer) * unit_ns / scale;
        at = end;
    }
    bool is_week = view_equal(view_of(seen, seen_len), VIEW("W")) && !in_time;
    return is_week || model_is_in_order(view_of(seen, seen_len), letters);
}

// duration_model_read says what duration.h promises for `text`, of at most DURATION_MODEL_LEN_MAX
// octets.
static inline bool duration_model_read(struct duration_model *m, struct view text)
{
    char upper[DURATION_MODEL_LEN_MAX];
    bool is_strict = true, has_fraction = false, is_negative, is_folded = false;
    *m = (struct duration_model){.is_zero = true};
    is_negative = view_starts(text, VIEW("-"));
    text = view_from(text, is_negative);
    for (size_t i = 0; i < text.len; i++) {
        upper[i] = byte_upper(text.data[i]);
        is_folded |= upper[i] != text.data[i];
        m->is_zero &= upper[i] < '1' || upper[i] > '9';
    }
    struct view rest = view_of(upper, text.len);
    if (!view_starts(rest, VIEW("P")))
        return false;
    rest = view_from(rest, 1);
    size_t split = view_index(rest, 'T');
    struct view date = view_first(rest, split);
    struct view time = split == rest.len ? view_of(NULL, 0) : view_from(rest, split + 1);
    bool has_week = view_index(date, 'W') < date.len;
    if (split < rest.len ? time.len == 0 || has_week : date.len == 0)
        return false;
    if (!model_half(m, &is_strict, &has_fraction, date, VIEW("YMD"), false))
        return false;
    if (!model_half(m, &is_strict, &has_fraction, time, VIEW("HMS"), true))
        return false;
    model_wide most = (model_wide)BP_DURATION_S_MAX * 1000000000;
    bool is_beyond = m->least_ns > most;
    m->form = is_beyond ? BP_DURATION_BEYOND : is_strict ? BP_DURATION_STRICT : BP_DURATION_ISO;
    m->form = is_folded ? BP_DURATION_LOWERCASE : m->form;
    m->form = is_negative ? BP_DURATION_NEGATIVE : m->form;
    m->least_ns = is_beyond ? most : m->least_ns;
    m->most_ns = is_beyond ? most : m->most_ns;
    return !is_negative || !is_folded;
}

#endif
