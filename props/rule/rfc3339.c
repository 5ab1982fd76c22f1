// SPDX-License-Identifier: Apache-2.0
#include "props/rule/rfc3339.h"

// The letter behind the digits at the front of `*left`, which is moved on behind it; 0 when there
// are no digits or nothing behind them.
static char next_part(struct view *left)
{
    size_t digits = 0;
    while (digits < left->len && byte_is_digit(left->data[digits]))
        digits++;
    if (digits == 0 || digits == left->len)
        return 0;
    char letter = byte_lower(left->data[digits]);
    *left = view_from(*left, digits + 1);
    return letter;
}

// take_row takes parts whose letters follow each other in `letters` without a gap.
static bool take_row(struct view *left, const char *letters)
{
    char letter = next_part(left);
    while (*letters != '\0' && *letters != letter)
        letters++;
    if (letter == 0 || *letters == '\0')
        return false;
    while (left->len != 0 && byte_lower(left->data[0]) != 't') {
        letters++;
        if (*letters == '\0' || next_part(left) != *letters)
            return false;
    }
    return true;
}

bool is_rfc3339_duration(struct view text)
{
    if (text.len < 2 || byte_lower(text.data[0]) != 'p')
        return false;
    struct view left = view_from(text, 1);
    struct view weeks = left;
    if (next_part(&weeks) == 'w')
        return weeks.len == 0;
    if (byte_lower(left.data[0]) != 't' && !take_row(&left, "ymd"))
        return false;
    if (left.len == 0)
        return true;
    left = view_from(left, 1);
    return take_row(&left, "hms") && left.len == 0;
}
