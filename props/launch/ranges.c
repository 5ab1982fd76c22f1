// SPDX-License-Identifier: Apache-2.0
#include "props/launch/ranges.h"

static const struct view prefix = VIEW_INIT("89");
static const struct view blanks = VIEW_INIT(" \t\r\n");

// Numbers of one length: <0, 0 or >0.
static int compare(const struct bp_iccid *a, const struct bp_iccid *b)
{
    return memcmp(a->digits, b->digits, a->len);
}

static bool ends_with(const struct bp_iccid *iccid, const char *two)
{
    return memcmp(iccid->digits + iccid->len - 2, two, 2) == 0;
}

static unsigned bit_if(bool is_wrong, enum range_fault bit) { return is_wrong ? bit : 0; }

unsigned range_read(struct range *out, struct view start, struct view end)
{
    unsigned faults = bit_if(!bp_iccid_read(&out->start, start), RANGE_START_DIGITS);
    faults |= bit_if(!bp_iccid_read(&out->end, end), RANGE_END_DIGITS);
    if ((faults & RANGE_START_DIGITS) == 0) {
        faults |= bit_if(!view_starts(start, prefix), RANGE_START_PREFIX);
        faults |= bit_if(!ends_with(&out->start, "00"), RANGE_START_00);
    }
    if ((faults & RANGE_END_DIGITS) == 0) {
        faults |= bit_if(!view_starts(end, prefix), RANGE_END_PREFIX);
        faults |= bit_if(!ends_with(&out->end, "99"), RANGE_END_99);
    }
    if ((faults & (RANGE_START_DIGITS | RANGE_END_DIGITS)) != 0)
        return faults;
    if (out->start.len != out->end.len)
        return faults | RANGE_LENGTHS;
    return faults | bit_if(compare(&out->start, &out->end) > 0, RANGE_ORDER);
}

static const struct {
    enum range_fault bit;
    bool is_end;
    const char *words;
} faults_table[] = {
    {RANGE_START_DIGITS, false, "is not 19 or 20 digits"},
    {RANGE_END_DIGITS, true, "is not 19 or 20 digits"},
    {RANGE_LENGTHS, true, "has not as many digits as the start"},
    {RANGE_ORDER, true, "lies before the start"},
    {RANGE_START_PREFIX, false, "does not begin with 89"},
    {RANGE_END_PREFIX, true, "does not begin with 89"},
    {RANGE_START_00, false, "does not end with 00"},
    {RANGE_END_99, true, "does not end with 99"},
};
enum { FAULT_COUNT = sizeof faults_table / sizeof faults_table[0] };

const char *range_fault_words(unsigned bit)
{
    size_t i = 0;
    while (i + 1 < FAULT_COUNT && faults_table[i].bit != bit)
        i++;
    return faults_table[i].words;
}

bool range_fault_is_end(unsigned bit)
{
    size_t i = 0;
    while (i + 1 < FAULT_COUNT && faults_table[i].bit != bit)
        i++;
    return faults_table[i].is_end;
}

bool range_next(struct view *list, struct view *start, struct view *end)
{
    struct view part = {NULL, 0};
    while (part.len == 0) {
        if (list->len == 0)
            return false;
        size_t len = view_index(*list, ';');
        part = view_trim(view_first(*list, len), blanks);
        *list = view_from(*list, len < list->len ? len + 1 : len);
    }
    size_t hyphen = view_index(part, '-');
    *start = view_trim(view_first(part, hyphen), blanks);
    *end = view_trim(view_from(part, hyphen < part.len ? hyphen + 1 : hyphen), blanks);
    return true;
}

bool range_holds(const struct range *range, const struct bp_iccid *iccid)
{
    return iccid->len == range->start.len && compare(&range->start, iccid) <= 0 &&
           compare(iccid, &range->end) <= 0;
}

enum range_relation range_relate(const struct range *a, const struct range *b)
{
    if (a->start.len != b->start.len)
        return RANGES_APART;
    if (compare(&a->start, &b->start) == 0 && compare(&a->end, &b->end) == 0)
        return RANGES_EQUAL;
    bool is_apart = compare(&a->end, &b->start) < 0 || compare(&b->end, &a->start) < 0;
    return is_apart ? RANGES_APART : RANGES_OVERLAP;
}

const struct range *ranges_find(const struct ranges *ranges, const struct bp_iccid *iccid)
{
    for (size_t i = 0; i < ranges->count; i++)
        if (range_holds(&ranges->items[i], iccid))
            return &ranges->items[i];
    return NULL;
}
