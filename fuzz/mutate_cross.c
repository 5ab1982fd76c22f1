// SPDX-License-Identifier: Apache-2.0
// Cross-over: an input with a part of another one.
#include "mutate.h"
#include "mutate_parts.h"

// A part may be replaced by one of the same grade of another input, or have it put behind it.
struct part {
    struct span span;
    struct view separator; // between it and what is put behind it
};

enum { GRADE_COUNT = 4 };

static bool some_item(struct part *out, struct edit *random, const struct items *items,
                      struct view separator)
{
    if (items->count == 0)
        return false;
    *out = (struct part){items->at[edit_below(random, items->count)], separator};
    return true;
}

static bool some_parameter(struct part *out, struct edit *random, struct view bytes,
                           struct span query)
{
    struct items items;
    items_split(&items, bytes, query, '&');
    return query.len != 0 && some_item(out, random, &items, VIEW("&"));
}

static bool some_line(struct part *out, struct edit *random, struct view bytes, struct span region)
{
    struct items lines;
    items_lines(&lines, bytes, region);
    return some_item(out, random, &lines, view_of(NULL, 0));
}

static bool some_range(struct part *out, struct edit *random, struct view bytes)
{
    size_t begin = edit_below(random, bytes.len + 1);
    size_t end = begin + edit_below(random, bytes.len - begin + 1);
    *out = (struct part){span_of(begin, edit_chance(random, 2) ? bytes.len : end), {NULL, 0}};
    return true;
}

static bool http_part(struct part *out, struct edit *random, struct view bytes, unsigned grade)
{
    struct items messages;
    struct message message;
    messages_find(&messages, bytes, (struct span){0, bytes.len});
    if (grade == 0)
        return some_item(out, random, &messages, view_of(NULL, 0));
    struct span one = messages.at[edit_below(random, messages.count)];
    message_split(&message, bytes, one);
    if (grade == 1) {
        struct span query = target_query(bytes, message.start);
        query.len = view_index(span_view(bytes, query), ' ');
        return some_parameter(out, random, bytes, query);
    }
    if (grade == 2)
        return some_line(out, random, bytes, message.fields);
    *out = (struct part){message.body, {NULL, 0}};
    return true;
}

// some_part takes a part of the grade; the same numbers are the same grades of all inputs of a
// kind.
static bool some_part(struct part *out, struct edit *random, struct view bytes, enum kind kind,
                      unsigned grade)
{
    struct span whole = {0, bytes.len};
    switch (kind) {
    case KIND_HTTP:
        return http_part(out, random, bytes, grade);
    case KIND_TARGET:
        whole = target_query(bytes, whole);
        return some_parameter(out, random, bytes, whole);
    case KIND_QUERY:
        return some_parameter(out, random, bytes, whole);
    case KIND_JSON:
        out->separator = VIEW(",");
        return json_pick(&out->span, random, bytes, whole);
    case KIND_FIELDS:
        return some_line(out, random, bytes, whole);
    case KIND_TEXT:
    case KIND_CHOICES:
        break;
    }
    return some_range(out, random, bytes);
}

size_t bp_cross_over(const uint8_t *first, size_t first_len, const uint8_t *second,
                     size_t second_len, uint8_t *out, size_t cap, uint64_t seed)
{
    struct view from = view_of((const char *)second, second_len);
    struct edit edit = {(char *)out, first_len < cap ? first_len : cap, cap, seed};
    struct part taken;
    struct part place;
    if (cap == 0)
        return 0;
    if (edit.len != 0)
        memcpy(out, first, edit.len);
    enum kind kind = mutate_recognise(edit_bytes(&edit));
    unsigned grade = (unsigned)edit_below(&edit, GRADE_COUNT);
    bool is_known = kind == mutate_recognise(from) && some_part(&taken, &edit, from, kind, grade) &&
                    some_part(&place, &edit, edit_bytes(&edit), kind, grade);
    if (!is_known || edit_chance(&edit, 8)) {
        (void)some_range(&taken, &edit, from);
        (void)some_range(&place, &edit, edit_bytes(&edit));
    }
    size_t end = span_end(place.span);
    if (edit_chance(&edit, 2)) {
        (void)edit_replace(&edit, place.span, span_view(from, taken.span));
    } else if (edit_insert(&edit, end, span_view(from, taken.span)) && place.span.len != 0) {
        (void)edit_insert(&edit, end, place.separator);
    }
    return edit.len;
}
