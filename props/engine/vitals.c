// SPDX-License-Identifier: Apache-2.0
#include "props/engine/vitals.h"

bool vitals_read_digits(uint64_t *out, struct view text)
{
    uint64_t n = 0;
    size_t i = 0;
    for (; i < text.len && byte_is_digit(text.data[i]); i++) {
        if (n > (UINT64_MAX - 9) / 10)
            return false;
        n = n * 10 + (uint64_t)(text.data[i] - '0');
    }
    if (i == 0)
        return false;
    *out = n;
    return true;
}

// What stands behind `name`; false when it is not there.
static bool find_behind(struct view *out, struct view text, struct view name)
{
    size_t at = view_find(text, name);
    if (at == text.len)
        return false;
    *out = view_from(text, at + name.len);
    return true;
}

static void read_named(uint64_t *out, struct view line, struct view name)
{
    struct view rest;
    if (find_behind(&rest, line, name))
        (void)!vitals_read_digits(out, rest);
}

static enum vitals_line read_event(struct vitals *vitals, struct view line)
{
    uint64_t runs = 0;
    struct view rest;
    if (!vitals_read_digits(&runs, view_from(line, 1)) || !find_behind(&rest, line, VIEW(" cov: ")))
        return LINE_OTHER;
    vitals->runs = runs;
    read_named(&vitals->edges, line, VIEW(" cov: "));
    read_named(&vitals->features, line, VIEW(" ft: "));
    read_named(&vitals->corpus, line, VIEW(" corp: "));
    read_named(&vitals->exec_per_s, line, VIEW(" exec/s: "));
    return find_behind(&rest, line, VIEW("\tINITED ")) ? LINE_BEGINS : LINE_FIGURES;
}

enum vitals_line vitals_read_line(struct vitals *vitals, struct view *words, struct view line)
{
    static const struct {
        struct view before;
        enum vitals_line line;
    } marks[] = {{VIEW_INIT("Test unit written to "), LINE_WRITTEN},
                 {VIEW_INIT(": does not hold: "), LINE_CAUSE},
                 {VIEW_INIT(": runtime error: "), LINE_CAUSE},
                 {VIEW_INIT("ERROR: AddressSanitizer: "), LINE_CAUSE},
                 {VIEW_INIT("ERROR: LeakSanitizer: "), LINE_CAUSE},
                 {VIEW_INIT("WARNING: MemorySanitizer: "), LINE_CAUSE},
                 {VIEW_INIT("ERROR: UndefinedBehaviorSanitizer: "), LINE_CAUSE},
                 {VIEW_INIT("ERROR: libFuzzer: "), LINE_CAUSE},
                 {VIEW_INIT("PROGRAM ABORT : "), LINE_CAUSE},
                 {VIEW_INIT("SYSTEM ERROR : "), LINE_CAUSE}};
    struct view rest;
    if (line.len != 0 && line.data[0] == '#')
        return read_event(vitals, line);
    if (find_behind(&rest, line, VIEW("stat::number_of_executed_units: ")))
        return vitals_read_digits(&vitals->runs, rest) ? LINE_FIGURES : LINE_OTHER;
    if (view_starts(line, VIEW("stat::")))
        return LINE_FIGURES;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!find_behind(&rest, line, marks[i].before))
            continue;
        // Our own assertion also says where it stands.
        *words = view_equal(marks[i].before, VIEW(": does not hold: ")) ? line : rest;
        return marks[i].line;
    }
    return LINE_OTHER;
}

// The value of a row "name   : value"; datagrams have a word before the name.
static bool find_row(struct view *out, struct view text, struct view name)
{
    static const struct view before = VIEW_INIT("fuzzing.");
    while (text.len != 0) {
        size_t len = view_index(text, '\n');
        struct view line = view_first(text, len);
        size_t skip = view_starts(line, before) ? before.len : 0;
        line = view_from(line, skip);
        size_t colon = view_index(line, ':');
        if (colon < line.len && view_equal(view_trim(view_first(line, colon), VIEW(" ")), name)) {
            *out = view_trim(view_from(line, colon + 1), VIEW(" "));
            return true;
        }
        text = view_from(text, len < text.len ? len + 1 : len);
    }
    return false;
}

static void read_row(uint64_t *out, struct view text, struct view name)
{
    struct view value;
    if (find_row(&value, text, name))
        (void)!vitals_read_digits(out, value);
}

// "99.87%" in hundredths of a per cent.
static void read_stability(struct vitals *vitals, struct view text)
{
    uint64_t whole = 0;
    uint64_t part = 0;
    struct view value;
    if (!find_row(&value, text, VIEW("stability")) || !vitals_read_digits(&whole, value))
        return;
    size_t dot = view_index(value, '.');
    if (dot < value.len)
        (void)!vitals_read_digits(&part, view_from(value, dot + 1));
    vitals->stability_part = whole * 100 + part % 100;
}

bool vitals_read_afl(struct vitals *vitals, struct view text)
{
    struct view value;
    if (!find_row(&value, text, VIEW("execs_done")) || !vitals_read_digits(&vitals->runs, value))
        return false;
    read_row(&vitals->edges, text, VIEW("edges_found"));
    read_row(&vitals->corpus, text, VIEW("corpus_count"));
    read_row(&vitals->exec_per_s, text, VIEW("execs_per_sec"));
    read_row(&vitals->crashes, text, VIEW("saved_crashes"));
    read_stability(vitals, text);
    return true;
}
