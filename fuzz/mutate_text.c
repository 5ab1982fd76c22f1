// SPDX-License-Identifier: Apache-2.0
// Texts of any kind: numbers, percent sequences, words.
#include "donor.h"
#include "mutate_parts.h"

// some_number finds a run of digits, each as likely as the others.
static bool some_number(struct span *out, struct edit *edit, struct span region)
{
    size_t seen = 0;
    for (size_t at = region.at; at < span_end(region); at++) {
        size_t begin = at;
        while (at < span_end(region) && byte_is_digit(edit->bytes[at]))
            at++;
        if (at != begin && edit_chance(edit, ++seen))
            *out = span_of(begin, at);
    }
    return seen != 0;
}

// step adds or takes 1 without making the number longer: 999 and one more are 000.
static bool step(struct edit *edit, struct span number, bool up)
{
    for (size_t at = span_end(number); at > number.at;) {
        char *digit = &edit->bytes[--at];
        bool carries = *digit == (up ? '9' : '0');
        *digit = (char)(carries ? (up ? '0' : '9') : *digit + (up ? 1 : -1));
        if (!carries)
            break;
    }
    return true;
}

// at_limit is a power of two or ten, or one more or less.
static uint64_t at_limit(struct edit *edit)
{
    uint64_t n = (uint64_t)1 << edit_below(edit, 64);
    if (edit_chance(edit, 4))
        for (n = 1; edit_chance(edit, 8) == false && n < UINT64_MAX / 10;)
            n *= 10;
    return n + edit_below(edit, 3) - 1;
}

// from_table puts a value of the axis of limits, behind its equals sign.
static bool from_table(struct edit *edit, struct span number)
{
    struct donor donor;
    donor_open(&donor, view_of(NULL, 0));
    struct view item = donor_query(donor_row(&donor, edit, AXIS_LIMIT));
    size_t mark = view_index(item, '=');
    return mark < item.len && edit_replace(edit, number, view_from(item, mark + 1));
}

bool mutate_number(struct edit *edit, struct span region)
{
    static const struct view tails[] = {VIEW_INIT(".0"), VIEW_INIT(".5"),   VIEW_INIT("e3"),
                                        VIEW_INIT("0"),  VIEW_INIT("E-2"),  VIEW_INIT("e400"),
                                        VIEW_INIT("00"), VIEW_INIT(".125"), VIEW_INIT("9")};
    static const struct view heads[] = {VIEW_INIT("-"), VIEW_INIT("0"), VIEW_INIT("+"),
                                        VIEW_INIT("1"), VIEW_INIT("000000000000")};
    char space[24];
    struct buf text = BUF(space);
    struct span number = {0, 0};
    if (!some_number(&number, edit, region))
        return false;
    switch (edit_below(edit, 8)) {
    case 0:
        return step(edit, number, true);
    case 1:
        return step(edit, number, false);
    case 2:
        return edit_insert(edit, span_end(number),
                           tails[edit_below(edit, sizeof tails / sizeof tails[0])]);
    case 3:
        return edit_insert(edit, number.at,
                           heads[edit_below(edit, sizeof heads / sizeof heads[0])]);
    case 4:
    case 5:
        buf_put_unsigned(&text, at_limit(edit));
        return edit_replace(edit, number, buf_view(&text));
    case 6:
        buf_put_unsigned(&text, edit_below(edit, 100));
        return edit_replace(edit, number, buf_view(&text));
    default:
        return from_table(edit, number);
    }
}

bool mutate_percent(struct edit *edit, struct span region)
{
    if (region.len == 0)
        return false;
    size_t at = region.at + edit_below(edit, region.len);
    unsigned octet = (unsigned char)edit->bytes[at];
    const char *hex = edit_chance(edit, 2) ? "0123456789ABCDEF" : "0123456789abcdef";
    char sequence[3] = {'%', hex[octet >> 4], hex[octet & 15]};
    struct span span = {at, 1};
    bool is_sequence = octet == '%' && span_end(region) - at >= 3;
    if (is_sequence && edit_chance(edit, 2)) {
        int high = byte_hex(edit->bytes[at + 1]);
        int low = byte_hex(edit->bytes[at + 2]);
        if (high < 0 || low < 0)
            return false;
        char plain = (char)(unsigned char)(high * 16 + low);
        span.len = 3;
        return edit_replace(edit, span, view_of(&plain, 1));
    }
    if (edit_chance(edit, 8))
        return edit_replace(edit, span, view_of(sequence, 1 + edit_below(edit, 2)));
    return edit_replace(edit, span, view_of(sequence, 3));
}

// class_of tells words, numbers and signs apart.
static unsigned class_of(char c)
{
    if (byte_is_letter(c))
        return 0;
    return byte_is_digit(c) ? 1 : 2;
}

// some_word is a run of letters, of digits, or one sign.
static struct span some_word(struct edit *edit, struct span region)
{
    if (region.len == 0)
        return region;
    size_t at = region.at + edit_below(edit, region.len);
    unsigned class = class_of(edit->bytes[at]);
    size_t begin = at;
    size_t end = at + 1;
    while (class != 2 && begin > region.at && class_of(edit->bytes[begin - 1]) == class)
        begin--;
    while (class != 2 && end < span_end(region) && class_of(edit->bytes[end]) == class)
        end++;
    return span_of(begin, end);
}

static bool fold_case(struct edit *edit, struct span word)
{
    bool all = edit_chance(edit, 2);
    size_t begin = word.at + (all || word.len == 0 ? 0 : edit_below(edit, word.len));
    size_t end = all ? span_end(word) : begin + (word.len != 0);
    bool is_changed = false;
    for (size_t at = begin; at < end; at++) {
        char *c = &edit->bytes[at];
        is_changed = is_changed || byte_is_letter(*c);
        *c = byte_lower(*c) == *c ? byte_upper(*c) : byte_lower(*c);
    }
    return is_changed;
}

bool mutate_text(struct edit *edit, struct span region, enum seed_target target)
{
    struct items lines;
    struct span word = some_word(edit, region);
    struct view token = donor_token(edit, target);
    if (region.len == 0)
        return edit_insert(edit, region.at, token);
    switch (edit_below(edit, 10)) {
    case 0:
    case 1:
        return mutate_number(edit, region);
    case 2:
        return edit_replace(edit, word, token);
    case 3:
        return edit_insert(edit, edit_chance(edit, 2) ? word.at : span_end(word), token);
    case 4:
        return edit_replace(edit, word, view_of(NULL, 0));
    case 5:
        return edit_repeat(edit, word, view_of(NULL, 0),
                           (size_t)1 << edit_below(edit, edit_chance(edit, 4) ? 7 : 1));
    case 6:
        return fold_case(edit, word);
    case 7:
        items_lines(&lines, edit_bytes(edit), region);
        return items_edit(edit, &lines, view_of(NULL, 0));
    case 8:
        // A whole value of the tables says more than a word of it.
        return target != SEED_TARGET_COUNT && edit_replace(edit, region, token);
    default:
        return mutate_octets(edit, region);
    }
}
