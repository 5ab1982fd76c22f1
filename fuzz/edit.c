// SPDX-License-Identifier: Apache-2.0
#include "edit.h"

uint64_t edit_random(struct edit *edit)
{
    edit->state += 0x9E3779B97F4A7C15U;
    uint64_t z = (edit->state ^ edit->state >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

size_t edit_below(struct edit *edit, size_t n) { return (size_t)(edit_random(edit) >> 1) % n; }

bool edit_chance(struct edit *edit, size_t n) { return edit_below(edit, n) == 0; }

// resize makes room for `len` bytes where the span stands; what is in them then is not defined.
static bool resize(struct edit *edit, struct span span, size_t len)
{
    if (len > span.len && len - span.len > edit->cap - edit->len)
        return false;
    size_t end = span_end(span);
    memmove(edit->bytes + span.at + len, edit->bytes + end, edit->len - end);
    edit->len = edit->len - span.len + len;
    return true;
}

bool edit_replace(struct edit *edit, struct span span, struct view with)
{
    if (!resize(edit, span, with.len))
        return false;
    if (with.len != 0)
        memcpy(edit->bytes + span.at, with.data, with.len);
    return true;
}

bool edit_insert(struct edit *edit, size_t at, struct view with)
{
    return edit_replace(edit, (struct span){at, 0}, with);
}

bool edit_repeat(struct edit *edit, struct span span, struct view separator, size_t count)
{
    size_t step = separator.len + span.len;
    size_t at = span_end(span);
    if (step == 0 || count > edit->cap / step)
        return false;
    if (!resize(edit, (struct span){at, 0}, count * step))
        return false;
    for (; count != 0; count--, at += step) {
        if (separator.len != 0)
            memcpy(edit->bytes + at, separator.data, separator.len);
        memcpy(edit->bytes + at + separator.len, edit->bytes + span.at, span.len);
    }
    return true;
}

static void reverse(char *bytes, size_t len)
{
    for (size_t i = 0; i < len / 2; i++) {
        char kept = bytes[i];
        bytes[i] = bytes[len - 1 - i];
        bytes[len - 1 - i] = kept;
    }
}

void edit_swap(struct edit *edit, struct span first, struct span second)
{
    char *begin = edit->bytes + first.at;
    size_t between = second.at - span_end(first);
    reverse(begin, first.len);
    reverse(begin + first.len, between);
    reverse(begin + first.len + between, second.len);
    reverse(begin, first.len + between + second.len);
}
